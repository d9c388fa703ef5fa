package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import jp.hinomi.events.SecurityEvent;

/**
 * Correlates the matches of some groups in event-time order: buffers them until the watermark has passed, evaluates them,
 * opens and extends alerts. Knows neither Flink nor a clock of its own. Not thread-safe.
 *
 * <p>It is rebuilt from {@link GroupState}s exactly: matches that were evaluated are fed again, muted, in order.
 */
public final class Correlator implements AutoCloseable {
    /** How often dead groups are looked for, in milliseconds of event time. */
    private static final long SWEEP = 10_000;

    private final Correlations correlations;
    private final CorrelationEngine engine;
    private final Outlet outlet;
    private final Map<GroupKey, Cell> cells = new HashMap<>();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Pending.ORDER);
    /** One for each open window, and not more: whoever closes a window takes its deadline out. */
    private final TreeSet<Deadline> deadlines = new TreeSet<>(Deadline.ORDER);

    private final Set<Cell> changedAlerts = new LinkedHashSet<>();
    private final Set<GroupKey> dirty = new HashSet<>();
    private final Set<String> quarantined = new HashSet<>();
    private long watermark = Long.MIN_VALUE;
    private long nextSweep = Long.MIN_VALUE;
    private long windowsOpened;

    private record Pending(Match match, long due, Cell cell) {
        static final Comparator<Pending> ORDER =
                Comparator.comparingLong(Pending::due).thenComparing(Pending::match, Match.ORDER);

        boolean isLate() {
            return due > match.time();
        }
    }

    /** @param serial tells windows of one end apart */
    record Deadline(long at, long serial, Cell cell) {
        static final Comparator<Deadline> ORDER =
                Comparator.comparingLong(Deadline::at).thenComparingLong(Deadline::serial);
    }

    /** @param level only correlations of this level of chaining are evaluated here */
    public Correlator(Correlations correlations, int level, Outlet outlet) {
        this(
                correlations,
                outlet,
                new EsperEngine(correlations.all().stream()
                        .filter(correlation -> correlation.level() == level)
                        .toList()));
    }

    Correlator(Correlations correlations, Outlet outlet, CorrelationEngine engine) {
        this.correlations = correlations;
        this.outlet = outlet;
        this.engine = engine;
    }

    /**
     * Takes a match in any order.
     *
     * @param due when its turn is: its own time, or later if it came too late for that. Given with the match, and not
     *     decided by how far this correlator happens to be, so that what counts as late depends on neither parallelism nor
     *     crashes. One that nevertheless lies behind the watermark is due at once.
     */
    public void add(GroupKey group, Match match, long due) {
        Cell cell = cell(group);
        if (cell == null) {
            return; // of a rule that this job does not have
        }
        cell.pending(1);
        long turn = watermark == Long.MIN_VALUE ? due : Math.max(due, watermark + 1);
        pending.add(new Pending(match, Math.max(turn, match.time()), cell));
        dirty.add(group);
    }

    private Cell cell(GroupKey group) {
        Cell cell = cells.get(group);
        if (cell == null) {
            Correlation correlation = correlations.byKey(group.correlation());
            if (correlation != null) {
                cell = new Cell(group, correlation);
                cells.put(group, cell);
            }
        }
        return cell;
    }

    private void late(Cell cell, Match match, long due) {
        boolean amended = cell.alert() != null && cell.alert().amend(cell.correlation(), match, due);
        if (amended) {
            changedAlerts.add(cell);
        }
        outlet.late(cell.correlation(), amended);
    }

    /** Event time has come to {@code time}: evaluates everything up to it. Ignored if it lies behind. */
    public void advance(long time) {
        if (time <= watermark) {
            return;
        }
        watermark = time;
        drain(time, time);
        if (time >= nextSweep) {
            sweep(time);
            nextSweep = time + SWEEP;
        }
    }

    /** No more matches will come. Time stops at the last one: windows that are open then are not judged. */
    public void end() {
        drain(Long.MAX_VALUE, watermark);
    }

    private void drain(long matchesUntil, long windowsUntil) {
        while (true) {
            Pending match = pending.peek();
            if (match != null && match.due() > matchesUntil) {
                match = null;
            }
            Deadline deadline = deadlines.isEmpty() ? null : deadlines.first();
            long judgeUntil = match == null ? windowsUntil : match.due();
            CorrelationEngine.Timer timer = engine.nextTimer();
            if (timer != null && timer.at() <= (deadline == null ? judgeUntil : Math.min(judgeUntil, deadline.at()))) {
                fire(timer);
            } else if (deadline != null && deadline.at() <= judgeUntil) {
                judge(deadlines.pollFirst());
            } else if (match != null) {
                pending.poll();
                match.cell().pending(-1);
                dirty.add(match.cell().key());
                if (match.isLate()) {
                    late(match.cell(), match.match(), match.due());
                } else {
                    evaluate(match.cell(), match.match());
                }
            } else {
                break;
            }
        }
        changedAlerts.forEach(this::send);
        changedAlerts.clear();
    }

    private void evaluate(Cell cell, Match match) {
        Match before = cell.last();
        if (match.repeats(before) && (match.steps() & ~before.steps()) == 0) {
            return; // the same record twice
        }
        cell.last(match);
        Correlation correlation = cell.correlation();
        if (quarantined.contains(correlation.key())) {
            return;
        }
        try {
            if (correlation.form().isTimed()) {
                await(cell, match);
                return;
            }
            Hit hit = engine.accept(cell, match);
            if (hit != null) {
                fire(cell, hit);
            }
        } catch (RuleFailedException e) {
            quarantined.add(correlation.key());
            outlet.quarantined(correlation, e);
        }
    }

    /** For correlations that are judged at a time: the match goes into the open window, or opens one. */
    private void await(Cell cell, Match match) {
        Window window = cell.window();
        if (window != null && window.add(match)) {
            return;
        }
        if (window != null) {
            close(cell);
        }
        Window opened =
                Window.open(cell.correlation().form(), match, cell.correlation().timespan());
        if (opened != null) {
            open(cell, opened);
        }
    }

    private void open(Cell cell, Window window) {
        Deadline deadline = new Deadline(window.end(), windowsOpened++, cell);
        cell.open(window, deadline);
        deadlines.add(deadline);
    }

    private void close(Cell cell) {
        deadlines.remove(cell.deadline());
        cell.open(null, null);
    }

    private void judge(Deadline deadline) {
        Cell cell = deadline.cell();
        Window window = cell.window();
        Hit hit = window.judge();
        cell.open(null, null);
        if (window.goesOn()) {
            open(cell, window);
        }
        dirty.add(cell.key());
        if (hit != null) {
            fire(cell, hit);
        }
    }

    /** A statement fires because of what did not happen. */
    private void fire(CorrelationEngine.Timer timer) {
        try {
            for (CorrelationEngine.Firing firing : engine.fire(timer)) {
                dirty.add(firing.cell().key());
                fire(firing.cell(), firing.hit());
            }
        } catch (RuleFailedException e) {
            quarantined.add(timer.correlation().key());
            outlet.quarantined(timer.correlation(), e);
        }
    }

    private void fire(Cell cell, Hit hit) {
        Correlation correlation = cell.correlation();
        if (cell.alert() == null || cell.alert().isOver(hit.time(), correlation.suppress())) {
            if (changedAlerts.remove(cell)) {
                send(cell);
            }
            cell.alert(OpenAlert.open(correlation, cell.key(), hit));
        } else {
            cell.alert().extend(correlation, hit);
        }
        changedAlerts.add(cell);
        for (Correlations.Route route : correlations.routes(correlation.info().name())) {
            pass(cell, hit, route);
        }
    }

    private void pass(Cell cell, Hit hit, Correlations.Route route) {
        Correlation from = cell.correlation();
        Correlation to = route.correlation();
        SecurityEvent firing = from.asEvent(cell.key(), cell.alert().id(), hit.time());
        GroupKey group = to.group(Long.numberOfTrailingZeros(route.steps()), firing);
        String value = to.value(firing);
        if (group == null) {
            outlet.ungrouped(to);
        } else if (value != null) {
            outlet.match(to, group, cell.alert().asMatch(from, hit.time(), route.steps(), value));
        }
    }

    private void send(Cell cell) {
        if (cell.correlation().alerts()) {
            outlet.alert(cell.correlation(), cell.key(), cell.alert());
        }
    }

    private void sweep(long now) {
        engine.advance(now);
        cells.values().removeIf(cell -> {
            if (cell.alert() != null
                    && cell.alert().isOver(now + 1, cell.correlation().suppress())) {
                cell.alert(null);
                dirty.add(cell.key());
            }
            boolean dead = cell.isDead(now);
            if (dead) {
                dirty.add(cell.key());
                engine.forget(cell);
            }
            return dead;
        });
    }

    /** How far event time has come; the smallest long before the first watermark. */
    public long watermark() {
        return watermark;
    }

    /** How many groups are alive. */
    public int groups() {
        return cells.size();
    }

    /** How many matches wait for their time. */
    public int waiting() {
        return pending.size();
    }

    /** How many groups changed since the last {@link #save}. */
    public int unsaved() {
        return dirty.size();
    }

    /** Hands out the state of every group that changed since the last call; empty for a group that is no more. */
    public void save(BiConsumer<GroupKey, Optional<GroupState>> writer) {
        Map<Cell, List<GroupState.Waiting>> waiting = new HashMap<>();
        for (Pending next : pending) {
            if (dirty.contains(next.cell().key())) {
                waiting.computeIfAbsent(next.cell(), any -> new ArrayList<>())
                        .add(new GroupState.Waiting(next.match(), next.due()));
            }
        }
        for (GroupKey key : dirty) {
            Cell cell = cells.get(key);
            writer.accept(
                    key,
                    cell == null ? Optional.empty() : Optional.of(state(cell, waiting.getOrDefault(cell, List.of()))));
        }
        dirty.clear();
    }

    private static GroupState state(Cell cell, List<GroupState.Waiting> waiting) {
        return new GroupState(
                cell.retained(),
                waiting,
                Optional.ofNullable(cell.last()).map(Match::stripped),
                Optional.ofNullable(cell.alert()).map(OpenAlert::state),
                Optional.ofNullable(cell.window()).map(Window::state),
                cell.memory());
    }

    /**
     * Rebuilds what was saved; call once, before any match.
     *
     * @param restoredWatermark up to which the saved matches had been evaluated
     * @return the groups whose rule is gone or evaluates differently now: their state is of no use any more
     */
    public List<GroupKey> restore(Map<GroupKey, GroupState> saved, long restoredWatermark) {
        List<GroupKey> useless = new ArrayList<>();
        List<Pending> evaluated = new ArrayList<>();
        saved.forEach((key, state) -> {
            Cell cell = cell(key);
            if (cell == null) {
                useless.add(key);
                return;
            }
            state.alert().ifPresent(alert -> cell.alert(OpenAlert.restore(alert)));
            state.last().ifPresent(cell::last);
            Correlation correlation = cell.correlation();
            if (!correlation.form().isTimed()) {
                cell.resume(state.memory());
                state.retained().forEach(match -> evaluated.add(new Pending(match, match.time(), cell)));
            } else if (state.window().isPresent()) {
                open(cell, Window.restore(correlation.form(), correlation.timespan(), state));
            }
            for (GroupState.Waiting waiting : state.pending()) {
                cell.pending(1);
                pending.add(new Pending(waiting.match(), waiting.due(), cell));
            }
        });
        evaluated.sort(Pending.ORDER);
        for (Pending next : evaluated) {
            replay(next.cell(), next.match());
        }
        watermark = restoredWatermark;
        if (watermark > Long.MIN_VALUE) {
            engine.advance(watermark);
        }
        return useless;
    }

    /** Muted: what it fires was handled before it was saved. */
    private void replay(Cell cell, Match match) {
        if (quarantined.contains(cell.key().correlation())) {
            return;
        }
        cell.replaying(true);
        try {
            engine.accept(cell, match);
        } catch (RuleFailedException e) {
            quarantined.add(cell.key().correlation());
            outlet.quarantined(cell.correlation(), e);
        } finally {
            cell.replaying(false);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
