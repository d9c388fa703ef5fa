package jp.hinomi.ingest.decode.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jp.hinomi.ingest.decode.text.MalformedText;
import jp.hinomi.ingest.decode.text.StrictText;

/**
 * Undoes what nginx ({@code escape=default}: {@code \x22}) and Apache ({@code \" \\ \n \t \xE3}) do to values in access
 * logs. Escaped bytes are UTF-8, because that is what browsers send; a run of them that is not stays as it was written.
 */
final class LogEscapes {
    private static final StrictText TEXT = new StrictText(UTF_8);

    private LogEscapes() {}

    static String decode(String value) {
        int at = value.indexOf('\\');
        return at < 0 ? value : decode(value, at);
    }

    private static String decode(String value, int first) {
        StringBuilder out = new StringBuilder(value.length()).append(value, 0, first);
        int at = first;
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c != '\\' || at + 1 == value.length()) {
                out.append(c);
                at++;
            } else if (isByte(value, at)) {
                at = bytes(value, at, out);
            } else {
                out.append(single(value.charAt(at + 1), out));
                at += 2;
            }
        }
        return out.toString();
    }

    private static char single(char escaped, StringBuilder out) {
        return switch (escaped) {
            case '"', '\\' -> escaped;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'v' -> '\u000B';
            case 'f' -> '\f';
            default -> {
                out.append('\\');
                yield escaped;
            }
        };
    }

    /** Appends the run of {@code \xHH} that begins here; returns the index after it. */
    private static int bytes(String value, int at, StringBuilder out) {
        int end = at;
        while (isByte(value, end)) {
            end += 4;
        }
        byte[] bytes = new byte[(end - at) / 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (hex(value.charAt(at + i * 4 + 2)) << 4 | hex(value.charAt(at + i * 4 + 3)));
        }
        try {
            out.append(TEXT.read(bytes, 0, bytes.length));
        } catch (MalformedText e) {
            out.append(value, at, end);
        }
        return end;
    }

    private static boolean isByte(String value, int at) {
        return at + 3 < value.length()
                && value.charAt(at) == '\\'
                && value.charAt(at + 1) == 'x'
                && hex(value.charAt(at + 2)) >= 0
                && hex(value.charAt(at + 3)) >= 0;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 0x80 ? lower - 'a' + 10 : -1;
    }
}
