package jp.hinomi.correlation.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.live.Author;
import jp.hinomi.correlation.live.Pack;
import jp.hinomi.correlation.live.RuleFolder;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.correlation.live.RulePublisher.Mode;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.Topics;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are edited while the job runs. A broker of its own, because all jobs of a broker follow the same rules. */
class LiveRulesTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String SOURCE = "city-os-node-01";

    private static final String FAILED = detection("failed", "failure", "maint01");
    private static final String ROOT = detection("root", "success", "root");
    private static final String ALICE = detection("alice", "success", "alice");
    private static final String BURST = correlation("burst", 5);

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private Path rules;
    private RuleFolder followed;
    private LocalCluster cluster;
    private RunningJob job;
    private Topic topic;
    private Topic healthTopic;
    private final Queue<Problem> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();

    private static String detection(String name, String outcome, String user) {
        return """
                title: %s
                name: %s
                logsource: {product: linux, service: sshd}
                detection:
                  it: {event.action: ssh_login, event.outcome: %s, user.name: %s}
                  condition: it
                """.formatted(name, name, outcome, user);
    }

    private static String correlation(String name, int count) {
        return """
                title: %s
                name: %s
                correlation:
                  type: event_count
                  rules: [failed]
                  group-by: [source.ip]
                  timespan: 10m
                  condition: {gte: %d}
                """.formatted(name, name, count);
    }

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0));
        TopicSetup.ensure(kafka.bootstrapServers(), 2);
        rules = Files.createDirectories(folder.resolve("rules"));
        write("failed.yml", FAILED);
        write("root.yml", ROOT);
        write("burst.yml", BURST);
    }

    private void startJob() throws InterruptedException {
        cluster = LocalCluster.start(new LocalCluster.Settings(folder.resolve("flink"), 0, 2));
        job = cluster.submit(JobSettings.of(kafka.bootstrapServers(), Path.of("../examples/city"), List.of())
                .withOutOfOrder(Duration.ofSeconds(2))
                .withParallelism(2)
                .withCheckpointEvery(Duration.ofSeconds(1)));
        job.awaitRunning(SOON);
    }

    private void follow() {
        followed = RuleFolder.follow(
                kafka.bootstrapServers(),
                new Pack("rules", List.of(rules), true),
                4,
                Author.unsigned("test", "test"),
                Duration.ofMillis(100),
                outcome -> problems.addAll(outcome.problems()));
        topic = new Topic(kafka.bootstrapServers(), Topics.ALERTS);
        healthTopic = new Topic(kafka.bootstrapServers(), Topics.RULE_HEALTH);
    }

    @AfterEach
    void stop() {
        if (followed != null) {
            followed.close();
            topic.close();
            healthTopic.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        kafka.close();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(rules.resolve(file), text);
    }

    private void login(String result, String user, String address) {
        topic.send(
                Topics.LOGS_CITY_OS,
                SOURCE,
                (Instant.now() + " " + SOURCE + " sshd[7]: " + result + " password for " + user + " from " + address
                                + " port 40000 ssh2")
                        .getBytes(UTF_8));
    }

    private void failures(int number, String address) {
        for (int i = 0; i < number; i++) {
            login("Failed", "maint01", address);
        }
    }

    /** Alerts of the rule about a login from there. */
    private List<Alert> alerts(String rule, String address) {
        return topic.alerts(rule).stream()
                .filter(alert -> address.equals(alert.evidence().get(0).event().text(Fields.SOURCE_IP)))
                .toList();
    }

    /**
     * Logs alice in, then root, until root is alerted about: both take the same way in this order, so that by then it is
     * known whether alice is.
     */
    private boolean aliceIsAlertedAbout() {
        String address = "10.9.0." + sent.incrementAndGet();
        login("Accepted", "alice", address);
        login("Accepted", "root", address);
        await().atMost(SOON).until(() -> !alerts("root", address).isEmpty());
        return !alerts("alice", address).isEmpty();
    }

    @Test
    void rulesComeChangeAndGoAndTheStateOfOthersStays() throws Exception {
        follow();
        startJob();
        failures(3, "203.0.113.1");
        assertThat(aliceIsAlertedAbout()).as("there is no such rule yet").isFalse();

        write("alice.yml", ALICE);
        await("an added rule").atMost(SOON).until(this::aliceIsAlertedAbout);

        write("root.yml", ROOT.replace("title: root", "title: Root logged in"));
        write("other.yml", correlation("other", 7));
        Files.delete(rules.resolve("alice.yml"));
        await("a removed rule").atMost(SOON).until(() -> !aliceIsAlertedAbout());
        await("a changed rule").atMost(SOON).until(() -> {
            aliceIsAlertedAbout();
            return topic.alerts("root").stream()
                    .anyMatch(alert -> alert.rule().title("en").equals("Root logged in"));
        });

        write("burst.yml", BURST.replace("event_count", "event_cuont"));
        await("a broken edit")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(problems).anySatisfy(problem -> {
                    assertThat(problem.file()).endsWith("burst.yml");
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.remedy()).contains("event_count");
                }));

        // Somebody who does not check writes to the topic himself.
        topic.send(
                Topics.RULES,
                "burst",
                BURST.replace("event_count", "event_cuont").getBytes(UTF_8));
        health("burst", health -> {
            assertThat(health.reason())
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains("rules:burst:4:").contains("event_count"));
            assertThat(health.state()).isNotEqualTo(RuleHealth.State.REFUSED);
            assertThat(health.matches()).isEqualTo(3);
        });
        health("other", health -> {
            assertThat(health.state()).isEqualTo(RuleHealth.State.WARMING_UP);
            assertThat(health.until().orElseThrow()).isGreaterThan(Instant.now().toEpochMilli());
        });
        await("a removed rule").atMost(SOON).untilAsserted(() -> {
            assertThat(health("alice")).isNotEmpty();
            assertThat(health("alice").get(health("alice").size() - 1).value()).isNull();
        });

        failures(2, "203.0.113.1");
        await("half-full state")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alerts("burst", "203.0.113.1"))
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.count()).isEqualTo(5)));

        write("burst.yml", BURST.replace("title: burst", "title: Burst"));
        health("burst", health -> assertThat(health.reason()).isEmpty());

        // An exception keeps what it covers from its rule, and no more: the state of others stays.
        write("ours.yml", """
                title: Ours
                name: ours
                owner: city-soc
                reason: a scanner of ours
                expires: 2999-12-31
                logsource: {product: linux}
                filter: {rules: [failed], s: {source.ip: 203.0.113.9}, condition: s}
                """);
        health("failed", health -> assertThat(health.exceptions()).hasSize(1));
        failures(6, "203.0.113.9");
        health("failed", health -> {
            assertThat(health.suppressed()).isEqualTo(6);
            assertThat(health.exceptions().get(0).suppressed()).isEqualTo(6);
        });

        // The rules are only in the topic, so a start that did not wait for it would throw the state away.
        failures(3, "203.0.113.2");
        cluster.close();
        startJob();
        assertThat(job.resumedFrom()).isPresent();
        failures(2, "203.0.113.2");
        await("after a restart")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alerts("burst", "203.0.113.2"))
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.count()).isEqualTo(5)));
        failures(1, "203.0.113.9");
        health(
                "failed",
                health -> assertThat(health.suppressed())
                        .as("counted over the restart")
                        .isEqualTo(7));
        assertThat(alerts("burst", "203.0.113.9")).isEmpty();
        assertThat(alerts("other", "203.0.113.1")).as("five are not seven").isEmpty();
        assertThat(job.failure()).isEmpty();
    }

    private List<ConsumerRecord<byte[], byte[]>> health(String rule) {
        return healthTopic.records().stream()
                .filter(record -> new String(record.key(), UTF_8).equals(rule))
                .toList();
    }

    /** Waits until the newest record about the rule is as wanted. */
    private void health(String rule, Consumer<RuleHealth> wanted) {
        await(rule).atMost(SOON).untilAsserted(() -> {
            List<ConsumerRecord<byte[], byte[]>> records = health(rule);
            assertThat(records).isNotEmpty();
            wanted.accept(RuleHealthJson.read(records.get(records.size() - 1).value()));
        });
    }

    private RulePublisher.Outcome publish(Mode mode) {
        return RulePublisher.publish(
                kafka.bootstrapServers(),
                new Pack("rules", List.of(rules), true),
                4,
                mode,
                Author.unsigned("test", "test"),
                RulePublisher.Gate.OPEN);
    }

    @Test
    void onlyDifferencesArePublished() throws Exception {
        assertThat(publish(Mode.COMPARE).written()).hasSize(3);
        assertThat(publish(Mode.ALL_OR_NOTHING).written()).containsExactlyInAnyOrder("failed", "root", "burst");
        RulePublisher.Outcome again = publish(Mode.ALL_OR_NOTHING);
        assertThat(again.written()).isEmpty();
        assertThat(again.unchanged()).isEqualTo(3);
        write("burst.yml", correlation("burst", 6));
        Files.delete(rules.resolve("root.yml"));
        RulePublisher.Outcome edited = publish(Mode.ALL_OR_NOTHING);
        assertThat(edited.written()).containsExactly("burst");
        assertThat(edited.removed()).containsExactly("root");
        assertThat(publish(Mode.COMPARE).unchanged()).isEqualTo(2);
    }

    @Test
    void withAnErrorNothingIsPublishedUnlessTheOldVersionMayStay() throws Exception {
        publish(Mode.ALL_OR_NOTHING);
        write("burst.yml", BURST.replace("gte: 5", "gte: many"));
        write("alice.yml", ALICE);
        assertThat(publish(Mode.ALL_OR_NOTHING).hasErrors()).isTrue();
        assertThat(publish(Mode.KEEP_OLD).written()).containsExactly("alice");
        write("burst.yml", "title: [");
        RulePublisher.Outcome unreadable = publish(Mode.KEEP_OLD);
        assertThat(unreadable.hasErrors()).isTrue();
        assertThat(unreadable.removed())
                .as("the file is there, so its rules stay")
                .isEmpty();
        Files.delete(rules.resolve("burst.yml"));
        assertThat(publish(Mode.KEEP_OLD).removed()).containsExactly("burst");
    }

    @Test
    void anEmptyFolderIsRatherAMistakeThanAWish() throws Exception {
        publish(Mode.ALL_OR_NOTHING);
        for (String file : List.of("failed.yml", "root.yml", "burst.yml")) {
            Files.delete(rules.resolve(file));
        }
        RulePublisher.Outcome outcome = publish(Mode.KEEP_OLD);
        assertThat(outcome.removed()).isEmpty();
        assertThat(outcome.problems()).isNotEmpty();
    }
}
