package jp.hinomi.rules.detection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * A field that a rule asks for, resolved once: an event's field, or one of the two that every event has apart from its
 * fields ({@code @timestamp}, {@code event.id}). Compares by name. Immutable.
 */
public final class EventField {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private final String name;
    private final Field field;

    private EventField(String name, Field field) {
        this.name = name;
        this.field = field;
    }

    public static EventField of(String name) {
        Objects.requireNonNull(name, "name");
        boolean apart = name.equals(SecurityEvent.ID) || name.equals(SecurityEvent.TIMESTAMP);
        return new EventField(name, apart ? null : Fields.of(name));
    }

    public String name() {
        return name;
    }

    /** True if the event keeps the field in its map of rare fields. */
    public boolean isExtra() {
        return field != null && field.isExtra();
    }

    /** The value, a list of several, or null if the event does not have it. */
    public Object read(SecurityEvent event) {
        if (field != null) {
            return event.get(field);
        }
        return name.equals(SecurityEvent.ID)
                ? event.id()
                : TIME.format(Instant.ofEpochMilli(event.timestampMillis()).atOffset(ZoneOffset.UTC));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventField that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
