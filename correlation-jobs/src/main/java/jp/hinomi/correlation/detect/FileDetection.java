package jp.hinomi.correlation.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.job.CorrelateLimits;
import jp.hinomi.correlation.job.Graph;
import jp.hinomi.correlation.state.EventSerializer;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.SecurityEvent;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's operators over files, in a cluster that is there already. */
public final class FileDetection {
    /** A file has no append time to judge clocks by: whatever it says is believed. */
    private static final Duration ANY = Duration.ofDays(365_000);

    private FileDetection() {}

    /**
     * How a run went.
     *
     * @param events that were decoded and wanted
     * @param rejected lines that were not decoded
     * @param took from the first line to the last alert
     */
    public record Counts(long events, long rejected, Duration took) {}

    /** As {@link #run(PassingCluster, List, Duration, int)}, one run. */
    public static Counts run(PassingCluster cluster, FileRun run, Duration outOfOrder, int parallelism)
            throws InterruptedException {
        return run(cluster, List.of(run), outOfOrder, parallelism).get(0);
    }

    /**
     * Several runs side by side in one job, which have nothing to do with each other: a job costs some 50 ms however little
     * it does.
     *
     * @param parallelism not more than the cluster has slots
     * @throws IllegalStateException if one of them fails, and with it the job; the message names the causes
     */
    public static List<Counts> run(PassingCluster cluster, List<FileRun> fileRuns, Duration outOfOrder, int parallelism)
            throws InterruptedException {
        List<Run> runs = new ArrayList<>();
        try {
            StreamExecutionEnvironment env = environment(parallelism);
            for (FileRun each : fileRuns) {
                Run run = new Run(each);
                runs.add(run);
                add(run, env, outOfOrder);
            }
            cluster.run(env);
            return runs.stream().map(Run::counts).toList();
        } finally {
            runs.forEach(Run::close);
        }
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
        Graph.configure(env);
        env.setParallelism(parallelism);
        return env;
    }

    private static void add(Run run, StreamExecutionEnvironment env, Duration outOfOrder) {
        DataStream<SecurityEvent> read = env.fromSequence(1, 1)
                .setParallelism(1)
                .transform("read", EventSerializer.TYPE, new ReadOperator(run.id(), outOfOrder))
                .setParallelism(1);
        DataStream<SecurityEvent> prepared =
                Graph.prepare(read, run.workspace(0), run.enrichment(), ANY, ANY, "-" + run.id());
        for (int i = 0; i < run.of().detections().size(); i++) {
            DataStream<Suppressed> suppressed = Graph.alerts(
                    prepared,
                    run.workspace(i),
                    CorrelateLimits.of(run.of().detections().get(i).workspace(), outOfOrder),
                    "-" + i + "-" + run.id(),
                    new RunCollector<>(run.id(), i, FileRun.Detecting::alerts));
            if (run.of().detections().get(i).suppressed().isPresent()) {
                suppressed.sinkTo(new RunCollector<>(
                        run.id(), i, detecting -> detecting.suppressed().orElseThrow()));
            }
        }
    }
}
