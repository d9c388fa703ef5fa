package jp.hinomi.ingest.kafka;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import jp.hinomi.city.Source;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Replays files into the topic of a source, one record per line, unchanged. Waits where Kafka is slower than the file.
 * Not thread-safe.
 */
public final class FileSender implements AutoCloseable {
    /** Longer lines are cut to this many bytes and go to {@code rejects}. */
    public static final int MAX_LINE_BYTES = 2 * 1024 * 1024;

    private static final long BUFFER_BYTES = 32L << 20;
    private static final long PROGRESS_NANOS = Duration.ofMillis(200).toNanos();
    private static final String TRANSPORT = "file";

    /** How long a full buffer is waited for before the broker counts as gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Hears how far a file is. Called from the sending thread, a few times per second and at the end. */
    public interface Progress {
        Progress NONE = (lines, bytes, totalBytes) -> {};

        /**
         * @param lines handed to Kafka so far
         * @param bytes read of the input so far, of the compressed file if it is one
         * @param totalBytes of the input, or -1 where nobody knows (standard input)
         */
        void at(long lines, long bytes, long totalBytes);
    }

    /** @param rejected lines that were longer than a record may be, and went to {@code rejects} cut to that length */
    public record Sent(long lines, long bytes, long rejected) {}

    private final KafkaProducer<byte[], byte[]> producer;
    private final Clock clock = Clock.systemUTC();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public FileSender(String bootstrapServers) {
        var settings = ProducerSettings.of(bootstrapServers, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
        this.producer = new KafkaProducer<>(settings);
    }

    /**
     * @param linesPerSecond at most; 0 for as fast as Kafka takes it
     * @return after Kafka has acknowledged every record
     * @throws IOException if the file cannot be read, or Kafka does not take a record; the message says at which line
     */
    public Sent send(Source source, Path file, double linesPerSecond, Progress progress) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return send(source, in, Files.size(file), linesPerSecond, progress);
        }
    }

    /** As the other, from a stream such as standard input; gzip is recognised. Does not close the stream. */
    public Sent send(Source source, InputStream in, double linesPerSecond, Progress progress) throws IOException {
        return send(source, in, -1, linesPerSecond, progress);
    }

    private Sent send(Source source, InputStream in, long totalBytes, double linesPerSecond, Progress progress)
            throws IOException {
        if (!(linesPerSecond >= 0)) {
            throw new IllegalArgumentException("lines per second must be 0 (no limit) or more, not " + linesPerSecond);
        }
        failure.set(null);
        CountedStream counted = new CountedStream(in);
        LineReader lines = new LineReader(decompressed(counted), MAX_LINE_BYTES);
        Pace pace = new Pace(linesPerSecond, System.nanoTime());
        long sent = 0;
        long bytes = 0;
        long rejected = 0;
        long nextProgress = System.nanoTime();
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (line.length == 0) {
                continue;
            }
            pace.await(sent);
            boolean whole = lines.lastLength() <= MAX_LINE_BYTES;
            hand(whole ? record(source, line) : tooLong(source, line, lines.lastLength()), sent + 1);
            sent++;
            bytes += line.length;
            rejected += whole ? 0 : 1;
            if (System.nanoTime() - nextProgress >= 0) {
                progress.at(sent, counted.bytes(), totalBytes);
                nextProgress = System.nanoTime() + PROGRESS_NANOS;
            }
        }
        producer.flush();
        check(sent);
        progress.at(sent, counted.bytes(), totalBytes);
        return new Sent(sent, bytes, rejected);
    }

    private ProducerRecord<byte[], byte[]> record(Source source, byte[] line) {
        return Reception.record(source, line, TRANSPORT, null, clock.millis());
    }

    private ProducerRecord<byte[], byte[]> tooLong(Source source, byte[] beginning, long length) {
        String reason = "truncated: a line of " + length + " bytes, of which " + beginning.length
                + " are kept: split it before sending";
        return Reception.rejected(source, beginning, TRANSPORT, null, clock.millis(), reason);
    }

    private void hand(ProducerRecord<byte[], byte[]> record, long number) throws IOException {
        try {
            producer.send(record, (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException e) {
            throw new IOException("line " + number + " could not be sent: " + e.getMessage(), e);
        }
        check(number);
    }

    private void check(long number) throws IOException {
        Exception error = failure.get();
        if (error != null) {
            throw new IOException(
                    "Kafka did not take a record at or before line " + number + " (" + error.getMessage()
                            + "): is the broker up, and do the topics exist?",
                    error);
        }
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 64 * 1024);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 64 * 1024) : buffered;
    }

    /** Gives up what is not acknowledged yet: {@link #send} has waited for everything that it reported. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
