package jp.hinomi.correlation.state;

import java.util.List;
import java.util.Objects;

/**
 * A record of a {@code logs.*} topic, byte for byte.
 *
 * @param appendMillis when the broker appended it
 * @param key null without one
 * @param value null for ticks and tombstones
 */
public record RawRecord(
        String topic, int partition, long offset, long appendMillis, byte[] key, byte[] value, List<Header> headers) {

    /** @param value may be null */
    public record Header(String name, byte[] value) {}

    public RawRecord {
        Objects.requireNonNull(topic, "topic");
        headers = List.copyOf(headers);
    }

    /** {@code topic-partition-offset}. */
    public String origin() {
        return topic + '-' + partition + '-' + offset;
    }

    /** Value of the last header of that name, or null. */
    public byte[] header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return headers.get(i).value();
            }
        }
        return null;
    }
}
