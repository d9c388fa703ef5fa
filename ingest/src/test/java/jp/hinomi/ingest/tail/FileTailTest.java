package jp.hinomi.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.ingest.kafka.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.hinomi.city.Source;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import jp.hinomi.ingest.kafka.TopicReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {
    private static final Source SOURCE = Cities.source("cam-01", Topics.LOGS_ASSET, "text", "UTF-8");

    private static String kafka;

    @TempDir
    Path folder;

    private TopicReader logs;

    @BeforeAll
    static void topics() {
        kafka = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(kafka, 2);
    }

    @BeforeEach
    void read() {
        logs = new TopicReader(kafka, Topics.LOGS_ASSET);
    }

    @AfterEach
    void closeReader() {
        logs.close();
    }

    @Test
    void followsThroughRotationAndRestartWithoutLossOrDoubles() throws IOException {
        TestLog log = new TestLog(folder.resolve("app.log"));
        log.write("one");
        log.begin("two is ");
        try (FileTail tail = start(SOURCE, "app.log*")) {
            assertThat(texts(logs.await(1))).containsExactly("one");
            log.write("");
            logs.await(2);
            Path rotated = log.rename();
            log.write("three, to the renamed file");
            log.reopen();
            log.write("four");
            logs.await(4);
            TestLog.compress(rotated);
            Path copy = log.copy();
            log.truncate();
            log.write("five");
            logs.await(5);
            assertThat(copy).exists();
            assertThat(tail.progress().lines()).isEqualTo(5);
        }
        log.write("six, while nobody follows");
        log.rename();
        log.reopen();
        log.write("seven");
        try (FileTail tail = start(SOURCE, "app.log*")) {
            List<ConsumerRecord<byte[], byte[]>> records = logs.await(7);
            assertThat(texts(records)).containsExactlyElementsOf(log.written());
            assertThat(header(records.get(0), Topics.HEADER_TRANSPORT)).isEqualTo("file");
            assertThat(header(records.get(0), Topics.HEADER_SOURCE)).isEqualTo("cam-01");
            Files.writeString(folder.resolve("app.log.late"), "eight, in a file that comes later\n");
            logs.await(8);
            assertThat(tail.progress().rejected()).isZero();
        }
        assertThat(logs.all()).hasSize(8);
        log.close();
    }

    @Test
    void anotherProcessMayNotUseThePositions() throws IOException {
        try (FileTail tail = start(SOURCE, "app.log")) {
            assertThatThrownBy(() -> start(SOURCE, "app.log").close()).hasMessageContaining("--state");
            assertThat(tail.unsaved()).isNull();
        }
    }

    @Test
    void fromTheEndLeavesOutWhatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("old.log"), "old\nbegun");
        FileTail.Settings settings =
                FileTail.Settings.of(SOURCE, List.of(file.toString()), folder.resolve("state"), true);
        try (FileTail tail = FileTail.start(kafka, settings)) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> tail.progress().files() == 1);
            Files.writeString(file, " and ended\n", StandardOpenOption.APPEND);
            assertThat(texts(logs.await(1))).containsExactly("begun and ended");
        }
    }

    /** In UTF-16LE, U+0A0D and U+010A have bytes that look like ends of lines. */
    @Test
    void charactersThatHoldTheByteOfALineEndAreNotCut() throws IOException {
        Source wide = Cities.source("cam-01", Topics.LOGS_ASSET, "text", "UTF-16LE");
        Files.write(folder.resolve("wide.log"), "\u0A0Dx\u010A都市\r\nnext\n".getBytes(UTF_16LE));
        Charset japanese = Charset.forName("windows-31j");
        try (FileTail tail = start(wide, "wide.log")) {
            assertThat(logs.await(2))
                    .extracting(record -> new String(record.value(), UTF_16LE))
                    .containsExactly("\u0A0Dx\u010A都市", "next");
            assertThat(tail.progress().lines()).isEqualTo(2);
        }
        Files.write(folder.resolve("sjis.log"), "表示ソース\n".getBytes(japanese));
        try (FileTail tail = start(SOURCE, "sjis.log")) {
            assertThat(logs.await(3).get(2).value()).isEqualTo("表示ソース".getBytes(japanese));
            assertThat(tail.progress().rejected()).isZero();
        }
    }

    @Test
    void aLineThatIsTooLongIsCutIntoRejects() throws IOException {
        Files.writeString(folder.resolve("long.log"), "x".repeat(3 << 20) + "\nafter\n");
        try (TopicReader rejects = new TopicReader(kafka, Topics.REJECTS);
                FileTail tail = start(SOURCE, "long.log")) {
            assertThat(texts(logs.await(1))).containsExactly("after");
            ConsumerRecord<byte[], byte[]> cut = rejects.await(1).get(0);
            assertThat(cut.value()).hasSize(2 << 20);
            assertThat(header(cut, Topics.HEADER_REASON)).contains("3145728");
            assertThat(tail.progress().rejected()).isEqualTo(1);
        }
    }

    @Test
    void whileKafkaIsAwayFilesWait() throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0));
        String servers = broker.bootstrapServers();
        TopicSetup.ensure(servers, 1);
        int port = broker.port();
        List<String> expected = new ArrayList<>();
        Path file = folder.resolve("app.log");
        try (TopicReader there = new TopicReader(servers, Topics.LOGS_ASSET);
                FileTail tail = FileTail.start(
                        servers,
                        FileTail.Settings.of(SOURCE, List.of(file.toString()), folder.resolve("state"), false))) {
            broker.close();
            // 25 MB: more than may wait in memory.
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 50_000; i++) {
                expected.add("line " + i + " " + "x".repeat(490));
                text.append(expected.get(i)).append('\n');
            }
            Files.writeString(file, text);
            await().atMost(60, TimeUnit.SECONDS).until(() -> tail.progress().lines() > 10_000);
            assertThat(tail.progress().lines()).isLessThan(50_000);
            broker = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), port));
            assertThat(texts(there.await(50_000))).containsExactlyElementsOf(expected);
        } finally {
            broker.close();
        }
    }

    private FileTail start(Source source, String pattern) throws IOException {
        return FileTail.start(
                kafka,
                new FileTail.Settings(
                        source,
                        List.of(folder.resolve(pattern).toString()),
                        folder.resolve("state"),
                        false,
                        2 << 20,
                        Duration.ofSeconds(30)));
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }
}
