package jp.hinomi.correlation.retro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.job.Topic;
import jp.hinomi.events.Alert;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between real topics. Other tests write to them too, so every test has addresses and a group of its own. */
class RetroReaderTest {
    private static final City CITY = CityReader.read(Path.of("../examples/city"), warning -> {});
    private static final AtomicInteger GROUPS = new AtomicInteger();

    private final String group = "retro-test-" + GROUPS.incrementAndGet();
    private String servers;
    private Topic topics;

    @BeforeEach
    void topics() {
        servers = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(servers, 2);
        topics = new Topic(servers, Topics.ALERTS);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    private RetroSettings settings() {
        return new RetroSettings(servers, CITY, group, Duration.ofMillis(50), 1_000);
    }

    private RetroReader reader() {
        RetroReader reader = new RetroReader(settings(), () -> false);
        reader.begin();
        return reader;
    }

    private void event(String address, String... known) {
        topics.send(
                Topics.EVENTS,
                "fw-edge-01",
                EventJson.write(new SecurityEvent.Builder("logs.firewall-0-" + address, System.currentTimeMillis())
                        .put(Fields.SOURCE_IP, "10.20.10.11")
                        .put(Fields.DESTINATION_IP, address)
                        .put(Fields.of("threat.indicator.id"), List.of(known))
                        .build()));
    }

    private void indicator(String id, String address) {
        topics.send(
                Topics.THREAT_INTEL,
                id,
                IndicatorJson.write(Indicator.builder(id, "test")
                        .observable(Observable.Type.IPV4_ADDR, address)
                        .build()));
    }

    private List<Alert> alertsOf(String id) {
        topics.recordsToTheEnd();
        return topics.alerts("threat_intel_retro_match").stream()
                .filter(alert -> id.equals(alert.group().get("threat.indicator.id")))
                .toList();
    }

    private long recordsOf(String id) {
        List<String> alerts = alertsOf(id).stream().map(Alert::id).toList();
        return topics.recordsToTheEnd().stream()
                .filter(record -> alerts.contains(new String(record.key(), java.nio.charset.StandardCharsets.UTF_8)))
                .count();
    }

    @Test
    void looksUpWhatIsNewOnceAndGoesOnWhereItStopped() {
        event("198.51.100.11");
        event("198.51.100.12", "retro-2");
        indicator("retro-1", "198.51.100.11");
        indicator("retro-2", "198.51.100.12");
        try (RetroReader reader = reader()) {
            reader.toTheEnd();
        }
        assertThat(alertsOf("retro-1")).singleElement().satisfies(alert -> {
            assertThat(alert.count()).isEqualTo(1);
            assertThat(alert.resources()).isNotEmpty();
        });
        assertThat(alertsOf("retro-2")).as("told when it was read").isEmpty();

        indicator("retro-1", "198.51.100.11");
        try (RetroReader reader = reader()) {
            assertThat(reader.toTheEnd()).as("the same again after a restart").isZero();
            indicator("retro-1", "198.51.100.11");
            assertThat(reader.toTheEnd()).as("and while it runs").isZero();
            indicator("retro-3", "198.51.100.12");
            assertThat(reader.toTheEnd()).isEqualTo(1);
        }
        assertThat(alertsOf("retro-3")).hasSize(1);
        assertThat(recordsOf("retro-1")).isEqualTo(1);
    }

    /** Killed after the alerts were written and before the place was: the next one writes the same again. */
    @Test
    void whatIsCutOffIsDoneAgainWithTheSameAlerts() {
        try (RetroReader reader = reader()) {
            reader.toTheEnd();
        }
        event("198.51.100.21");
        indicator("retro-cut", "198.51.100.21");
        AtomicInteger left = new AtomicInteger(3);
        try (RetroReader reader = new RetroReader(settings(), () -> left.decrementAndGet() < 0)) {
            reader.begin();
            assertThatThrownBy(reader::toTheEnd).isInstanceOf(WakeupException.class);
        }
        assertThat(alertsOf("retro-cut")).isEmpty();
        try (RetroReader reader = reader()) {
            assertThat(reader.toTheEnd()).isEqualTo(1);
        }
        try (RetroReader fromTheBeginning = new RetroReader(
                new RetroSettings(servers, CITY, group + "-other", Duration.ofMillis(50), 1_000), () -> false)) {
            fromTheBeginning.begin();
            assertThat(fromTheBeginning.toTheEnd()).isPositive();
        }
        assertThat(alertsOf("retro-cut")).hasSize(1);
        assertThat(recordsOf("retro-cut")).isEqualTo(2);
    }

    @Test
    void manyAtOnceTakeFewPassesAndWhatIsTakenAwayMeanwhileNone() {
        event("198.51.100.31");
        event("198.51.100.32");
        indicator("retro-gone", "198.51.100.31");
        topics.send(Topics.THREAT_INTEL, "retro-gone", null);
        for (int i = 0; i < 2_500; i++) {
            topics.sendLater(
                    Topics.THREAT_INTEL,
                    "retro-many-" + i,
                    IndicatorJson.write(Indicator.builder("retro-many-" + i, "test")
                            .observable(Observable.Type.IPV4_ADDR, "192.0.2." + i % 256)
                            .build()));
        }
        indicator("retro-last", "198.51.100.32");
        // So long that no pause of the machine parts what came together.
        RetroSettings patient = new RetroSettings(servers, CITY, group, Duration.ofSeconds(5), 1_000);
        try (RetroReader reader = new RetroReader(patient, () -> false)) {
            reader.begin();
            reader.toTheEnd();
            assertThat(reader.passes()).isLessThanOrEqualTo(4);
        }
        assertThat(alertsOf("retro-last")).hasSize(1);
        assertThat(alertsOf("retro-gone")).isEmpty();
        for (int i = 0; i < 2_500; i++) {
            topics.sendLater(Topics.THREAT_INTEL, "retro-many-" + i, null);
        }
    }

    /** A full batch settles too: the job may be writing events that it read before it knew the indicators. */
    @Test
    void aFullBatchWaitsForEventsThatAreUnderWayAndIsLookedUpAsItIsSaidLast() {
        RetroSettings slow = new RetroSettings(servers, CITY, group, Duration.ofSeconds(5), 2);
        try (RetroReader reader = reader()) {
            reader.toTheEnd();
        }
        try (RetroReader reader = new RetroReader(slow, () -> false)) {
            reader.begin();
            indicator("retro-full", "198.51.100.51");
            topics.send(
                    Topics.THREAT_INTEL,
                    "retro-full",
                    IndicatorJson.write(Indicator.builder("retro-full", "test")
                            .observable(Observable.Type.IPV4_ADDR, "198.51.100.51")
                            .tlp(Tlp.RED)
                            .build()));
            indicator("retro-fills", "198.51.100.52"); // read after the others, whatever a poll brings
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                reader.step();
                return reader.gathered() == 2;
            });
            reader.step();
            assertThat(reader.passes()).isZero();
            event("198.51.100.51");
            reader.toTheEnd();
        }
        assertThat(alertsOf("retro-full")).singleElement().satisfies(alert -> {
            assertThat(alert.count()).isEqualTo(1);
            assertThat(alert.tlp()).isEqualTo(Tlp.RED);
        });
    }

    @Test
    void runsBesideTheJobUntilItIsClosed() {
        event("198.51.100.41");
        try (RetroWatch watch = RetroWatch.start(settings())) {
            assertThat(watch).isNotNull();
            indicator("retro-watch", "198.51.100.41");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(alertsOf("retro-watch")).hasSize(1));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("hinomi-intel-retro"));
    }
}
