package jp.hinomi.correlation.engine;

import java.util.Objects;

/**
 * How a correlation fares in one correlator.
 *
 * @param since from when on it has seen every match, in milliseconds of event time; the smallest long before the first
 *     watermark. It is warmed up a horizon later.
 * @param quarantine why it is not evaluated any more; null if it is
 * @param matches that it was given since the start
 * @param alerts that it opened since the start
 * @param groups that are alive
 * @param waiting matches that wait for their time
 * @param nanos spent on its evaluation since the start, estimated from one match in 64
 */
public record RuleFigures(
        Correlation correlation,
        long since,
        String quarantine,
        long matches,
        long alerts,
        int groups,
        int waiting,
        long nanos) {
    public RuleFigures {
        Objects.requireNonNull(correlation, "correlation");
    }

    public boolean isQuarantined() {
        return quarantine != null;
    }

    /** When its windows are as full as if it had always run; the smallest long if that is not known yet. */
    public long warmUntil() {
        return since == RunningRule.NOT_YET ? since : since + horizon();
    }

    /** How far back it looks, in milliseconds. */
    private long horizon() {
        if (correlation.form() instanceof Form.Every) {
            return 0;
        }
        if (correlation.form() instanceof Form.RateChange change) {
            return (change.intervals() + 1L) * correlation.timespan();
        }
        return correlation.timespan();
    }
}
