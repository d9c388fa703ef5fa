package jp.hinomi.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import jp.hinomi.city.Source;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSenderTest {
    private static final Source SOURCE = Cities.source("edge-fw", Topics.LOGS_FIREWALL, "fortigate", "UTF-8");

    private static String kafka;

    @TempDir
    Path folder;

    @BeforeAll
    static void topics() {
        kafka = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(kafka, 2);
    }

    @Test
    void everyLineBecomesARecordInOrder() throws IOException {
        byte[] bad = {(byte) 0xFF, 0, 'x'};
        Path file = folder.resolve("a.log");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("one\r\n\n二\n".getBytes(UTF_8));
            out.write(bad);
        }
        List<long[]> progress = new ArrayList<>();
        try (TopicReader logs = new TopicReader(kafka, Topics.LOGS_FIREWALL);
                FileSender sender = new FileSender(kafka)) {
            FileSender.Sent sent = sender.send(
                    SOURCE, file, 0, (lines, bytes, total) -> progress.add(new long[] {lines, bytes, total}));
            assertThat(sent).isEqualTo(new FileSender.Sent(3, 9, 0));
            List<ConsumerRecord<byte[], byte[]>> records = logs.all();
            assertThat(records)
                    .extracting(ConsumerRecord::value)
                    .containsExactly("one".getBytes(UTF_8), "二".getBytes(UTF_8), bad);
            assertThat(records).allSatisfy(record -> {
                assertThat(record.key()).isEqualTo("edge-fw".getBytes(UTF_8));
                assertThat(TopicReader.header(record, Topics.HEADER_SOURCE)).isEqualTo("edge-fw");
                assertThat(TopicReader.header(record, Topics.HEADER_TRANSPORT)).isEqualTo("file");
            });
            assertThat(progress.get(progress.size() - 1)).containsExactly(3, Files.size(file), Files.size(file));
        }
    }

    @Test
    void gzipIsRecognisedAndPaceIsKept() throws IOException {
        Path file = folder.resolve("a.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a\nb\nc\nd\ne\nf\n".getBytes(UTF_8));
        }
        try (FileSender sender = new FileSender(kafka)) {
            long start = System.nanoTime();
            assertThat(sender.send(SOURCE, file, 10, FileSender.Progress.NONE).lines())
                    .isEqualTo(6);
            // The sixth line is due half a second after the first.
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(500_000_000L);
        }
    }

    @Test
    void aLineThatIsTooLongIsCutIntoRejects() throws IOException {
        byte[] line = new byte[3 << 20];
        Arrays.fill(line, (byte) 'x');
        try (TopicReader rejects = new TopicReader(kafka, Topics.REJECTS);
                FileSender sender = new FileSender(kafka)) {
            FileSender.Sent sent = sender.send(SOURCE, new ByteArrayInputStream(line), 0, FileSender.Progress.NONE);
            assertThat(sent.rejected()).isEqualTo(1);
            ConsumerRecord<byte[], byte[]> reject = rejects.all().get(0);
            assertThat(reject.value()).hasSize(FileSender.MAX_LINE_BYTES);
            assertThat(TopicReader.header(reject, Topics.HEADER_REASON)).contains("3145728");
        }
    }
}
