package jp.hinomi.correlation.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Observable;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job in this process, between real topics, with the example city and the shipped rules. */
class CorrelateJobTest {
    private static final Duration BOUND = Duration.ofSeconds(3);
    private static final String SOURCE = "city-os-node-01";

    @TempDir
    private static Path folder;

    private static String servers;
    private static LocalCluster cluster;
    private static RunningJob job;
    private static Topic alerts;

    @BeforeAll
    static void start() throws InterruptedException {
        servers = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(servers, 2);
        startJob();
        alerts = new Topic(servers, Topics.ALERTS);
    }

    private static void startJob() throws InterruptedException {
        cluster = LocalCluster.start(new LocalCluster.Settings(folder, 0, 2));
        job = cluster.submit(JobSettings.of(servers, Path.of("../examples/city"), List.of(Path.of("../rules/content")))
                .withOutOfOrder(BOUND)
                .withParallelism(2)
                .withCheckpointEvery(Duration.ofSeconds(1)));
        job.awaitRunning(Duration.ofSeconds(180));
    }

    @AfterAll
    static void stop() {
        alerts.close();
        cluster.close();
    }

    private static long line(Instant time, String message) {
        return alerts.send(Topics.LOGS_CITY_OS, SOURCE, (time + " " + SOURCE + " sshd[7]: " + message).getBytes(UTF_8));
    }

    private static void failures(int from, int to, String address) {
        for (int i = from; i < to; i++) {
            line(Instant.now(), "Failed password for maint01 from " + address + " port " + (40000 + i) + " ssh2");
        }
    }

    @Test
    void aDetectionAlertsWithoutWaitingForMore() {
        line(Instant.now(), "Accepted password for root from 10.10.1.4 port 40000 ssh2"); // warms up
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(alerts.alerts("ssh_root_login")).isNotEmpty());
        long sent = line(Instant.now(), "Accepted password for root from 10.10.1.5 port 40000 ssh2");
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(rootLoginFrom("10.10.1.5")).hasSize(1));
        Alert alert = rootLoginFrom("10.10.1.5").get(0);
        long latency = alerts.appended(alert.id()) - sent;
        System.out.println("detection: append to alert " + latency + " ms");
        // Not a benchmark: only that it does not wait for the out-of-order bound of a later line, which never comes.
        assertThat(latency).isLessThan(60_000);
        assertThat(alert.resources()).contains(new Alert.AffectedResource("city-os-core", Alert.Part.OBSERVER));
        assertThat(alert.evidence().get(0).event().get(Fields.CITY_LAYER)).isNotNull();
        assertThat(alert.severity()).isGreaterThanOrEqualTo(Severity.MEDIUM);
    }

    private static List<Alert> rootLoginFrom(String address) {
        return alerts.alerts("ssh_root_login").stream()
                .filter(alert -> address.equals(alert.evidence().get(0).event().text(Fields.SOURCE_IP)))
                .toList();
    }

    /** Nothing follows the last line, and six of the seven topics are silent: ticks move the time. */
    @Test
    void aChainOfCorrelationsAlertsThoughNoFurtherLogsArrive() {
        failures(0, 5, "203.0.113.77");
        long sent = line(Instant.now(), "Accepted password for maint01 from 203.0.113.77 port 40009 ssh2");
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(afterBruteForce("203.0.113.77")).hasSize(1));
        Alert alert = afterBruteForce("203.0.113.77").get(0);
        long latency = alerts.appended(alert.id()) - sent;
        System.out.println("chain: append to alert " + latency + " ms, bound " + BOUND.toMillis() + " ms");
        assertThat(latency).isGreaterThanOrEqualTo(BOUND.toMillis());
        assertThat(alert.count()).isEqualTo(6);
        assertThat(alert.evidence()).hasSize(6);
        assertThat(alert.evidence().get(5).matched()).containsExactly("ssh_login_success");
        assertThat(alert.rule().response("ja")).isNotEmpty();
    }

    private static List<Alert> afterBruteForce(String address) {
        return alerts.alerts("ssh_login_after_brute_force").stream()
                .filter(alert -> address.equals(alert.group().get("source.ip")))
                .toList();
    }

    private static List<Alert> bruteForce(String address) {
        return alerts.alerts("ssh_account_brute_force").stream()
                .filter(alert -> address.equals(alert.group().get("source.ip")))
                .toList();
    }

    @Test
    void aRestartContinuesTheWindow() throws InterruptedException {
        failures(0, 3, "203.0.113.78");
        cluster.close();
        failures(3, 5, "203.0.113.78");
        startJob();
        assertThat(job.resumedFrom()).isPresent();
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(bruteForce("203.0.113.78")).hasSize(1));
        assertThat(bruteForce("203.0.113.78").get(0).count()).isEqualTo(5);
        assertThat(job.failure()).isEmpty();
        assertThat(job.state()).isEqualTo(RunningJob.State.RUNNING);
    }

    @Test
    void aClockInTheFutureIsSuspectAndMovesNobodysTime() {
        long sent = line(
                Instant.parse("2038-01-19T03:14:08Z"), "Accepted password for root from 10.10.1.6 port 40000 ssh2");
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(rootLoginFrom("10.10.1.6")).hasSize(1));
        Alert alert = rootLoginFrom("10.10.1.6").get(0);
        assertThat(alert.time()).isEqualTo(sent);
        assertThat(alert.evidence().get(0).event().get(Fields.CLOCK_SUSPECT)).isEqualTo(true);
        failures(0, 5, "203.0.113.79");
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(bruteForce("203.0.113.79")).hasSize(1));
    }

    @Test
    void whatCannotBeDecodedGoesToRejectsByteForByte() {
        byte[] garbage = {0, (byte) 0xFF, (byte) 0xFE, 1, 2, 3};
        try (Topic rejects = new Topic(servers, Topics.REJECTS)) {
            rejects.send(Topics.LOGS_SERVICE, "nobody-knows-me", garbage);
            // Other tests have rejects in this topic as well.
            ConsumerRecord<byte[], byte[]> reject = await().atMost(Duration.ofSeconds(180))
                    .until(
                            () -> rejects.records().stream()
                                    .filter(record -> Arrays.equals(record.key(), "nobody-knows-me".getBytes(UTF_8)))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            assertThat(reject.value()).isEqualTo(garbage);
            assertThat(header(reject, Topics.HEADER_SOURCE)).isEqualTo("nobody-knows-me");
            assertThat(header(reject, Topics.HEADER_REASON))
                    .contains("nobody-knows-me")
                    .contains("sources.yaml");
            assertThat(header(reject, Topics.HEADER_DECODER)).isNotEmpty();
            assertThat(header(reject, Topics.HEADER_ORIGIN)).startsWith("logs.service-");
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void theHealthOfSourcesIsTold() {
        try (Topic health = new Topic(servers, Topics.SOURCE_HEALTH)) {
            line(Instant.now(), "Accepted password for alice from 10.10.1.9 port 40000 ssh2");
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertThat(health.records())
                            .anySatisfy(record -> assertThat(new String(record.value(), UTF_8))
                                    .contains("\"source\":\"" + SOURCE + "\"")
                                    .contains("\"last_seen\"")));
        }
    }

    @Test
    void decodedEventsGoToTheTopicEvents() {
        try (Topic events = new Topic(servers, Topics.EVENTS)) {
            line(Instant.now(), "Accepted password for alice from 10.10.1.9 port 40000 ssh2");
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertThat(events.records())
                            .anySatisfy(record -> assertThat(new String(record.value(), UTF_8))
                                    .contains("\"source.ip\":\"10.10.1.9\"")));
        }
    }

    @Test
    void anIndicatorThatIsImportedWhileTheJobRunsIsMatched() {
        String address = "198.51.100.66";
        alerts.send(
                Topics.THREAT_INTEL,
                "indicator--66",
                IndicatorJson.write(Indicator.builder("indicator--66", "cert")
                        .observable(Observable.Type.IPV4_ADDR, address)
                        .confidence(50)
                        .build()));
        await().atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    line(Instant.now(), "Accepted password for alice from " + address + " port 40000 ssh2");
                    assertThat(alerts.alerts("threat_intel_source_logged_in")).isNotEmpty();
                });
        Alert alert = alerts.alerts("threat_intel_source_logged_in").get(0);
        assertThat(alert.group()).containsEntry("threat.indicator.id", "indicator--66");
        assertThat(alert.indicators())
                .singleElement()
                .satisfies(indicator -> assertThat(indicator)
                        .containsEntry("id", "indicator--66")
                        .containsEntry("field", "source.ip")
                        .containsEntry("value", address));
        alerts.send(Topics.THREAT_INTEL, "indicator--66", null);
    }
}
