package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.ingest.intel.feed.IntelPublisher;
import jp.hinomi.ingest.intel.feed.IntelTopic;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.standalone.intel.FeedServer;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;
import jp.hinomi.testing.TestKafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code intel import --every}: a feed that changes, fails and comes again. */
class IntelImportEveryTest {
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final String OBJECTS = "/api/collections/c/objects/";

    @TempDir
    Path data;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final String kafka = TestKafka.shared().bootstrapServers();

    private Thread following(String... arguments) {
        PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        Context context = new Context(new Terminal(stream, stream, false, false), Texts.in(Locale.ENGLISH));
        CommandLine line = new CommandLine(new IntelImportCommand(context, Map.of(), Duration.ofMillis(1)));
        line.registerConverter(Duration.class, text -> Duration.ofMillis(Long.parseLong(text)));
        line.setErr(new java.io.PrintWriter(stream, true, StandardCharsets.UTF_8));
        TopicSetup.ensure(kafka, 1);
        Thread thread = new Thread(() -> line.execute(arguments), "import");
        thread.start();
        return thread;
    }

    private Set<String> topic(String feed) {
        Set<String> ids = new TreeSet<>();
        IntelTopic.read(kafka, (id, json) -> {
            if (json == null) {
                ids.remove(id);
            } else if (new String(json, StandardCharsets.UTF_8).contains("\"feed\":\"" + feed + "\"")) {
                ids.add(id);
            }
        });
        return ids;
    }

    @Test
    void followsAServerThroughAFailure() throws Exception {
        try (FeedServer server = new FeedServer()) {
            server.say("/api/collections/c/", 200, null, "{\"id\":\"c\",\"title\":\"c\",\"can_read\":true}");
            server.say(OBJECTS, 200, "2026-04-01T00:00:00.000Z", FeedServer.page(false, "198.51.100.1"));
            server.say(OBJECTS + "?limit=1000&added_after", 200, null, FeedServer.page(false));
            Thread thread = following(
                    "--feed",
                    "every-taxii",
                    "--taxii",
                    server.address("/api/collections/c/").toString(),
                    "--every",
                    "20",
                    "--bootstrap-servers",
                    kafka,
                    "--data",
                    data.toString());
            try {
                await().atMost(PAUSE)
                        .untilAsserted(
                                () -> assertThat(topic("every-taxii")).containsExactly("indicator--198.51.100.1"));
                server.say(OBJECTS, 500, null, "");
                server.say(OBJECTS + "?limit=1000&added_after", 500, null, "");
                await().atMost(PAUSE).untilAsserted(() -> assertThat(told()).contains("not this time"));
                server.requests().clear();
                server.say(
                        OBJECTS + "?limit=1000&added_after=2026-04-01T",
                        200,
                        "2026-04-02T00:00:00.000Z",
                        FeedServer.page(false, "198.51.100.2"));
                server.say(OBJECTS + "?limit=1000&added_after=2026-04-02T", 200, null, FeedServer.page(false));
                await().atMost(PAUSE)
                        .until(() -> server.requests().stream()
                                .anyMatch(request -> request.contains("added_after=2026-04-02T")));
                assertThat(topic("every-taxii")).containsExactly("indicator--198.51.100.1", "indicator--198.51.100.2");
                assertThat(server.requests())
                        .filteredOn(request -> request.startsWith(OBJECTS))
                        .allMatch(request -> request.contains("added_after"));
            } finally {
                end(thread, "every-taxii");
            }
        }
    }

    @Test
    void replacesAListEachTimeAndNeverByNothing() throws Exception {
        Path list = Files.writeString(data.resolve("list.txt"), "198.51.100.11\n198.51.100.12\n");
        Thread thread = following(
                "--feed",
                "every-list",
                "--replace",
                "--every",
                "20",
                "--bootstrap-servers",
                kafka,
                "--data",
                data.toString(),
                list.toString());
        try {
            await().atMost(PAUSE)
                    .untilAsserted(() -> assertThat(topic("every-list")).hasSize(2));
            write(list, "<html>busy</html>\n");
            await().atMost(PAUSE).untilAsserted(() -> assertThat(told()).contains("nothing of the feed could be used"));
            assertThat(topic("every-list")).hasSize(2);
            write(list, "198.51.100.12\n198.51.100.13\n");
            await().atMost(PAUSE)
                    .untilAsserted(() -> assertThat(topic("every-list"))
                            .containsExactly(
                                    "every-list:ipv4-addr:198.51.100.12", "every-list:ipv4-addr:198.51.100.13"));
            Files.delete(list);
            await().atMost(PAUSE).untilAsserted(() -> assertThat(told()).contains("not this time"));
            write(list, "198.51.100.14\n");
            await().atMost(PAUSE)
                    .untilAsserted(() ->
                            assertThat(topic("every-list")).containsExactly("every-list:ipv4-addr:198.51.100.14"));
        } finally {
            end(thread, "every-list");
        }
    }

    /** In one step: it is read at any moment. */
    private void write(Path list, String text) throws Exception {
        Path whole = Files.writeString(data.resolve("whole.tmp"), text);
        Files.move(whole, list, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    /** Leaves nothing in the topic, which other tests of this process count. */
    private void end(Thread thread, String feed) throws InterruptedException {
        // More than once: the stream of an answer's body swallows an interruption in Java 17, and reads on.
        for (int i = 0; i < 300 && thread.isAlive(); i++) {
            thread.interrupt();
            thread.join(100);
        }
        assertThat(thread.isAlive()).isFalse();
        try (IntelPublisher publisher = new IntelPublisher(kafka, feed, false)) {
            publisher.removeOthers();
            publisher.flush();
        }
    }
}
