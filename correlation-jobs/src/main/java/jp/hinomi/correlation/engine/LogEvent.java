package jp.hinomi.correlation.engine;

import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/**
 * A log event on its way through correlation: id and time at hand, the rest as the bytes that it came in until somebody
 * looks at it. Most matches are stored, sent and forgotten without that. Seen from outside immutable; thread-safe, since
 * snapshots are written beside the stream.
 */
public final class LogEvent {
    /** How events become bytes and come back: all of them but id and correlation time. Thread-safe. */
    public interface Codec {
        byte[] write(SecurityEvent event);

        SecurityEvent read(String id, long correlationMillis, byte[] bytes);
    }

    private final String id;
    private final long time;
    /** What {@link #bytes} were written by; null if there are none yet. */
    private final Codec codec;

    private volatile SecurityEvent event;
    private volatile byte[] bytes;

    private LogEvent(String id, long time, SecurityEvent event, byte[] bytes, Codec codec) {
        this.id = Objects.requireNonNull(id, "id");
        this.time = time;
        this.event = event;
        this.bytes = bytes;
        this.codec = codec;
    }

    public static LogEvent of(SecurityEvent event) {
        return new LogEvent(event.id(), event.correlationMillis(), event, null, null);
    }

    /**
     * An event that has not been read yet.
     *
     * @param time {@link SecurityEvent#correlationMillis()}
     */
    public static LogEvent of(String id, long time, byte[] bytes, Codec codec) {
        return new LogEvent(id, time, null, Objects.requireNonNull(bytes, "bytes"), codec);
    }

    public String id() {
        return id;
    }

    /** In milliseconds since the epoch. */
    public long time() {
        return time;
    }

    /** The whole event, read at the first call and kept: an alert that shows it will ask again. */
    public SecurityEvent event() {
        SecurityEvent read = event;
        if (read == null) {
            read = codec.read(id, time, bytes);
            event = read;
        }
        return read;
    }

    /** Not to be changed: written at the first call and kept, because an event goes to several groups. */
    public byte[] bytes(Codec writer) {
        byte[] written = bytes;
        if (written == null) {
            written = writer.write(event);
            bytes = written;
        }
        return written;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEvent that && id.equals(that.id) && event().equals(that.event());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return event().toString();
    }
}
