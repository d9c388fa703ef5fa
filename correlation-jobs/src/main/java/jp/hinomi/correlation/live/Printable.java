package jp.hinomi.correlation.live;

/** Text that anybody may have written to the topic, so that it can be shown and kept. */
public final class Printable {
    private static final int REASON = 500;
    private static final int NAME = 200;

    private Printable() {}

    static String reason(String text) {
        return cut(text, REASON);
    }

    public static String name(String text) {
        return cut(text, NAME);
    }

    private static String cut(String text, int most) {
        String kept = text.length() > most ? text.substring(0, most) + '…' : text;
        return kept.replaceAll("\\p{Cntrl}", "?");
    }
}
