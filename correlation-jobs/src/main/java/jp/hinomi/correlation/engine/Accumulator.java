package jp.hinomi.correlation.engine;

import java.util.List;

/**
 * What one group of one correlation remembers. Bounded, whatever the group receives; driven by event time only, so that
 * {@link #resume} and feeding {@link #retained()} to {@link #replay} of a fresh one gives the same state. Not thread-safe.
 */
interface Accumulator {
    /** Takes the next match in {@link Match#ORDER}; the hit if the correlation fires there, else null. */
    Hit add(Match match);

    /** Takes a match again that was evaluated before it was saved. */
    default void replay(Match match) {
        add(match);
    }

    /** The matches that can still matter, in order. */
    List<Match> retained();

    /** What it remembers beside matches. */
    default Memory memory() {
        return Memory.NONE;
    }

    /** Called before the first {@link #replay} with what {@link #memory()} gave. */
    default void resume(Memory memory) {}

    /** How many matches it remembers; asked for every group again and again, so it should be quick to say. */
    default int size() {
        return retained().size();
    }
}
