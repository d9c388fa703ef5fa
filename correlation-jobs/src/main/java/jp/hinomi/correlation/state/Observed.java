package jp.hinomi.correlation.state;

import java.util.Objects;

/**
 * That a record was read, for the watch over the sources.
 *
 * @param partition {@code topic-partition}
 * @param source its id; null for ticks and for sources that the city does not know
 * @param appendMillis when the broker appended it
 * @param decoded false if it was rejected
 * @param eventMillis what time it claims; meaningless if it was rejected
 */
public record Observed(String partition, String source, long appendMillis, boolean decoded, long eventMillis) {
    public Observed {
        Objects.requireNonNull(partition, "partition");
    }
}
