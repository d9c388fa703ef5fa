package jp.hinomi.correlation.job;

import jp.hinomi.correlation.state.Observed;
import jp.hinomi.ingest.clock.Tallies;
import jp.hinomi.ingest.clock.Tally;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts what one subtask reads, so that the watch over the sources gets a few tallies a second instead of every record.
 * It keeps nothing over a checkpoint: tallies add up, so what was counted so far goes out before the barrier.
 */
final class TallyOperator extends AbstractStreamOperator<Tally> implements OneInputStreamOperator<Observed, Tally> {
    private static final long serialVersionUID = 1;

    /** Milliseconds of event time between tallies, at the least. */
    private static final long EVERY = 1_000;

    private transient Tallies tallies;
    private transient long toldSecond;

    @Override
    public void open() throws Exception {
        super.open();
        tallies = new Tallies();
        toldSecond = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<Observed> record) {
        Observed observed = record.getValue();
        tallies.partition(observed.partition(), observed.appendMillis());
        if (observed.source() != null) {
            if (observed.decoded()) {
                tallies.decoded(observed.source(), observed.eventMillis(), observed.appendMillis());
            } else {
                tallies.rejected(observed.source(), observed.appendMillis());
            }
        }
    }

    /** Whoever sees a watermark has seen all that it covers. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long second = Math.floorDiv(mark.getTimestamp() + 1, EVERY);
        if (second != toldSecond || mark.getTimestamp() == Long.MAX_VALUE) {
            toldSecond = second;
            tell();
            super.processWatermark(mark);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        tell();
    }

    private void tell() {
        tallies.take().forEach(tally -> output.collect(new StreamRecord<>(tally)));
    }
}
