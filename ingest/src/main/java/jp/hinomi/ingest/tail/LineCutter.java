package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Cuts a file's bytes into lines: at LF or CR LF, in UTF-16 and UTF-32 at those characters and not at bytes that look
 * like them. No other character set of the world has a byte 0x0A inside a character. Not thread-safe.
 */
final class LineCutter {
    /** Holds whole characters of every width. */
    private static final int BLOCK = 64 * 1024;

    private final int maxBytes;
    private final byte[] lineFeed;
    private final byte[] carriageReturn;
    private byte[] kept = new byte[1024];
    private int size;
    private long length;
    private final byte[] unit = new byte[4];

    /** Takes what has been cut. */
    interface Lines {
        /**
         * @param line as much as may be kept, without its end
         * @param length how long it really was
         * @param consumed bytes of the file that it took, its end included
         */
        void line(byte[] line, long length, long consumed);
    }

    /** @param maxBytes of a longer line only so much is kept */
    LineCutter(Charset charset, int maxBytes) {
        this.maxBytes = maxBytes;
        Charset encoding = wide(charset);
        this.lineFeed = "\n".getBytes(encoding);
        this.carriageReturn = "\r".getBytes(encoding);
    }

    /** UTF-16 without an order of bytes is big-endian (RFC 2781, section 4.3). */
    private static Charset wide(Charset charset) {
        String name = charset.name().toUpperCase(Locale.ROOT);
        if (name.equals("UTF-16") || name.equals("UTF-32")) {
            return Charset.forName(name + "BE");
        }
        return name.startsWith("UTF-16") || name.startsWith("UTF-32") ? charset : StandardCharsets.US_ASCII;
    }

    /** @param bytes whole characters from the file's beginning on */
    void feed(ByteBuffer bytes, Lines lines) {
        int width = lineFeed.length;
        while (bytes.remaining() >= width) {
            int start = bytes.position();
            int end = start;
            int limit = bytes.limit() - width;
            while (end <= limit && !isLineFeed(bytes, end, width)) {
                end += width;
            }
            keep(bytes, start, end);
            if (end > limit) {
                bytes.position(end);
                return;
            }
            bytes.position(end + width);
            finish(lines, width);
        }
    }

    /** Where the last whole line of a file ends, in bytes. */
    long endOfLastLine(FileChannel file) throws IOException {
        int width = lineFeed.length;
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long to = file.size() / width * width; to > 0; to -= block.limit()) {
            block.clear().limit((int) Math.min(to, BLOCK));
            long from = to - block.limit();
            while (block.hasRemaining()) {
                if (file.read(block, from + block.position()) < 0) {
                    throw new IOException("the file has become shorter");
                }
            }
            for (int at = block.limit() - width; at >= 0; at -= width) {
                if (isLineFeed(block, at, width)) {
                    return from + at + width;
                }
            }
        }
        return 0;
    }

    private boolean isLineFeed(ByteBuffer bytes, int at, int width) {
        if (width == 1) {
            return bytes.get(at) == '\n';
        }
        bytes.get(at, unit, 0, width);
        return Arrays.equals(unit, 0, width, lineFeed, 0, width);
    }

    /** Nothing more comes: what is there is the last line. */
    void end(Lines lines) {
        if (length > 0) {
            finish(lines, 0);
        }
    }

    /** Forgets the line that has begun. */
    void drop() {
        size = 0;
        length = 0;
    }

    private void keep(ByteBuffer bytes, int start, int end) {
        int room = Math.min(end - start, maxBytes - size);
        if (size + room > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(maxBytes, Math.max(size + room, kept.length * 2)));
        }
        bytes.get(start, kept, size, room);
        size += room;
        length += end - start;
    }

    private void finish(Lines lines, int lineEnd) {
        long consumed = length + lineEnd;
        int width = carriageReturn.length;
        if (lineEnd > 0
                && size == length
                && size >= width
                && Arrays.equals(kept, size - width, size, carriageReturn, 0, width)) {
            size -= width;
            length -= width;
        }
        byte[] line = Arrays.copyOf(kept, size);
        long whole = length;
        size = 0;
        length = 0;
        if (kept.length > 1 << 16) {
            kept = new byte[1024];
        }
        lines.line(line, whole, consumed);
    }
}
