package jp.hinomi.ingest.decode.web;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Percent escapes of URIs (RFC 3986 section 2.1), undone once. Only of what is a URI: in a text with a space, a quote or a
 * lone percent sign nobody knows what was escaped, and it stays as it is. Stateless.
 */
final class PercentEscapes {
    private static final String NOT_IN_URI = " \"<>\\^`{|}\u007F";

    private PercentEscapes() {}

    /** True if there is an escape in the text and nothing that a URI may not contain. */
    static boolean isEscaped(String text) {
        if (text.indexOf('%') < 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' ? byteAt(text, i) < 0 : c < ' ' || NOT_IN_URI.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Of a text that {@link #isEscaped}; bytes that are no UTF-8 become U+FFFD. */
    static String decode(String text) {
        int at = text.indexOf('%');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, at);
        byte[] bytes = new byte[(text.length() - at) / 3];
        while (at < text.length()) {
            if (text.charAt(at) != '%') {
                out.append(text.charAt(at++));
                continue;
            }
            int count = 0;
            while (at < text.length() && text.charAt(at) == '%') {
                bytes[count++] = (byte) byteAt(text, at);
                at += 3;
            }
            out.append(new String(bytes, 0, count, UTF_8));
        }
        return out.toString();
    }

    /** The byte that is escaped at that index, or -1. */
    private static int byteAt(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 || text.charAt(at + 1) > 'f' || text.charAt(at + 2) > 'f' ? -1 : high << 4 | low;
    }
}
