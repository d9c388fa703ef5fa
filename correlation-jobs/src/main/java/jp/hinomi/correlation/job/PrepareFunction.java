package jp.hinomi.correlation.job;

import java.time.Duration;
import jp.hinomi.correlation.stage.ClockCheck;
import jp.hinomi.correlation.stage.Preparation;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Clock check and enrichment. The record's timestamp is its append time. */
final class PrepareFunction extends ProcessFunction<SecurityEvent, SecurityEvent> {
    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private final Duration tolerance;
    private final Duration ahead;
    private transient FollowedWorkspace followed;
    private transient Preparation preparation;
    private transient Counter suspect;

    PrepareFunction(WorkspaceSource source, Duration tolerance, Duration ahead) {
        this.source = source;
        this.tolerance = tolerance;
        this.ahead = ahead;
    }

    @Override
    public void open(OpenContext context) {
        followed = source.follow();
        preparation = new Preparation(
                new ClockCheck(tolerance, ahead), followed.newest().city());
        suspect = getRuntimeContext().getMetricGroup().counter("clockSuspect");
    }

    @Override
    public void processElement(SecurityEvent event, Context context, Collector<SecurityEvent> out) {
        SecurityEvent prepared = preparation.prepare(event, context.timestamp());
        if (prepared.has(Fields.CLOCK_SUSPECT)) {
            suspect.inc();
        }
        out.collect(prepared);
    }

    @Override
    public void close() {
        if (followed != null) {
            followed.close();
        }
    }
}
