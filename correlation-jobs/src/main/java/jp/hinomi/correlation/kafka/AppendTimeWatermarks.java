package jp.hinomi.correlation.kafka;

import java.time.Duration;
import jp.hinomi.correlation.state.RawRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The time of one partition: the append time of the newest record read from it, less the out-of-order bound. What was
 * appended before has been read, so whoever sent within the bound is in. Ticks count like any record, which is what they
 * are for: a partition without logs moves on as well.
 */
public final class AppendTimeWatermarks implements WatermarkGenerator<RawRecord> {
    private final long bound;
    private long newest = Long.MIN_VALUE;

    AppendTimeWatermarks(Duration bound) {
        this.bound = bound.toMillis();
    }

    /** @param idleness only for partitions that get neither logs nor ticks, because those cannot be written */
    public static WatermarkStrategy<RawRecord> strategy(Duration bound, Duration idleness) {
        return WatermarkStrategy.<RawRecord>forGenerator(context -> new AppendTimeWatermarks(bound))
                .withTimestampAssigner((record, kafkaTime) -> record.appendMillis())
                .withIdleness(idleness);
    }

    @Override
    public void onEvent(RawRecord record, long appendMillis, WatermarkOutput output) {
        newest = Math.max(newest, appendMillis);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (newest != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(newest - bound - 1));
        }
    }
}
