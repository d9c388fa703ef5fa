package jp.hinomi.correlation.engine;

import java.util.List;

/**
 * What one group of one correlation remembers. Bounded, whatever the group receives; driven by event time only, so that
 * feeding {@link #retained()} to a fresh one gives the same state. Not thread-safe.
 */
interface Accumulator {
    /** Takes the next match in {@link Match#ORDER}; the hit if the correlation fires there, else null. */
    Hit add(Match match);

    /** The matches that can still matter, in order. */
    List<Match> retained();
}
