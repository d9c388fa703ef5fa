package jp.hinomi.correlation.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.Correlator;
import jp.hinomi.correlation.engine.Form;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.GroupState;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.correlation.engine.OpenAlert;
import jp.hinomi.correlation.engine.Outlet;
import jp.hinomi.correlation.engine.RuleFailedException;
import jp.hinomi.correlation.engine.RuleFigures;
import jp.hinomi.correlation.engine.RuleMark;
import jp.hinomi.correlation.stage.AlertFactory;
import jp.hinomi.correlation.state.GroupStateSerializer;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.correlation.state.RuleMarkSerializer;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.events.Alert;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hosts a {@link Correlator} in Flink: owns its state and its time, and nothing else.
 *
 * <p>Esper cannot be saved. What is saved, per rule and group, are the matches that can still matter, those that wait for
 * their time, and the open alert; after a restore the correlator is rebuilt from them. State is written when a checkpoint
 * is due, or earlier if very much has changed, so a group that receives everything costs one write per checkpoint.
 */
final class CorrelateOperator extends AbstractStreamOperator<Alert>
        implements OneInputStreamOperator<Routed, Alert>, Outlet {
    private static final long serialVersionUID = 1;

    /** More than this many changed groups are written before the checkpoint, so that it does not stall the stream. */
    private static final int MOST_UNSAVED = 20_000;

    private final WorkspaceSource source;
    private final int level;
    private final CorrelateLimits limits;

    private transient FollowedWorkspace followed;
    private transient Workspace workspace;
    private transient RuleReports reports;
    private transient String reporter;
    private transient Correlator correlator;
    private transient AlertFactory alerts;
    private transient ValueState<GroupState> groups;
    private transient ListState<Long> watermarks;
    private transient ListState<RuleMark> marks;
    private transient long restoredWatermark;
    private transient boolean restored;
    private transient Counter raised;
    private transient Counter late;
    private transient Counter lateAmended;
    private transient Counter ungrouped;
    private transient Counter quarantined;
    private transient Counter unclaimed;
    /** True when rules that begin were not there before, and not because the whole job begins. */
    private transient boolean tellsOfNewRules;

    CorrelateOperator(WorkspaceSource source, int level, CorrelateLimits limits) {
        this.source = source;
        this.level = level;
        this.limits = limits;
    }

    private static ValueStateDescriptor<GroupState> descriptor() {
        return new ValueStateDescriptor<>("groups", GroupStateSerializer.INSTANCE);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        groups = context.getKeyedStateStore().getState(descriptor());
        // A union, because Flink restores no operator's watermark, and after a rescale a subtask gets groups of
        // several.
        watermarks = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
        marks = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("rules", RuleMarkSerializer.INSTANCE));
        restored = context.isRestored();
        restoredWatermark = Long.MAX_VALUE;
        for (Long watermark : watermarks.get()) {
            restoredWatermark = Math.min(restoredWatermark, watermark);
        }
        if (restoredWatermark == Long.MAX_VALUE) {
            restoredWatermark = Long.MIN_VALUE;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup metrics = getMetricGroup();
        raised = metrics.counter("alerts");
        late = metrics.counter("late");
        lateAmended = metrics.counter("lateAmended");
        ungrouped = metrics.counter("ungrouped");
        quarantined = metrics.counter("quarantined");
        unclaimed = metrics.counter("unclaimed");
        reports = new RuleReports(metrics);
        reporter =
                "correlate-" + level + "/" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        followed = source.follow();
        workspace = followed.newest();
        alerts = new AlertFactory(workspace.city(), workspace.resources());
        correlator = new Correlator(
                workspace.correlations(),
                level,
                new Correlator.Limits(limits.stateBudget(), limits.outOfOrder().toMillis(), System::nanoTime),
                this,
                event -> alerts.of(event));
        metrics.gauge("groups", () -> correlator.groups());
        metrics.gauge("waiting", () -> correlator.waiting());
        if (restored) {
            rebuild();
            tellsOfNewRules = true;
        }
    }

    /** At a watermark, so that a change falls between two moments of event time and never between equal ones. */
    private void followRules() {
        Workspace newest = followed.newest();
        if (newest != workspace) {
            workspace = newest;
            correlator.change(newest.correlations());
            reports.hurry();
        }
    }

    private void tellOfRules() {
        List<RuleReport> all = new ArrayList<>();
        for (RuleFigures figures : correlator.figures()) {
            boolean suppresses = figures.correlation().form() instanceof Form.Every;
            all.add(new RuleReport(
                    reporter,
                    figures.correlation().info().name(),
                    suppresses ? 0 : figures.matches(), // counted where it was found
                    figures.alerts(),
                    figures.groups(),
                    figures.waiting(),
                    figures.nanos(),
                    figures.warmUntil() > correlator.watermark() ? figures.warmUntil() : 0,
                    figures.isQuarantined() ? figures.quarantine() : ""));
        }
        reports.tell(all, report -> output.collect(RuleReports.TAG, new StreamRecord<>(report)));
    }

    private void rebuild() throws Exception {
        correlator.restoreMarks(marks.get());
        List<GroupKey> ended = correlator.restoreEach(
                (Correlator.Saved<Exception>) visitor -> this.<GroupKey>getKeyedStateBackend()
                        .applyToAllKeys(
                                VoidNamespace.INSTANCE,
                                VoidNamespaceSerializer.INSTANCE,
                                descriptor(),
                                (key, state) -> visitor.accept(key, state.value())),
                restoredWatermark);
        for (GroupKey useless : ended) {
            setCurrentKey(useless);
            groups.clear();
        }
    }

    @Override
    public void processElement(StreamRecord<Routed> record) throws Exception {
        Routed routed = record.getValue();
        for (GroupState.Waiting waiting : routed.matches()) {
            correlator.add(routed.group(), waiting.match(), waiting.due());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // A cancelled task runs on for a while, and what it would send now was never saved.
        if (getContainingTask().isCanceled()) {
            return;
        }
        followRules();
        if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
            correlator.end();
        } else {
            correlator.advance(mark.getTimestamp());
            tellsOfNewRules = true;
            if (reports.areDue()) {
                tellOfRules();
            }
        }
        if (correlator.unsaved() > MOST_UNSAVED) {
            save();
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        save();
        watermarks.clear();
        watermarks.add(correlator.watermark());
        marks.update(correlator.marks());
    }

    private void save() {
        correlator.save((key, state) -> {
            setCurrentKey(key);
            try {
                groups.update(state.orElse(null));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException("cannot write state", e);
            }
        });
    }

    @Override
    public void alert(Correlation correlation, GroupKey group, OpenAlert alert) {
        raised.inc();
        BlindSpotOperator.send(
                output, correlation.info(), alerts.ofCorrelation(correlation, group, alert), alert.time());
    }

    @Override
    public void match(Correlation to, GroupKey group, Match match) {
        output.collect(Levels.tag(to.level()), new StreamRecord<>(Routed.of(group, match, match.time()), match.time()));
    }

    @Override
    public void ungrouped(Correlation to) {
        ungrouped.inc();
    }

    @Override
    public void late(Correlation correlation, boolean amended) {
        late.inc();
        if (amended) {
            lateAmended.inc();
        }
    }

    @Override
    public void quarantined(Correlation correlation, RuleFailedException failure) {
        quarantined.inc();
        reports.hurry();
        LOG.warn(
                "The rule '{}' is in quarantine until it is edited; the others go on: correct or remove it.",
                correlation.info().name(),
                failure);
    }

    @Override
    public void unclaimed(int matches) {
        unclaimed.inc(matches);
    }

    @Override
    public void warmingUp(Correlation correlation, long until) {
        // Every subtask begins at about the same time; one of them says so.
        if (tellsOfNewRules && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            LOG.info(
                    "The rule '{}' is warming up until {}: before, it has not seen a whole timespan.",
                    correlation.info().name(),
                    Instant.ofEpochMilli(until));
        }
    }

    @Override
    public void close() throws Exception {
        if (correlator != null) {
            correlator.close();
        }
        if (followed != null) {
            followed.close();
        }
        super.close();
    }
}
