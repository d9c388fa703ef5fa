package jp.hinomi.ingest.decode.text;

/** Numbers that count from 1970-01-01T00:00Z, in whatever unit: their size tells it. Stateless. */
public final class Epoch {
    /** Means that it is no such number. */
    public static final long NONE = Long.MIN_VALUE;

    /** From here on a number counts milliseconds: as seconds it would be in the year 5138. */
    private static final long MILLIS = 100_000_000_000L;

    private static final long MICROS = MILLIS * 1000;
    private static final long NANOS = MICROS * 1000;

    private Epoch() {}

    /**
     * @param value a number, or text that is one: seconds (also with a fraction), milliseconds, microseconds or nanoseconds
     * @return milliseconds, or {@link #NONE} if it is none or not above zero
     */
    public static long millis(Object value) {
        if (value instanceof Long whole) {
            return ofWhole(whole);
        }
        if (value instanceof Double fraction) {
            return ofFraction(fraction);
        }
        return value instanceof String text ? ofText(text) : NONE;
    }

    private static long ofWhole(long value) {
        if (value <= 0) {
            return NONE;
        }
        return value < MILLIS
                ? value * 1000
                : value < MICROS ? value : value < NANOS ? value / 1000 : value / 1_000_000;
    }

    private static long ofFraction(double value) {
        if (!(value > 0) || value > Long.MAX_VALUE) {
            return NONE;
        }
        // What a fraction has beyond milliseconds is cut, as everywhere; what a double lacks of one is not.
        return value < MILLIS ? (long) (value * 1000 + 0.0005) : ofWhole((long) value);
    }

    /** Digits, and a point with the fraction of a second. */
    private static long ofText(String text) {
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        if (end == 0 || end > 18) {
            return NONE;
        }
        long whole = 0;
        for (int i = 0; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            whole = whole * 10 + digit;
        }
        long millis = ofWhole(whole);
        int scale = whole < MILLIS ? 100 : 0;
        for (int i = end + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            millis += millis == NONE ? 0 : (long) digit * scale;
            scale /= 10;
        }
        return millis;
    }
}
