package jp.hinomi.ingest.decode.syslog;

/** Decimal numbers inside text, without exceptions. */
public final class Numbers {
    private Numbers() {}

    /** The number, or -1 if the part is empty, has another character than digits, or does not fit into 18 digits. */
    public static long parse(CharSequence text, int from, int to) {
        if (to <= from || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    public static long parse(CharSequence text) {
        return text == null ? -1 : parse(text, 0, text.length());
    }

    /** The index after the digits that begin at {@code from}. */
    public static int endOfDigits(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
