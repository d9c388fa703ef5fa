package jp.hinomi.ingest.decode.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Locale;

/**
 * Bytes to text in one charset, exactly or not at all: nothing is ever replaced by U+FFFD. Immutable and thread-safe.
 *
 * <p>Shift_JIS is read as windows-31j, which is what Japanese systems mean by it. EUC-JP and ISO-2022-JP are read as
 * the standards have them and, where that fails, with the NEC and IBM extensions (①, 髙) that the same systems add.
 */
public final class StrictText {
    private final Charset declared;
    private final List<Charset> charsets;
    private final boolean asciiTransparent;

    /** @throws IllegalArgumentException if lines cannot be split in this charset (UTF-16 and the like) */
    public StrictText(Charset declared) {
        this.declared = declared;
        this.charsets = variants(declared);
        boolean stateful = declared.name().toUpperCase(Locale.ROOT).contains("2022");
        boolean ascii = mapsAscii(charsets.get(0));
        if (!ascii && !stateful) {
            throw new IllegalArgumentException(
                    "charset " + declared + " does not contain ASCII as single bytes, so lines in it"
                            + " cannot be found: convert the log to UTF-8 at the sender");
        }
        this.asciiTransparent = ascii && !stateful;
    }

    public Charset charset() {
        return declared;
    }

    /** @throws MalformedText if the bytes are not text in this charset; the message says where and what it may be instead */
    public String read(byte[] bytes, int from, int to) throws MalformedText {
        if (asciiTransparent && Utf8.firstNonAscii(bytes, from, to) == to) {
            return new String(bytes, from, to - from, ISO_8859_1);
        }
        if (declared.equals(UTF_8)) {
            int bad = Utf8.firstMalformed(bytes, from, to);
            if (bad == to) {
                return new String(bytes, from, to - from, UTF_8);
            }
            throw malformed(bytes, from, to, bad);
        }
        int furthest = from;
        for (Charset charset : charsets) {
            CharBuffer text = CharBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8, 2L * (to - from) + 4));
            int bad = decode(charset, bytes, from, to, text);
            if (bad == to) {
                return text.flip().toString();
            }
            furthest = Math.max(furthest, bad);
        }
        throw malformed(bytes, from, to, furthest);
    }

    private MalformedText malformed(byte[] bytes, int from, int to, int bad) {
        return new MalformedText(CharsetGuess.explain(bytes, from, to, declared, bad), bad);
    }

    /** The index of the first bad byte, or {@code to}. */
    static int decode(Charset charset, byte[] bytes, int from, int to, CharBuffer text) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CoderResult result = decoder.decode(in, text, true);
        if (!result.isError()) {
            result = decoder.flush(text);
        }
        return result.isUnderflow() ? to : Math.min(in.position(), to - 1);
    }

    private static List<Charset> variants(Charset declared) {
        return switch (declared.name().toUpperCase(Locale.ROOT)) {
            case "SHIFT_JIS", "WINDOWS-31J" -> List.of(Charset.forName("windows-31j"));
            case "EUC-JP" -> available(declared, "x-eucJP-Open");
            case "ISO-2022-JP" -> available(declared, "x-windows-iso2022jp");
            default -> List.of(declared);
        };
    }

    private static List<Charset> available(Charset standard, String extended) {
        return Charset.isSupported(extended) ? List.of(standard, Charset.forName(extended)) : List.of(standard);
    }

    private static boolean mapsAscii(Charset charset) {
        byte[] all = new byte[128];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return new String(all, charset).equals(new String(all, ISO_8859_1));
    }
}
