package jp.hinomi.correlation.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jp.hinomi.correlation.kafka.TickWriter;
import jp.hinomi.correlation.state.Observed;
import jp.hinomi.correlation.state.ObservedSerializer;
import jp.hinomi.correlation.state.RawRecord;
import jp.hinomi.correlation.state.Rejected;
import jp.hinomi.correlation.state.RejectedSerializer;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.RecordDecoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Bytes to events. What cannot be decoded goes to {@link #REJECTS}; ticks end here, and the first subtask writes them. */
final class DecodeFunction extends ProcessFunction<RawRecord, SecurityEvent> {
    static final OutputTag<Rejected> REJECTS = new OutputTag<>("rejects", RejectedSerializer.TYPE);

    /** That a record was read, ticks included. */
    static final OutputTag<Observed> OBSERVED = new OutputTag<>("observed", ObservedSerializer.TYPE);

    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private final String bootstrapServers;
    private final Duration tickEvery;
    private transient FollowedWorkspace followed;
    private transient TickWriter ticks;
    private transient RecordDecoder decoder;
    private transient Map<String, Map<Integer, String>> partitions;
    private transient Counter decoded;
    private transient Counter rejected;

    DecodeFunction(WorkspaceSource source, String bootstrapServers, Duration tickEvery) {
        this.source = source;
        this.bootstrapServers = bootstrapServers;
        this.tickEvery = tickEvery;
    }

    @Override
    public void open(OpenContext context) {
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            ticks = new TickWriter(bootstrapServers, Topics.LOGS, tickEvery);
        }
        followed = source.follow();
        decoder = new RecordDecoder(followed.newest()
                .city()
                .orElseThrow(() -> new IllegalStateException("decoding topics needs a city: it names the sources")));
        partitions = new HashMap<>();
        decoded = getRuntimeContext().getMetricGroup().counter("decoded");
        rejected = getRuntimeContext().getMetricGroup().counter("rejected");
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<SecurityEvent> out) {
        if (record.value() == null) {
            observe(record, null, false, 0, context);
            return; // a tick, or a tombstone that somebody wrote
        }
        String sender = sourceOf(record);
        Decoding decoding = decoder.decode(new LogRecord(
                record.value(),
                sender,
                text(record.header(Topics.HEADER_FORMAT)),
                record.origin(),
                record.appendMillis()));
        if (decoding instanceof Decoding.Decoded done) {
            decoded.inc();
            observe(record, sender, true, done.event().timestampMillis(), context);
            done.all().forEach(out::collect);
        } else if (decoding instanceof Decoding.Rejected refused) {
            rejected.inc();
            observe(record, sender, false, 0, context);
            context.output(REJECTS, new Rejected(record, refused.decoder(), refused.reason(), refused.byteOffset()));
        }
    }

    private void observe(RawRecord record, String sender, boolean isDecoded, long eventMillis, Context context) {
        String partition = partitions
                .computeIfAbsent(record.topic(), any -> new HashMap<>())
                .computeIfAbsent(record.partition(), number -> record.topic() + '-' + number);
        boolean known = sender != null
                && followed.newest().city().orElseThrow().sources().containsKey(sender);
        context.output(
                OBSERVED,
                new Observed(partition, known ? sender : null, record.appendMillis(), isDecoded, eventMillis));
    }

    @Override
    public void close() {
        if (followed != null) {
            followed.close();
        }
        if (ticks != null) {
            ticks.close();
        }
    }

    private static String sourceOf(RawRecord record) {
        byte[] header = record.header(Topics.HEADER_SOURCE);
        return text(header != null ? header : record.key());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
