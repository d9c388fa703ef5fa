package jp.hinomi.correlation.job;

import java.time.Duration;
import jp.hinomi.correlation.stage.ClockCheck;
import jp.hinomi.correlation.stage.Preparation;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Clock check and enrichment. The record's timestamp is its append time. */
final class PrepareFunction extends ProcessFunction<SecurityEvent, SecurityEvent> {
    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private final EnrichmentSource enrichmentSource;
    private final Duration tolerance;
    private final Duration ahead;
    private transient FollowedWorkspace followed;
    private transient Enrichment enrichment;
    private transient Preparation preparation;
    private transient Counter suspect;

    PrepareFunction(WorkspaceSource source, EnrichmentSource enrichmentSource, Duration tolerance, Duration ahead) {
        this.source = source;
        this.enrichmentSource = enrichmentSource;
        this.tolerance = tolerance;
        this.ahead = ahead;
    }

    @Override
    public void open(OpenContext context) {
        followed = source.follow();
        enrichment = enrichmentSource.open();
        Enrichment opened = enrichment;
        enrichment
                .figures()
                .keySet()
                .forEach(name -> getRuntimeContext().getMetricGroup().gauge(name, (Gauge<Long>)
                        () -> opened.figures().get(name)));
        preparation = new Preparation(
                new ClockCheck(tolerance, ahead), followed.newest().resources(), enrichment::enrich);
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
        if (enrichment != null) {
            enrichment.close();
        }
        if (followed != null) {
            followed.close();
        }
    }
}
