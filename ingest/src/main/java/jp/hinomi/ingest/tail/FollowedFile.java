package jp.hinomi.ingest.tail;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPInputStream;

/**
 * One open file: up to where it has been read, and up to where it is stored. Stays itself when it is renamed. Not
 * thread-safe, except that lines may be stored by any thread.
 */
final class FollowedFile implements Closeable {
    private static final int CHUNK = 256 * 1024;

    private final String key;
    private final Path family;
    private final FileChannel channel;
    private final LineCutter cutter;
    private final LineSink sink;
    private ByteBuffer chunk;
    private final Deque<Sent> sent = new ArrayDeque<>();

    /** Of a compressed rest, which is read once. */
    private InputStream compressed;

    private Path path;
    private long readTo;
    private long lineStart;
    private long stored;
    private Mark seen;
    private long lastSize = -1;
    private long modifiedAt;
    private long lastModified;
    private long quietSince;
    private boolean atEnd;

    private static final class Sent {
        private final long end;
        private volatile boolean stored;

        Sent(long end) {
            this.end = end;
        }
    }

    /**
     * @param family the name under which the file was first followed: what comes after it under that name waits for its end
     * @param mark where to begin
     * @param chunk to read into; all files of one reader share it
     */
    FollowedFile(
            String key,
            Path path,
            Path family,
            Mark mark,
            Charset charset,
            int maxLineBytes,
            ByteBuffer chunk,
            LineSink sink,
            long now)
            throws IOException {
        this.key = key;
        this.path = path;
        this.family = family;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.cutter = new LineCutter(charset, maxLineBytes);
        this.chunk = chunk;
        this.sink = sink;
        this.quietSince = now;
        beginAt(mark);
    }

    private void beginAt(Mark mark) {
        readTo = mark.offset();
        lineStart = mark.offset();
        stored = mark.offset();
        seen = mark;
        sent.clear();
        cutter.drop();
        atEnd = false;
        chunk.clear();
    }

    static ByteBuffer chunk() {
        return ByteBuffer.allocate(CHUNK);
    }

    /** The rest of what is compressed in this file, if its beginning is what the mark says. */
    boolean continueCompressed(Mark mark) throws IOException {
        InputStream in = new GZIPInputStream(Channels.newInputStream(channel), CHUNK);
        if (!mark.matches(in)) {
            return false;
        }
        compressed = in;
        // Half a character stays there between two reads.
        chunk = chunk();
        return true;
    }

    String key() {
        return key;
    }

    Path path() {
        return path;
    }

    Path family() {
        return family;
    }

    /** @param modified when the file was last written, in milliseconds */
    void seenAt(Path where, long modified) {
        path = where;
        modifiedAt = modified;
    }

    /** A new look: nobody knows yet whether there is more. */
    void beginLook() {
        atEnd = false;
    }

    /** True if this look found nothing more. */
    boolean atEnd() {
        return atEnd;
    }

    /** Since when nothing has come, in milliseconds. */
    long quietSince() {
        return quietSince;
    }

    /** Where the line begins that has been read in part. */
    Mark seen() {
        return seen;
    }

    /** How many bytes have been read. */
    long readTo() {
        return readTo;
    }

    boolean isCompressed() {
        return compressed != null;
    }

    boolean matches(Mark mark) throws IOException {
        return mark.matches(channel);
    }

    /** True if what stands here now is not what we read: emptied, and perhaps written again. */
    boolean wasEmptied() throws IOException {
        if (compressed != null) {
            return false;
        }
        long size = channel.size();
        if (size == lastSize && size == readTo && modifiedAt == lastModified) {
            return false;
        }
        return size < readTo || !seen.matches(channel);
    }

    /** Begins anew at the beginning. What was read of an unfinished line is a line if nobody finishes it elsewhere. */
    void startAgain(boolean keepUnfinished) {
        if (keepUnfinished) {
            cutter.end(this::line);
        }
        beginAt(Mark.BEGINNING);
        lastSize = -1;
    }

    /** Reads on, at most so many bytes. */
    void read(long most, long now) throws IOException {
        long before = readTo;
        atEnd = false;
        while (readTo - before < most && !sink.full()) {
            int read = compressed == null
                    ? channel.read(chunk, readTo)
                    : compressed.read(chunk.array(), chunk.position(), chunk.remaining());
            if (read <= 0) {
                atEnd = true;
                break;
            }
            if (compressed != null) {
                chunk.position(chunk.position() + read);
            }
            readTo += read;
            chunk.flip();
            cutter.feed(chunk, this::line);
            readTo -= compressed == null ? chunk.remaining() : 0;
            int left = chunk.remaining();
            if (compressed == null) {
                // Half a character; it is read again.
                chunk.clear();
                if (left > 0) {
                    atEnd = true;
                    break;
                }
            } else {
                chunk.compact();
            }
        }
        if (readTo > before) {
            quietSince = now;
            if (compressed == null) {
                seen = Mark.of(channel, lineStart);
            }
        }
        lastSize = compressed == null ? channel.size() : readTo;
        lastModified = modifiedAt;
    }

    private void line(byte[] line, long length, long consumed) {
        lineStart += consumed;
        Sent next = new Sent(lineStart);
        sent.add(next);
        if (line.length == 0) {
            next.stored = true;
        } else {
            sink.offer(line, length, () -> next.stored = true);
        }
    }

    /** The file will not grow any more: what is left is its last line. */
    void finish() {
        cutter.end(this::line);
    }

    boolean allStored() {
        advance();
        return sent.isEmpty();
    }

    private void advance() {
        while (!sent.isEmpty() && sent.peek().stored) {
            stored = sent.remove().end;
        }
    }

    /** Up to where everything is stored, unless the file has been emptied a moment ago. What is compressed is read anew. */
    Mark storedMark() throws IOException {
        advance();
        if (compressed == null) {
            return Mark.of(channel, stored);
        }
        long at = channel.position();
        try {
            return Mark.of(new GZIPInputStream(Channels.newInputStream(channel.position(0)), CHUNK), stored);
        } finally {
            channel.position(at);
        }
    }

    long storedOffset() {
        advance();
        return stored;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
