package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
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

    /** How many keys of removed correlations are remembered. */
    private static final int MOST_GONE = 10_000;

    private final int level;
    private final Limits limits;
    private final CorrelationEngine engine;
    private final Outlet outlet;
    private final Touching touching;
    private final Map<GroupKey, Cell> cells = new HashMap<>();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Pending.ORDER);
    /** One for each open window, and not more: whoever closes a window takes its deadline out. */
    private final TreeSet<Deadline> deadlines = new TreeSet<>(Deadline.ORDER);

    private final Set<Cell> changedAlerts = new LinkedHashSet<>();
    private final Set<GroupKey> dirty = new HashSet<>();
    private final Map<String, RunningRule> rules = new LinkedHashMap<>();
    private final Unclaimed unclaimed = new Unclaimed();
    /** Keys of correlations that were there and are gone: matches that still come for them are not waited for. */
    private final Set<String> gone = new HashSet<>();

    private final List<RunningRule> beginning = new ArrayList<>();
    private Correlations correlations;
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

    /**
     * @param stateBudget how many matches a rule may remember here, over all of its groups, before it is put in quarantine
     * @param outOfOrder by which the watermark lies behind the newest events, in milliseconds
     * @param nanos a clock to measure by; decides nothing
     */
    public record Limits(long stateBudget, long outOfOrder, LongSupplier nanos) {
        /** Far beyond what memory of one process holds for one rule. */
        public static final long USUAL_BUDGET = 5_000_000;

        public static final Limits NONE = new Limits(Long.MAX_VALUE, 0, () -> 0);
    }

    public Correlator(Correlations correlations, int level, Outlet outlet, Touching touching) {
        this(correlations, level, Limits.NONE, outlet, touching);
    }

    /** @param level only correlations of this level of chaining are evaluated here */
    public Correlator(Correlations correlations, int level, Limits limits, Outlet outlet, Touching touching) {
        this(correlations, level, limits, outlet, touching, new EsperEngine(correlations.ofLevel(level)));
    }

    Correlator(Correlations correlations, Outlet outlet, Touching touching, CorrelationEngine engine) {
        this(correlations, 0, Limits.NONE, outlet, touching, engine);
    }

    private Correlator(
            Correlations correlations,
            int level,
            Limits limits,
            Outlet outlet,
            Touching touching,
            CorrelationEngine engine) {
        this.correlations = correlations;
        this.level = level;
        this.limits = limits;
        this.outlet = outlet;
        this.touching = touching;
        this.engine = engine;
        correlations.ofLevel(level).forEach(this::begin);
    }

    /** Compiles all correlations, so that no correlator of this process has to. Takes up to seconds. Thread-safe. */
    public static void compile(Correlations correlations) {
        EsperEngine.compile(correlations.all());
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
            leave(group, new GroupState.Waiting(match, due));
            return;
        }
        cell.pending(1);
        long turn = watermark == Long.MIN_VALUE ? due : Math.max(due, watermark + 1);
        pending.add(new Pending(match, Math.max(turn, match.time()), cell));
        dirty.add(group);
    }

    /** Null if the rule is not known, or in quarantine. */
    private Cell cell(GroupKey group) {
        Cell cell = cells.get(group);
        if (cell == null) {
            RunningRule rule = rules.get(group.correlation());
            if (rule != null && !rule.isQuarantined()) {
                cell = new Cell(group, rule);
                rule.groups(1);
                cells.put(group, cell);
            }
        }
        return cell;
    }

    private void leave(GroupKey group, GroupState.Waiting match) {
        if (rules.containsKey(group.correlation()) || gone.contains(group.correlation())) {
            return; // in quarantine, or removed while the match was on its way
        }
        if (unclaimed.add(group, match)) {
            dirty.add(group);
        } else {
            outlet.unclaimed(1);
        }
    }

    private void late(Cell cell, Match match, long due) {
        boolean amended = cell.alert() != null && cell.alert().amend(cell.correlation(), match, due, touching);
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
        beginning.forEach(rule -> begun(rule, time));
        beginning.clear();
        for (GroupKey group : unclaimed.overdue(time)) {
            outlet.unclaimed(unclaimed.claim(group).size());
            dirty.add(group);
        }
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
        cell.rule().matched();
        try {
            if (correlation.form().isTimed()) {
                await(cell, match);
                return;
            }
            Hit hit = accept(cell, match);
            if (hit != null) {
                fire(cell, hit);
            }
        } catch (RuleFailedException e) {
            quarantine(cell.rule(), e);
        }
    }

    private Hit accept(Cell cell, Match match) {
        if (!cell.rule().isTimed()) {
            return engine.accept(cell, match);
        }
        long begun = limits.nanos().getAsLong();
        Hit hit = engine.accept(cell, match);
        cell.rule().spent(limits.nanos().getAsLong() - begun);
        return hit;
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
            quarantine(rules.get(timer.correlation().key()), e);
        }
    }

    private void fire(Cell cell, Hit hit) {
        Correlation correlation = cell.correlation();
        if (cell.alert() == null || cell.alert().isOver(hit.time(), correlation.suppress())) {
            if (changedAlerts.remove(cell)) {
                send(cell);
            }
            cell.alert(OpenAlert.open(correlation, cell.key(), hit, touching));
            cell.rule().alerted();
        } else {
            cell.alert().extend(correlation, hit, touching);
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
                cell.rule().groups(-1);
            }
            return dead;
        });
        judgeBudgets();
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
            List<GroupState.Waiting> left = unclaimed.of(key);
            Optional<GroupState> state = cell != null
                    ? Optional.of(state(cell, waiting.getOrDefault(cell, List.of())))
                    : left != null ? Optional.of(GroupState.waiting(left)) : Optional.empty();
            writer.accept(key, state);
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
                if (!keep(key, state)) {
                    useless.add(key);
                }
                return;
            }
            cell.rule().restored(state.retained().size());
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
        if (cell.rule().isQuarantined()) {
            return;
        }
        cell.replaying(true);
        try {
            engine.accept(cell, match);
        } catch (RuleFailedException e) {
            quarantine(cell.rule(), e);
        } finally {
            cell.replaying(false);
        }
    }

    /** Matches that waited for a rule to become known go on waiting. */
    private boolean keep(GroupKey key, GroupState state) {
        if (!state.isWaitingOnly() || rules.containsKey(key.correlation())) {
            return false;
        }
        state.pending().forEach(match -> unclaimed.add(key, match));
        return true;
    }

    /**
     * Works by other rules from now on. The state of correlations that are in both stays as it is, that of those which are
     * gone is dropped, and new ones begin empty. Not while {@link #advance} runs.
     */
    public void change(Correlations next) {
        correlations = next;
        Map<String, Correlation> wanted = new HashMap<>();
        next.ofLevel(level).forEach(correlation -> wanted.put(correlation.key(), correlation));
        Set<String> ended = new HashSet<>();
        rules.forEach((key, rule) -> {
            Correlation same = wanted.get(key);
            boolean lifted = rule.isQuarantined()
                    && same != null
                    && !same.info().version().equals(rule.correlation().info().version());
            if (same == null || lifted) {
                ended.add(key);
            } else {
                rule.replace(same);
            }
        });
        drop(ended);
        rules.keySet().removeAll(ended);
        beginning.removeIf(rule -> ended.contains(rule.correlation().key()));
        if (gone.size() > MOST_GONE) {
            gone.clear(); // what still comes for them waits for a minute and is dropped then
        }
        gone.addAll(ended);
        wanted.forEach((key, correlation) -> {
            if (!rules.containsKey(key)) {
                begin(correlation);
            }
        });
        for (GroupKey group : List.copyOf(unclaimed.keys())) {
            if (rules.containsKey(group.correlation())) {
                unclaimed.claim(group).forEach(waiting -> add(group, waiting.match(), waiting.due()));
            }
        }
    }

    private void begin(Correlation correlation) {
        RunningRule rule = new RunningRule(correlation);
        rules.put(correlation.key(), rule);
        gone.remove(correlation.key());
        beginning.add(rule);
    }

    /** What was appended until about now may have passed before the rule was known to whoever detects. */
    private void begun(RunningRule rule, long now) {
        rule.since(now + limits.outOfOrder());
        if (rule.figures().warmUntil() > rule.since()) {
            outlet.warmingUp(rule.correlation(), rule.figures().warmUntil());
        }
    }

    /** Forgets all groups of these correlations; what they have found so far is sent. */
    private void drop(Set<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        changedAlerts.removeIf(cell -> {
            boolean of = keys.contains(cell.key().correlation());
            if (of) {
                send(cell);
            }
            return of;
        });
        pending.removeIf(match -> keys.contains(match.cell().key().correlation()));
        deadlines.removeIf(deadline -> keys.contains(deadline.cell().key().correlation()));
        cells.keySet().removeIf(key -> {
            boolean of = keys.contains(key.correlation());
            if (of) {
                dirty.add(key);
            }
            return of;
        });
        keys.forEach(engine::forget);
    }

    private void quarantine(RunningRule rule, RuleFailedException failure) {
        rule.quarantine(failure.getMessage());
        drop(Set.of(rule.correlation().key()));
        rule.groups(-rule.figures().groups());
        rule.waiting(-rule.figures().waiting());
        outlet.quarantined(rule.correlation(), failure);
    }

    /** A rule whose state outgrows its budget would take the memory of all others. */
    private void judgeBudgets() {
        long most = limits.stateBudget();
        List<RunningRule> suspects =
                rules.values().stream().filter(rule -> rule.atMostKept() > most).toList();
        if (suspects.isEmpty()) {
            return;
        }
        cells.values().forEach(cell -> cell.rule().countKept(1L + cell.size()));
        rules.values().forEach(rule -> {
            long kept = rule.takeKept() + rule.figures().waiting();
            if (kept > most) {
                quarantine(
                        rule,
                        new RuleFailedException(
                                rule.correlation().info().name(),
                                "remembers " + kept + " groups and matches, more than its budget of " + most
                                        + ": group by fewer values, use a shorter timespan or a lower threshold, or"
                                        + " start the job with a larger --state-budget"));
            }
        });
    }

    /** How each correlation of this level fares. */
    public List<RuleFigures> figures() {
        return rules.values().stream().map(RunningRule::figures).toList();
    }

    /** What has to be saved beside the groups. */
    public List<RuleMark> marks() {
        return rules.values().stream()
                .filter(rule -> rule.since() != RunningRule.NOT_YET || rule.isQuarantined())
                .map(rule -> new RuleMark(
                        rule.correlation().key(),
                        rule.correlation().info().version(),
                        rule.since(),
                        rule.isQuarantined() ? rule.figures().quarantine() : ""))
                .toList();
    }

    /** Takes over what was saved, of all subtasks; call once, before {@link #restore}. */
    public void restoreMarks(Iterable<RuleMark> marks) {
        for (RuleMark mark : marks) {
            RunningRule rule = rules.get(mark.key());
            if (rule == null) {
                continue;
            }
            rule.since(Math.max(rule.since(), mark.since()));
            if (rule.since() != RunningRule.NOT_YET) {
                beginning.remove(rule);
            }
            if (!mark.quarantine().isEmpty()
                    && mark.version().equals(rule.correlation().info().version())) {
                rule.quarantine(mark.quarantine());
            }
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
