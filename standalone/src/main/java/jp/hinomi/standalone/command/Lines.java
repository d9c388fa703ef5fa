package jp.hinomi.standalone.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a file as bytes, without their line ends; nothing is decoded, so nothing can be mangled. Input compressed with
 * gzip is recognised. Of a line beyond the limit only the beginning is kept: see {@link #wasWhole}. Not thread-safe.
 */
final class Lines implements AutoCloseable {
    static final int LONGEST = 4 * 1024 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[8192];
    private long number;
    private boolean whole;

    Lines(InputStream in) throws IOException {
        this.in = new BufferedInputStream(unpacked(in), 1 << 16);
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    /** The next line; null at the end. */
    byte[] next() throws IOException {
        int length = 0;
        whole = true;
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (length < LONGEST) {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.min(LONGEST, length * 2));
                }
                buffer[length++] = (byte) c;
            } else {
                whole = false;
            }
        }
        if (whole && length > 0 && buffer[length - 1] == '\r') {
            length--;
        }
        number++;
        return Arrays.copyOf(buffer, length);
    }

    /** Of the line that was returned last, from 1. */
    long number() {
        return number;
    }

    /** False if the line that was returned last is only the beginning of a longer one. */
    boolean wasWhole() {
        return whole;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
