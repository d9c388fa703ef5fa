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

    /** The rule threw; it is not evaluated any more. */
    void quarantined(Correlation correlation, RuleFailedException failure);
}
