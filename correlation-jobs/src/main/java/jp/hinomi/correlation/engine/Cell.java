package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Optional;

/**
 * The live state of one group of one correlation. Esper groups by its identity, so a cell that was dropped and made again
 * never meets what the earlier one left behind. Not thread-safe. Public because the code that Esper generates calls it.
 */
public final class Cell {
    private final GroupKey key;
    private final RunningRule rule;
    private Accumulator accumulator;
    private Window window;
    private Deadlines.Deadline deadline;
    private OpenAlert alert;
    private Match last;
    private int pending;
    private boolean replaying;
    private boolean changed;

    Cell(GroupKey key, RunningRule rule) {
        this.key = key;
        this.rule = rule;
    }

    GroupKey key() {
        return key;
    }

    RunningRule rule() {
        return rule;
    }

    Correlation correlation() {
        return rule.correlation();
    }

    /** What it remembers; made when it is first asked for. Not for correlations that are judged at a time. */
    Accumulator accumulator() {
        if (accumulator == null) {
            accumulator = Accumulator.of(correlation().form(), correlation().timespan());
        }
        return accumulator;
    }

    /** Takes over what it remembered before a restart. */
    void restore(GroupState state) {
        if (!state.retained().isEmpty() || !state.memory().equals(Memory.NONE)) {
            accumulator().resume(state.memory());
            state.retained().forEach(accumulator::replay);
        }
    }

    /** It is over. Esper holds on to it for a while yet, and need not hold on to its matches. */
    void release() {
        accumulator = null;
        alert = null;
        last = null;
    }

    /** True while matches come that were evaluated before a restart. */
    boolean isReplaying() {
        return replaying;
    }

    void replaying(boolean replay) {
        this.replaying = replay;
    }

    Memory memory() {
        return window != null ? window.memory() : accumulator == null ? Memory.NONE : accumulator.memory();
    }

    List<Match> retained() {
        return window != null ? window.retained() : accumulator == null ? List.of() : accumulator.retained();
    }

    /** How many matches it remembers, apart from those that wait. */
    int size() {
        return window != null ? window.retained().size() : accumulator == null ? 0 : accumulator.size();
    }

    Window window() {
        return window;
    }

    Deadlines.Deadline deadline() {
        return deadline;
    }

    /** Both null when it closes. @param at when it is judged */
    void open(Window opened, Deadlines.Deadline at) {
        this.window = opened;
        this.deadline = at;
    }

    OpenAlert alert() {
        return alert;
    }

    void alert(OpenAlert open) {
        this.alert = open;
    }

    /** The newest match that was evaluated, or null. */
    Match last() {
        return last;
    }

    void last(Match match) {
        this.last = match;
    }

    void pending(int change) {
        pending += change;
        rule.waiting(change);
    }

    /** True if it is not the same as when it was saved. */
    boolean isChanged() {
        return changed;
    }

    void changed(boolean since) {
        this.changed = since;
    }

    /** What is to be saved. @param waiting its matches that have not been evaluated */
    GroupState state(List<GroupState.Waiting> waiting) {
        return new GroupState(
                retained(),
                waiting,
                Optional.ofNullable(last),
                Optional.ofNullable(alert).map(OpenAlert::state),
                Optional.ofNullable(window).map(Window::state),
                memory());
    }

    /** The earliest time after {@code now} at which its alert may be over or {@link #isDead} be true. */
    long mayBeOver(long now) {
        if (alert != null) {
            return alert.lastFiring() + correlation().suppress();
        }
        if (window != null) {
            return window.end();
        }
        long quiet = last == null ? now : last.time() + correlation().timespan();
        // What waits is younger than now, so the group lives for at least a timespan.
        return pending == 0 ? quiet : Math.max(quiet, now + correlation().timespan());
    }

    /** True if nothing of it can matter to a match after {@code now}. */
    boolean isDead(long now) {
        return pending == 0
                && window == null
                && (last == null || last.time() <= now - correlation().timespan())
                && (alert == null || alert.isOver(now + 1, correlation().suppress()));
    }
}
