package jp.hinomi.correlation.engine;

/**
 * Evaluates correlations that are judged at each match. Matches come in {@link Match#ORDER}. Not thread-safe. Behind this
 * interface stands Esper; nothing else of the product knows it.
 */
interface CorrelationEngine extends AutoCloseable {
    /**
     * Takes the next match of a group.
     *
     * @return the hit if the correlation fires there, else null
     * @throws RuleFailedException if the rule threw; its state is then unknown
     */
    Hit accept(Cell cell, Match match);

    /** Event time has come this far, in milliseconds since the epoch: what is too old may be forgotten. */
    void advance(long time);

    @Override
    void close();
}
