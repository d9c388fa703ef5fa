package jp.hinomi.ingest.decode.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.city.LogFormat;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.RecordDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedDecoderTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "city");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant ARRIVAL = Instant.parse("2026-04-01T01:00:30Z");

    @TempDir
    Path folder;

    /** The example city with one more format. */
    private LogFormat format(String yaml) throws IOException {
        return city(yaml).formats().get("mine");
    }

    private City city(String yaml) throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.createDirectory(folder.resolve("formats"));
        Files.copy(
                EXAMPLE.resolve("formats").resolve("parking-gate.yaml"),
                folder.resolve("formats").resolve("parking-gate.yaml"));
        Files.writeString(folder.resolve("formats").resolve("mine.yaml"), yaml);
        return CityReader.read(folder, Set.copyOf(Decoders.formats()), warning -> {});
    }

    private static Decoding decode(LogFormat format, String line) {
        return new MappedDecoder(format, TOKYO, UTF_8)
                .decode(new LogRecord(line.getBytes(UTF_8), null, null, "o", ARRIVAL.toEpochMilli()));
    }

    /** All fields but {@code event.original}, with the time. */
    private static Map<String, Object> fields(LogFormat format, String line) {
        SecurityEvent event = ((Decoding.Decoded) decode(format, line)).event();
        Map<String, Object> fields = new TreeMap<>();
        event.forEach(fields::put);
        fields.remove("event.original");
        fields.put("@timestamp", Instant.ofEpochMilli(event.timestampMillis()).toString());
        return fields;
    }

    /** Broken on trial: the case {@code result: NG} taken out of the example, and one of its expectations changed. */
    @Test
    void theExampleAndItsTests() {
        City city = CityReader.read(EXAMPLE, Set.copyOf(Decoders.formats()), warning -> {});
        LogFormat gate = city.formats().get("parking-gate");
        assertThat(gate.tests()).hasSize(3);
        assertThat(LogFormatTests.run(gate, city.zone())).isEmpty();

        String line = "2026/04/01 10:00:00;北口;IN;OK;;太郎;192.0.2.31";
        Decoding decoding = new RecordDecoder(city)
                .decode(new LogRecord(
                        line.getBytes(Charset.forName("windows-31j")),
                        "parking-gates",
                        null,
                        "o",
                        ARRIVAL.toEpochMilli()));
        assertThat(((Decoding.Decoded) decoding).event().text(Fields.USER_NAME)).isEqualTo("太郎");
    }

    @Test
    void jsonByPathWithTypesAndWhatIsLeft() throws IOException {
        LogFormat format = format("""
                format: mine
                kind: json
                prefix: acme
                time: {from: [at, meta.at], form: epoch}
                constants: {event.category: [network], event.type: [connection], event.module: acme}
                fields:
                  source.ip: peer.ip
                  source.port: peer.port
                  source.mac: peer.mac
                  file.hash.sha256: sum
                  url.full: link
                  host.ip: addresses
                  network.direction: {from: dir, values: {up: outbound}}
                """);
        assertThat(
                        fields(
                                format,
                                "{\"meta\":{\"at\":1775005200.25,\"n\":1},\"peer\":{\"ip\":\"::FFFF:192.0.2.1\",\"port\":\"x\",\"mac\":\"0000.5e00.5301\"},"
                                        + "\"sum\":\"AB\",\"link\":\"http://A.example/x\",\"addresses\":[\"192.0.2.5\",\"2001:DB8::1\"],\"dir\":\"up\",\"on\":true}"))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("@timestamp", "2026-04-01T01:00:00.250Z"),
                        Map.entry("event.kind", "event"),
                        Map.entry("event.module", "acme"),
                        Map.entry("event.dataset", "mine"),
                        Map.entry("event.category", "network"),
                        Map.entry("event.type", "connection"),
                        Map.entry("source.ip", "192.0.2.1"),
                        Map.entry("source.mac", "00-00-5E-00-53-01"),
                        Map.entry("file.hash.sha256", "ab"),
                        Map.entry("related.hash", "ab"),
                        Map.entry("url.original", "http://A.example/x"),
                        Map.entry("url.full", "http://A.example/x"),
                        Map.entry("url.scheme", "http"),
                        Map.entry("url.domain", "a.example"),
                        Map.entry("url.path", "/x"),
                        Map.entry("related.hosts", "a.example"),
                        Map.entry("host.ip", java.util.List.of("192.0.2.5", "2001:db8::1")),
                        Map.entry("related.ip", java.util.List.of("192.0.2.1", "192.0.2.5", "2001:db8::1")),
                        Map.entry("network.direction", "outbound"),
                        Map.entry("acme.meta.n", 1L),
                        Map.entry("acme.dir", "up"),
                        Map.entry("acme.on", true),
                        Map.entry("tags", "invalid:source.port")));
    }

    @Test
    void pairsBehindASyslogHeader() throws IOException {
        LogFormat format = format("""
                format: mine
                kind: key-value
                separator: ","
                assignment: ":"
                fields: {user.name: u, message: m}
                """);
        assertThat(fields(format, "<13>Apr  1 10:00:00 gw-1 u:taro@example.jp,m:\"a, \\\"b\\\"\",x:1"))
                .containsEntry("@timestamp", "2026-04-01T01:00:00Z")
                .containsEntry("host.name", "gw-1")
                .containsEntry("user.name", "taro")
                .containsEntry("user.domain", "example.jp")
                .containsEntry("message", "a, \"b\"")
                .doesNotContainKey("x");
        assertRejected(decode(format, "u:\"never ends"), 2, "the quote does not end");
        assertRejected(decode(format, "nothing"), 0, "check the format's separator");
    }

    @Test
    void namedGroupsOfAnExpression() throws IOException {
        LogFormat format = format("""
                format: mine
                kind: regex
                pattern: '(?P<when>[^|]+)\\|(?P<user>[^|]*)\\|(?P<code>[0-9]+)'
                time: {from: when, form: "dd.MM.uuuu HH:mm", zone: Europe/Berlin}
                fields:
                  user.name: user
                  event.outcome: {from: code, values: {"0": success}, otherwise: failure}
                cases:
                  - when: {code: ["7", "8"], user: "*"}
                    set: {event.reason: locked}
                """);
        assertThat(fields(format, "01.04.2026 10:00|eva|7"))
                .containsEntry("@timestamp", "2026-04-01T08:00:00Z")
                .containsEntry("event.outcome", "failure")
                .containsEntry("event.reason", "locked");
        assertThat(fields(format, "01.04.2026 10:00||7")).doesNotContainKey("event.reason");
        assertThat(fields(format, "01.04.2026 10:00|eva|0"))
                .containsEntry("event.outcome", "success")
                .doesNotContainKey("event.reason");
        assertRejected(decode(format, "31.02.2026 25:00|eva|0"), 0, "not of the form 'dd.MM.uuuu HH:mm'");
        assertRejected(decode(format, "else"), 0, "does not match the whole line");
    }

    @Test
    void everyMistakeIsReportedAtOnceWithItsLine() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> city("""
                format: nginx
                kind: csv
                pattern: x
                columns: [a, b, b]
                prefix: source
                time: {from: c, form: HH:mm}
                constants:
                  event.kind: evnt
                  sorce.ip: 192.0.2.1
                  event.category: web
                  event.type: denied
                  "@timestamp": x
                fields:
                  source.port: {from: a, values: {x: y}, else: z}
                cases:
                  - when: {d: x}
                    set: {event.outcome: great}
                """))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.line() + " " + problem.code())
                                .containsExactly(
                                        "1 taken-format",
                                        "3 unknown-key",
                                        "4 duplicate-column",
                                        "5 taken-prefix",
                                        "6 unknown-part",
                                        "6 bad-time-form",
                                        "8 unknown-value",
                                        "9 unknown-field",
                                        "11 wrong-pair",
                                        "12 reserved-field",
                                        "14 wrong-type",
                                        "14 unknown-key",
                                        "16 unknown-part",
                                        "17 unknown-value"));
    }

    /** The JDK fails on these letters with a cast. */
    @Test
    void aFormOfTimeWhoseLettersDoNotGoTogetherIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> city("""
                format: mine
                kind: csv
                columns: [when]
                time: {from: when, form: yyyy/MM/dd HH:mm:sypes}
                """))
                .hasMessageContaining("its letters do not go together");
    }

    @Test
    void aFailingTestSaysWhatIsThereInstead() throws IOException {
        LogFormat format = format("""
                format: mine
                kind: csv
                columns: [user]
                fields: {user.name: user}
                tests:
                  - {line: taro, expect: {user.name: hanako, user.id: }}
                  - {line: taro, rejected: true}
                """);
        assertThat(LogFormatTests.run(format, TOKYO))
                .extracting(problem -> problem.line() + " " + problem.message())
                .containsExactly(
                        "6 user.name is 'taro', expected 'hanako'", "7 the line is decoded, and should be rejected");
    }

    private static void assertRejected(Decoding decoding, int offset, String reason) {
        assertThat(decoding).isInstanceOfSatisfying(Decoding.Rejected.class, rejected -> {
            assertThat(rejected.reason()).contains(reason);
            assertThat(rejected.byteOffset()).isEqualTo(offset);
        });
    }
}
