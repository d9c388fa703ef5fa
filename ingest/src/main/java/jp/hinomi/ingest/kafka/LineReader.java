package jp.hinomi.ingest.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream as bytes, without their ends (LF or CRLF), within bounded memory. Not thread-safe. */
public final class LineReader {
    private final InputStream in;
    private final int maxBytes;
    private final byte[] chunk = new byte[64 * 1024];
    private int from;
    private int to;
    private byte[] line = new byte[1024];
    private int size;
    private long length;

    /** @param maxBytes of a longer line only so much is kept */
    public LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The next line, perhaps empty; null at the end. */
    public byte[] next() throws IOException {
        size = 0;
        length = 0;
        boolean any = false;
        while (true) {
            if (from == to) {
                to = in.read(chunk, 0, chunk.length);
                from = 0;
                if (to <= 0) {
                    to = 0;
                    return any ? Arrays.copyOf(line, size) : null;
                }
            }
            any = true;
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            keep(from, end);
            boolean ended = end < to;
            from = ended ? end + 1 : end;
            if (ended) {
                if (size > 0 && line[size - 1] == '\r' && length == size) {
                    size--;
                    length--;
                }
                return Arrays.copyOf(line, size);
            }
        }
    }

    /** How long the line last returned really was, in bytes. */
    public long lastLength() {
        return length;
    }

    private void keep(int start, int end) {
        int bytes = Math.min(end - start, maxBytes - size);
        if (size + bytes > line.length) {
            line = Arrays.copyOf(line, Math.min(maxBytes, Math.max(size + bytes, line.length * 2)));
        }
        System.arraycopy(chunk, start, line, size, bytes);
        size += bytes;
        length += end - start;
    }
}
