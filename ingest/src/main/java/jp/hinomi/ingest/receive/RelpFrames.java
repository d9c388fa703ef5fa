package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts one connection's bytes into RELP frames: {@code TXNR SP COMMAND SP DATALEN [SP DATA] LF}, as librelp's
 * specification has them. Not thread-safe: one per connection.
 */
final class RelpFrames {
    private static final int LONGEST_COMMAND = 32;
    private static final int MOST_DIGITS = 9;
    private static final int FIRST_CAPACITY = 256;
    private static final int KEPT_CAPACITY = 64 * 1024;

    /** Takes what has been cut out. */
    interface Frames {
        /**
         * @param data as much as may be kept
         * @param length how long it really was
         */
        void frame(long transaction, String command, byte[] data, long length) throws RelpFrameException;
    }

    private enum State {
        TRANSACTION,
        COMMAND,
        LENGTH,
        DATA,
        TRAILER
    }

    private final int maxBytes;
    private final PartialBytes partial;
    private final StringBuilder command = new StringBuilder(LONGEST_COMMAND);
    private State state = State.TRANSACTION;
    private int digits;
    private long transaction;
    private long length;
    private long left;
    private byte[] kept = new byte[FIRST_CAPACITY];
    private int size;

    /** @param maxBytes of longer data only so much is kept */
    RelpFrames(int maxBytes, PartialBytes partial) {
        this.maxBytes = maxBytes;
        this.partial = partial;
    }

    void feed(ByteBuf in, Frames frames) throws RelpFrameException {
        while (in.isReadable()) {
            switch (state) {
                case TRANSACTION -> transaction(in.readByte());
                case COMMAND -> command(in.readByte());
                case LENGTH -> length(in.readByte(), frames);
                case DATA -> data(in);
                case TRAILER -> trailer(in.readByte(), frames);
            }
        }
    }

    /** The connection has ended: what is not whole has not been acknowledged, so its sender has it still. */
    void end() {
        partial.release(Math.max(0, kept.length - FIRST_CAPACITY));
        kept = new byte[0];
        size = 0;
    }

    private void transaction(byte next) throws RelpFrameException {
        if (next == ' ' && digits > 0) {
            state = State.COMMAND;
            digits = 0;
        } else if (isDigit(next) && digits < MOST_DIGITS) {
            transaction = transaction * 10 + (next - '0');
            digits++;
        } else {
            throw new RelpFrameException(
                    "this is not RELP (a frame begins with its number): plain syslog goes to the syslog port, and TLS"
                            + " to the port for RELP over TLS");
        }
    }

    private void command(byte next) throws RelpFrameException {
        if (next == ' ' && command.length() > 0) {
            state = State.LENGTH;
        } else if ((next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || isDigit(next) || next == '_')
                && command.length() < LONGEST_COMMAND) {
            command.append((char) next);
        } else {
            throw new RelpFrameException("this is not RELP: a frame without a command");
        }
    }

    private void length(byte next, Frames frames) throws RelpFrameException {
        if (isDigit(next) && digits < MOST_DIGITS) {
            length = length * 10 + (next - '0');
            digits++;
        } else if (next == ' ' && digits > 0) {
            left = length;
            state = left == 0 ? State.TRAILER : State.DATA;
        } else if (next == '\n' && digits > 0 && length == 0) {
            finish(frames);
        } else {
            throw new RelpFrameException("a RELP frame without the length of its data");
        }
    }

    private void data(ByteBuf in) {
        int take = (int) Math.min(left, in.readableBytes());
        int room = Math.min(take, maxBytes - size);
        if (size + room > kept.length && !grow(size + room)) {
            room = kept.length - size;
        }
        in.readBytes(kept, size, room);
        in.skipBytes(take - room);
        size += room;
        left -= take;
        if (left == 0) {
            state = State.TRAILER;
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

    private void trailer(byte next, Frames frames) throws RelpFrameException {
        if (next != '\n') {
            throw new RelpFrameException("a RELP frame that is longer than it says");
        }
        finish(frames);
    }

    private void finish(Frames frames) throws RelpFrameException {
        byte[] data = Arrays.copyOf(kept, size);
        if (kept.length > KEPT_CAPACITY) {
            partial.release(kept.length - KEPT_CAPACITY);
            kept = new byte[KEPT_CAPACITY];
        }
        long number = transaction;
        long whole = length;
        String word = command.toString();
        state = State.TRANSACTION;
        digits = 0;
        transaction = 0;
        length = 0;
        size = 0;
        command.setLength(0);
        frames.frame(number, word, data, whole);
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }

    /** @param data may be empty */
    static byte[] frame(long transaction, String command, String data) {
        String head = transaction + " " + command + " " + data.length();
        return (data.isEmpty() ? head + "\n" : head + " " + data + "\n").getBytes(US_ASCII);
    }
}
