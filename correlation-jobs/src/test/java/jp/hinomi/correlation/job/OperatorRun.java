package jp.hinomi.correlation.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.Touching;
import jp.hinomi.correlation.stage.Combiner;
import jp.hinomi.correlation.stage.Routing;
import jp.hinomi.correlation.state.AlertSerializer;
import jp.hinomi.correlation.state.GroupKeySerializer;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.events.Alert;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operators of all levels in Flink's test harness, at some parallelism, connected as the job connects them. */
final class OperatorRun implements AutoCloseable {
    private static final int MAX_PARALLELISM = 16;
    private static final Map<String, Workspace> WORKSPACES = new ConcurrentHashMap<>();

    private final String run = java.util.UUID.randomUUID().toString();
    private RuleSet rules;
    private Correlations correlations;
    private Routing routing;
    private Combiner combiner;
    private final List<Routed> combined = new ArrayList<>();
    private final int parallelism;
    private final List<List<KeyedOneInputStreamOperatorTestHarness<GroupKey, Routed, Alert>>> levels =
            new ArrayList<>();
    /** What consumers know: it outlives crashes. */
    final Map<String, Outcome> alerts;

    /** The state of one subtask per level and position. */
    record Snapshot(int parallelism, List<List<OperatorSubtaskState>> levels) {}

    OperatorRun(
            RuleSet rules,
            int parallelism,
            Optional<Snapshot> restored,
            Map<String, Outcome> alerts,
            Optional<StateBackend> backend)
            throws Exception {
        this(rules, new Correlations(rules).levels(), parallelism, restored, alerts, backend);
    }

    /** @param levels for which there are operators */
    OperatorRun(
            RuleSet rules,
            int levels,
            int parallelism,
            Optional<Snapshot> restored,
            Map<String, Outcome> alerts,
            Optional<StateBackend> backend)
            throws Exception {
        this(rules, levels, 1_000_000, parallelism, restored, alerts, backend);
    }

    /** @param stateBudget per rule and subtask */
    OperatorRun(
            RuleSet rules,
            int levels,
            long stateBudget,
            int parallelism,
            Optional<Snapshot> restored,
            Map<String, Outcome> alerts,
            Optional<StateBackend> backend)
            throws Exception {
        this.parallelism = parallelism;
        this.alerts = alerts;
        route(rules);
        CorrelateLimits limits = new CorrelateLimits(Math.max(1, levels), java.time.Duration.ZERO, stateBudget);
        for (int level = 0; level < levels; level++) {
            List<KeyedOneInputStreamOperatorTestHarness<GroupKey, Routed, Alert>> subtasks = new ArrayList<>();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                correlate(level, subtask, rules);
                KeyedOneInputStreamOperatorTestHarness<GroupKey, Routed, Alert> harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new CorrelateOperator(new Switched(id(level, subtask)), level, limits),
                                Routed::group,
                                GroupKeySerializer.TYPE,
                                MAX_PARALLELISM,
                                parallelism,
                                subtask);
                if (backend.isPresent()) {
                    harness.setStateBackend(backend.get());
                }
                harness.setup(AlertSerializer.INSTANCE);
                if (restored.isPresent()) {
                    harness.initializeState(state(restored.get(), level, subtask));
                }
                harness.open();
                subtasks.add(harness);
            }
            this.levels.add(subtasks);
        }
    }

    /** A follower that each test moves on by hand. */
    private record Switched(String id) implements WorkspaceSource {
        @Override
        public Workspace workspace() {
            return WORKSPACES.get(id);
        }

        @Override
        public FollowedWorkspace follow() {
            return this::workspace;
        }
    }

    private String id(int level, int subtask) {
        return run + "/" + level + "/" + subtask;
    }

    /** Whoever detects works by these rules from now on. */
    void route(RuleSet next) throws Exception {
        if (combiner != null) {
            flush();
        }
        rules = next;
        correlations = new Correlations(next);
        routing = new Routing(correlations);
        combiner = new Combiner(
                correlations,
                Touching.NOTHING,
                (correlation, group, matches) -> combined.add(new Routed(group, matches)));
    }

    /** One subtask of one level learns of these rules. */
    void correlate(int level, int subtask, RuleSet next) {
        WORKSPACES.put(id(level, subtask), Workspace.of(Optional.empty(), next));
    }

    /** Some of the subtasks, or all of them, learn of these rules. */
    void correlate(java.util.function.BooleanSupplier which, RuleSet next) {
        for (int level = 0; level < levels.size(); level++) {
            for (int subtask = 0; subtask < parallelism; subtask++) {
                if (which.getAsBoolean()) {
                    correlate(level, subtask, next);
                }
            }
        }
    }

    private OperatorSubtaskState state(Snapshot snapshot, int level, int subtask) throws Exception {
        OperatorSubtaskState whole = AbstractStreamOperatorTestHarness.repackageState(
                snapshot.levels().get(level).toArray(OperatorSubtaskState[]::new));
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                whole, MAX_PARALLELISM, snapshot.parallelism(), parallelism, subtask);
    }

    void add(Happening happening, long due) throws Exception {
        List<DetectionRule> matched = rules.detections().stream()
                .filter(rule -> happening.matched().contains(rule.info().name()))
                .toList();
        routing.route(
                happening.event(),
                matched,
                (correlation, group, match) -> combiner.add(correlation, group, match, due),
                none -> {});
    }

    /** What the operator that detects has held back until now. */
    private void flush() throws Exception {
        combiner.flush();
        for (Routed next : combined) {
            pass(next, correlations.byKey(next.group().correlation()).level());
        }
        combined.clear();
    }

    private void pass(Routed routed, int level) throws Exception {
        int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(routed.group(), MAX_PARALLELISM, parallelism);
        levels.get(level).get(subtask).processElement(new StreamRecord<>(routed));
    }

    void advance(long watermark) throws Exception {
        flush();
        for (int level = 0; level < levels.size(); level++) {
            for (var harness : levels.get(level)) {
                harness.processWatermark(watermark);
                for (StreamRecord<? extends Alert> alert : harness.extractOutputStreamRecords()) {
                    Outcome.keepNewest(alerts, Outcome.of(alert.getValue()));
                }
                harness.getOutput().clear();
                for (int outer = level + 1; outer < levels.size(); outer++) {
                    Queue<StreamRecord<Routed>> out = harness.getSideOutput(Levels.tag(outer));
                    if (out != null) {
                        Queue<StreamRecord<Routed>> waiting = new ConcurrentLinkedQueue<>(out);
                        out.clear();
                        for (StreamRecord<Routed> record : waiting) {
                            pass(record.getValue(), outer);
                        }
                    }
                }
            }
        }
    }

    Snapshot snapshot(long id) throws Exception {
        flush();
        List<List<OperatorSubtaskState>> all = new ArrayList<>();
        for (var level : levels) {
            List<OperatorSubtaskState> states = new ArrayList<>();
            for (var harness : level) {
                states.add(harness.snapshot(id, id));
            }
            all.add(states);
        }
        return new Snapshot(parallelism, all);
    }

    /** As a crash: nothing is flushed. */
    @Override
    public void close() throws Exception {
        for (var level : levels) {
            for (var harness : level) {
                harness.close();
            }
        }
        WORKSPACES.keySet().removeIf(id -> id.startsWith(run));
    }
}
