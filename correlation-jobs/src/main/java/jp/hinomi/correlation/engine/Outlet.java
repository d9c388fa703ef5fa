package jp.hinomi.correlation.engine;

/** Where a {@link Correlator} sends what it finds. Called from the correlator's own thread. */
public interface Outlet {
    /** An alert in its newest revision; the same alert may come again. */
    void alert(Correlation correlation, GroupKey group, OpenAlert alert);

    /** A firing, as a match for another correlation. */
    void match(Correlation to, GroupKey group, Match match);

    /** A firing that has none of the groups of the correlation it should go to. */
    void ungrouped(Correlation to);

    /** A match that came after its time had passed. @param amended whether it was added to an open alert */
    void late(Correlation correlation, boolean amended);

    /** The rule threw or outgrew its budget; its state is dropped, and it is not evaluated until it is edited. */
    void quarantined(Correlation correlation, RuleFailedException failure);

    /** Matches of a rule that never became known here, or too many of them, were dropped. */
    default void unclaimed(int matches) {}

    /**
     * A rule that was not there before has begun to see matches.
     *
     * @param until when its windows are full, in milliseconds of event time
     */
    default void warmingUp(Correlation correlation, long until) {}
}
