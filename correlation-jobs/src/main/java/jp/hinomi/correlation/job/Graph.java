package jp.hinomi.correlation.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.kafka.AlertRecords;
import jp.hinomi.correlation.stage.Asking;
import jp.hinomi.correlation.stage.Silence;
import jp.hinomi.correlation.state.AlertSerializer;
import jp.hinomi.correlation.state.EventSerializer;
import jp.hinomi.correlation.state.GroupKeySerializer;
import jp.hinomi.correlation.state.Observed;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.correlation.state.RuleHealthSerializer;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.correlation.state.TallySerializer;
import jp.hinomi.correlation.state.WrittenAlert;
import jp.hinomi.correlation.state.WrittenAlertSerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.clock.ClockLimits;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The operators from decoded events to alerts: the same in the job, in {@code hinomi detect} and in rule tests. */
public final class Graph {
    /** The part of a job that has one. */
    private static final String ONLY = "";

    private Graph() {}

    /** Settings that every use needs: records are not copied between chained operators, and Kryo is off. */
    public static void configure(StreamExecutionEnvironment env) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(100));
        // Not for the space: Flink reads an uncompressed snapshot of heap state byte by byte from the file, and a
        // restore
        // of two million matches took 80 s instead of a few.
        configuration.set(ExecutionOptions.SNAPSHOT_COMPRESSION, true);
        env.configure(configuration);
        env.setBufferTimeout(10);
    }

    /** Clock check and enrichment. The timestamps of {@code decoded} are append times. */
    static SingleOutputStreamOperator<SecurityEvent> prepare(
            DataStream<SecurityEvent> decoded,
            WorkspaceSource source,
            EnrichmentSource enrichment,
            Duration tolerance,
            Duration ahead) {
        return prepare(decoded, source, enrichment, tolerance, ahead, ONLY);
    }

    /** As above. @param part of a job that has several of these; empty in a job that has one */
    public static SingleOutputStreamOperator<SecurityEvent> prepare(
            DataStream<SecurityEvent> decoded,
            WorkspaceSource source,
            EnrichmentSource enrichment,
            Duration tolerance,
            Duration ahead,
            String part) {
        // With its type, so that Flink does not look for it, and for libraries that are not there.
        return decoded.process(new PrepareFunction(source, enrichment, tolerance, ahead), EventSerializer.TYPE)
                .name("clock check and enrich")
                .uid("prepare" + part);
    }

    /** Alerts about the sources themselves; their health is a side output. */
    static SingleOutputStreamOperator<Alert> watch(
            DataStream<Observed> observed, WorkspaceSource source, ClockLimits limits) {
        return single(observed.transform("count by source", TallySerializer.TYPE, new TallyOperator())
                        .uid("count-by-source")
                        .transform("watch sources", AlertSerializer.TYPE, new SourceWatchOperator(source, limits)))
                .uid("watch-sources");
    }

    /**
     * One subtask for the job, whatever its parallelism. It begins a chain: in a job of parallelism 1 Flink would otherwise join it to
     * what comes before it and save it as one of up to 128 subtasks, and a job of another parallelism refuses that snapshot.
     */
    private static <T> SingleOutputStreamOperator<T> single(SingleOutputStreamOperator<T> operator) {
        return operator.setParallelism(1).setMaxParallelism(1).startNewChain();
    }

    /**
     * Alerts of detections and correlations, to {@code sink}, where nobody watches the sources. The timestamps of {@code
     * prepared} are append times; its watermarks lie the out-of-order bound behind them. Each operator that raises alerts has
     * a sink of its own, in its own thread.
     *
     * @param part of a job that has several of these; empty in a job that has one
     * @return what exceptions kept from being matches
     */
    public static DataStream<Suppressed> alerts(
            DataStream<SecurityEvent> prepared,
            WorkspaceSource source,
            CorrelateLimits limits,
            String part,
            Sink<Alert> sink) {
        Correlated correlated = correlate(prepared, source, limits, part);
        List<SingleOutputStreamOperator<Alert>> raising = correlated.alerts();
        boolean asks = source.workspace().rules().byName().values().stream()
                .anyMatch(rule -> !rule.info().notEvaluableWithout().isEmpty());
        for (int i = 0; i < raising.size(); i++) {
            raising.get(i).sinkTo(sink).name("alerts").uid("alerts-" + i + part);
            if (!asks) {
                continue;
            }
            raising.get(i)
                    .getSideOutput(BlindSpotOperator.ASKING)
                    .map(Asking::alert, AlertSerializer.TYPE)
                    .name("alerts of rules that need sources")
                    .uid("asking-" + i + part)
                    .sinkTo(sink)
                    .name("alerts of rules that need sources")
                    .uid("asking-alerts-" + i + part);
        }
        return correlated.suppressed();
    }

    private static <T> DataStream<T> union(List<? extends DataStream<T>> streams) {
        DataStream<T> all = streams.get(0);
        for (DataStream<T> next : streams.subList(1, streams.size())) {
            all = all.union(next);
        }
        return all;
    }

    /**
     * Alerts, and what each subtask reports about its rules.
     *
     * @param alerts of detections, then of each level of correlations
     * @param asking alerts that go by {@link #blindSpots}, or without if nobody watches the sources
     * @param reports for {@link #health}
     * @param suppressed what exceptions kept from being matches, for {@link #health}
     */
    record Correlated(
            List<SingleOutputStreamOperator<Alert>> alerts,
            DataStream<Asking> asking,
            DataStream<RuleReport> reports,
            DataStream<Suppressed> suppressed) {}

    /** Alerts as they leave, each written where it was raised: handed on as an alert, it would be written twice and read once. */
    static DataStream<WrittenAlert> written(Correlated correlated, DataStream<Alert> others) {
        List<DataStream<WrittenAlert>> parts = new ArrayList<>();
        parts.add(written(others, "others"));
        for (int i = 0; i < correlated.alerts().size(); i++) {
            parts.add(written(correlated.alerts().get(i), Integer.toString(i)));
        }
        return union(parts);
    }

    private static DataStream<WrittenAlert> written(DataStream<Alert> alerts, String id) {
        return alerts.map(AlertRecords::written)
                .returns(WrittenAlertSerializer.TYPE)
                .name("write alerts")
                .uid("write-alerts-" + id);
    }

    /** Alerts of rules that name the sources they need, with those that were silent. */
    static DataStream<Alert> blindSpots(
            DataStream<Asking> asking, DataStream<Silence> silences, WorkspaceSource source) {
        return single(asking.connect(silences)
                        .transform("blind spots", AlertSerializer.TYPE, new BlindSpotOperator(source)))
                .uid("blind-spots");
    }

    /** As {@link #alerts}. */
    static Correlated correlate(DataStream<SecurityEvent> prepared, WorkspaceSource source, CorrelateLimits limits) {
        return correlate(prepared, source, limits, ONLY);
    }

    private static Correlated correlate(
            DataStream<SecurityEvent> prepared, WorkspaceSource source, CorrelateLimits limits, String part) {
        SingleOutputStreamOperator<Alert> matched = prepared.transform(
                        "match", AlertSerializer.TYPE, new MatchOperator(source, limits.outOfOrder()))
                .uid("match" + part);
        List<SingleOutputStreamOperator<Alert>> feeding = new ArrayList<>(List.of(matched));
        DataStream<Asking> asking = matched.getSideOutput(BlindSpotOperator.ASKING);
        DataStream<RuleReport> reports = matched.getSideOutput(RuleReports.TAG);
        for (int level = 0; level < limits.levels(); level++) {
            DataStream<Routed> input = matched.getSideOutput(Levels.tag(level));
            for (SingleOutputStreamOperator<Alert> inner : feeding.subList(1, feeding.size())) {
                input = input.union(inner.getSideOutput(Levels.tag(level)));
            }
            SingleOutputStreamOperator<Alert> correlated = correlate(input, source, level, limits, part);
            feeding.add(correlated);
            asking = asking.union(correlated.getSideOutput(BlindSpotOperator.ASKING));
            reports = reports.union(correlated.getSideOutput(RuleReports.TAG));
        }
        return new Correlated(feeding, asking, reports, matched.getSideOutput(MatchOperator.SUPPRESSED));
    }

    /** How each rule fares, over all subtasks. */
    static SingleOutputStreamOperator<RuleHealth> health(Correlated correlated, WorkspaceSource source) {
        return single(correlated
                        .reports()
                        .connect(correlated.suppressed())
                        .transform("rule health", RuleHealthSerializer.TYPE, new RuleHealthOperator(source)))
                .uid("rule-health");
    }

    /**
     * Alerts of the correlations of one level of chaining. The watermarks of {@code matches} say up to which event time all
     * of them have come.
     */
    public static SingleOutputStreamOperator<Alert> correlate(
            DataStream<Routed> matches, WorkspaceSource source, int level) {
        return correlate(matches, source, level, CorrelateLimits.of(source.workspace(), Duration.ZERO), ONLY);
    }

    private static SingleOutputStreamOperator<Alert> correlate(
            DataStream<Routed> matches, WorkspaceSource source, int level, CorrelateLimits limits, String part) {
        return matches.keyBy(Routed::group, GroupKeySerializer.TYPE)
                .transform(
                        level == 0 ? "correlate" : "correlate chains " + level,
                        AlertSerializer.TYPE,
                        new CorrelateOperator(source, level, limits))
                .uid("correlate-" + level + part);
    }
}
