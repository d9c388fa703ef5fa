package jp.hinomi.correlation.engine;

import java.util.List;

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

    /** The correlation of that key is gone, and so is its state. */
    void forget(String correlation);

    /**
     * Event time has come this far, in milliseconds since the epoch: what is too old may be forgotten. What would fire by
     * then is taken as fired.
     */
    void advance(long time);

    /** The next time at which a rule may fire without a match, or null. */
    default Timer nextTimer() {
        return null;
    }

    /**
     * The time has come.
     *
     * @throws RuleFailedException if the rule threw; its state is then unknown
     */
    default List<Firing> fire(Timer timer) {
        return List.of();
    }

    /** The group is over: nothing of it can matter any more. */
    default void forget(Cell cell) {}

    /** @param at in milliseconds since the epoch */
    record Timer(long at, Correlation correlation) {}

    record Firing(Cell cell, Hit hit) {}

    @Override
    void close();
}
