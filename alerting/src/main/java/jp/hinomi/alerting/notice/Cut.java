package jp.hinomi.alerting.notice;

/** Shortens text without cutting a character in two. Stateless. */
final class Cut {
    private Cut() {}

    /** At most that many UTF-16 units, the last a mark that something is missing. */
    static String to(String text, int limit) {
        return to(text, limit, "…");
    }

    /** The same with another mark. */
    static String to(String text, int limit, String mark) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Math.max(0, limit - mark.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + mark;
    }
}
