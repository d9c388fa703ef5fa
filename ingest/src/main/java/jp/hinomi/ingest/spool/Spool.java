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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams in files of a folder, first in, first out, at most so many bytes. What is taken stays until it is said to be
 * stored, so that a killed process takes it again: some may be stored twice, none is left out. What the process has
 * written survives its end, but not a power failure. A file that the disk does not give is asked for again; a damaged one is
 * read up to the damage, and kept under another name. Thread-safe. Time is passed in, in nanoseconds of a clock that never
 * goes back.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Deleted as a whole, once everything in it is stored. */
    private static final int SEGMENT_BYTES = 8 << 20;

    /** Less would not hold a few long datagrams. */
    public static final long LEAST_BYTES = 1 << 20;

    private static final String SUFFIX = ".datagrams";
    private static final String DAMAGED = ".damaged";
    private static final String LOCK = "lock";

    /** What comes after a file that cannot be read does not wait for ever: the spool would be full some time. */
    static final long UNREADABLE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Path folder;
    private final long limit;
    private final int segmentBytes;
    private final FileChannel lock;
    private final Deque<Segment> unread = new ArrayDeque<>();
    private final List<Segment> read = new ArrayList<>();
    private final Map<Long, Segment> ofAStop = new HashMap<>();
    private Segment last;

    /** Even, so that there is a name before every file. */
    private volatile long nextNumber = 2;

    private long written;
    private long sent;
    private long damagedBytes;
    private long damagedFiles;

    /** Of the files that were set aside. */
    private long bytesAside;

    private long bytes;
    private Segment failing;
    private long failingSince;
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
     * @param damagedFiles that lie in the folder now, set aside because something in them cannot be read
     */
    public record Counts(long written, long sent, long bytes, long damagedBytes, long damagedFiles) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        public Counts since(Counts before) {
            return new Counts(
                    written - before.written,
                    sent - before.sent,
                    bytes,
                    damagedBytes - before.damagedBytes,
                    damagedFiles);
        }

        /** Old damage alone is no news. */
        public boolean isZero() {
            return written == 0 && sent == 0 && bytes == 0 && damagedBytes == 0;
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

    /** Bytes of the datagrams that an earlier run left in a folder; 0 if there are none, or no such folder. */
    public static long leftIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long left = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : found) {
                left += Math.max(0, Files.size(file) - Segment.HEAD);
            }
        }
        return left;
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
            nextNumber = Math.max(nextNumber, evenAfter(number(file)));
            find(file);
        }
        countDamaged();
        waiting = !unread.isEmpty();
        if (waiting) {
            LOG.info("{} bytes of datagrams of an earlier run in {} are sent first", bytes, folder);
        }
    }

    private void find(Path file) {
        try {
            Optional<Segment> segment = Segment.open(file);
            if (segment.isPresent()) {
                unread.add(segment.get());
                bytes += segment.get().size();
            } else if (Files.size(file) <= Segment.HEAD) {
                Files.delete(file); // its process was killed before it wrote the head
            } else {
                Files.move(file, aside(file));
            }
        } catch (IOException e) {
            LOG.error("{} cannot be read now; it is tried again at the next start", file, e);
        }
    }

    private void countDamaged() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX + DAMAGED)) {
            for (Path file : found) {
                nextNumber = Math.max(nextNumber, evenAfter(number(file)));
                damagedFiles++;
                bytesAside += Files.size(file);
            }
        }
        if (damagedFiles > 0) {
            LOG.warn(
                    "{} damaged files ({}) with {} bytes lie in {} and take their part of its {} bytes: look at them"
                            + " ('strings' shows the messages), then delete them",
                    damagedFiles,
                    "*" + SUFFIX + DAMAGED,
                    bytesAside,
                    folder,
                    limit);
        }
    }

    /** A name that is free: somebody may have given a file its old name again. */
    private static Path aside(Path file) {
        Path name = file.resolveSibling(file.getFileName() + DAMAGED);
        for (int i = 2; Files.exists(name); i++) {
            name = file.resolveSibling(stem(file.getFileName().toString()) + '-' + i + SUFFIX + DAMAGED);
        }
        return name;
    }

    private static String stem(String name) {
        return name.substring(0, name.indexOf(SUFFIX));
    }

    private static long evenAfter(long number) {
        return (number + 3) & ~1L;
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(stem(name));
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
        if (closed || bytes + bytesAside + needed + (fits ? 0 : Segment.HEAD) > limit) {
            return false;
        }
        try {
            if (!fits) {
                last = create(nextNumber);
                nextNumber = evenAfter(nextNumber - 1);
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

    private Segment create(long number) throws IOException {
        return Segment.create(folder.resolve(String.format("%019d%s", number, SUFFIX)));
    }

    /** Now, as a point in the order of datagrams: before all that is appended later. To be asked while nothing waits. */
    public long mark() {
        return nextNumber;
    }

    /**
     * Keeps a datagram for the next process, in its place. It is there even if there is no room: it is older than what took
     * the room.
     *
     * @param mark when it came; those with the same mark in their order
     * @return false if the disk does not take it
     */
    public synchronized boolean keepForNextRun(long mark, Datagram datagram) {
        try {
            Segment segment = ofAStop.get(mark);
            if (segment == null) {
                segment = create(mark - 1);
                ofAStop.put(mark, segment);
                bytes += Segment.HEAD;
            }
            ByteBuffer framed = Segment.framed(datagram);
            int needed = framed.limit();
            segment.append(framed);
            bytes += needed;
            written++;
            return true;
        } catch (IOException e) {
            if (!diskFails) {
                LOG.error("{} does not take datagrams: is the disk full?", folder, e);
            }
            diskFails = true;
            return false;
        }
    }

    /**
     * The oldest that has not been taken; empty if there is none, or if the disk does not give it now. For one thread, which
     * has done with what it took when it asks for more.
     */
    public synchronized Optional<Taken> take(long nanos) {
        retireRead();
        while (!unread.isEmpty() && !closed) {
            Segment first = unread.peek();
            try {
                Optional<Datagram> datagram = first.read();
                if (failing != null) {
                    LOG.info("{} can be read again", first.file());
                    failing = null;
                }
                if (datagram.isPresent()) {
                    sent++;
                    return Optional.of(new Taken(datagram.get(), first.taken()));
                }
                setAside(first, "is damaged");
            } catch (IOException e) {
                if (!isHopeless(first, e, nanos)) {
                    return Optional.empty();
                }
                failing = null;
                setAside(first, "cannot be read (" + e + ")");
            }
            retireRead();
        }
        waiting = !unread.isEmpty();
        return Optional.empty();
    }

    private boolean isHopeless(Segment first, IOException why, long nanos) {
        if (failing != first) {
            failing = first;
            failingSince = nanos;
            LOG.error(
                    "{} cannot be read now; it is tried again for {} min, and what came later waits for it",
                    first.file(),
                    TimeUnit.NANOSECONDS.toMinutes(UNREADABLE_NANOS),
                    why);
        }
        return nanos - failingSince >= UNREADABLE_NANOS;
    }

    private void setAside(Segment damaged, String what) {
        long at = damaged.readTo();
        long size = damaged.size();
        long lost = damaged.giveUpRest();
        damaged.setAside();
        bytes -= size;
        bytesAside += size;
        damagedFiles++;
        damagedBytes += lost;
        LOG.error(
                "{} {} from byte {} on: what was before is sent, the last {} bytes are not. It is kept as {} then: 'strings'"
                        + " shows the messages in it. Delete it when you have seen it, because it takes room of the spool",
                damaged.file(),
                what,
                at,
                lost,
                aside(damaged.file()).getFileName());
    }

    private void retireRead() {
        while (!unread.isEmpty() && unread.peek().isRead()) {
            Segment first = unread.remove();
            read.add(first);
            last = first == last ? null : last;
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
                if (segment.isSetAside()) {
                    guarded(segment, () -> segment.closeAs(aside(segment.file())));
                } else {
                    bytes -= segment.size();
                    guarded(segment, segment::delete);
                }
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
        return new Counts(written, sent, bytes, damagedBytes, damagedFiles);
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
        ofAStop.values().forEach(segment -> guarded(segment, segment::close));
        lock.close();
    }
}
