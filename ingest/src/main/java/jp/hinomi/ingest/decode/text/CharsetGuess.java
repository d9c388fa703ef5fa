package jp.hinomi.ingest.decode.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says, of bytes that are not text in the charset they should be in, which charset they look like. */
final class CharsetGuess {
    /** The candidates, as {@code sources.yaml} spells them. */
    private static final List<String> NAMES = List.of("UTF-8", "ISO-2022-JP", "EUC-JP", "Shift_JIS");

    /** So much is looked at: a guess needs no more, and its cost stays small for a long line. */
    private static final int WINDOW = 4096;

    private CharsetGuess() {}

    static String explain(byte[] bytes, int from, int to, Charset declared, int bad) {
        String what = String.format(
                Locale.ROOT, "not %s: byte 0x%02X at offset %d is malformed", declared.name(), bytes[bad] & 0xFF, bad);
        if (looksLikeUtf16(bytes, from, to)) {
            return what + "; it looks like UTF-16: convert the log to UTF-8 at the sender";
        }
        if (declared.equals(UTF_8) && Utf8.cutOff(bytes, bad, to)) {
            return what + "; the line ends inside a character, so the sender cut it after " + to
                    + " bytes: raise its maximum message size (rsyslog: global(maxMessageSize=\"64k\"))";
        }
        return what
                + guess(bytes, from, to, declared, bad)
                        .map(name -> "; it looks like " + name + ": set \"charset: " + name
                                + "\" for this source in sources.yaml")
                        .orElse("; it is no Japanese charset we know either: send text in UTF-8, or set the charset of"
                                + " this source in sources.yaml");
    }

    private static Optional<String> guess(byte[] bytes, int from, int to, Charset declared, int bad) {
        // A window around the first bad byte, widened to whole lines' worth of ASCII so that no character is cut in
        // two.
        int start = from;
        if (bad - from > WINDOW / 2) {
            start = bad - WINDOW / 2;
            while (start < bad && bytes[start] < 0) {
                start++;
            }
        }
        int end = Math.min(to, start + WINDOW);
        byte[] window = Arrays.copyOfRange(bytes, start, end);
        boolean cut = end < to;
        String best = null;
        double bestScore = 0;
        for (String name : NAMES) {
            Charset charset = Charset.forName(name.equals("Shift_JIS") ? "windows-31j" : name);
            if (charset.equals(declared) || (name.equals("ISO-2022-JP") && !hasEscape(window))) {
                continue;
            }
            CharBuffer text = CharBuffer.allocate(window.length * 2 + 4);
            int good = StrictText.decode(charset, window, 0, window.length, text);
            if (good == window.length || (cut && good >= window.length - 3)) {
                double score = score(text.flip());
                if (score > bestScore) {
                    best = name;
                    bestScore = score;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean hasEscape(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0x1B) {
                return true;
            }
        }
        return false;
    }

    /** Share of characters that Japanese logs are made of; half-width kana are what EUC-JP looks like in Shift_JIS. */
    private static double score(CharSequence text) {
        int japanese = 0;
        int odd = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x3000 && c <= 0x30FF || c >= 0x4E00 && c <= 0x9FFF || c >= 0xFF01 && c <= 0xFF5E) {
                japanese++;
            } else if (c >= 0x80) {
                odd++;
            }
        }
        int foreign = japanese + odd;
        return foreign == 0 ? 0 : (japanese + 0.2 * odd) / foreign;
    }

    private static boolean looksLikeUtf16(byte[] bytes, int from, int to) {
        if (to - from >= 2) {
            int mark = (bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF;
            return mark == 0xFEFF || mark == 0xFFFE;
        }
        return false;
    }
}
