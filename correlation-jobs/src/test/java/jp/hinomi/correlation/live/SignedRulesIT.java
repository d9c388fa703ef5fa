package jp.hinomi.correlation.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.correlation.job.Topic;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Fields;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.Topics;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and the running job: what is signed takes force, and nothing else does, whoever writes to the topic. */
class SignedRulesIT {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String SOURCE = "city-os-node-01";
    private static final SigningKey KEY = SigningKey.make();

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private LocalCluster cluster;
    private Topic alerts;
    private Topic health;
    private Path pack;
    private int logins;

    private static String login(String user) {
        return """
                title: %1$s logged in
                name: %1$s
                logsource: {product: linux, service: sshd}
                detection:
                  it: {event.action: ssh_login, event.outcome: success, user.name: %1$s}
                  condition: it
                """.formatted(user);
    }

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0));
        TopicSetup.ensure(kafka.bootstrapServers(), 1);
        pack = Files.createDirectories(folder.resolve("logins"));
        Files.writeString(pack.resolve("root.yml"), login("root"));
        publish("logins", pack, KEY);
        alerts = new Topic(kafka.bootstrapServers(), Topics.ALERTS);
        health = new Topic(kafka.bootstrapServers(), Topics.RULE_HEALTH);
        cluster = LocalCluster.start(new LocalCluster.Settings(folder.resolve("flink"), 0, 1));
        RunningJob job = cluster.submit(JobSettings.of(kafka.bootstrapServers(), Path.of("../examples/city"), List.of())
                .withOutOfOrder(Duration.ofSeconds(1))
                .withTrusted(List.of(TrustedKeys.every("soc", KEY.verifying()))));
        job.awaitRunning(SOON);
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            alerts.close();
            health.close();
            cluster.close();
        }
        kafka.close();
    }

    private RulePublisher.Outcome publish(String name, Path from, SigningKey key) {
        RulePublisher.Outcome outcome = RulePublisher.publish(
                kafka.bootstrapServers(),
                new Pack(name, List.of(from), false),
                4,
                RulePublisher.Mode.ALL_OR_NOTHING,
                new Author("alice", "test", Optional.of(key), List.of(), ""),
                RulePublisher.Gate.OPEN);
        assertThat(outcome.problems()).isEmpty();
        return outcome;
    }

    /** Logs the users in from a new address, root last, until root is alerted about; returns whom else. */
    private List<String> alertedAbout(String... users) {
        String address = "10.9.0." + ++logins;
        for (String user : users) {
            send(user, address);
        }
        send("root", address);
        await().atMost(SOON).until(() -> rules(address).contains("root"));
        return rules(address).stream().filter(rule -> !rule.equals("root")).toList();
    }

    private List<String> rules(String address) {
        return alerts.alerts().values().stream()
                .filter(alert -> alert.evidence().stream()
                        .anyMatch(each -> address.equals(each.event().text(Fields.SOURCE_IP))))
                .map(alert -> alert.rule().name())
                .toList();
    }

    private void send(String user, String address) {
        alerts.send(
                Topics.LOGS_CITY_OS,
                SOURCE,
                (Instant.now() + " " + SOURCE + " sshd[7]: Accepted password for " + user + " from " + address
                                + " port 40000 ssh2")
                        .getBytes(UTF_8));
    }

    private void health(String rule, Consumer<RuleHealth> wanted) {
        await(rule).atMost(SOON).untilAsserted(() -> {
            List<ConsumerRecord<byte[], byte[]>> records = health.records().stream()
                    .filter(record -> new String(record.key(), UTF_8).equals(rule))
                    .toList();
            assertThat(records).isNotEmpty();
            wanted.accept(RuleHealthJson.read(records.get(records.size() - 1).value()));
        });
    }

    private List<ProducerRecord<byte[], byte[]>> topicNow() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Topic rules = new Topic(kafka.bootstrapServers(), Topics.RULES)) {
            rules.recordsToTheEnd()
                    .forEach(record -> records.add(new ProducerRecord<>(
                            Topics.RULES, null, null, record.key(), record.value(), record.headers())));
        }
        return records;
    }

    private KafkaProducer<byte[], byte[]> stranger(String transactionalId) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void write(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = stranger(null)) {
            records.forEach(producer::send);
        }
    }

    @Test
    void whatIsSignedTakesForceAndNothingElse() throws Exception {
        assertThat(alertedAbout("alice")).isEmpty();

        // Somebody writes documents who has no key: a new one, and one over ours.
        write(List.of(
                PublishedTopic.document("alice", login("alice"), ""),
                PublishedTopic.document("root", login("nobody"), "logins")));
        health("alice", refused -> {
            assertThat(refused.state()).isEqualTo(RuleHealth.State.REFUSED);
            assertThat(refused.reason().orElseThrow()).contains("nobody signed this document");
        });
        health("root", kept -> {
            assertThat(kept.state()).isEqualTo(RuleHealth.State.RUNNING);
            assertThat(kept.reason().orElseThrow()).contains("the text is not that of the publication logins/1");
        });
        assertThat(alertedAbout("alice")).isEmpty();

        // Half a publication: written by whoever has the key, but not committed.
        Map<String, String> two = new HashMap<>(Map.of("root", login("root"), "alice", login("alice")));
        try (KafkaProducer<byte[], byte[]> producer = stranger("half")) {
            producer.initTransactions();
            producer.beginTransaction();
            PublishedTopic.publication("logins", 2, Map.of(), two, KEY).forEach(producer::send);
            producer.flush();
            assertThat(alertedAbout("alice")).isEmpty();
            producer.abortTransaction();
        }
        assertThat(alertedAbout("alice")).isEmpty();

        List<ProducerRecord<byte[], byte[]>> first = topicNow().subList(0, 2);
        Files.writeString(pack.resolve("alice.yml"), login("alice"));
        RulePublisher.Outcome second = publish("logins", pack, KEY);
        assertThat(second.publication().orElseThrow().label())
                .as("no number twice")
                .isEqualTo("logins/2");
        assertThat(second.written()).containsExactlyInAnyOrder("alice", "root");
        await("what was published")
                .atMost(SOON)
                .until(() -> alertedAbout("alice").contains("alice"));
        health("alice", running -> assertThat(running.reason()).isEmpty());
        assertThat(publish("logins", pack, KEY).publication())
                .as("nothing to say")
                .isEmpty();

        // What was signed once, again.
        write(first);
        write(List.of(PublishedTopic.tombstone("alice")));
        health(
                "hinomi.publication/logins",
                refused -> assertThat(refused.reason().orElseThrow())
                        .contains("logins/1 was refused: it is not newer than logins/2"));
        assertThat(alertedAbout("alice")).containsExactly("alice");

        // A stranger's publication, and a pack that takes the ids of another.
        publish("logins", pack, SigningKey.make());
        health(
                "hinomi.publication/logins",
                refused -> assertThat(refused.reason().orElseThrow())
                        .contains("logins/3 was refused")
                        .contains("which nobody trusts"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("root.yml"), login("root"));
        assertThat(conflict(other)).contains("the id 'root' is one of the pack 'logins'");

        // An exception that ended long ago: people are told, and what it covered alerts again.
        Files.writeString(pack.resolve("ours.yml"), """
                title: Logins of ours
                name: ours
                owner: soc-service
                reason: maintenance
                expires: 2026-01-31
                logsource: {product: linux}
                filter: {rules: [root], s: {source.ip|cidr: 10.0.0.0/8}, condition: s}
                """);
        publish("logins", pack, KEY);
        await("an expired exception")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alerts.alerts("exception_expired"))
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.group()).containsValue("ours")));
        assertThat(alertedAbout("alice")).contains("alice");
        Files.delete(pack.resolve("ours.yml"));

        // Back to what was: the older content as a new publication.
        Files.delete(pack.resolve("alice.yml"));
        assertThat(publish("logins", pack, KEY).publication().orElseThrow().number())
                .isEqualTo(5);
        await("the way back").atMost(SOON).until(() -> alertedAbout("alice").isEmpty());
    }

    private String conflict(Path from) {
        return RulePublisher.publish(
                        kafka.bootstrapServers(),
                        new Pack("other", List.of(from), false),
                        4,
                        RulePublisher.Mode.COMPARE,
                        new Author("bob", "test", Optional.of(KEY), List.of(), ""),
                        RulePublisher.Gate.OPEN)
                .problems()
                .toString();
    }

    @Test
    void whoPublishesAtTheSameTimeIsToldSo() throws IOException {
        Publication ours =
                new Publication("logins", 2, Instant.EPOCH, "bob", "test", "", Publication.Tested.NOT, List.of());
        RuleWriter.write(kafka.bootstrapServers(), Map.of(), ours, Optional.of(KEY), () -> {});
        try (RuleTopic topic = new RuleTopic(
                kafka.bootstrapServers(), new Author("bob", "", Optional.of(KEY), List.of(), "").trust())) {
            topic.catchUp(SOON);
            assertThatThrownBy(() -> RulePublisher.confirm(
                            topic,
                            new Publication(
                                    "logins", 2, Instant.MAX, "carol", "", "", Publication.Tested.NOT, List.of())))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("somebody else published the pack 'logins'")
                    .hasMessageContaining("logins/2 of 'bob'");
        }
        assertThat(publish("logins", pack, KEY).publication().orElseThrow().number())
                .isEqualTo(3);

        // Bob's pack is being checked while alice publishes hers.
        Files.writeString(pack.resolve("late.yml"), login("late"));
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("mine.yml"), login("mine"));
        AtomicReference<Publication> meanwhile = new AtomicReference<>();
        assertThatThrownBy(() -> RulePublisher.publish(
                        kafka.bootstrapServers(),
                        new Pack("logins", List.of(mine), false),
                        4,
                        RulePublisher.Mode.ALL_OR_NOTHING,
                        new Author("bob", "test", Optional.of(KEY), List.of(), ""),
                        rules -> {
                            meanwhile.set(
                                    publish("logins", pack, KEY).publication().orElseThrow());
                            return RulePublisher.Gate.OPEN.check(rules);
                        }))
                .isInstanceOf(PublishedMeanwhileException.class)
                .hasMessageContaining("'alice' published the pack 'logins'")
                .hasMessageContaining("nothing was written");
        try (RuleTopic topic = new RuleTopic(
                kafka.bootstrapServers(), new Author("bob", "", Optional.of(KEY), List.of(), "").trust())) {
            topic.catchUp(SOON);
            assertThat(topic.publications().newest()).containsEntry("logins", meanwhile.get());
            assertThat(topic.records().values())
                    .extracting(RuleRecord::name)
                    .contains("late")
                    .doesNotContain("mine");
        }
    }
}
