package jp.hinomi.alerting.ack;

import java.util.Arrays;

/** The key that acknowledgement links are signed with. */
public record AckKey(byte[] bytes) {
    public AckKey {
        bytes = bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AckKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without the key: objects get logged. */
    @Override
    public String toString() {
        return "AckKey";
    }
}
