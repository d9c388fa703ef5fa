package jp.hinomi.rules.match;

/**
 * A text that values are searched for, and the predicates that it decides.
 *
 * @param number of the literal in its engine
 * @param hits predicates that hold where the text is found
 * @param touches predicates that may then hold
 */
record Literal(int number, String text, boolean cased, int[] hits, int[] touches) {
    void found(Matching matching) {
        if (!matching.isFirst(number)) {
            return;
        }
        for (int predicate : hits) {
            matching.hit(predicate);
        }
        for (int predicate : touches) {
            matching.touch(predicate);
        }
    }

    /** True if finding the text once more changes nothing. */
    boolean isSettled(Matching matching) {
        return matching.isFound(number);
    }
}
