package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.standalone.intel.Credentials;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntelCommandsTest {
    @TempDir
    Path folder;

    @Test
    void importsListsAndMatches() throws Exception {
        String kafka = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(kafka, 1);
        Path table = write("list.csv", """
                value,confidence,tlp,description
                203.0.113.7,80,GREEN,C2 server
                c2.example,,,
                nonsense,,,
                """);
        CommandRun first = run("intel", "import", "--feed", "list", "--bootstrap-servers", kafka, table.toString());
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("list.csv:4:1").contains("nonsense");
        assertThat(first.err()).contains("2 written").contains("1 not usable");

        Path bundle = write("bundle.json", """
                {"type": "bundle", "id": "bundle--1", "objects": [
                 {"type": "indicator", "id": "indicator--1", "pattern": "[url:value = 'http://c2.example/gate']",
                  "name": "Gate", "valid_from": "2026-04-01T00:00:00Z", "modified": "2026-04-01T00:00:00Z"},
                 {"type": "sighting", "id": "sighting--1"}]}
                """);
        CommandRun second = run(
                "intel",
                "import",
                "--feed",
                "csirt",
                "--bootstrap-servers",
                kafka,
                "--valid-for",
                "3650d",
                bundle.toString());
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("1 written").contains("passed over: sighting 1");
        assertThat(run(
                                "intel",
                                "import",
                                "--feed",
                                "csirt",
                                "--bootstrap-servers",
                                kafka,
                                "--valid-for",
                                "3650d",
                                bundle.toString())
                        .err())
                .contains("0 written, 1 as before");

        Files.writeString(table, "value\n203.0.113.7\n");
        assertThat(run(
                                "intel",
                                "import",
                                "--feed",
                                "list",
                                "--bootstrap-servers",
                                kafka,
                                "--replace",
                                "--dry-run",
                                table.toString())
                        .err())
                .contains("would write 1 and take away 1");
        assertThat(run("intel", "import", "--feed", "list", "--bootstrap-servers", kafka, "--replace", table.toString())
                        .err())
                .contains("1 written, 0 as before, 0 older than what is there, 1 taken away");

        CommandRun list = run("intel", "list", "--bootstrap-servers", kafka);
        assertThat(list.out()).contains("203.0.113.7").contains("Gate").doesNotContain("tree");
        assertThat(list.err()).contains("2 indicators, 2 of them valid now");
        assertThat(run("intel", "list", "--bootstrap-servers", kafka, "--type", "url", "--json")
                        .out())
                .startsWith("{\"id\":\"indicator--1\",\"feed\":\"csirt\"")
                .hasLineCount(1);
        assertThat(CommandRun.in(Locale.JAPANESE, "intel", "list", "--bootstrap-servers", kafka, "--feed", "csirt")
                        .err())
                .contains("指標 1 件");

        CommandRun value =
                run("intel", "match", "--bootstrap-servers", kafka, "http://C2.example/gate", "198.51.100.1");
        assertThat(value.code()).isEqualTo(1);
        assertThat(value.out()).contains("indicator--1 of csirt").contains("198.51.100.1: nothing is known");

        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.EVENTS, event("logs.ids-0-1", "203.0.113.7")));
            producer.send(new ProducerRecord<>(Topics.EVENTS, event("logs.ids-0-2", "203.0.113.8")));
            producer.flush();
        }
        CommandRun past = run("intel", "match", "--bootstrap-servers", kafka, "--since", "7d");
        assertThat(past.code()).isEqualTo(1);
        assertThat(past.out())
                .hasLineCount(1)
                .contains("\"event.id\":\"logs.ids-0-1\"")
                .contains("\"field\":\"source.ip\"");
        assertThat(past.err()).contains("2 looked at, 1 with matches, 2 indicators");

        // What is retained are logs for a backtest too.
        Path rule = write("rule.yml", """
                title: Seen
                name: seen
                detection: {s: {source.ip: 203.0.113.7}, condition: s}
                logsource: {category: firewall}
                level: low
                """);
        CommandRun tried = run(
                "rules",
                "backtest",
                "--city",
                "../examples/city",
                "--rules",
                rule.toString(),
                "--since",
                "7d",
                "--bootstrap-servers",
                kafka);
        assertThat(tried.code()).as(tried.err()).isEqualTo(1);
        assertThat(tried.err()).contains("2 events read from the running instance");
        assertThat(tried.out()).contains("2 events, 0 lines rejected").contains("Alerts: 1");
    }

    @Test
    void matchesFilesWithoutKafka() throws IOException {
        Path intel = write("intel.txt", "198.51.100.0/24\n");
        Path events = folder.resolve("events.ndjson");
        Files.write(events, event("e-1", "198.51.100.9"));
        Files.writeString(
                events,
                "\n{\"broken\n" + new String(event("e-2", "203.0.113.1"), StandardCharsets.UTF_8) + "\n",
                java.nio.file.StandardOpenOption.APPEND);
        CommandRun run = run("intel", "match", "--intel", intel.toString(), events.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).hasLineCount(1).contains("e-1");
        assertThat(run.err()).contains("events.ndjson:2: not JSON").contains("2 looked at, 1 with matches");
        assertThat(run("intel", "match", "--intel", intel.toString(), "203.0.113.1")
                        .code())
                .isZero();
    }

    @Test
    void refusesWrongUsage() {
        assertThat(run("intel", "import", "--feed", "f").code()).isEqualTo(2);
        assertThat(run("intel", "import", "--feed", "f", "--every", "1s", "x").err())
                .contains("too often");
        assertThat(run("intel", "match").code()).isEqualTo(2);
        CommandRun unknown =
                run("intel", "match", "--intel", write("i.txt", "203.0.113.1\n").toString(), "nonsense");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("neither a file nor an address");
    }

    @Test
    void takesSecretsFromTheEnvironment() {
        Map<String, String> environment = Map.of("PW", "secret", "LOGIN", "me:secret", "TOKEN", "t");
        Optional<String> expected = Optional.of("Basic bWU6c2VjcmV0");
        assertThat(Credentials.header("me:secret", null, environment)).isEqualTo(expected);
        assertThat(Credentials.header("me:env:PW", null, environment)).isEqualTo(expected);
        assertThat(Credentials.header("env:LOGIN", null, environment)).isEqualTo(expected);
        assertThat(Credentials.header(null, "env:TOKEN", environment)).contains("Bearer t");
        assertThat(Credentials.header(null, null, environment)).isEmpty();
        assertThatThrownBy(() -> Credentials.header("me:env:NONE", null, environment))
                .hasMessageContaining("NONE is not set");
        assertThatThrownBy(() -> Credentials.header("me", null, environment)).hasMessageContaining("needs a password");
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] event(String id, String source) {
        return EventJson.write(new SecurityEvent.Builder(id, Instant.now().toEpochMilli())
                .put(Fields.SOURCE_IP, source)
                .put(Fields.EVENT_CATEGORY, "network")
                .put(Fields.of("observer.type"), "firewall")
                .build());
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(arguments);
    }
}
