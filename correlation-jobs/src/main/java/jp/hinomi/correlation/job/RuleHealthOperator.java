package jp.hinomi.correlation.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.correlation.stage.RuleStates;
import jp.hinomi.correlation.state.RuleHealthSerializer;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.events.RuleHealth;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Reports of all subtasks to one record per rule. There is one of it in the whole job. */
final class RuleHealthOperator extends AbstractStreamOperator<RuleHealth>
        implements OneInputStreamOperator<RuleReport, RuleHealth> {
    private static final long serialVersionUID = 1;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final WorkspaceSource source;
    private transient FollowedWorkspace followed;
    private transient Workspace workspace;
    private transient Map<String, RuleStates.Known> known;
    private transient RuleStates states;
    private transient ListState<RuleHealth> told;

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
    }

    @Override
    public void open() throws Exception {
        super.open();
        followed = source.follow();
        getProcessingTimeService().scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis());
    }

    @Override
    public void processElement(StreamRecord<RuleReport> record) {
        states.take(record.getValue());
    }

    /** In the thread of the task. The time says when something was noticed, and decides no alert. */
    private void look(long now) {
        Workspace newest = followed.newest();
        if (newest != workspace) {
            workspace = newest;
            known = known(newest);
        }
        states.due(known, now).forEach(health -> output.collect(new StreamRecord<>(health)));
    }

    private static Map<String, RuleStates.Known> known(Workspace workspace) {
        Map<String, RuleStates.Known> known = new LinkedHashMap<>();
        workspace
                .rules()
                .byName()
                .forEach((name, rule) -> known.put(
                        name, new RuleStates.Known(rule.info().id(), rule.info().version(), Optional.empty(), true)));
        workspace
                .refused()
                .forEach(rule -> known.put(
                        rule.name(),
                        new RuleStates.Known(rule.id(), rule.version(), Optional.of(rule.reason()), rule.isInForce())));
        return known;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        told.update(states.told());
    }

    @Override
    public void close() throws Exception {
        if (followed != null) {
            followed.close();
        }
        super.close();
    }
}
