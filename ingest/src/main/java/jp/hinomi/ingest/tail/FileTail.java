package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.kafka.Outlet;
import jp.hinomi.ingest.kafka.Reception;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows files of one source into its topic. Positions are written after Kafka has acknowledged the lines: a crash repeats
 * the last ones and loses none, a stop in good order repeats none. While Kafka is away nothing is read. Thread-safe.
 */
public final class FileTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);

    private static final String TRANSPORT = "file";
    private static final long BUFFER_BYTES = 16L << 20;
    private static final long LOOK_MILLIS = 200;
    private static final long SAVE_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param files names and globs
     * @param state folder of the positions
     * @param fromEnd whether files that are there at the very first start begin at their end
     * @param maxLineBytes longer lines go to {@code rejects}, cut to this length
     * @param keepRotated how long a rotated file must be quiet before it is closed
     */
    public record Settings(
            Source source, List<String> files, Path state, boolean fromEnd, int maxLineBytes, Duration keepRotated) {
        private static final int LONGEST_LINE = 2 * 1024 * 1024;

        public Settings {
            Objects.requireNonNull(source, "source");
            files = List.copyOf(files);
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(keepRotated, "keepRotated");
            if (files.isEmpty()) {
                throw new IllegalArgumentException("there is no file to follow: name some");
            }
        }

        /** Lines up to 2 MiB; rotated files are closed after a minute without a change. */
        public static Settings of(Source source, List<String> files, Path state, boolean fromEnd) {
            return new Settings(source, files, state, fromEnd, LONGEST_LINE, Duration.ofMinutes(1));
        }
    }

    /**
     * @param lines read and handed on so far
     * @param rejected of these, longer than a line may be
     * @param acknowledged that Kafka has
     * @param files open now
     */
    public record Progress(long lines, long rejected, long acknowledged, int files) {}

    private final Settings settings;
    private final Clock clock = Clock.systemUTC();
    private final Outlet outlet;
    private final PositionFile saved;
    private final FollowedFiles files;
    private final LongAdder lines = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int open;
    private volatile String unsaved;
    private long savedAt;
    private List<Position> lastSaved = List.of();

    private FileTail(String bootstrapServers, Settings settings) throws IOException {
        this.settings = settings;
        this.saved = PositionFile.open(settings.state());
        try {
            this.files = new FollowedFiles(
                    new FilePatterns(settings.files()),
                    settings.source().charset(),
                    settings.maxLineBytes(),
                    settings.fromEnd(),
                    settings.keepRotated().toMillis(),
                    new ToKafka(),
                    saved.read());
        } catch (IOException | RuntimeException e) {
            saved.close();
            throw e;
        }
        this.outlet = new Outlet(bootstrapServers, BUFFER_BYTES, "hinomi-tail-kafka");
        this.thread = new Thread(this::run, "hinomi-tail");
        this.thread.setDaemon(true);
    }

    /** @throws IOException if the positions cannot be read, or another process has them */
    public static FileTail start(String bootstrapServers, Settings settings) throws IOException {
        FileTail tail = new FileTail(bootstrapServers, settings);
        tail.thread.start();
        return tail;
    }

    public Progress progress() {
        return new Progress(lines.sum(), rejected.sum(), outlet.acknowledged(), open);
    }

    /** Why positions could not be written the last time; null if they could. */
    public String unsaved() {
        return unsaved;
    }

    private final class ToKafka implements LineSink {
        @Override
        public boolean full() {
            return stopped || outlet.full();
        }

        @Override
        public void offer(byte[] line, long length, Runnable stored) {
            lines.increment();
            long now = clock.millis();
            ProducerRecord<byte[], byte[]> record;
            if (length > line.length) {
                rejected.increment();
                record = Reception.rejected(
                        settings.source(),
                        line,
                        TRANSPORT,
                        null,
                        now,
                        "truncated: a line of " + length + " bytes, of which " + line.length
                                + " are kept: it is longer than a line may be");
            } else {
                record = Reception.record(settings.source(), line, TRANSPORT, null, now);
            }
            outlet.offer(record, settled -> stored.run());
        }
    }

    private void run() {
        while (!stopped) {
            boolean more = false;
            try {
                more = files.look(clock.millis());
                open = files.files();
            } catch (RuntimeException e) {
                LOG.error("following {} failed; trying again", settings.files(), e);
            }
            if (files.changed() || clock.millis() - savedAt >= SAVE_MILLIS) {
                save();
            }
            if (!more || outlet.full()) {
                LockSupport.parkNanos(LOOK_MILLIS * 1_000_000);
            }
        }
    }

    private void save() {
        savedAt = clock.millis();
        List<Position> positions = List.copyOf(files.positions(stopped));
        if (positions.equals(lastSaved)) {
            return;
        }
        try {
            saved.write(positions);
            lastSaved = positions;
            unsaved = null;
        } catch (IOException e) {
            if (unsaved == null) {
                LOG.error(
                        "positions cannot be written to {} ({}): after a restart lines would be sent again; is the disk"
                                + " full?",
                        settings.state(),
                        e.toString());
            }
            unsaved = e.toString();
        }
    }

    /** Reads no more, waits up to 10 s until Kafka has what was read, and writes the positions. */
    @Override
    public synchronized void close() throws IOException {
        if (stopped) {
            return;
        }
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outlet.awaitEmpty(PATIENCE);
        save();
        outlet.close();
        files.close();
        saved.close();
    }
}
