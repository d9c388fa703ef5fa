package jp.hinomi.correlation.detect;

import java.time.Duration;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Reads the files when its one element comes. The timestamp of an event is its file's clock, which stands for the append
 * time of a topic. It is the only reader, so its last watermark, the time of the last event, reaches every operator and
 * "time stops at the last event" is the same at any parallelism.
 */
final class ReadOperator extends AbstractStreamOperator<SecurityEvent>
        implements OneInputStreamOperator<Long, SecurityEvent> {
    private static final long serialVersionUID = 1;

    /** Milliseconds of event time between watermarks: each one goes to every subtask. */
    private static final long WATERMARK_EVERY = 1000;

    private final String run;
    private final long outOfOrder;

    ReadOperator(String run, Duration outOfOrder) {
        this.run = run;
        this.outOfOrder = outOfOrder.toMillis();
    }

    @Override
    public void processElement(StreamRecord<Long> start) {
        Run current = Run.of(run);
        long watermark = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        try (MergedFiles files = current.open()) {
            for (MergedFiles.Read read = files.next(); read != null; read = files.next()) {
                if (getContainingTask().isCanceled()) {
                    return;
                }
                output.collect(new StreamRecord<>(read.event(), read.clock()));
                last = Math.max(last, read.clock());
                long behind = files.clock() - outOfOrder - 1;
                if (files.clock() != Long.MAX_VALUE
                        && (watermark == Long.MIN_VALUE || behind - watermark >= WATERMARK_EVERY)) {
                    watermark = behind;
                    output.emitWatermark(new Watermark(watermark));
                }
            }
            current.read(files.events(), files.rejected());
        }
        if (last != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(last));
        }
    }
}
