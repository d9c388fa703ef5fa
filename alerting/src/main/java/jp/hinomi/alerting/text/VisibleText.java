package jp.hinomi.alerting.text;

/**
 * Shows hostile text harmlessly: whatever would be invisible or change the direction of its neighbours becomes a visible
 * mark. Stateless and thread-safe.
 */
public final class VisibleText {
    /** More of one value than this helps nobody in a page; the whole is in the evidence. */
    public static final int LIMIT = 4000;

    private VisibleText() {}

    /** Plain text for mails: marks in brackets, line ends and tabs become spaces. */
    public static String plain(String text, int limit) {
        if (text.length() <= limit && isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 16);
        int end = cut(text, limit);
        text.substring(0, end).codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t') {
                out.append(' ');
            } else if (isHidden(point)) {
                out.append('[').append(name(point)).append(']');
            } else {
                out.appendCodePoint(point);
            }
        });
        if (end < text.length()) {
            out.append('…');
        }
        return out.toString();
    }

    /** Nothing in it hides or breaks the line, as in nearly all that there is. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            // Pairs of surrogates are left to whoever looks at whole characters.
            if (c < ' ' || c > '~' && (Character.isSurrogate(c) || isHidden(c))) {
                return false;
            }
        }
        return true;
    }

    /** Plain text of several lines: line ends stay, everything else as {@link #plain}. */
    public static String lines(String text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 16);
        for (String line : (Iterable<String>) text.lines().limit(limit)::iterator) {
            out.append(out.length() == 0 ? "" : "\n").append(plain(line, Math.max(1, limit - out.length())));
            if (out.length() >= limit) {
                break;
            }
        }
        return out.toString();
    }

    /** HTML, everything escaped; hidden characters as {@code <span class="hidden-char">}. */
    public static String html(String text) {
        return html(text, LIMIT);
    }

    public static String html(String text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 64);
        int end = cut(text, limit);
        text.substring(0, end).codePoints().forEach(point -> append(out, point));
        if (end < text.length()) {
            out.append("<span class=\"hidden-char\">… +")
                    .append(text.length() - end)
                    .append("</span>");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> {
                if (isHidden(point)) {
                    out.append("<span class=\"hidden-char\">")
                            .append(name(point))
                            .append("</span>");
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }

    private static int cut(String text, int limit) {
        if (text.length() <= limit) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }

    private static String name(int point) {
        return switch (point) {
            case '\n' -> "LF";
            case '\r' -> "CR";
            case '\t' -> "TAB";
            case 0x1b -> "ESC";
            default -> String.format("U+%04X", point);
        };
    }

    /** Control characters, bidirectional controls, zero-width characters and halves of surrogate pairs. */
    static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
