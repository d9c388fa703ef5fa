package jp.hinomi.correlation.engine;

/** What is measured in a window and compared with the criteria. */
public enum Quantity {
    /** Distinct matches. */
    EVENTS,
    /** Distinct values of the field. */
    VALUES,
    /** Different listed rules that have a match. */
    RULES,
    SUM,
    AVERAGE,
    /** The middle value; of an even number of them the mean of the two in the middle. */
    MEDIAN,
    /** By nearest rank. */
    PERCENTILE;

    /** True if it is calculated from the numbers of all matches in the window. */
    boolean isOfNumbers() {
        return this == SUM || this == AVERAGE || this == MEDIAN || this == PERCENTILE;
    }

    boolean needsOrder() {
        return this == MEDIAN || this == PERCENTILE;
    }
}
