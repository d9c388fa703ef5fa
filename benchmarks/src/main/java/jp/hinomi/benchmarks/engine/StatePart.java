package jp.hinomi.benchmarks.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.job.Graph;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A job with much state: how much heap it takes, and how long a new cluster needs to be where it was, from the checkpoint
 * that the old one left. Heap state, as {@code hinomi up} has it.
 */
final class StatePart implements Part {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration SAVED_EVERY = Duration.ofSeconds(90);

    private final String name;
    private final String title;
    private final int matches;
    private final int groups;

    private StatePart(String name, String title, int matches, int groups) {
        this.name = name;
        this.title = title;
        this.matches = matches;
        this.groups = groups;
    }

    static Part groups() {
        return new StatePart(
                "groups", "heap of 1,000,000 live groups, a match each; budget: 1 GiB", 1_000_000, 1_000_000);
    }

    static Part restore() {
        return new StatePart(
                "restore",
                "restore of 2,000,000 (or --matches) stored matches, ten in a group; goal for 10,000,000: 30 s on two cores",
                2_000_000,
                200_000);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    /** More would be taken for a rule that has gone wrong, and be dropped. */
    private static final int MOST_OF_A_RULE = 2_500_000;

    @Override
    public void run(Settings settings) throws Exception {
        int stored = settings.matches().orElse(settings.size(matches));
        BenchWorkspace rules =
                BenchWorkspace.of("event_count", 1, 1 + stored / MOST_OF_A_RULE, "60m", "\n  condition: {gte: 50}");
        // As many matches in a group, however many there are.
        int alive = (int) ((long) stored * groups / matches);
        MatchStream stream = new MatchStream(rules.correlations(), stored, alive, 1, 1_800_000, true);
        // Warm: a start with hardly any state loads the classes, and says what a start costs without state.
        MatchStream little = new MatchStream(rules.correlations(), 1_000, 1_000, 1, 1_800_000, true);
        Path empty = settings.scratch().resolve("little");
        fill(rules, little, empty, false);
        Cost without = restart(rules, little, empty);
        Path folder = settings.scratch().resolve("much");
        fill(rules, stream, folder, true);
        Cost with = restart(rules, stream, folder);
        System.out.printf(
                Locale.ROOT,
                "until the restored job runs: %.1f s, %.1f s of all cores; with hardly any state %.1f s, %.1f s; per 1,000,000 matches %.2f s, %.2f s%n",
                seconds(with.wallNanos()),
                seconds(with.cpuNanos()),
                seconds(without.wallNanos()),
                seconds(without.cpuNanos()),
                seconds(with.wallNanos() - without.wallNanos()) * 1e6 / stream.matches(),
                seconds(with.cpuNanos() - without.cpuNanos()) * 1e6 / stream.matches());
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static StreamExecutionEnvironment job(BenchWorkspace rules, MatchStream stream) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, SAVED_EVERY);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, WITHIN);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
        Graph.configure(env);
        env.setParallelism(JobRun.PARALLELISM);
        Graph.correlate(stream.in(env, JobRun.PARALLELISM), rules, 0).sinkTo(new DiscardingSink<>());
        return env;
    }

    /** Runs until all matches are stored and time has gone on; leaves a checkpoint behind. */
    private void fill(BenchWorkspace rules, MatchStream stream, Path folder, boolean show) throws Exception {
        long before = heap();
        long made = MatchStream.MADE.get();
        try (LocalCluster cluster = LocalCluster.start(new LocalCluster.Settings(folder, 0, JobRun.PARALLELISM))) {
            long idle = heap();
            RunningJob running = cluster.submit(job(rules, stream));
            running.awaitRunning(WITHIN);
            while (MatchStream.MADE.get() - made < stream.matches() + 50L * JobRun.PARALLELISM) {
                if (running.state() != RunningJob.State.RUNNING) {
                    throw new IllegalStateException("the job is " + running.state() + ": " + running.failure());
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            awaitSaved(folder);
            if (show) {
                long used = heap() - idle;
                System.out.printf(
                        Locale.ROOT,
                        "%,d matches in %,d groups: %,d MiB of heap, %,d bytes per match (cluster without a job: %,d MiB)%n",
                        stream.matches(),
                        stream.groups(),
                        used >> 20,
                        used / stream.matches(),
                        idle - before >> 20);
            }
        }
    }

    /** Waits for a snapshot that began after now, so that everything is in it. */
    private static void awaitSaved(Path folder) throws Exception {
        FileTime now = FileTime.from(Instant.now());
        long deadline = System.nanoTime() + 2 * WITHIN.toNanos();
        while (!isSaved(folder, now)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nothing was saved in " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean isSaved(Path folder, FileTime since) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.endsWith("_metadata")
                        && Files.readAttributes(file.getParent(), BasicFileAttributes.class)
                                        .creationTime()
                                        .compareTo(since)
                                > 0) {
                    return true;
                }
            }
        } catch (UncheckedIOException | NoSuchFileException e) {
            return false; // an older snapshot was removed meanwhile
        }
        return false;
    }

    private static Cost restart(BenchWorkspace rules, MatchStream stream, Path folder) throws Exception {
        try (LocalCluster cluster = LocalCluster.start(new LocalCluster.Settings(folder, 0, JobRun.PARALLELISM))) {
            Cost before = Cost.ofProcess();
            RunningJob running = cluster.submit(job(rules, stream));
            running.awaitRunning(WITHIN);
            Cost cost = Cost.ofProcess().since(before);
            if (running.resumedFrom().isEmpty()) {
                throw new IllegalStateException("it began anew instead of resuming");
            }
            return cost;
        }
    }

    /** What is alive, after a full collection. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
