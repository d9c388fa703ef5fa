package jp.hinomi.correlation.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;

/**
 * Reads several files side by side, always the one whose time is furthest behind, so that files of the same day and files
 * of different days both come in order of time. Each file has its own clock: the newest event read from it. Not
 * thread-safe.
 */
final class MergedFiles implements AutoCloseable {
    private final PriorityQueue<Cursor> behind =
            new PriorityQueue<>(Comparator.comparingLong(Cursor::clock).thenComparingInt(cursor -> cursor.index));
    private final List<Cursor> open = new ArrayList<>();
    private final Predicate<SecurityEvent> wanted;
    private final Consumer<RejectedLine> rejects;
    private long events;
    private long rejected;

    /** One event and what its file's clock said when it was read, in milliseconds since the epoch. */
    record Read(SecurityEvent event, long clock) {}

    /** @param wanted what is not is passed over */
    MergedFiles(List<LogFile> files, Predicate<SecurityEvent> wanted, Consumer<RejectedLine> rejects) {
        this.wanted = wanted;
        this.rejects = rejects;
        for (LogFile file : files) {
            Cursor cursor = new Cursor(file, open.size());
            open.add(cursor);
            if (cursor.step()) {
                behind.add(cursor);
            }
        }
    }

    /** The next event; null after the last of all files. */
    Read next() {
        Cursor cursor = behind.poll();
        if (cursor == null) {
            return null;
        }
        Read read = new Read(cursor.next, cursor.clock);
        if (cursor.step()) {
            behind.add(cursor);
        }
        events++;
        return read;
    }

    /** No event to come lies further behind than the out-of-order bound from here. */
    long clock() {
        return behind.isEmpty() ? Long.MAX_VALUE : behind.peek().clock;
    }

    long events() {
        return events;
    }

    long rejected() {
        return rejected;
    }

    @Override
    public void close() {
        for (Cursor cursor : open) {
            cursor.close();
        }
    }

    private final class Cursor {
        private final LogFile file;
        private final int index;
        private final Lines lines;
        /** Of the line read last, which may carry several. */
        private final Deque<SecurityEvent> waiting = new ArrayDeque<>(1);

        private SecurityEvent next;
        private long clock = Long.MIN_VALUE;

        Cursor(LogFile file, int index) {
            this.file = file;
            this.index = index;
            try {
                this.lines = new Lines(file.opening().open());
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        long clock() {
            return clock;
        }

        /** False at the end of the file. */
        boolean step() {
            if (!waiting.isEmpty()) {
                take();
                return true;
            }
            try {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    if (accept(line)) {
                        return true;
                    }
                }
                return false;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private boolean accept(byte[] line) {
            String origin = file.name() + ':' + lines.number();
            Decoding decoding = lines.tooLong()
                    ? new Decoding.Rejected(
                            "line",
                            "the line is longer than " + (Lines.LONGEST >> 20) + " MiB: split it at its source",
                            Lines.LONGEST)
                    : file.decoder().decode(new LogRecord(line, file.sourceId(), null, origin, Math.max(0, clock)));
            if (decoding instanceof Decoding.Rejected refused) {
                rejected++;
                rejects.accept(new RejectedLine(origin, refused));
                return false;
            }
            for (SecurityEvent event : ((Decoding.Decoded) decoding).all()) {
                if (wanted.test(event)) {
                    waiting.add(event);
                }
            }
            if (waiting.isEmpty()) {
                return false;
            }
            take();
            return true;
        }

        private void take() {
            next = waiting.remove();
            if (file.sourceId() != null && !next.has(Fields.CITY_SOURCE)) {
                next = next.toBuilder().put(Fields.CITY_SOURCE, file.sourceId()).build();
            }
            clock = Math.max(clock, next.correlationMillis());
        }

        private UncheckedIOException unreadable(IOException e) {
            return new UncheckedIOException(
                    "cannot read " + file.name() + ": " + e.getMessage() + " (check that it exists and may be read)",
                    e);
        }

        void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }
}
