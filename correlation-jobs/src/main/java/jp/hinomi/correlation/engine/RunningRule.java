package jp.hinomi.correlation.engine;

/**
 * A correlation in one correlator, with what is counted about it. The correlation may be replaced by one of the same {@link
 * Correlation#key}, such as one with another title, while its state stays. Not thread-safe.
 */
final class RunningRule {
    /** No time yet: the watermark has not moved since the rule came. */
    static final long NOT_YET = Long.MIN_VALUE;

    private Correlation correlation;
    private long since = NOT_YET;
    private String quarantine;
    private long matches;
    private long alerts;
    private long nanos;
    private long restored;
    private long kept;
    private int groups;
    private int waiting;

    RunningRule(Correlation correlation) {
        this.correlation = correlation;
    }

    Correlation correlation() {
        return correlation;
    }

    /** @param same has the same key */
    void replace(Correlation same) {
        this.correlation = same;
    }

    /** From when on it has seen every match, in event time; {@link #NOT_YET} before. */
    long since() {
        return since;
    }

    void since(long time) {
        this.since = time;
    }

    boolean isQuarantined() {
        return quarantine != null;
    }

    void quarantine(String reason) {
        this.quarantine = reason;
    }

    void matched() {
        matches++;
    }

    /** True for every 64th match: measuring each would cost more than many rules do. */
    boolean isTimed() {
        return (matches & (TIMED - 1)) == 0;
    }

    static final int TIMED = 64;

    void spent(long sampledNanos) {
        nanos += sampledNanos * TIMED;
    }

    void alerted() {
        alerts++;
    }

    /** Matches that it remembered when it was restored. */
    void restored(int count) {
        restored += count;
    }

    /** More than it can remember: what it ever got, and its groups. */
    long atMostKept() {
        return matches + restored + groups + waiting;
    }

    void countKept(long change) {
        kept += change;
    }

    /** What was counted since the last call. */
    long takeKept() {
        long counted = kept;
        kept = 0;
        return counted;
    }

    void groups(int change) {
        groups += change;
    }

    void waiting(int change) {
        waiting += change;
    }

    RuleFigures figures() {
        return new RuleFigures(correlation, since, quarantine, matches, alerts, groups, waiting, nanos);
    }
}
