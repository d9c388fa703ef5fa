package jp.hinomi.correlation.job;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jp.hinomi.city.City;
import jp.hinomi.correlation.stage.Asking;
import jp.hinomi.correlation.stage.BlindSpots;
import jp.hinomi.correlation.stage.Silence;
import jp.hinomi.correlation.state.AskingSerializer;
import jp.hinomi.correlation.state.SilenceSerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.ingest.clock.Tally;
import jp.hinomi.rules.RuleInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Alerts of rules that name sources they need, and the silences of sources, to the same alerts with the silent sources
 * named. There is one of it in the whole job, as there is of what watches the sources; only alerts of such rules pass here.
 */
final class BlindSpotOperator extends AbstractStreamOperator<Alert>
        implements TwoInputStreamOperator<Asking, Silence, Alert> {
    /** Where the operators that raise alerts put those of rules that ask. */
    static final OutputTag<Asking> ASKING = new OutputTag<>("asking", AskingSerializer.TYPE);

    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private transient BlindSpots spots;
    private transient ListState<Silence> silences;
    private transient ListState<Asking> waiting;

    BlindSpotOperator(WorkspaceSource source) {
        this.source = source;
    }

    /** Sends an alert on its way: straight out, or by here if its rule asks for sources. */
    static void send(Output<StreamRecord<Alert>> output, RuleInfo rule, Alert alert, long timestamp) {
        if (rule.notEvaluableWithout().isEmpty()) {
            output.collect(new StreamRecord<>(alert, timestamp));
        } else {
            output.collect(ASKING, new StreamRecord<>(new Asking(alert, rule.notEvaluableWithout()), timestamp));
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        spots = new BlindSpots(alert -> output.collect(new StreamRecord<>(alert, alert.time())));
        silences = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("silences", SilenceSerializer.INSTANCE));
        waiting = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("waiting", AskingSerializer.INSTANCE));
        spots.restore(
                StreamSupport.stream(silences.get().spliterator(), false).toList(),
                StreamSupport.stream(waiting.get().spliterator(), false).toList(),
                watched());
    }

    private Set<String> watched() {
        City city = source.workspace()
                .city()
                .orElseThrow(() -> new IllegalStateException("silent sources need a city: it names them"));
        return city.sources().entrySet().stream()
                .filter(each -> each.getValue().expectEvery().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public void open() throws Exception {
        super.open();
        getMetricGroup().gauge("hurried", (Gauge<Long>) () -> spots.hurried());
    }

    @Override
    public void processElement1(StreamRecord<Asking> record) {
        spots.take(record.getValue());
    }

    @Override
    public void processElement2(StreamRecord<Silence> record) {
        spots.take(record.getValue());
    }

    /** What the watch over the sources has seen up to here, it has judged in whole spans, and told before. */
    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        long time = mark.getTimestamp();
        spots.judged(time == Long.MAX_VALUE ? time : Tally.startOf(time + 1));
        super.processWatermark2(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        silences.update(spots.silences());
        waiting.update(spots.waiting());
    }
}
