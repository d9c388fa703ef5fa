package jp.hinomi.rules.detection;

import java.util.regex.Pattern;

/** Numbers of events: {@code Long} and {@code Double}, and text that is one. */
public final class Numbers {
    public static final int LESS = -1;
    public static final int EQUAL = 0;
    public static final int GREATER = 1;

    /** What a comparison with NaN gives: it is neither less, equal nor greater. */
    public static final int UNORDERED = 2;

    /** Longer text is no number that anybody writes, and parsing it would cost. */
    private static final int LONGEST = 40;

    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private Numbers() {}

    /** {@link #LESS}, {@link #EQUAL}, {@link #GREATER} or {@link #UNORDERED}. Exact between whole numbers. */
    public static int compare(Number a, Number b) {
        if (isWhole(a) && isWhole(b)) {
            return Integer.signum(Long.compare(a.longValue(), b.longValue()));
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return x < y ? LESS : x > y ? GREATER : x == y ? EQUAL : UNORDERED;
    }

    /** True if the number is one that a {@code long} holds exactly. */
    public static boolean isWhole(Number number) {
        double value = number.doubleValue();
        return number instanceof Long || value == Math.rint(value) && Math.abs(value) < 0x1p63;
    }

    /** The number that a value is or writes in decimal, or null. */
    public static Number of(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        if (!(value instanceof String text)
                || text.isEmpty()
                || text.length() > LONGEST
                || !DECIMAL.matcher(text).matches()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException fraction) {
            return Double.valueOf(text);
        }
    }
}
