package jp.hinomi.ingest.clock;

import java.time.Duration;

/**
 * From where on a clock is wrong. A finding ends below half of what begins it.
 *
 * @param toleranceMillis how far before append time event times are believed
 * @param aheadMillis how far after
 * @param driftMillis how far a stable offset may lie from 0
 */
public record ClockLimits(long toleranceMillis, long aheadMillis, long driftMillis) {
    public ClockLimits {
        if (toleranceMillis < 0 || aheadMillis < 0 || driftMillis < 0) {
            throw new IllegalArgumentException("limits of clocks are not negative");
        }
    }

    /** Drift is what the clock check lets pass ahead. */
    public static ClockLimits of(Duration tolerance, Duration ahead) {
        return new ClockLimits(tolerance.toMillis(), ahead.toMillis(), ahead.toMillis());
    }

    long tolerance(boolean already) {
        return already ? toleranceMillis / 2 : toleranceMillis;
    }

    long ahead(boolean already) {
        return already ? aheadMillis / 2 : aheadMillis;
    }

    long drift(boolean already) {
        return already ? driftMillis / 2 : driftMillis;
    }
}
