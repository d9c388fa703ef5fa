package jp.hinomi.correlation.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.job.Topic;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A broker, a cluster of two TaskManagers, and the job on it. Everything ends with it. */
final class ClusterRun implements AutoCloseable {
    private static final Path JAR = Path.of("target", "hinomi-job.jar");
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int PARTITIONS = 2;

    private final Path folder;
    private final Random random;
    private final EmbeddedKafka kafka;
    private final FlinkProcesses flink;
    private final LogWriter logs;
    private final Topic alerts;
    private final Topic events;
    private final Topic health;
    private final Topic rejects;
    private final Deque<Process> workers = new ArrayDeque<>();
    private final Set<String> decoded = new HashSet<>();
    private final Map<String, String> published = new HashMap<>();
    private int eventsSeen;
    private int started;
    private String job;

    ClusterRun(Path folder, Random random) throws IOException {
        this.folder = folder;
        this.random = random;
        kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0));
        flink = new FlinkProcesses(folder);
        flink.startJobManager();
        startWorker();
        startWorker();
        TopicSetup.ensure(kafka.bootstrapServers(), PARTITIONS);
        logs = new LogWriter(kafka.bootstrapServers(), PARTITIONS, random);
        alerts = new Topic(kafka.bootstrapServers(), Topics.ALERTS);
        events = new Topic(kafka.bootstrapServers(), Topics.EVENTS);
        health = new Topic(kafka.bootstrapServers(), Topics.RULE_HEALTH);
        rejects = new Topic(kafka.bootstrapServers(), Topics.REJECTS);
        FileUtils.copyDirectory(Path.of("../examples/city").toFile(), city().toFile());
        for (Map.Entry<String, String> source : LogWriter.SOURCES.entrySet()) {
            Files.writeString(
                    city().resolve("sources.yaml"),
                    "  - {id: %s, topic: %s, format: ecs-json, zone: UTC, resource: iryo-portal}%n"
                            .formatted(source.getValue(), source.getKey()),
                    StandardOpenOption.APPEND);
        }
    }

    private Path city() {
        return folder.resolve("city");
    }

    private Path rules() {
        return folder.resolve("rules.yml");
    }

    private void startWorker() throws IOException {
        workers.add(flink.startTaskManager("taskmanager-" + ++started));
    }

    LogWriter logs() {
        return logs;
    }

    Topic alerts() {
        return alerts;
    }

    void await(String what, Callable<Boolean> until) {
        try {
            Awaitility.await(what).atMost(SOON).ignoreExceptions().until(until);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + flink.lastWords("jobmanager", 60), e);
        }
    }

    void submit(String rules, int parallelism) throws IOException, InterruptedException {
        Files.writeString(rules(), rules + Companions.RULES);
        await("slots", () -> flink.overview().contains("\"slots-available\":4"));
        flink.submit(JAR, arguments(parallelism));
        begun(parallelism);
    }

    void resume(String savepoint, int parallelism) throws IOException, InterruptedException {
        flink.resume(savepoint, JAR, arguments(parallelism));
        begun(parallelism);
    }

    private void begun(int parallelism) throws IOException, InterruptedException {
        job = flink.job();
        logs.takeOverTime();
        System.out.println("ContractIT: parallelism " + parallelism);
    }

    private String[] arguments(int parallelism) {
        return new String[] {
            "--bootstrap-servers", kafka.bootstrapServers(),
            "--city", city().toString(),
            "--rules", rules().toString(),
            "--out-of-order", Long.toString(Trial.BOUND.toSeconds()),
            "--parallelism", Integer.toString(parallelism),
            "--partitions", Integer.toString(PARTITIONS),
            "--state-budget", Integer.toString(Companions.BUDGET),
            "--checkpoint-every", "1"
        };
    }

    /** With a savepoint; returns where it is. As somebody would, again if the job fails in between. */
    String stop() {
        AtomicReference<String> progress = new AtomicReference<>();
        AtomicReference<String> savepoint = new AtomicReference<>();
        await("a savepoint", () -> {
            if (progress.get() == null && flink.runs(job)) {
                progress.set(flink.stop(job));
            }
            if (progress.get() != null) {
                try {
                    savepoint.set(flink.savepoint(progress.get()));
                } catch (IllegalStateException e) {
                    progress.set(null); // the tasks had died, and Flink did not know it yet
                }
            }
            return savepoint.get() != null;
        });
        return savepoint.get();
    }

    void write(List<Trial.Entry> entries) {
        entries.forEach(entry -> logs.log(entry.appended(), entry.line()));
        logs.tick(entries.get(entries.size() - 1).appended());
    }

    /** One TaskManager or both die at once, and others begin. */
    void kill() throws IOException {
        int dying = 1 + random.nextInt(workers.size());
        System.out.println("ContractIT: SIGKILL to " + dying);
        for (int i = 0; i < dying; i++) {
            workers.removeFirst().destroyForcibly().onExit().join();
        }
        while (workers.size() < 2) {
            startWorker();
        }
    }

    /** Until these have been read and decoded. */
    void awaitDecoded(List<Trial.Entry> entries) {
        await("events decoded", () -> {
            List<ConsumerRecord<byte[], byte[]>> records = events.records();
            for (; eventsSeen < records.size(); eventsSeen++) {
                decoded.add(
                        EventJson.read(records.get(eventsSeen).value(), "none").id());
            }
            return entries.stream().allMatch(entry -> decoded.contains(entry.id()));
        });
    }

    /** Until one is complete that began from now on. */
    void awaitCheckpoint() throws Exception {
        long before = flink.checkpoints(job);
        await("checkpoints", () -> flink.checkpoints(job) >= before + 2);
    }

    /** Makes the topic {@code rules} say this and nothing else. */
    void publish(Map<String, String> documents) {
        documents.forEach((key, document) -> {
            if (!document.equals(published.put(key, document))) {
                logs.rule(key, document);
            }
        });
        for (String key : List.copyOf(published.keySet())) {
            if (!documents.containsKey(key)) {
                published.remove(key);
                logs.rule(key, null);
            }
        }
        logs.flush();
    }

    /** The newest of the rule. */
    Optional<RuleHealth> health(String rule) {
        return health.records().stream()
                .filter(record -> rule.equals(new String(record.key(), UTF_8)))
                .filter(record -> record.value() != null)
                .map(record -> RuleHealthJson.read(record.value()))
                .reduce((first, next) -> next);
    }

    /** How many records were rejected, each counted once. */
    long rejected() {
        return rejects.recordsToTheEnd().stream()
                .map(record -> new String(
                        record.headers().lastHeader(Topics.HEADER_ORIGIN).value(), UTF_8))
                .distinct()
                .count();
    }

    /** What a consumer of alerts knows about these rules. */
    List<Outcome> outcomes(Set<String> rules) {
        Map<String, Outcome> kept = new HashMap<>();
        alerts.recordsToTheEnd().stream()
                .map(record -> AlertJson.read(record.value()))
                .filter(alert -> rules.contains(alert.rule().name()))
                .forEach(alert -> Outcome.keepNewest(kept, Outcome.of(alert)));
        return Outcome.sorted(kept.values());
    }

    @Override
    public void close() {
        flink.close();
        logs.close();
        alerts.close();
        events.close();
        health.close();
        rejects.close();
        kafka.close();
    }
}
