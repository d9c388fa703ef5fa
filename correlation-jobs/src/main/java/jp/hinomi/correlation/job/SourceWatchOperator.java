package jp.hinomi.correlation.job;

import java.util.List;
import java.util.Map;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.correlation.stage.Silence;
import jp.hinomi.correlation.stage.SourceAlerts;
import jp.hinomi.correlation.state.SilenceSerializer;
import jp.hinomi.correlation.state.SourceHealthSerializer;
import jp.hinomi.correlation.state.WatchMemorySerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.ingest.clock.ClockLimits;
import jp.hinomi.ingest.clock.Episode;
import jp.hinomi.ingest.clock.Finding;
import jp.hinomi.ingest.clock.SourceWatch;
import jp.hinomi.ingest.clock.Tally;
import jp.hinomi.ingest.clock.WatchMemory;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Tallies in, alerts about sources out; their health goes to {@link #HEALTH}, their silences to {@link #SILENCES}. There is one of it in the whole job: whether
 * a silent source could have been heard depends on all partitions.
 */
final class SourceWatchOperator extends AbstractStreamOperator<Alert> implements OneInputStreamOperator<Tally, Alert> {
    static final OutputTag<SourceHealth> HEALTH = new OutputTag<>("source-health", SourceHealthSerializer.TYPE);

    /** Each with the watermark that lets it be known, or an earlier one. */
    static final OutputTag<Silence> SILENCES = new OutputTag<>("silences", SilenceSerializer.TYPE);

    private static final long serialVersionUID = 1;

    private final WorkspaceSource source;
    private final long tolerance;
    private final long ahead;
    private transient FollowedWorkspace followed;
    private transient City city;
    private transient SourceWatch watch;
    private transient SourceAlerts alerts;
    private transient ListState<WatchMemory> memory;
    private transient boolean saidWhatLasts;

    SourceWatchOperator(WorkspaceSource source, ClockLimits limits) {
        this.source = source;
        this.tolerance = limits.toleranceMillis();
        this.ahead = limits.aheadMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        followed = source.follow();
        city = cityOf(followed.newest());
        alerts = new SourceAlerts(city);
        watch = new SourceWatch(new ClockLimits(tolerance, ahead, ahead));
        memory = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("watch", WatchMemorySerializer.INSTANCE));
        Map<String, Source> sources = city.sources();
        watch.sources(sources);
        for (WatchMemory remembered : memory.get()) {
            watch.restore(remembered, sources);
        }
    }

    private static City cityOf(Workspace workspace) {
        return workspace
                .city()
                .orElseThrow(() -> new IllegalStateException("watching sources needs a city: it names them"));
    }

    @Override
    public void processElement(StreamRecord<Tally> record) {
        watch.take(record.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        City newest = cityOf(followed.newest());
        if (newest != city) {
            city = newest;
            alerts = new SourceAlerts(newest);
            watch.sources(newest.sources());
        }
        if (!saidWhatLasts) { // whoever needs it may not have run before
            saidWhatLasts = true;
            watch.silent().forEach((id, episode) -> tell(new Finding(id, episode, false)));
        }
        SourceWatch.News news = watch.advance(mark.getTimestamp());
        news.findings().forEach(this::tell);
        news.findings().forEach(finding -> output.collect(new StreamRecord<>(alerts.of(finding))));
        news.healths().forEach(health -> output.collect(HEALTH, new StreamRecord<>(health)));
        super.processWatermark(mark);
    }

    private void tell(Finding finding) {
        Episode episode = finding.episode();
        if (episode.state() == SourceHealth.State.SILENT) {
            output.collect(
                    SILENCES,
                    new StreamRecord<>(new Silence(
                            finding.source(), episode.begin(), finding.isOver() ? episode.said() : Silence.LASTS)));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        memory.update(List.of(watch.memory()));
    }

    @Override
    public void close() throws Exception {
        if (followed != null) {
            followed.close();
        }
        super.close();
    }
}
