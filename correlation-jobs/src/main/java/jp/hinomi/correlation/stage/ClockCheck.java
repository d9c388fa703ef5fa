package jp.hinomi.correlation.stage;

import java.time.Duration;

/**
 * Decides whether an event's own time is to be believed, by the broker's append time: one device that thinks it is 2038
 * must not move the city's clock. Immutable and thread-safe.
 */
public final class ClockCheck {
    private final long tolerance;
    private final long ahead;

    /**
     * @param tolerance how far before its append time an event may lie: transport takes time
     * @param ahead how far after: clocks are not exact
     */
    public ClockCheck(Duration tolerance, Duration ahead) {
        if (tolerance.isNegative() || ahead.isNegative()) {
            throw new IllegalArgumentException(
                    "the clock window is negative: " + tolerance + " before, " + ahead + " after append time");
        }
        this.tolerance = tolerance.toMillis();
        this.ahead = ahead.toMillis();
    }

    /** What to do with the event's time. */
    public sealed interface Verdict {
        /** Correlate at the event's own time. */
        record Trusted() implements Verdict {}

        /** Correlate at append time. @param offsetMillis event time minus append time */
        record Suspect(long offsetMillis) implements Verdict {}
    }

    private static final Verdict TRUSTED = new Verdict.Trusted();

    /** Both in milliseconds since the epoch. */
    public Verdict check(long eventMillis, long appendMillis) {
        long offset;
        try {
            offset = Math.subtractExact(eventMillis, appendMillis);
        } catch (ArithmeticException e) {
            offset = eventMillis > appendMillis ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return offset > ahead || offset < -tolerance ? new Verdict.Suspect(offset) : TRUSTED;
    }
}
