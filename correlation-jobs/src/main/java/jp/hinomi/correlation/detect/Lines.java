package jp.hinomi.correlation.detect;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits bytes into lines at LF or CR LF. A line beyond the limit is cut there and marked. Not thread-safe. */
final class Lines implements AutoCloseable {
    /** Bytes; the longest that a topic takes. */
    static final int LONGEST = 4 << 20;

    private final InputStream in;
    private final byte[] chunk = new byte[1 << 16];
    private byte[] line = new byte[1 << 10];
    private int at;
    private int end;
    private long number;
    private boolean tooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line that is not empty, without its end; null after the last. */
    byte[] next() throws IOException {
        while (true) {
            byte[] next = nextOrEmpty();
            if (next == null || next.length > 0) {
                return next;
            }
        }
    }

    private byte[] nextOrEmpty() throws IOException {
        int length = 0;
        tooLong = false;
        boolean any = false;
        while (true) {
            if (at == end) {
                end = in.read(chunk);
                at = 0;
                if (end <= 0) {
                    end = 0;
                    if (!any) {
                        return null;
                    }
                    break;
                }
            }
            any = true;
            byte next = chunk[at++];
            if (next == '\n') {
                break;
            }
            if (length == LONGEST) {
                tooLong = true;
            } else {
                if (length == line.length) {
                    line = Arrays.copyOf(line, Math.min(LONGEST, 2 * length));
                }
                line[length++] = next;
            }
        }
        number++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return Arrays.copyOf(line, length);
    }

    /** Of the line that {@link #next} returned last, counted from 1. */
    long number() {
        return number;
    }

    boolean tooLong() {
        return tooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
