package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Optional;

/**
 * What is saved of one group of one correlation.
 *
 * @param retained matches that were evaluated and can still matter, in order
 * @param pending matches that wait for their time
 * @param last the match that was evaluated last, so that a repetition of it is known; its log event may be missing
 * @param window what the retained matches do not say about an open window
 * @param memory what is remembered beside matches
 */
public record GroupState(
        List<Match> retained,
        List<Waiting> pending,
        Optional<Match> last,
        Optional<OpenAlert.State> alert,
        Optional<Window> window,
        Memory memory) {
    public GroupState {
        retained = List.copyOf(retained);
        pending = List.copyOf(pending);
    }

    static GroupState waiting(List<Waiting> pending) {
        return new GroupState(List.of(), pending, Optional.empty(), Optional.empty(), Optional.empty(), Memory.NONE);
    }

    /** True if nothing of it has been evaluated yet. */
    boolean isWaitingOnly() {
        return retained.isEmpty() && last.isEmpty() && alert.isEmpty() && window.isEmpty() && !pending.isEmpty();
    }

    /** @param due when its turn is; later than its time if it came too late for that */
    public record Waiting(Match match, long due) {}

    /** @param end when it is judged, in milliseconds since the epoch */
    public record Window(long end, String opener, long count) {}
}
