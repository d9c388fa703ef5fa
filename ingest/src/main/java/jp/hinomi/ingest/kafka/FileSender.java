package jp.hinomi.ingest.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import jp.hinomi.city.Source;

/**
 * Replays files into the topic of a source, one record per line, unchanged. Waits where Kafka is slower than the file.
 * Not thread-safe.
 */
public final class FileSender implements AutoCloseable {
    /** Hears how far a file is. Called from the sending thread, a few times per second and at the end. */
    public interface Progress {
        /**
         * @param lines handed to Kafka so far
         * @param bytes read of the input so far, of the compressed file if it is one
         * @param totalBytes of the input, or -1 where nobody knows (standard input)
         */
        void at(long lines, long bytes, long totalBytes);
    }

    /** @param rejected lines that were longer than a record may be, and went to {@code rejects} cut to that length */
    public record Sent(long lines, long bytes, long rejected) {}

    public FileSender(String bootstrapServers) {}

    /**
     * @param linesPerSecond at most; 0 for as fast as Kafka takes it
     * @return after Kafka has acknowledged every record
     */
    public Sent send(Source source, Path file, double linesPerSecond, Progress progress) throws IOException {
        throw new IllegalStateException("written by the ingest module's first issue");
    }

    /** As the other, from a stream such as standard input; gzip is recognised. Does not close the stream. */
    public Sent send(Source source, InputStream in, double linesPerSecond, Progress progress) throws IOException {
        throw new IllegalStateException("written by the ingest module's first issue");
    }

    @Override
    public void close() {}
}
