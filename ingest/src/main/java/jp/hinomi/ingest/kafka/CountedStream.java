package jp.hinomi.ingest.kafka;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what has been read of a stream. Not thread-safe. */
final class CountedStream extends FilterInputStream {
    private long bytes;

    CountedStream(InputStream in) {
        super(in);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        bytes += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        bytes += Math.max(0, read);
        return read;
    }
}
