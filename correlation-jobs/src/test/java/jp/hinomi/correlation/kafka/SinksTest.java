package jp.hinomi.correlation.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.job.Topic;
import jp.hinomi.correlation.state.EventSerializer;
import jp.hinomi.correlation.state.RawRecord;
import jp.hinomi.correlation.state.Rejected;
import jp.hinomi.correlation.state.RejectedSerializer;
import jp.hinomi.correlation.state.WrittenAlertSerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The real sinks against a real broker with megabytes that do not compress. Each test failed with
 * {@code RecordTooLargeException}, which in the job means: again after every restart, for ever, when the serializers wrote
 * whatever they were given.
 */
class SinksTest {
    private static final int MIB = 1 << 20;
    private static final Random RANDOM = new Random(20261124);

    private static String servers;
    private static PassingCluster flink;

    @BeforeAll
    static void start() {
        servers = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(servers, 1);
        flink = PassingCluster.start(1);
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    private static <T> void write(List<T> elements, TypeInformation<T> type, KafkaSink<T> sink)
            throws InterruptedException {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.fromData(elements, type).sinkTo(sink);
        flink.run(env);
    }

    private static String printable(int characters) {
        byte[] text = new byte[characters];
        for (int i = 0; i < characters; i++) {
            text[i] = (byte) ('!' + RANDOM.nextInt('~' - '!'));
        }
        return new String(text, ISO_8859_1);
    }

    private static String controls(int characters) {
        byte[] text = new byte[characters];
        for (int i = 0; i < characters; i++) {
            text[i] = (byte) (1 + RANDOM.nextInt(31));
        }
        return new String(text, ISO_8859_1);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static SecurityEvent.Builder event(String kind) {
        return new SecurityEvent.Builder(kind + "-" + UUID.randomUUID(), 1_000).put(Fields.CITY_SOURCE, "web-01");
    }

    private static SecurityEvent manyFields() {
        SecurityEvent.Builder builder = event("many");
        for (int i = 0; i < 60_000; i++) {
            builder.put(Fields.of("x." + i), printable(80));
        }
        return builder.put(Fields.of(printable(20_000)), "long name").build();
    }

    /** What a web server's log, a hostile client of sshd, and two odd programs can make of lines that receivers take. */
    private static List<SecurityEvent> events() {
        String path = printable(19 * MIB / 10);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            list.add(printable(60));
        }
        return List.of(
                event("web")
                        .put(Fields.EVENT_ORIGINAL, "GET " + path)
                        .put(Fields.URL_ORIGINAL, path)
                        .put(Fields.URL_PATH, path)
                        .put(Fields.SOURCE_IP, "203.0.113.7")
                        .build(),
                event("control").put(Fields.EVENT_ORIGINAL, controls(MIB)).build(),
                event("emoji").put(Fields.MESSAGE, "x" + "🔥".repeat(MIB)).build(),
                event("list").put(Fields.TAGS, list).build(),
                manyFields());
    }

    @Test
    void anEventOfAnySizeIsWrittenAndSaysWhatItLost() throws InterruptedException {
        List<SecurityEvent> events = events();
        SecurityEvent small = event("small").put(Fields.MESSAGE, "hello").build();
        write(concat(events, small), EventSerializer.TYPE, Sinks.events(servers));

        Map<String, SecurityEvent> read = new HashMap<>();
        try (Topic topic = new Topic(servers, Topics.EVENTS)) {
            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                for (ConsumerRecord<byte[], byte[]> record : topic.records()) {
                    SecurityEvent event = EventJson.read(record.value(), "");
                    read.put(event.id(), event);
                }
                assertThat(read).containsKey(small.id());
                assertThat(read.keySet())
                        .containsAll(events.stream().map(SecurityEvent::id).toList());
            });
        }
        assertThat(read.get(small.id())).isEqualTo(small);
        events.forEach(event -> assertThat(read.get(event.id()).text(Fields.TAGS))
                .as(event.id())
                .isEqualTo(EventSize.SHORTENED));
        SecurityEvent web = read.get(events.get(0).id());
        assertThat(web.text(Fields.SOURCE_IP)).isEqualTo("203.0.113.7");
        assertThat(web.text(Fields.URL_PATH))
                .hasSizeGreaterThan(100_000)
                .endsWith("…")
                .startsWith(events.get(0).text(Fields.URL_PATH).substring(0, 100_000));
        assertThat(read.get(events.get(2).id()).text(Fields.MESSAGE)).matches("x(🔥)+…");
        assertThat(read.get(events.get(4).id()).extra()).isNotEmpty();
    }

    @Test
    void aRejectedRecordOfAnySizeKeepsItsBeginningAndSaysWhereTheRestIs() throws InterruptedException {
        byte[] value = bytes(TopicSetup.MAX_MESSAGE_BYTES - 100);
        byte[] junk = bytes(3 * MIB);
        String marker = UUID.randomUUID().toString();
        RawRecord.Header source = new RawRecord.Header(Topics.HEADER_SOURCE, "web-01".getBytes(UTF_8));
        RawRecord large = new RawRecord("logs.service", 0, 17, 1_000, null, value, List.of(source));
        RawRecord padded = new RawRecord(
                "logs.service",
                0,
                18,
                1_000,
                bytes(MIB),
                Arrays.copyOf(value, MIB),
                List.of(source, new RawRecord.Header("junk", junk)));
        RawRecord small = new RawRecord("logs.service", 0, 19, 1_000, null, "x".getBytes(UTF_8), List.of(source));
        write(
                List.of(
                        new Rejected(large, marker, "not a log", 0),
                        new Rejected(padded, marker, "r".repeat(3 * MIB), 0),
                        new Rejected(small, marker, "too short", 0)),
                RejectedSerializer.TYPE,
                Sinks.rejects(servers));

        Map<String, ConsumerRecord<byte[], byte[]>> read = new HashMap<>();
        try (Topic topic = new Topic(servers, Topics.REJECTS)) {
            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                for (ConsumerRecord<byte[], byte[]> record : topic.records()) {
                    if (marker.equals(header(record, Topics.HEADER_DECODER))) {
                        read.put(header(record, Topics.HEADER_ORIGIN), record);
                    }
                }
                assertThat(read).hasSize(3);
            });
        }
        ConsumerRecord<byte[], byte[]> cut = read.get(large.origin());
        assertThat(cut.value()).hasSizeGreaterThan(4 * MIB).isEqualTo(Arrays.copyOf(value, cut.value().length));
        assertThat(header(cut, Topics.HEADER_REASON))
                .startsWith("not a log (of " + value.length + " bytes only the first " + cut.value().length)
                .contains(large.origin());
        ConsumerRecord<byte[], byte[]> unpadded = read.get(padded.origin());
        assertThat(unpadded.value()).isEqualTo(padded.value());
        assertThat(unpadded.headers().lastHeader("junk")).isNull();
        assertThat(header(unpadded, Topics.HEADER_SOURCE)).isEqualTo("web-01");
        assertThat(header(unpadded, Topics.HEADER_REASON)).contains("headers and key were larger than");
        assertThat(header(read.get(small.origin()), Topics.HEADER_REASON)).isEqualTo("too short");
    }

    @Test
    void anAlertOfAnySizeIsWritten() throws InterruptedException {
        SecurityEvent event = manyFields();
        String id = UUID.randomUUID().toString();
        Alert alert = new Alert(
                id,
                1,
                0,
                0,
                1_000,
                7,
                new Alert.Rule("r", "r", "0", Map.of("en", "r"), Severity.LOW, List.of(), Map.of()),
                Severity.LOW,
                Tlp.AMBER,
                Map.of("url.path", printable(6 * MIB)),
                List.of(new Alert.Evidence(event, List.of("r"))),
                List.of(),
                List.of(),
                List.of());
        write(List.of(AlertRecords.written(alert)), WrittenAlertSerializer.TYPE, Sinks.alerts(servers));

        try (Topic topic = new Topic(servers, Topics.ALERTS)) {
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(topic.records().stream()
                                    .filter(record -> new String(record.key(), UTF_8).equals(id)))
                            .hasSize(1));
            Alert read = topic.records().stream()
                    .filter(record -> new String(record.key(), UTF_8).equals(id))
                    .map(record -> AlertJson.read(record.value()))
                    .findFirst()
                    .orElseThrow();
            assertThat(read.count()).isEqualTo(7);
            assertThat(read.evidence()).hasSize(1);
            assertThat(read.group().get("url.path")).endsWith("…");
        }
    }

    private static List<SecurityEvent> concat(List<SecurityEvent> events, SecurityEvent last) {
        List<SecurityEvent> all = new ArrayList<>(events);
        all.add(last);
        return all;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
