package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts one connection's bytes into syslog messages (RFC 6587): {@code LENGTH SP message} where a message begins with a
 * length followed by {@code <}, else up to the line feed; each message decides anew. A carriage return before the line
 * feed belongs to the line end. Not thread-safe: one per connection.
 */
final class SyslogFramer {
    private static final int MAX_DIGITS = 8;
    private static final int KEPT_CAPACITY = 64 * 1024;

    /** Every connection has so much; what it takes beyond is reserved with all others'. */
    private static final int FIRST_CAPACITY = 256;

    /** Takes what has been cut out. */
    interface Frames {
        void message(byte[] message);

        /** @param beginning as much as may be kept, {@code length} how long it really was */
        void tooLong(byte[] beginning, long length);

        /** The connection ended in the middle of a message whose length it had said. */
        void torn(byte[] beginning, long length);
    }

    private enum State {
        BEGIN,
        LENGTH,
        OCTETS,
        LINE
    }

    private final int maxBytes;
    private final PartialBytes partial;
    private State state = State.BEGIN;
    private byte[] kept = new byte[FIRST_CAPACITY];
    private int size;
    private long length;
    private long octetsLeft;
    private boolean counted;
    private boolean cut;

    SyslogFramer(int maxBytes, PartialBytes partial) {
        this.maxBytes = maxBytes;
        this.partial = partial;
    }

    void feed(ByteBuf in, Frames frames) {
        while (in.isReadable()) {
            switch (state) {
                case BEGIN -> begin(in);
                case LENGTH -> length(in);
                case OCTETS -> octets(in, frames);
                case LINE -> line(in, frames);
            }
        }
    }

    /** The connection has ended: what is there is a message if it is a line, and a torn one if its length is missing. */
    void end(Frames frames) {
        if (length > 0) {
            if (state == State.OCTETS) {
                frames.torn(Arrays.copyOf(kept, size), length);
            } else {
                finish(frames);
            }
        }
        partial.release(Math.max(0, kept.length - FIRST_CAPACITY));
        kept = new byte[0];
    }

    private void begin(ByteBuf in) {
        byte first = in.getByte(in.readerIndex());
        if (first == '\n' || first == '\r' || first == 0) {
            in.skipBytes(1);
        } else {
            state = first >= '1' && first <= '9' ? State.LENGTH : State.LINE;
        }
    }

    private void length(ByteBuf in) {
        byte next = in.getByte(in.readerIndex());
        boolean hasSpace = size > 0 && kept[size - 1] == ' ';
        if (hasSpace) {
            // "12 monkeys" is a line; only "12 <" begins a counted message, unless this sender has counted before.
            if (next == '<' || counted) {
                octetsLeft = number();
                counted = true;
                size = 0;
                length = 0;
                state = State.OCTETS;
            } else {
                state = State.LINE;
            }
        } else if (next == ' ' && size > 0 || next >= '0' && next <= '9' && size < MAX_DIGITS) {
            keep(in, 1);
        } else {
            state = State.LINE;
        }
    }

    private long number() {
        long value = 0;
        for (int i = 0; i < size - 1; i++) {
            value = value * 10 + (kept[i] - '0');
        }
        return value;
    }

    private void octets(ByteBuf in, Frames frames) {
        int take = (int) Math.min(octetsLeft, in.readableBytes());
        keep(in, take);
        octetsLeft -= take;
        if (octetsLeft == 0) {
            finish(frames);
        }
    }

    private void line(ByteBuf in, Frames frames) {
        int end = in.bytesBefore((byte) '\n');
        if (end < 0) {
            keep(in, in.readableBytes());
            return;
        }
        keep(in, end);
        in.skipBytes(1);
        if (size > 0 && kept[size - 1] == '\r' && !cut) {
            size--;
            length--;
        }
        finish(frames);
    }

    private void keep(ByteBuf in, int bytes) {
        length += bytes;
        int room = cut ? 0 : Math.min(bytes, maxBytes - size);
        if (size + room > kept.length && !grow(size + room)) {
            room = kept.length - size;
        }
        in.readBytes(kept, size, room);
        size += room;
        if (room < bytes) {
            cut = true;
            in.skipBytes(bytes - room);
        }
    }

    private boolean grow(int needed) {
        int capacity = (int) Math.min(maxBytes, Math.max(needed, kept.length * 2L));
        if (!partial.tryReserve(capacity - kept.length)) {
            return false;
        }
        kept = Arrays.copyOf(kept, capacity);
        return true;
    }

    private void finish(Frames frames) {
        byte[] message = Arrays.copyOf(kept, size);
        if (cut) {
            frames.tooLong(message, length);
        } else if (size > 0) {
            frames.message(message);
        }
        if (kept.length > KEPT_CAPACITY) {
            partial.release(kept.length - KEPT_CAPACITY);
            kept = new byte[KEPT_CAPACITY];
        }
        state = State.BEGIN;
        size = 0;
        length = 0;
        cut = false;
    }
}
