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

    private final RuleSet rules;
    private final Correlations correlations;
    private final Routing routing;
    private final String workspace = java.util.UUID.randomUUID().toString();
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
        this.rules = rules;
        this.parallelism = parallelism;
        this.alerts = alerts;
        Workspace loaded = Workspace.of(Optional.empty(), rules);
        WORKSPACES.put(workspace, loaded);
        correlations = loaded.correlations();
        routing = new Routing(correlations);
        String id = workspace;
        WorkspaceSource source = () -> WORKSPACES.get(id);
        for (int level = 0; level < correlations.levels(); level++) {
            List<KeyedOneInputStreamOperatorTestHarness<GroupKey, Routed, Alert>> subtasks = new ArrayList<>();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                KeyedOneInputStreamOperatorTestHarness<GroupKey, Routed, Alert> harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new CorrelateOperator(
                                        source, level, CorrelateLimits.of(loaded, java.time.Duration.ZERO)),
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
            levels.add(subtasks);
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
        List<Routed> routed = new ArrayList<>();
        routing.route(
                happening.event(), matched, (group, match) -> routed.add(new Routed(group, match, due)), none -> {});
        for (Routed next : routed) {
            pass(next);
        }
    }

    private void pass(Routed routed) throws Exception {
        int level = correlations.byKey(routed.group().correlation()).level();
        int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(routed.group(), MAX_PARALLELISM, parallelism);
        levels.get(level)
                .get(subtask)
                .processElement(new StreamRecord<>(routed, routed.match().time()));
    }

    void advance(long watermark) throws Exception {
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
                            pass(record.getValue());
                        }
                    }
                }
            }
        }
    }

    Snapshot snapshot(long id) throws Exception {
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
        WORKSPACES.remove(workspace);
    }
}
