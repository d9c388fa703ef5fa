package jp.hinomi.ingest.decode;

import java.util.Objects;

/**
 * One record of a {@code logs.*} topic, or one line of a file, as it came.
 *
 * @param value the bytes as the source emitted them; not copied, not to be changed
 * @param sourceId who emitted it, from header or key; null if neither says
 * @param format from the header, overriding the source's configuration; null without one
 * @param origin {@code topic-partition-offset}, or {@code file:line}; becomes the event's id
 * @param appendMillis when the broker appended it, in milliseconds since the epoch; the reference for clocks
 */
public record LogRecord(byte[] value, String sourceId, String format, String origin, long appendMillis) {
    public LogRecord {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }
}
