package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The groups that are alive, which of them have changed since they were saved, and when it is worth looking whether one is
 * over: a group is looked at when it can be over and not before, however many there are. Not thread-safe.
 */
final class Groups {
    /** How exactly the end of a group is known, in milliseconds of event time. */
    static final long SWEEP = 10_000;

    private final CellTable cells = new CellTable();
    /** Keys of groups that changed or ended; a key may stand in it twice. */
    private final List<GroupKey> changed = new ArrayList<>();
    /** The living by the next multiple of {@link #SWEEP} at which they may be over; also some that ended otherwise. */
    private final TreeMap<Long, List<Cell>> checks = new TreeMap<>();

    Cell get(GroupKey key) {
        return cells.get(key);
    }

    /** A group whose first match is about to be added. @param now up to which event time has come */
    Cell begin(GroupKey key, RunningRule rule, long now) {
        Cell cell = new Cell(key, rule);
        cells.put(cell);
        rule.groups(1);
        check(cell, now + rule.correlation().timespan());
        return cell;
    }

    void forEach(Consumer<Cell> visitor) {
        cells.forEach(visitor);
    }

    int size() {
        return cells.size();
    }

    void changed(Cell cell) {
        if (!cell.isChanged()) {
            cell.changed(true);
            changed.add(cell.key());
        }
    }

    /** A group that is no more, or of which nothing is known but what waits for its rule. */
    void changed(GroupKey key) {
        changed.add(key);
    }

    int unsaved() {
        return changed.size();
    }

    /** Hands out what changed since the last call. */
    void takeChanged(Consumer<GroupKey> saver) {
        for (GroupKey key : changed) {
            Cell cell = cells.get(key);
            if (cell == null || cell.isChanged()) {
                saver.accept(key);
            }
            if (cell != null) {
                cell.changed(false);
            }
        }
        changed.clear();
    }

    private void check(Cell cell, long at) {
        checks.computeIfAbsent(Math.floorDiv(at, SWEEP) + 1, any -> new ArrayList<>())
                .add(cell);
    }

    /** Ends the groups that are over at {@code now}, and closes alerts that are. */
    void sweep(long now, Consumer<Cell> ended) {
        while (!checks.isEmpty() && checks.firstKey() <= Math.floorDiv(now, SWEEP)) {
            for (Cell cell : checks.pollFirstEntry().getValue()) {
                if (cells.get(cell.key()) == cell) {
                    lookAt(cell, now, ended);
                }
            }
        }
    }

    private void lookAt(Cell cell, long now, Consumer<Cell> ended) {
        if (cell.alert() != null
                && cell.alert().isOver(now + 1, cell.correlation().suppress())) {
            cell.alert(null);
            changed(cell);
        }
        if (!cell.isDead(now)) {
            check(cell, Math.max(cell.mayBeOver(now), now));
            return;
        }
        cells.remove(cell);
        changed(cell.key());
        cell.rule().groups(-1);
        ended.accept(cell);
        cell.release();
    }

    /** Forgets all groups of these correlations. */
    void drop(Set<String> correlations) {
        cells.drop(correlations, cell -> changed.add(cell.key()));
        // They would hold on to their matches until they could have been over.
        checks.values()
                .forEach(due ->
                        due.removeIf(cell -> correlations.contains(cell.key().correlation())));
    }
}
