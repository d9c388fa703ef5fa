package jp.hinomi.correlation.engine;

import java.util.List;

/** What a group waits for until a time has come, for correlations that are judged then. Bounded; not thread-safe. */
sealed interface Window permits EndOfWindow, Unanswered, Intervals {
    /** When it is judged, in milliseconds since the epoch. */
    long end();

    /** Takes the next match; false if that closes it, unjudged. */
    boolean add(Match match);

    /** Its time has come: the hit if the correlation fires, else null. */
    Hit judge();

    /** True if it goes on after it was judged, with a later end. */
    boolean goesOn();

    /** The matches that are kept, in order. */
    List<Match> retained();

    /** What is kept beside matches. */
    Memory memory();

    GroupState.Window state();

    /** A new one at the match, or null if that match opens none. */
    static Window open(Form form, Match match, long timespan) {
        if (form instanceof Form.AtEnd atEnd) {
            EndOfWindow window = new EndOfWindow(atEnd, match.time() + timespan, match.completingId());
            window.add(match);
            return window;
        }
        if (form instanceof Form.Absent) {
            return match.isStep(0) ? new Unanswered(match, match.time() + timespan) : null;
        }
        if (form instanceof Form.RateChange change) {
            Intervals intervals = Intervals.from(change, match, timespan);
            intervals.add(match);
            return intervals;
        }
        throw new IllegalArgumentException(form + " is judged at matches");
    }

    static Window restore(Form form, long timespan, GroupState state) {
        GroupState.Window saved = state.window().orElseThrow();
        if (form instanceof Form.AtEnd atEnd) {
            return EndOfWindow.restore(atEnd, saved, state.retained(), state.memory());
        }
        if (form instanceof Form.Absent) {
            return new Unanswered(state.retained().get(0), saved.end());
        }
        if (form instanceof Form.RateChange change) {
            return Intervals.restore(change, timespan, saved, state.retained(), state.memory());
        }
        throw new IllegalArgumentException(form + " is judged at matches");
    }
}
