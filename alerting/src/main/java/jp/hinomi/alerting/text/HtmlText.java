package jp.hinomi.alerting.text;

/** Escapes text for elements and quoted attributes of HTML. Stateless and thread-safe. */
public final class HtmlText {
    private HtmlText() {}

    /** The text itself if there is nothing to escape. */
    public static String escape(String text) {
        int at = next(text, 0);
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int from = 0;
        while (at < text.length()) {
            out.append(text, from, at).append(reference(text.charAt(at)));
            from = at + 1;
            at = next(text, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int next(String text, int from) {
        int at = from;
        while (at < text.length() && reference(text.charAt(at)) == null) {
            at++;
        }
        return at;
    }

    /** Null of a character that stands for itself. */
    private static String reference(char c) {
        // Letters of every language lie above all five.
        if (c > '>') {
            return null;
        }
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }
}
