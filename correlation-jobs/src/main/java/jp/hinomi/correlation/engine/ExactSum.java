package jp.hinomi.correlation.engine;

import java.math.BigDecimal;

/**
 * A sum from which values can be taken away again without a trace: decimal and exact, so that the order in which values
 * came and went never shows. Whole numbers, the usual case, stay in a long. Not thread-safe.
 */
final class ExactSum {
    /** Beyond it doubles are no longer every whole number. */
    private static final double WHOLE = 1L << 53;

    private static final long SAFE = Long.MAX_VALUE / 2;

    private long whole;
    private BigDecimal rest = BigDecimal.ZERO;

    void add(double value) {
        change(value, 1);
    }

    void subtract(double value) {
        change(value, -1);
    }

    private void change(double value, int sign) {
        if (value == Math.rint(value) && Math.abs(value) <= WHOLE) {
            whole += sign * (long) value;
            if (Math.abs(whole) > SAFE) {
                rest = rest.add(BigDecimal.valueOf(whole));
                whole = 0;
            }
        } else {
            // The shortest decimal that reads as this double: what the log said.
            BigDecimal exact = BigDecimal.valueOf(value);
            rest = sign > 0 ? rest.add(exact) : rest.subtract(exact);
        }
    }

    BigDecimal value() {
        return rest.signum() == 0 ? BigDecimal.valueOf(whole) : rest.add(BigDecimal.valueOf(whole));
    }
}
