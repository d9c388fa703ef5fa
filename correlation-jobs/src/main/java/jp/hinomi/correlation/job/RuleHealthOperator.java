package jp.hinomi.correlation.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.correlation.stage.ExceptionAlerts;
import jp.hinomi.correlation.stage.RuleStates;
import jp.hinomi.correlation.state.AlertSerializer;
import jp.hinomi.correlation.state.RuleHealthSerializer;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.correlation.state.SuppressedSerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleFilter;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports of all subtasks, and what exceptions suppressed, to one record per rule; and alerts about exceptions that end. There
 * is one of it in the whole job.
 */
final class RuleHealthOperator extends AbstractStreamOperator<RuleHealth>
        implements TwoInputStreamOperator<RuleReport, Suppressed, RuleHealth> {
    /** About exceptions that end soon or have ended. */
    static final OutputTag<Alert> EXCEPTIONS = new OutputTag<>("exceptions", AlertSerializer.TYPE);

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(RuleHealthOperator.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final WorkspaceSource source;
    private transient FollowedWorkspace followed;
    private transient Workspace workspace;
    private transient Map<String, RuleStates.Known> known;
    private transient RuleStates states;
    private transient ExceptionAlerts exceptions;
    private transient ListState<RuleHealth> told;
    private transient ListState<Suppressed> suppressed;

    RuleHealthOperator(WorkspaceSource source) {
        this.source = source;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        states = new RuleStates();
        told = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("told", RuleHealthSerializer.INSTANCE));
        for (RuleHealth health : told.get()) {
            states.restore(health);
        }
        suppressed = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("suppressed", SuppressedSerializer.INSTANCE));
        for (Suppressed each : suppressed.get()) {
            states.take(each);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        followed = source.follow();
        getProcessingTimeService().scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis());
    }

    @Override
    public void processElement1(StreamRecord<RuleReport> record) {
        states.take(record.getValue());
    }

    @Override
    public void processElement2(StreamRecord<Suppressed> record) {
        states.take(record.getValue());
    }

    /** In the thread of the task. The time says when something was noticed, and decides no alert. */
    private void look(long now) {
        Workspace newest = followed.newest();
        if (newest != workspace) {
            workspace = newest;
            exceptions = exceptions == null ? new ExceptionAlerts(newest.zone()) : exceptions;
            known = known(newest);
        }
        states.due(known, now).forEach(health -> output.collect(new StreamRecord<>(health)));
        for (Alert alert : exceptions.due(workspace.rules(), now)) {
            LOG.warn("{}", alert.rule().title("en"));
            output.collect(EXCEPTIONS, new StreamRecord<>(alert));
        }
    }

    private static Map<String, RuleStates.Known> known(Workspace workspace) {
        Map<String, RuleStates.Known> known = new LinkedHashMap<>();
        workspace
                .rules()
                .byName()
                .forEach((name, rule) -> known.put(
                        name,
                        new RuleStates.Known(
                                rule.info().id(),
                                rule.info().version(),
                                Optional.empty(),
                                true,
                                filters(rule, workspace.zone()))));
        workspace
                .refused()
                .forEach(rule -> known.put(
                        rule.name(),
                        new RuleStates.Known(
                                rule.id(),
                                rule.version(),
                                Optional.of(rule.reason()),
                                rule.isInForce(),
                                known.containsKey(rule.name())
                                        ? known.get(rule.name()).filters()
                                        : List.of())));
        return known;
    }

    private static List<RuleStates.KnownFilter> filters(Rule rule, ZoneId zone) {
        return rule instanceof DetectionRule detection
                ? detection.filters().stream()
                        .map(filter -> new RuleStates.KnownFilter(
                                filter.name(), filter.terms().map(RuleFilter.Terms::owner), filter.ends(zone)))
                        .toList()
                : List.of();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        told.update(states.told());
        suppressed.update(states.suppressed());
    }

    @Override
    public void close() throws Exception {
        if (followed != null) {
            followed.close();
        }
        super.close();
    }
}
