package jp.hinomi.events;

import java.util.Objects;

/**
 * A field of an event, resolved once from its ECS name.
 *
 * <p>Fields of the {@linkplain Fields dictionary} have a slot, so that reading one from an event is an index, never a
 * look-up by string. All other names are {@linkplain #isExtra() extra} fields and live in a map. Instances compare by
 * name. Immutable.
 */
public final class Field {
    /** What a decoder must put into the field. */
    public enum Type {
        /** {@code String} */
        TEXT,
        /** {@code Long} */
        LONG,
        /** {@code Double} */
        DOUBLE,
        /** {@code Boolean} */
        FLAG,
        /** {@code String}, an IPv4 or IPv6 address in canonical text (RFC 5952). */
        ADDRESS,
        /** {@code String}, RFC 3339 in UTC. */
        TIME
    }

    static final int NO_SLOT = -1;

    private final String name;
    private final Type type;
    private final int slot;

    Field(String name, Type type, int slot) {
        this.name = Objects.requireNonNull(name);
        this.type = Objects.requireNonNull(type);
        this.slot = slot;
    }

    /** The ECS name, dotted: {@code source.ip}. */
    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /** True if the dictionary does not know this name, so that events keep it in a map. */
    public boolean isExtra() {
        return slot == NO_SLOT;
    }

    int slot() {
        return slot;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field field && field.name.equals(name);
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
