package jp.hinomi.rules.match;

/**
 * A text that values are searched for, and the predicates that it decides.
 *
 * @param hits predicates that hold where the text is found
 * @param touches predicates that may then hold
 */
record Literal(String text, boolean cased, int[] hits, int[] touches) {
    void found(Matching matching) {
        for (int predicate : hits) {
            matching.hit(predicate);
        }
        for (int predicate : touches) {
            matching.touch(predicate);
        }
    }

    /** True if finding the text once more changes nothing. */
    boolean isSettled(Matching matching) {
        for (int predicate : hits) {
            if (!matching.isHit(predicate)) {
                return false;
            }
        }
        for (int predicate : touches) {
            if (!matching.isTouched(predicate)) {
                return false;
            }
        }
        return true;
    }
}
