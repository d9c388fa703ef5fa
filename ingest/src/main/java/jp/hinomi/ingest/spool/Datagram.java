package jp.hinomi.ingest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One datagram as it came.
 *
 * @param receivedMillis when, in milliseconds since 1970
 * @param peer address of its sender, at most 255 bytes
 * @param message its bytes; not copied, so nobody may change them
 */
public record Datagram(long receivedMillis, String peer, byte[] message) {
    /** What UDP can carry. */
    static final int LONGEST_MESSAGE = 65_535;

    private static final int LONGEST_PEER = 255;
    private static final int TIME_AND_LENGTH = Long.BYTES + 1;

    /** Of the bytes that {@link #written} gives. */
    static final int LONGEST = TIME_AND_LENGTH + LONGEST_PEER + LONGEST_MESSAGE;

    public Datagram {
        Objects.requireNonNull(peer, "peer");
        if (peer.getBytes(UTF_8).length > LONGEST_PEER) {
            throw new IllegalArgumentException("no address is as long as this: " + peer);
        }
        if (message.length > LONGEST_MESSAGE) {
            throw new IllegalArgumentException(
                    "a datagram has at most " + LONGEST_MESSAGE + " bytes, not " + message.length);
        }
    }

    /** Time, length of the address, address, message. */
    ByteBuffer written() {
        byte[] address = peer.getBytes(UTF_8);
        return ByteBuffer.allocate(TIME_AND_LENGTH + address.length + message.length)
                .putLong(receivedMillis)
                .put((byte) address.length)
                .put(address)
                .put(message)
                .flip();
    }

    /** @param bytes as {@link #written} gave them */
    static Datagram read(ByteBuffer bytes) {
        long receivedMillis = bytes.getLong();
        byte[] address = new byte[bytes.get() & 0xFF];
        bytes.get(address);
        byte[] message = new byte[bytes.remaining()];
        bytes.get(message);
        return new Datagram(receivedMillis, new String(address, UTF_8), message);
    }
}
