package jp.hinomi.standalone.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import jp.hinomi.alerting.AlertingService;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.RunningAlerting;
import jp.hinomi.alerting.settings.Environment;
import jp.hinomi.city.City;
import jp.hinomi.city.CityFiles;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.correlation.live.Author;
import jp.hinomi.correlation.live.Pack;
import jp.hinomi.correlation.live.RuleCheck;
import jp.hinomi.correlation.live.RuleFiles;
import jp.hinomi.correlation.live.RuleFolder;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.correlation.live.TrustedKeys;
import jp.hinomi.correlation.retro.RetroSettings;
import jp.hinomi.correlation.retro.RetroWatch;
import jp.hinomi.embedded.CannotStartException;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.embedded.FolderLock;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.ingest.receive.ReceiverSettings;
import jp.hinomi.ingest.receive.Receivers;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.command.Version;
import jp.hinomi.standalone.terminal.Texts;

/** Starts the parts, each as soon as what it needs is ready. If one fails, those that run are stopped again. */
public final class WatchtowerStart {
    private static final int PARTITIONS = 1;

    /** What the rules of the folder are published as. */
    private static final String RULES_PACK = "up";

    /** Levels of chained correlations that rules may grow to while all this runs. */
    private static final int MOST_LEVELS = 16;

    /** A change is taken over after two looks that see the same. */
    private static final Duration RULES_EVERY = Duration.ofSeconds(1);

    private static final Duration JOB_WITHIN = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** What runs so far. Written by the threads that start the parts. */
    static final class Parts {
        volatile EmbeddedKafka kafka;
        volatile PostgresServer postgres;
        volatile LocalCluster flink;
        volatile RuleFolder rules;
        volatile RunningJob job;
        volatile RetroWatch retro;
        volatile boolean withoutRules;
        final Queue<RulePublisher.Outcome> ruleNews = new ConcurrentLinkedQueue<>();
        volatile Receivers receivers;
        volatile RunningAlerting alerting;
    }

    private final UpSettings settings;
    private final Author author;
    private final Progress progress;
    private final Parts parts = new Parts();
    private final BooleanSupplier stopWanted;
    private volatile Thread waitingForJob;
    private volatile int levels = JobSettings.USUAL_LEVELS;
    private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();

    private WatchtowerStart(UpSettings settings, Author author, Progress progress, BooleanSupplier stopWanted) {
        this.settings = settings;
        this.author = author;
        this.progress = progress;
        this.stopWanted = stopWanted;
    }

    /**
     * Returns when all parts are ready.
     *
     * @param stopWanted asked before each step: true ends the start with a {@link CannotStartException}
     * @throws CannotStartException if one cannot start; the message says what to do
     * @throws jp.hinomi.events.document.ProblemsException if the city's files have errors: all of them
     */
    public static Watchtower start(UpSettings settings, Texts texts, Progress progress, BooleanSupplier stopWanted)
            throws IOException {
        FolderLock lock = FolderLock.take(settings.data());
        try {
            List<String> ports = settings.ports().problems(settings.listen(), settings.receivers(), texts);
            if (!ports.isEmpty()) {
                throw new CannotStartException(String.join("\n", ports));
            }
            City city = CityFolder.read(settings.city(), problem -> progress.warning(problem.toString()));
            String ingestToken =
                    settings.ingestToken().orElseGet(() -> SecretFile.readOrMake(settings.secret("ingest-token")));
            WatchtowerStart start = new WatchtowerStart(settings, author(settings, city), progress, stopWanted);
            start.run(city, ingestToken);
            Watchtower watchtower = new Watchtower(settings, start.parts, lock, ingestToken);
            watchtower.addresses().write(settings.data());
            return watchtower;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void run(City city, String ingestToken) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "hinomi-start");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture<Void> kafka = step(threads, Step.KAFKA, this::startKafka);
            CompletableFuture<Void> postgres = step(threads, Step.POSTGRES, this::startPostgres);
            CompletableFuture<Void> flink = step(threads, Step.FLINK, this::startFlink);
            CompletableFuture<Void> topics = step(threads, Step.TOPICS, this::makeTopics, kafka);
            await(CompletableFuture.allOf(
                    step(threads, Step.RECEIVERS, () -> startReceivers(city, ingestToken), topics),
                    step(threads, Step.DETECTION, () -> startDetection(city), topics, flink),
                    step(threads, Step.CONSOLE, () -> startConsole(city), topics, postgres, flink)));
        } catch (CompletionException e) {
            Watchtower.stop(parts);
            // Steps that were never begun fail too; what matters is the first.
            Throwable first = firstFailure.get();
            throw first instanceof RuntimeException failure
                    ? failure
                    : new CannotStartException(String.valueOf(first == null ? "stopped" : first.getMessage()), first);
        } finally {
            threads.shutdown();
        }
    }

    /** Waits for all steps. When one failed or a stop is wanted, the job, which may take longest, is waited for no longer. */
    private void await(CompletableFuture<Void> all) {
        while (true) {
            try {
                all.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillStarting) {
                Thread waiting = waitingForJob;
                if (waiting != null && (firstFailure.get() != null || stopWanted.getAsBoolean())) {
                    waiting.interrupt();
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
    }

    /** Runs the task once all of {@code needs} are done. The first failure keeps all later tasks from beginning. */
    private CompletableFuture<Void> step(
            ExecutorService threads, Step step, Callable<String> task, CompletableFuture<?>... needs) {
        return CompletableFuture.allOf(needs)
                .thenRunAsync(
                        () -> {
                            if (firstFailure.get() != null || stopWanted.getAsBoolean()) {
                                throw new CannotStartException("not begun");
                            }
                            progress.begun(step);
                            try {
                                progress.done(step, task.call());
                            } catch (Exception e) {
                                firstFailure.compareAndSet(null, e);
                                progress.failed(step);
                                throw new CompletionException(e);
                            }
                        },
                        threads);
    }

    private String startKafka() {
        parts.kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(
                settings.data().resolve("kafka"), settings.ports().kafka()));
        return parts.kafka.bootstrapServers();
    }

    private String startPostgres() {
        parts.postgres =
                PostgresServer.start(new PostgresServer.Settings(UpSettings.postgresFolder(settings.data()), 0));
        parts.postgres.createDatabaseIfMissing(UpSettings.DATABASE);
        return "";
    }

    private String startFlink() {
        parts.flink = LocalCluster.start(new LocalCluster.Settings(
                settings.data().resolve("flink"), settings.ports().flink(), 2));
        return "";
    }

    /** Who publishes the rules of the folder: this machine, with a key that the job trusts beside those of the city. */
    private static Author author(UpSettings settings, City city) {
        Path file = settings.secret("rules-key.pem");
        try {
            return new Author(
                    "hinomi up", Version.number(), Optional.of(SigningKey.readOrMake(file)), city.ruleKeys(), "");
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStartException(
                    "cannot keep the key that signs rules in " + file + ": " + e.getMessage(), e);
        }
    }

    private String makeTopics() {
        TopicSetup.ensure(parts.kafka.bootstrapServers(), PARTITIONS);
        levels = Math.max(
                JobSettings.USUAL_LEVELS,
                RuleCheck.of(RuleFiles.read(settings.rules(), problem -> {}), MOST_LEVELS)
                        .correlations()
                        .levels());
        // Before the job starts, so that it begins with these rules.
        parts.rules = RuleFolder.follow(
                parts.kafka.bootstrapServers(),
                new Pack(RULES_PACK, settings.rules(), true),
                levels,
                author,
                RULES_EVERY,
                parts.ruleNews::add);
        RulePublisher.Outcome rules = parts.ruleNews.remove();
        rules.problems().forEach(problem -> progress.warning(problem.toString()));
        parts.withoutRules = rules.isNothingLeft();
        return "";
    }

    private String startReceivers(City city, String token) {
        UpPorts ports = settings.ports();
        try {
            ReceiverSettings receivers = ReceiverSettings.of(city, parts.kafka.bootstrapServers(), token)
                    .withHost(settings.listen());
            parts.receivers = Receivers.start(settings.receivers()
                    .applied(
                            receivers,
                            ports.syslog(),
                            ports.http(),
                            Optional.of(settings.data().resolve("spool"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return "";
    }

    private String startDetection(City city) throws InterruptedException {
        parts.job = parts.flink.submit(JobSettings.of(parts.kafka.bootstrapServers(), settings.city(), List.of())
                .withLevels(levels)
                .withTrusted(List.of(TrustedKeys.every(
                        author.name(), author.key().orElseThrow().verifying())))
                .withGeoip(settings.geoip())
                .withOutOfOrder(settings.outOfOrder()));
        parts.job.problems().forEach(problem -> progress.warning(problem.toString()));
        waitingForJob = Thread.currentThread();
        try {
            parts.job.awaitRunning(JOB_WITHIN);
        } finally {
            waitingForJob = null;
        }
        // It reads the events that the job writes.
        parts.retro = RetroWatch.start(RetroSettings.of(parts.kafka.bootstrapServers(), city));
        return "";
    }

    private String startConsole(City city) throws IOException {
        AlertingSettings.Builder builder = AlertingSettings.builder(
                        city,
                        parts.kafka.bootstrapServers(),
                        new AlertingSettings.Database(
                                parts.postgres.jdbcUrl(UpSettings.DATABASE),
                                parts.postgres.user(),
                                parts.postgres.password()))
                .files(CityFiles.of(settings.city()), Set.copyOf(Decoders.formats()))
                .port(settings.ports().console())
                .bind(settings.listen())
                .auditCheckpoints(UpSettings.auditCheckpoints(settings.data()))
                .apiToken(SecretFile.readOrMake(settings.secret("api-token")))
                .flink(parts.flink.rest());
        Environment.of(settings.environment()).applyTo(builder);
        settings.smtp().ifPresent(builder::smtp);
        parts.alerting = AlertingService.start(builder.build());
        return "";
    }
}
