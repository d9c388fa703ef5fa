package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Correlates the matches of some groups in event-time order: buffers them until the watermark has passed, evaluates them,
 * opens and extends alerts. Knows neither Flink nor a clock of its own. Not thread-safe.
 *
 * <p>It is rebuilt from {@link GroupState}s exactly: matches that were evaluated are fed again, muted, in order.
 */
public final class Correlator implements AutoCloseable {
    private final int level;
    private final Limits limits;
    private final CorrelationEngine engine;
    private final Outlet outlet;
    private final RunningRules rules;
    private final Groups groups = new Groups();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>();
    private final Deadlines deadlines = new Deadlines();
    private final Firings firings;
    private final Unclaimed unclaimed = new Unclaimed();
    private long watermark = Long.MIN_VALUE;
    private long nextSweep = Long.MIN_VALUE;

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
        this.level = level;
        this.limits = limits;
        this.outlet = outlet;
        this.engine = engine;
        this.rules = new RunningRules(correlations.ofLevel(level));
        this.firings = new Firings(correlations, outlet, touching);
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
        long turn = watermark == Long.MIN_VALUE ? due : Math.max(due, watermark + 1);
        await(new Pending(match, Math.max(turn, match.time()), cell));
        groups.changed(cell);
    }

    /** Null if the rule is not known, or in quarantine. */
    private Cell cell(GroupKey group) {
        Cell cell = groups.get(group);
        if (cell != null) {
            return cell;
        }
        RunningRule rule = rules.get(group.correlation());
        return rule == null || rule.isQuarantined() ? null : groups.begin(group, rule, watermark);
    }

    private void await(Pending match) {
        match.cell().pending(1);
        pending.add(match);
    }

    private void leave(GroupKey group, GroupState.Waiting match) {
        if (!rules.mayCome(group.correlation())) {
            return; // in quarantine, or removed while the match was on its way
        }
        if (unclaimed.add(group, match)) {
            groups.changed(group);
        } else {
            outlet.unclaimed(1);
        }
    }

    /** Event time has come to {@code time}: evaluates everything up to it. Ignored if it lies behind. */
    public void advance(long time) {
        if (time <= watermark) {
            return;
        }
        watermark = time;
        drain(time, time);
        rules.takeBeginning().forEach(rule -> begun(rule, time));
        for (GroupKey group : unclaimed.overdue(time)) {
            outlet.unclaimed(unclaimed.claim(group).size());
            groups.changed(group);
        }
        if (time >= nextSweep) {
            engine.advance(time);
            groups.sweep(time, engine::forget);
            judgeBudgets();
            nextSweep = time + Groups.SWEEP;
        }
    }

    /** What was appended until about now may have passed before the rule was known to whoever detects. */
    private void begun(RunningRule rule, long now) {
        rule.since(now + limits.outOfOrder());
        if (rule.figures().warmUntil() > rule.since()) {
            outlet.warmingUp(rule.correlation(), rule.figures().warmUntil());
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
            Deadlines.Deadline deadline = deadlines.next();
            long judgeUntil = match == null ? windowsUntil : match.due();
            CorrelationEngine.Timer timer = engine.nextTimer();
            if (timer != null && timer.at() <= (deadline == null ? judgeUntil : Math.min(judgeUntil, deadline.at()))) {
                fire(timer);
            } else if (deadline != null && deadline.at() <= judgeUntil) {
                groups.changed(deadline.cell());
                fire(deadline.cell(), deadlines.judgeNext());
            } else if (match != null) {
                take(pending.poll());
            } else {
                break;
            }
        }
        firings.flush();
    }

    private void take(Pending next) {
        next.cell().pending(-1);
        groups.changed(next.cell());
        if (next.isLate()) {
            firings.late(next.cell(), next.match(), next.due());
        } else {
            evaluate(next.cell(), next.match());
        }
    }

    private void evaluate(Cell cell, Match match) {
        Match before = cell.last();
        if (match.repeats(before) && (match.steps() & ~before.steps()) == 0) {
            return; // the same record twice
        }
        cell.last(match);
        cell.rule().matched();
        try {
            if (cell.correlation().form().isTimed()) {
                deadlines.await(cell, match);
            } else {
                fire(cell, accept(cell, match));
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

    /** A statement fires because of what did not happen. */
    private void fire(CorrelationEngine.Timer timer) {
        try {
            for (CorrelationEngine.Firing firing : engine.fire(timer)) {
                groups.changed(firing.cell());
                fire(firing.cell(), firing.hit());
            }
        } catch (RuleFailedException e) {
            quarantine(rules.get(timer.correlation().key()), e);
        }
    }

    /** @param hit null if it does not fire */
    private void fire(Cell cell, Hit hit) {
        if (hit != null) {
            firings.fire(cell, hit);
        }
    }

    /** How far event time has come; the smallest long before the first watermark. */
    public long watermark() {
        return watermark;
    }

    /** How many groups are alive. */
    public int groups() {
        return groups.size();
    }

    /** How many matches wait for their time. */
    public int waiting() {
        return pending.size();
    }

    /** How many groups changed since the last {@link #save}, or a little more. */
    public int unsaved() {
        return groups.unsaved();
    }

    /** Hands out the state of every group that changed since the last call; empty for a group that is no more. */
    public void save(BiConsumer<GroupKey, Optional<GroupState>> writer) {
        Map<Cell, List<GroupState.Waiting>> waiting = new HashMap<>();
        for (Pending next : pending) {
            if (next.cell().isChanged()) {
                waiting.computeIfAbsent(next.cell(), any -> new ArrayList<>())
                        .add(new GroupState.Waiting(next.match(), next.due()));
            }
        }
        groups.takeChanged(key -> {
            Cell cell = groups.get(key);
            List<GroupState.Waiting> left = unclaimed.of(key);
            Optional<GroupState> state = cell != null
                    ? Optional.of(cell.state(waiting.getOrDefault(cell, List.of())))
                    : left != null ? Optional.of(GroupState.waiting(left)) : Optional.empty();
            writer.accept(key, state);
        });
    }

    /**
     * Rebuilds what was saved; call once, before any match.
     *
     * @param restoredWatermark up to which the saved matches had been evaluated
     * @return the groups whose rule is gone or evaluates differently now: their state is of no use any more
     */
    public List<GroupKey> restore(Map<GroupKey, GroupState> saved, long restoredWatermark) {
        return restoreEach(saved::forEach, restoredWatermark);
    }

    /** Hands out groups one after another, in any order. @param <E> what may go wrong on the way */
    public interface Saved<E extends Exception> {
        void forEach(BiConsumer<GroupKey, GroupState> visitor) throws E;
    }

    /** As {@link #restore(Map, long)}, without a map of everything: there may be millions of groups. */
    public <E extends Exception> List<GroupKey> restoreEach(Saved<E> saved, long restoredWatermark) throws E {
        watermark = restoredWatermark;
        List<GroupKey> useless = new ArrayList<>();
        List<Pending> replayed = new ArrayList<>();
        saved.forEach((key, state) -> {
            Cell cell = cell(key);
            if (cell != null) {
                restore(cell, state, replayed);
            } else if (!keep(key, state)) {
                useless.add(key);
            }
        });
        replayed.sort(null);
        for (Pending next : replayed) {
            replay(next.cell(), next.match());
        }
        if (watermark > Long.MIN_VALUE) {
            engine.advance(watermark);
        }
        return useless;
    }

    /** @param replayed takes what a statement has to see again, in the order of all groups of its rule */
    private void restore(Cell cell, GroupState state, List<Pending> replayed) {
        cell.rule().restored(state.retained().size());
        state.alert().ifPresent(alert -> cell.alert(OpenAlert.restore(alert)));
        state.last().ifPresent(cell::last);
        Correlation correlation = cell.correlation();
        if (correlation.form() instanceof Form.Epl) {
            state.retained().forEach(match -> replayed.add(new Pending(match, match.time(), cell)));
        } else if (!correlation.form().isTimed()) {
            cell.restore(state);
        } else if (state.window().isPresent()) {
            deadlines.open(cell, Window.restore(correlation.form(), correlation.timespan(), state));
        }
        state.pending().forEach(waiting -> await(new Pending(waiting.match(), waiting.due(), cell)));
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
        if (!state.isWaitingOnly() || rules.get(key.correlation()) != null) {
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
        firings.change(next);
        List<Correlation> wanted = next.ofLevel(level);
        Set<String> ended = rules.end(wanted);
        drop(ended);
        rules.beginNew(wanted, ended);
        for (GroupKey group : List.copyOf(unclaimed.keys())) {
            if (rules.get(group.correlation()) != null) {
                unclaimed.claim(group).forEach(waiting -> add(group, waiting.match(), waiting.due()));
            }
        }
    }

    /** Forgets all groups of these correlations; what they have found so far is sent. */
    private void drop(Set<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        firings.flush(keys);
        pending.removeIf(match -> keys.contains(match.cell().key().correlation()));
        deadlines.drop(keys);
        groups.drop(keys);
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
        if (rules.all().stream().noneMatch(rule -> rule.atMostKept() > most)) {
            return;
        }
        groups.forEach(cell -> cell.rule().countKept(1L + cell.size()));
        for (RunningRule rule : rules.all()) {
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
        }
    }

    /** How each correlation of this level fares. */
    public List<RuleFigures> figures() {
        return rules.figures();
    }

    /** What has to be saved beside the groups. */
    public List<RuleMark> marks() {
        return rules.marks();
    }

    /** Takes over what was saved, of all subtasks; call once, before {@link #restore}. */
    public void restoreMarks(Iterable<RuleMark> marks) {
        rules.restore(marks);
    }

    @Override
    public void close() {
        engine.close();
    }
}
