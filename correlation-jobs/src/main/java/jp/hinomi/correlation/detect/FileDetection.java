package jp.hinomi.correlation.detect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.correlation.job.CorrelateLimits;
import jp.hinomi.correlation.job.Graph;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.correlation.state.EventSerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.intel.IntelIndex;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's operators over files, in a cluster that is there already. */
public final class FileDetection {
    /** A file has no append time to judge clocks by: whatever it says is believed. */
    private static final Duration ANY = Duration.ofDays(365_000);

    private FileDetection() {}

    /** @param alerts each once, at its last revision, in order of time, rule, group */
    public record Result(long events, long rejected, List<Alert> alerts) {
        public Result {
            alerts = List.copyOf(alerts);
        }
    }

    /** Without databases of addresses and threat intelligence. */
    public static Result run(
            PassingCluster cluster,
            Workspace workspace,
            List<LogFile> files,
            Duration outOfOrder,
            int parallelism,
            Consumer<RejectedLine> rejects)
            throws InterruptedException {
        return run(cluster, workspace, List.of(), new IntelIndex(), files, outOfOrder, parallelism, rejects);
    }

    /**
     * @param geoip databases of addresses; may be none
     * @param indicators that events are compared with; may be empty
     * @param parallelism not more than the cluster has slots
     * @throws IllegalStateException if the job fails; the message names the causes
     */
    public static Result run(
            PassingCluster cluster,
            Workspace workspace,
            List<Path> geoip,
            IntelIndex indicators,
            List<LogFile> files,
            Duration outOfOrder,
            int parallelism,
            Consumer<RejectedLine> rejects)
            throws InterruptedException {
        try (Run run = new Run(workspace, geoip, indicators, files, rejects)) {
            Configuration configuration = new Configuration();
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
            StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
            Graph.configure(env);
            env.setParallelism(parallelism);
            DataStream<SecurityEvent> read = env.fromSequence(1, 1)
                    .setParallelism(1)
                    .transform("read", EventSerializer.TYPE, new ReadOperator(run.id(), outOfOrder))
                    .setParallelism(1);
            Graph.alerts(
                            Graph.prepare(read, run.workspaceSource(), run.enrichmentSource(), ANY, ANY),
                            run.workspaceSource(),
                            CorrelateLimits.of(workspace, outOfOrder))
                    .sinkTo(new AlertCollector(run.id()));
            cluster.run(env);
            return new Result(run.events(), run.rejected(), run.alerts());
        }
    }
}
