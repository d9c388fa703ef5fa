package jp.hinomi.ingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams in files of a folder, first in, first out, at most so many bytes. What is taken stays until it is said to be
 * stored, so that a killed process takes it again: some may be stored twice, none is left out. What the process has
 * written survives its end, but not a power failure. A damaged file is read up to the damage. Thread-safe.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Deleted as a whole, once everything in it is stored. */
    private static final int SEGMENT_BYTES = 8 << 20;

    /** Less would not hold a few long datagrams. */
    public static final long LEAST_BYTES = 1 << 20;

    private static final String SUFFIX = ".datagrams";
    private static final String LOCK = "lock";

    private final Path folder;
    private final long limit;
    private final int segmentBytes;
    private final FileChannel lock;
    private final Deque<Segment> unread = new ArrayDeque<>();
    private final List<Segment> read = new ArrayList<>();
    private Segment last;
    private long nextNumber = 1;
    private long written;
    private long sent;
    private long damagedBytes;
    private long bytes;
    private volatile boolean waiting;
    private boolean diskFails;
    private boolean closed;

    /** A datagram that stays in the spool until it is stored elsewhere. */
    public static final class Taken {
        private final Datagram datagram;
        private final Segment.Taken place;

        private Taken(Datagram datagram, Segment.Taken place) {
            this.datagram = datagram;
            this.place = place;
        }

        public Datagram datagram() {
            return datagram;
        }

        /** It is stored, so it need not be kept. From whatever thread; does not block. */
        public void stored() {
            place.stored();
        }
    }

    /**
     * @param written datagrams since this process began
     * @param sent datagrams that were taken from the spool since, also those of an earlier process
     * @param bytes that the files have now
     * @param damagedBytes that could not be read since
     */
    public record Counts(long written, long sent, long bytes, long damagedBytes) {
        public static final Counts NONE = new Counts(0, 0, 0, 0);

        public Counts since(Counts before) {
            return new Counts(written - before.written, sent - before.sent, bytes, damagedBytes - before.damagedBytes);
        }

        public boolean isZero() {
            return equals(NONE);
        }
    }

    private Spool(Path folder, long limit, int segmentBytes, FileChannel lock) {
        this.folder = folder;
        this.limit = limit;
        this.segmentBytes = segmentBytes;
        this.lock = lock;
    }

    /**
     * @param limit of the bytes of all files, at least {@link #LEAST_BYTES}
     * @throws IOException if the folder cannot be written, or another process has it
     */
    public static Spool open(Path folder, long limit) throws IOException {
        if (limit < LEAST_BYTES) {
            throw new IllegalArgumentException("a spool needs at least " + LEAST_BYTES + " bytes, not " + limit);
        }
        return open(folder, limit, SEGMENT_BYTES);
    }

    static Spool open(Path folder, long limit, int segmentBytes) throws IOException {
        FileChannel lock;
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "cannot keep datagrams in " + folder + " (" + e + "): name a folder that Hinomi's user may write",
                    e);
        }
        Spool spool = new Spool(folder, limit, segmentBytes, lock);
        try {
            if (!isOurs(lock)) {
                throw new IOException(
                        folder + ": another process keeps its datagrams there: stop it, or choose another folder");
            }
            spool.findSegments();
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private static boolean isOurs(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void findSegments() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        for (Path file : files) {
            nextNumber = Math.max(nextNumber, number(file) + 1);
            Optional<Segment> segment = Segment.open(file);
            if (segment.isPresent()) {
                unread.add(segment.get());
                bytes += segment.get().size();
            } else if (Files.size(file) <= Segment.HEAD) {
                Files.delete(file); // its process was killed before it wrote the head
            } else {
                LOG.error(
                        "{} does not begin as a file of the spool does; it is left alone: look at it, then delete it",
                        file);
            }
        }
        waiting = !unread.isEmpty();
        if (waiting) {
            LOG.info("{} bytes of datagrams of an earlier run in {} are sent first", bytes, folder);
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** True while something has not been taken: what comes now must come after it. */
    public boolean hasWaiting() {
        return waiting;
    }

    /** False if there is no room, or the disk does not take it; then it is not there. */
    public synchronized boolean append(Datagram datagram) {
        ByteBuffer framed = Segment.framed(datagram);
        int needed = framed.limit();
        boolean fits = last != null && last.size() + needed <= segmentBytes;
        if (closed || bytes + needed + (fits ? 0 : Segment.HEAD) > limit) {
            return false;
        }
        try {
            if (!fits) {
                last = Segment.create(folder.resolve(String.format("%019d%s", nextNumber, SUFFIX)));
                nextNumber++;
                unread.add(last);
                bytes += Segment.HEAD;
            }
            last.append(framed);
            bytes += needed;
        } catch (IOException e) {
            if (!diskFails) {
                LOG.error("{} does not take datagrams: is the disk full?", folder, e);
            }
            diskFails = true;
            return false;
        }
        diskFails = false;
        written++;
        if (!waiting) {
            waiting = true;
            LOG.warn(
                    "too much waits for Kafka (is the broker up?): datagrams go to {} until it takes them, at most {} bytes",
                    folder,
                    limit);
        }
        return true;
    }

    /** The oldest that has not been taken. For one thread, which has done with what it took when it asks for more. */
    public synchronized Optional<Taken> take() {
        retireRead();
        while (!unread.isEmpty() && !closed) {
            Segment first = unread.peek();
            Optional<Datagram> datagram = read(first);
            if (datagram.isPresent()) {
                sent++;
                return Optional.of(new Taken(datagram.get(), first.taken()));
            }
            long lost = first.giveUpRest();
            bytes -= lost;
            damagedBytes += lost;
            LOG.error("the last {} bytes of {} are damaged; what was in them is lost", lost, first.file());
            retireRead();
        }
        waiting = !unread.isEmpty();
        return Optional.empty();
    }

    private void retireRead() {
        while (!unread.isEmpty() && unread.peek().isRead()) {
            Segment first = unread.remove();
            read.add(first);
            last = first == last ? null : last;
        }
    }

    private static Optional<Datagram> read(Segment segment) {
        try {
            return segment.read();
        } catch (IOException e) {
            LOG.error("{} cannot be read", segment.file(), e);
            return Optional.empty();
        }
    }

    /** Writes down what is stored, and deletes the files of which everything is. To be called now and then. */
    public synchronized void settle() {
        retireRead();
        boolean any = !read.isEmpty();
        for (Segment segment : List.copyOf(read)) {
            guarded(segment, segment::settle);
            if (segment.isStored()) {
                read.remove(segment);
                bytes -= segment.size();
                guarded(segment, segment::delete);
            }
        }
        if (!unread.isEmpty()) {
            guarded(unread.peek(), unread.peek()::settle);
        } else if (any && read.isEmpty()) {
            LOG.info("all datagrams of {} are in Kafka", folder);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What cannot be written down is sent again after a restart. */
    private static void guarded(Segment segment, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.error("{}: cannot be written; what is in it may be sent twice", segment.file(), e);
        }
    }

    public synchronized Counts counts() {
        return new Counts(written, sent, bytes, damagedBytes);
    }

    /** Keeps what is not stored for the next process. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        settle();
        unread.forEach(segment -> guarded(segment, segment::close));
        read.forEach(segment -> guarded(segment, segment::close));
        lock.close();
    }
}
