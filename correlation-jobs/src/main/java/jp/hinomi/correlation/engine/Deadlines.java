package jp.hinomi.correlation.engine;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** The windows that are open, by the time at which they are judged. Not thread-safe. */
final class Deadlines {
    /** One for each open window, and not more: whoever closes a window takes its deadline out. */
    private final TreeSet<Deadline> open = new TreeSet<>(Deadline.ORDER);

    private long opened;

    /** @param serial tells windows of one end apart */
    record Deadline(long at, long serial, Cell cell) {
        static final Comparator<Deadline> ORDER =
                Comparator.comparingLong(Deadline::at).thenComparingLong(Deadline::serial);
    }

    /** Null if no window is open. */
    Deadline next() {
        return open.isEmpty() ? null : open.first();
    }

    /** For correlations that are judged at a time: the match goes into the open window, or opens one. */
    void await(Cell cell, Match match) {
        Window window = cell.window();
        if (window != null && window.add(match)) {
            return;
        }
        if (window != null) {
            open.remove(cell.deadline());
            cell.open(null, null);
        }
        Correlation correlation = cell.correlation();
        Window begun = Window.open(correlation.form(), match, correlation.timespan());
        if (begun != null) {
            open(cell, begun);
        }
    }

    void open(Cell cell, Window window) {
        Deadline deadline = new Deadline(window.end(), opened++, cell);
        cell.open(window, deadline);
        open.add(deadline);
    }

    /** The time of {@link #next} has come: the hit if its correlation fires, else null. */
    Hit judgeNext() {
        Cell cell = open.pollFirst().cell();
        Window window = cell.window();
        Hit hit = window.judge();
        cell.open(null, null);
        if (window.goesOn()) {
            open(cell, window);
        }
        return hit;
    }

    /** Forgets the windows of these correlations. */
    void drop(Set<String> keys) {
        open.removeIf(deadline -> keys.contains(deadline.cell().key().correlation()));
    }
}
