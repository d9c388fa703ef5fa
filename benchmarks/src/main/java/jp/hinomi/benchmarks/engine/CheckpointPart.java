package jp.hinomi.benchmarks.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.benchmarks.input.MixedRules;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.job.CorrelateJob;
import jp.hinomi.correlation.job.JobSettings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What checkpoints cost on RocksDB, the state of clusters: one every ten seconds, against none. */
final class CheckpointPart implements Part {
    private static final int EVENTS = 4_000_000;
    private static final int ROUNDS = 2;
    private static final Duration NEVER = Duration.ofDays(1);

    @Override
    public String name() {
        return "checkpoints";
    }

    @Override
    public String title() {
        return "100 mixed rules on RocksDB, a checkpoint every 10 s against none; budget: 0.9 ×";
    }

    @Override
    public void run(Settings settings) throws Exception {
        List<Path> rules = List.of(RuleFolder.write(settings.scratch().resolve("mixed"), MixedRules.generate()));
        try (LoadedBroker broker = LoadedBroker.start(
                settings.scratch().resolve("kafka"), new CityLogs(2_000, 0), settings.size(EVENTS))) {
            JobRun runs = new JobRun(settings, broker);
            Map<String, ThroughputPart.Variant> variants = new LinkedHashMap<>();
            variants.put(
                    "no checkpoints",
                    () -> runs.run(rules, job -> job.withCheckpointEvery(NEVER), CheckpointPart::onRocksDb));
            variants.put(
                    "every 10 s",
                    () -> runs.run(
                            rules, job -> job.withCheckpointEvery(Duration.ofSeconds(10)), CheckpointPart::onRocksDb));
            ThroughputPart.compare(variants, settings.rounds(ROUNDS));
        }
    }

    private static RunningJob onRocksDb(LocalCluster cluster, JobSettings job) {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
        CorrelateJob.build(env, job);
        Configuration rocks = new Configuration();
        rocks.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        // The cluster of one machine gives state no managed memory; RocksDB then takes its own defaults.
        rocks.setString("state.backend.rocksdb.memory.managed", "false");
        env.configure(rocks);
        return cluster.submit(env);
    }
}
