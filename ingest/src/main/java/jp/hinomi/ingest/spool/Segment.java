package jp.hinomi.ingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One file of the spool: a head that says up to where everything is stored, then datagrams, each after its length and its
 * checksum. Written at the end only, but for the head. Not thread-safe.
 */
final class Segment implements Closeable {
    private static final long MAGIC = 0x48494E4F4D495531L; // HINOMIU1
    private static final int CHECKED_HEAD = 2 * Long.BYTES;
    static final int HEAD = CHECKED_HEAD + Integer.BYTES;
    private static final int BEFORE_EACH = 2 * Integer.BYTES;

    private Path file;
    private FileChannel channel;
    private final Deque<Taken> taken = new ArrayDeque<>();
    private long end;
    private long readTo;
    private long storedTo;
    private long headSays;
    private boolean setAside;

    /** A datagram that has been read, but may not be stored yet. */
    static final class Taken {
        private final long end;
        private volatile boolean stored;

        private Taken(long end) {
            this.end = end;
        }

        /** From whatever thread. */
        void stored() {
            stored = true;
        }
    }

    private Segment(Path file, FileChannel channel, long end, long storedTo) {
        this.file = file;
        this.channel = channel;
        this.end = end;
        this.readTo = storedTo;
        this.storedTo = storedTo;
        this.headSays = storedTo;
    }

    static Segment create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(file, channel, HEAD, HEAD);
        try {
            segment.writeHead();
        } catch (IOException e) {
            segment.delete();
            throw e;
        }
        return segment;
    }

    /** Empty if the file is not one of ours. A head that was half written means the beginning: rather twice than never. */
    static Optional<Segment> open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        readFully(channel, head, 0);
        if (head.flip().limit() < HEAD || head.getLong(0) != MAGIC) {
            channel.close();
            return Optional.empty();
        }
        long stored = head.getLong(Long.BYTES);
        boolean sound = head.getInt(CHECKED_HEAD) == checksum(head.limit(CHECKED_HEAD))
                && stored >= HEAD
                && stored <= channel.size();
        return Optional.of(new Segment(file, channel, channel.size(), sound ? stored : HEAD));
    }

    Path file() {
        return file;
    }

    /** Bytes of the file. */
    long size() {
        return end;
    }

    /** Up to where it has been read, in bytes. */
    long readTo() {
        return readTo;
    }

    boolean isRead() {
        return readTo >= end;
    }

    boolean isStored() {
        return isRead() && taken.isEmpty();
    }

    /** What {@link #append} takes: length, checksum, datagram. */
    static ByteBuffer framed(Datagram datagram) {
        ByteBuffer body = datagram.written();
        return ByteBuffer.allocate(BEFORE_EACH + body.limit())
                .putInt(body.limit())
                .putInt(checksum(body))
                .put(body.rewind())
                .flip();
    }

    /** @throws IOException if the disk does not take it; then it counts as not there */
    void append(ByteBuffer framed) throws IOException {
        long at = end;
        try {
            openAgain();
            while (framed.hasRemaining()) {
                at += channel.write(framed, at);
            }
        } catch (IOException e) {
            forgetHalf();
            throw e;
        }
        end = at;
    }

    /** What was written in part would be damage to whoever opens the file. */
    private void forgetHalf() {
        try {
            if (channel.isOpen() && channel.size() > end) {
                channel.truncate(end);
            }
        } catch (IOException e) {
            // The next write goes over it.
        }
    }

    /** The disk may be there again since a read failed; an interrupted one closes the file. */
    private void openAgain() throws IOException {
        if (!channel.isOpen()) {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /**
     * The next datagram; empty if the file is damaged here, so that nothing after it can be read.
     *
     * @throws IOException if the disk does not give it now; that says nothing about the file
     */
    Optional<Datagram> read() throws IOException {
        openAgain();
        try {
            return readNext();
        } catch (IOException e) {
            try {
                channel.close(); // opened anew the next time
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private Optional<Datagram> readNext() throws IOException {
        ByteBuffer before = ByteBuffer.allocate(BEFORE_EACH);
        readFully(channel, before, readTo);
        if (before.hasRemaining()) {
            return Optional.empty();
        }
        int length = before.getInt(0);
        if (length < 0 || length > Datagram.LONGEST || readTo + BEFORE_EACH + length > end) {
            return Optional.empty();
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        readFully(channel, body, readTo + BEFORE_EACH);
        if (body.hasRemaining() || checksum(body.flip()) != before.getInt(Integer.BYTES)) {
            return Optional.empty();
        }
        try {
            Datagram datagram = Datagram.read(body.rewind());
            readTo += BEFORE_EACH + length;
            return Optional.of(datagram);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What {@link #read} gave last. */
    Taken taken() {
        Taken last = new Taken(readTo);
        taken.add(last);
        return last;
    }

    /** Gives up what cannot be read; returns how many bytes. */
    long giveUpRest() {
        long rest = end - readTo;
        end = readTo;
        return rest;
    }

    /** It is to be kept under another name, once all before the damage is stored: under that name nobody reads it. */
    void setAside() {
        setAside = true;
    }

    boolean isSetAside() {
        return setAside;
    }

    /** Writes down up to where everything is stored. */
    void settle() throws IOException {
        while (!taken.isEmpty() && taken.peek().stored) {
            storedTo = taken.remove().end;
        }
        if (storedTo != headSays) {
            openAgain();
            writeHead();
        }
    }

    private void writeHead() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(storedTo);
        int checksum = checksum(head.flip());
        head.limit(HEAD).putInt(CHECKED_HEAD, checksum).rewind();
        long at = 0;
        while (head.hasRemaining()) {
            at += channel.write(head, at);
        }
        headSays = storedTo;
    }

    /** From the beginning of the buffer to its limit. */
    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.rewind());
        return (int) crc.getValue();
    }

    /** As much as there is. */
    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        while (into.hasRemaining() && channel.read(into, from + into.position()) >= 0) {
            continue;
        }
    }

    /** Also for a power failure. */
    void closeAs(Path name) throws IOException {
        close();
        Files.move(file, name);
        file = name;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    /** Also for a power failure. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.force(true);
            channel.close();
        }
    }
}
