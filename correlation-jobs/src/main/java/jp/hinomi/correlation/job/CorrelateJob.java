package jp.hinomi.correlation.job;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.kafka.AppendTimeWatermarks;
import jp.hinomi.correlation.kafka.RawRecordReader;
import jp.hinomi.correlation.kafka.Sinks;
import jp.hinomi.correlation.live.NeededSources;
import jp.hinomi.correlation.live.RuleCheck;
import jp.hinomi.correlation.live.RuleFiles;
import jp.hinomi.correlation.live.RuleRecord;
import jp.hinomi.correlation.state.EventSerializer;
import jp.hinomi.correlation.state.RawRecord;
import jp.hinomi.events.Alert;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.clock.ClockLimits;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The Flink job {@code correlate}: logs in, alerts out. {@link #main} is for a stock Flink cluster, {@link #build} for
 * whoever has an environment already.
 */
public final class CorrelateJob {
    /** The name under which Flink shows the job. */
    public static final String NAME = "hinomi correlate";

    private CorrelateJob() {}

    /** Arguments: see {@link JobArguments}. Problems of rules go to standard error. */
    public static void main(String[] args) throws Exception {
        JobArguments arguments;
        try {
            arguments = JobArguments.parse(args);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "\n" + JobArguments.USAGE, e);
        }
        TopicSetup.ensure(arguments.settings().bootstrapServers(), arguments.partitions());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, arguments.settings()).forEach(System.err::println);
        env.execute(NAME);
    }

    /**
     * Adds the job's operators to {@code env}. The topics have to exist.
     *
     * @return what is wrong with single rules, which are left out while the others run
     * @throws jp.hinomi.events.document.ProblemsException if the city cannot be used
     */
    public static List<Problem> build(StreamExecutionEnvironment env, JobSettings settings) {
        List<Problem> problems = new ArrayList<>();
        City city = CityReader.read(settings.city(), problems::add);
        List<RuleRecord> base = RuleFiles.read(settings.rules(), problems::add);
        RuleCheck check = RuleCheck.of(base, settings.levels());
        problems.addAll(check.problems());
        problems.addAll(NeededSources.check(check.rules(), city));
        WorkspaceSource source = workspace(settings, base);
        SingleOutputStreamOperator<SecurityEvent> decoded = decode(env, settings, source);
        SingleOutputStreamOperator<SecurityEvent> prepared = Graph.prepare(
                decoded,
                source,
                EnrichmentSource.of(new GeoSource(settings.geoip()), new LiveIntel(settings.bootstrapServers())),
                settings.clockTolerance(),
                settings.clockAhead());
        if (settings.writeEvents()) {
            prepared.sinkTo(Sinks.events(settings.bootstrapServers()))
                    .name("events")
                    .uid("events");
        }
        Graph.Correlated correlated = Graph.correlate(prepared, source, settings.limits());
        SingleOutputStreamOperator<RuleHealth> health = Graph.health(correlated, source);
        health.sinkTo(Sinks.ruleHealth(settings.bootstrapServers()))
                .setParallelism(1)
                .name("rule-health")
                .uid("rule-health-sink");
        SingleOutputStreamOperator<Alert> aboutSources = Graph.watch(
                decoded.getSideOutput(DecodeFunction.OBSERVED),
                source,
                ClockLimits.of(settings.clockTolerance(), settings.clockAhead()));
        aboutSources
                .getSideOutput(SourceWatchOperator.HEALTH)
                .sinkTo(Sinks.sourceHealth(settings.bootstrapServers()))
                .setParallelism(1)
                .name("source-health")
                .uid("source-health-sink");
        DataStream<Alert> asked =
                Graph.blindSpots(correlated.asking(), aboutSources.getSideOutput(SourceWatchOperator.SILENCES), source);
        // Revisions of one alert take one way, so that none overtakes another.
        DataStream<Alert> others = aboutSources
                .union(asked, health.getSideOutput(RuleHealthOperator.EXCEPTIONS))
                .keyBy(Alert::id, Types.STRING);
        Graph.written(correlated, others)
                .sinkTo(Sinks.alerts(settings.bootstrapServers()))
                .name("alerts")
                .uid("alerts");
        return problems;
    }

    private static WorkspaceSource workspace(JobSettings settings, List<RuleRecord> base) {
        return new LiveWorkspace(
                settings.bootstrapServers(), settings.city(), base, settings.levels(), settings.trusted());
    }

    /**
     * The first half of {@link #build}: logs in, decoded events out. What its rules cost is measured by comparison with
     * this.
     */
    public static SingleOutputStreamOperator<SecurityEvent> decode(
            StreamExecutionEnvironment env, JobSettings settings) {
        return decode(env, settings, workspace(settings, RuleFiles.read(settings.rules(), problem -> {})));
    }

    private static SingleOutputStreamOperator<SecurityEvent> decode(
            StreamExecutionEnvironment env, JobSettings settings, WorkspaceSource source) {
        Graph.configure(env);
        env.configure(recovery(settings));
        env.setParallelism(settings.parallelism());
        SingleOutputStreamOperator<SecurityEvent> decoded = env.fromSource(
                        logs(settings),
                        AppendTimeWatermarks.strategy(settings.outOfOrder(), settings.idleness()),
                        "logs")
                .uid("logs")
                .process(new DecodeFunction(source, settings.bootstrapServers(), settings.tickEvery()))
                .returns(EventSerializer.TYPE)
                .name("decode")
                .uid("decode");
        decoded.getSideOutput(DecodeFunction.REJECTS)
                .sinkTo(Sinks.rejects(settings.bootstrapServers()))
                .name("rejects")
                .uid("rejects");
        return decoded;
    }

    private static KafkaSource<RawRecord> logs(JobSettings settings) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setTopics(Topics.LOGS)
                .setGroupId(settings.groupId())
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(new RawRecordReader())
                .setProperty("partition.discovery.interval.ms", "60000")
                .setProperty("fetch.max.wait.ms", "100")
                .build();
    }

    /** Saved often, kept when the job ends, and restarted for ever with growing pauses: a broker may be down for long. */
    private static Configuration recovery(JobSettings settings) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointEvery());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                java.time.Duration.ofSeconds(1));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                java.time.Duration.ofSeconds(30));
        return configuration;
    }
}
