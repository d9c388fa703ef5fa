package jp.hinomi.correlation.engine;

import java.util.List;

/**
 * What one group of one correlation remembers. Bounded, whatever the group receives; driven by event time only, so that
 * {@link #resume} and feeding {@link #retained()} to {@link #replay} of a fresh one gives the same state. Not thread-safe.
 */
interface Accumulator {
    /** An empty one. @param timespan in milliseconds */
    static Accumulator of(Form form, long timespan) {
        if (form instanceof Form.Count count) {
            return new NewestDistinct(count, timespan);
        }
        if (form instanceof Form.Calculated calculated) {
            return new NumbersInWindow(calculated, timespan);
        }
        if (form instanceof Form.NewValue newValue) {
            return new NewValues(newValue, timespan);
        }
        if (form instanceof Form.Ordered ordered) {
            return new Chain(ordered, timespan);
        }
        if (form instanceof Form.Steps steps) {
            return new NewestPerStep(steps, timespan);
        }
        if (form instanceof Form.Every) {
            return Everything.INSTANCE;
        }
        if (form instanceof Form.Epl) {
            return new LastTimespan(timespan);
        }
        throw new IllegalArgumentException(form + " is not judged at each match");
    }

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
