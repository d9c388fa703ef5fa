package jp.hinomi.correlation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.state.RawRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class AppendTimeWatermarksTest {
    private final List<Long> emitted = new ArrayList<>();
    private final WatermarkOutput output = new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new IllegalStateException("this generator does not know idleness");
        }

        @Override
        public void markActive() {
            throw new IllegalStateException("this generator does not know idleness");
        }
    };

    private static RawRecord tick(long append) {
        return new RawRecord("logs.ids", 0, 0, append, null, null, List.of());
    }

    @Test
    void timeIsThatOfTheNewestRecordLessTheBoundAndNeverGoesBack() {
        AppendTimeWatermarks watermarks = new AppendTimeWatermarks(Duration.ofSeconds(10));
        watermarks.onPeriodicEmit(output);
        assertThat(emitted).as("before anything was read").isEmpty();
        watermarks.onEvent(tick(50_000), 50_000, output);
        watermarks.onPeriodicEmit(output);
        watermarks.onEvent(tick(49_000), 49_000, output);
        watermarks.onPeriodicEmit(output);
        // One below, so that a record appended now with the full delay is still in time.
        assertThat(emitted).containsExactly(39_999L, 39_999L);
    }
}
