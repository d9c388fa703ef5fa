package jp.hinomi.ingest.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.ingest.kafka.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.kafka.ProducerSettings;
import jp.hinomi.ingest.kafka.Reception;
import jp.hinomi.ingest.kafka.RejectRecords;
import jp.hinomi.ingest.kafka.TopicReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectReplayTest {
    private static final RejectFilter ALL = new RejectFilter(Optional.empty(), Optional.empty(), 0);
    private static final City CITY = Cities.of(
            Cities.source("bastion-01", Topics.LOGS_CITY_OS, "openssh", "UTF-8", "new-host"),
            Cities.source("web-01", Topics.LOGS_SERVICE, "nginx", "UTF-8"));

    @TempDir
    Path folder;

    private EmbeddedKafka broker;
    private String kafka;
    private KafkaProducer<byte[], byte[]> producer;
    private TopicReader logs;

    @BeforeEach
    void start() {
        broker = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        kafka = broker.bootstrapServers();
        TopicSetup.ensure(kafka, 2);
        producer = new KafkaProducer<>(ProducerSettings.of(kafka, 8 << 20));
        logs = new TopicReader(kafka, Topics.LOGS.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        logs.close();
        producer.close();
        broker.close();
    }

    @Test
    void exactlyThoseChosenAreSentOnceWithTheirBytesAndHeaders() throws Exception {
        refused("web-01", "bad 1", "no status in 'x'", "logs.service-1-41");
        refused("web-01", "bad 2", "no status in 'y'", "logs.service-1-42");
        refused("bastion-01", "bad 3", "no time", "logs.city-os-0-7");
        unplaced("<38>Apr  1 10:00:00 new-host sshd[1]: hello");
        unplaced("<38>Apr  1 10:00:00 stranger sshd[1]: hello");
        producer.send(Reception.rejected(
                        CITY.sources().get("web-01"),
                        new byte[9],
                        "http",
                        null,
                        0,
                        "truncated: a line of 9000000 bytes"))
                .get();

        Rejects.Report report = Rejects.read(kafka, ALL, 2);
        assertThat(report.total()).isEqualTo(6);
        assertThat(report.newest()).hasSize(2);
        assertThat(report.kinds().get(0).getValue()).isEqualTo(2);
        assertThat(report.kinds()).extracting(kind -> kind.getKey().source()).contains("web-01", "unknown");

        RejectFilter status = new RejectFilter(Optional.of("web-01"), Optional.of("NO STATUS"), 0);
        try (RejectReplay replay = new RejectReplay(kafka, CITY, Clock.systemUTC())) {
            RejectReplay.Plan plan = replay.plan(status, 100);
            assertThat(plan.topics()).isEqualTo(Map.of("logs.service", 2));
            assertThat(replay.send(plan, (sent, total) -> {})).isEqualTo(2);
            List<ConsumerRecord<byte[], byte[]>> sent = logs.await(2);
            assertThat(sent)
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("bad 1", "bad 2");
            ConsumerRecord<byte[], byte[]> first = sent.get(0);
            assertThat(first.topic()).isEqualTo(Topics.LOGS_SERVICE);
            assertThat(new String(first.key(), UTF_8)).isEqualTo("web-01");
            assertThat(header(first, Topics.HEADER_RECEIVED_AT)).isEqualTo("then");
            assertThat(header(first, Topics.HEADER_REPLAYED_FROM)).isEqualTo("rejects-0-0");
            assertThat(header(first, Topics.HEADER_REASON)).isNull();
            assertThat(header(first, Topics.HEADER_ORIGIN)).isNull();
        }
        try (RejectReplay replay = new RejectReplay(kafka, CITY, Clock.systemUTC())) {
            RejectReplay.Plan plan = replay.plan(ALL, 100);
            assertThat(plan.skipped())
                    .isEqualTo(Map.of(
                            RejectReplay.Skip.REPLAYED, 2, RejectReplay.Skip.CUT, 1, RejectReplay.Skip.NO_SOURCE, 1));
            replay.send(plan, (sent, total) -> {});
            assertThat(replay.plan(ALL, 100).rejects()).isEmpty();
        }
        // The sender that was added to sources.yaml meanwhile has a source now.
        assertThat(logs.await(4))
                .filteredOn(record -> record.topic().equals(Topics.LOGS_CITY_OS))
                .allSatisfy(record ->
                        assertThat(header(record, Topics.HEADER_SOURCE)).isEqualTo("bastion-01"))
                .hasSize(2);
        assertThat(logs.all()).hasSize(4);
        assertThat(Rejects.read(kafka, ALL, 10).replayed()).hasSize(4);
    }

    /** A run that was killed after sending and before noting. */
    @Test
    void whatWasSentButNotNotedIsFoundOut() throws Exception {
        refused("web-01", "bad 1", "x", "logs.service-1-41");
        refused("web-01", "bad 2", "x", "logs.service-1-42");
        Intent intent = new Intent(
                "killed",
                Map.of(new TopicPartition(Topics.LOGS_SERVICE, 0), 0L, new TopicPartition(Topics.LOGS_SERVICE, 1), 0L));
        producer.send(new ProducerRecord<>(Topics.REJECTS_REPLAYED, Intent.KEY.getBytes(UTF_8), intent.bytes()))
                .get();
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.HEADER_REPLAYED_FROM, "rejects-0-0".getBytes(UTF_8));
        producer.send(new ProducerRecord<>(Topics.LOGS_SERVICE, null, new byte[] {1}, "bad 1".getBytes(UTF_8), headers))
                .get();
        try (RejectReplay early = new RejectReplay(kafka, CITY, Clock.systemUTC())) {
            assertThatThrownBy(() -> early.plan(ALL, 100)).hasMessageContaining("try again later");
        }
        try (RejectReplay replay =
                new RejectReplay(kafka, CITY, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)))) {
            RejectReplay.Plan plan = replay.plan(ALL, 100);
            assertThat(plan.rejects())
                    .extracting(reject -> new String(reject.line(), UTF_8))
                    .containsExactly("bad 2");
            replay.send(plan, (sent, total) -> {});
        }
        assertThat(logs.await(2))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrder("bad 1", "bad 2");
    }

    private void refused(String source, String line, String reason, String origin) throws Exception {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.HEADER_SOURCE, source.getBytes(UTF_8));
        headers.add(Topics.HEADER_RECEIVED_AT, "then".getBytes(UTF_8));
        producer.send(RejectRecords.of(
                        source.getBytes(UTF_8),
                        line.getBytes(UTF_8),
                        headers,
                        origin,
                        new Decoding.Rejected("nginx", reason, 3)))
                .get();
    }

    private void unplaced(String line) throws Exception {
        producer.send(Reception.rejected(null, line.getBytes(UTF_8), "syslog-udp", "192.0.2.9", 0, "unknown sender: x"))
                .get();
    }
}
