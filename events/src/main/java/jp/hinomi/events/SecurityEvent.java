package jp.hinomi.events;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One log record, decoded into ECS fields.
 *
 * <p>A value is a {@code String}, {@code Long}, {@code Double}, {@code Boolean}, or a {@code List} of these (never empty,
 * never nested). Fields of the dictionary sit in slots: a presence mask of 128 bits and the present values, packed in
 * slot order. Immutable and thread-safe; built by {@link Builder}.
 */
public final class SecurityEvent {
    /** JSON names of the two values that are not fields because every event has them. */
    public static final String ID = "event.id";

    public static final String TIMESTAMP = "@timestamp";

    private final String id;
    private final long timestampMillis;
    private final long correlationMillis;
    private final long presentLow;
    private final long presentHigh;
    private final Object[] values;
    private final Map<String, Object> extra;

    private SecurityEvent(SecurityEvent like, long presentLow, long presentHigh, Object[] values) {
        this.id = like.id;
        this.timestampMillis = like.timestampMillis;
        this.correlationMillis = like.correlationMillis;
        this.presentLow = presentLow;
        this.presentHigh = presentHigh;
        this.values = values;
        this.extra = like.extra;
    }

    private SecurityEvent(Builder builder) {
        this.id = Objects.requireNonNull(builder.id, "an event needs an id");
        this.timestampMillis = builder.timestampMillis;
        this.correlationMillis = builder.correlationMillis;
        this.presentLow = builder.presentLow;
        this.presentHigh = builder.presentHigh;
        this.values = new Object[Long.bitCount(presentLow) + Long.bitCount(presentHigh)];
        int next = 0;
        for (long left = presentLow; left != 0; left &= left - 1) {
            values[next++] = builder.slots[Long.numberOfTrailingZeros(left)];
        }
        for (long left = presentHigh; left != 0; left &= left - 1) {
            values[next++] = builder.slots[Long.SIZE + Long.numberOfTrailingZeros(left)];
        }
        this.extra = builder.takeExtra();
    }

    /** The id, the same in every replay: {@code topic-partition-offset} for records from Kafka. */
    public String id() {
        return id;
    }

    /** When the source says it happened, in milliseconds since the epoch. */
    public long timestampMillis() {
        return timestampMillis;
    }

    /**
     * The time that correlation uses, in milliseconds since the epoch: the source's own time, or the broker's append time
     * where the source's clock is not to be believed ({@code clock.suspect}).
     */
    public long correlationMillis() {
        return correlationMillis;
    }

    /** The value of a field, or null if the event does not have it. */
    public Object get(Field field) {
        int slot = field.slot();
        if (slot < 0) {
            return extra.get(field.name());
        }
        if (slot < Long.SIZE) {
            long bit = 1L << slot;
            return (presentLow & bit) == 0 ? null : values[Long.bitCount(presentLow & (bit - 1))];
        }
        long bit = 1L << (slot - Long.SIZE);
        return (presentHigh & bit) == 0
                ? null
                : values[Long.bitCount(presentLow) + Long.bitCount(presentHigh & (bit - 1))];
    }

    public boolean has(Field field) {
        return get(field) != null;
    }

    /** The value as text: of a list its first element; null if the event does not have the field. */
    public String text(Field field) {
        Object value = get(field);
        if (value instanceof List<?> list) {
            value = list.get(0);
        }
        return value == null ? null : value.toString();
    }

    /** Calls {@code visitor} for every field: those of the dictionary in slot order, then extra ones in no order. */
    public void forEach(BiConsumer<String, Object> visitor) {
        int next = 0;
        for (int slot = 0; slot < Fields.SLOTS; slot++) {
            long bit = 1L << slot; // the shift uses the low six bits, so it is right for both words
            if (((slot < Long.SIZE ? presentLow : presentHigh) & bit) != 0) {
                visitor.accept(Fields.atSlot(slot).name(), values[next++]);
            }
        }
        extra.forEach(visitor);
    }

    /** The fields that are not in the dictionary. Unmodifiable. */
    public Map<String, Object> extra() {
        return extra;
    }

    /**
     * The same with one more field, or another value of it. Cheaper than a builder, for what is done to every event.
     *
     * @param value as for {@link Builder#put(Field, Object)}; null and the empty list leave the event as it is
     */
    public SecurityEvent with(Field field, Object value) {
        Object normal = Builder.normalise(value);
        int slot = field.slot();
        if (normal == null) {
            return this;
        }
        if (slot < 0) {
            return toBuilder().put(field, normal).build();
        }
        boolean low = slot < Long.SIZE;
        long bit = 1L << slot; // the shift uses the low six bits, so it is right for both words
        int at = low
                ? Long.bitCount(presentLow & (bit - 1))
                : Long.bitCount(presentLow) + Long.bitCount(presentHigh & (bit - 1));
        if (((low ? presentLow : presentHigh) & bit) != 0) {
            Object[] changed = values.clone();
            changed[at] = normal;
            return new SecurityEvent(this, presentLow, presentHigh, changed);
        }
        Object[] more = new Object[values.length + 1];
        System.arraycopy(values, 0, more, 0, at);
        more[at] = normal;
        System.arraycopy(values, at, more, at + 1, values.length - at);
        return new SecurityEvent(
                this, low ? presentLow | bit : presentLow, low ? presentHigh : presentHigh | bit, more);
    }

    /** A builder that starts with everything this event has. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecurityEvent event
                && id.equals(event.id)
                && timestampMillis == event.timestampMillis
                && correlationMillis == event.correlationMillis
                && presentLow == event.presentLow
                && presentHigh == event.presentHigh
                && Arrays.equals(values, event.values)
                && extra.equals(event.extra);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        Map<String, Object> all = new TreeMap<>();
        forEach(all::put);
        return id + "@" + timestampMillis + all;
    }

    /** Collects the fields of one event. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final Object[] slots = new Object[Fields.SLOTS];
        private long presentLow;
        private long presentHigh;
        /** Of the event that this began with, or handed to one that was built: copied before it is changed. */
        private Map<String, Object> sharedExtra = Map.of();
        /** Null until an extra field is put. */
        private Map<String, Object> ownExtra;

        private long timestampMillis;
        private long correlationMillis;

        /**
         * @param id what {@link SecurityEvent#id()} returns
         * @param timestampMillis when the source says it happened; also the correlation time until set otherwise
         */
        public Builder(String id, long timestampMillis) {
            this.id = id;
            this.timestampMillis = timestampMillis;
            this.correlationMillis = timestampMillis;
        }

        private Builder(SecurityEvent event) {
            this(event.id, event.timestampMillis);
            correlationMillis = event.correlationMillis;
            presentLow = event.presentLow;
            presentHigh = event.presentHigh;
            int next = 0;
            for (long left = presentLow; left != 0; left &= left - 1) {
                slots[Long.numberOfTrailingZeros(left)] = event.values[next++];
            }
            for (long left = presentHigh; left != 0; left &= left - 1) {
                slots[Long.SIZE + Long.numberOfTrailingZeros(left)] = event.values[next++];
            }
            sharedExtra = event.extra;
        }

        /** Sets the source's time, and the correlation time with it. */
        public Builder timestampMillis(long millis) {
            this.timestampMillis = millis;
            this.correlationMillis = millis;
            return this;
        }

        public Builder correlationMillis(long millis) {
            this.correlationMillis = millis;
            return this;
        }

        public long timestampMillis() {
            return timestampMillis;
        }

        /** Sets a field; null and the empty list leave it as it was. Integers become {@code Long}, floats {@code Double}. */
        public Builder put(Field field, Object value) {
            Object normal = normalise(value);
            if (normal == null) {
                return this;
            }
            int slot = field.slot();
            if (slot < 0) {
                putExtra(field.name(), normal);
            } else {
                slots[slot] = normal;
                if (slot < Long.SIZE) {
                    presentLow |= 1L << slot;
                } else {
                    presentHigh |= 1L << (slot - Long.SIZE);
                }
            }
            return this;
        }

        private void putExtra(String name, Object value) {
            if (ownExtra == null) {
                ownExtra = new HashMap<>(sharedExtra);
            }
            ownExtra.put(name, value);
        }

        /** Events are immutable: what one got is copied before this builder changes it again. */
        private Map<String, Object> takeExtra() {
            if (ownExtra != null) {
                sharedExtra = Collections.unmodifiableMap(ownExtra);
                ownExtra = null;
            }
            return sharedExtra;
        }

        public Builder put(Field field, long value) {
            return put(field, Long.valueOf(value));
        }

        /** The value put so far, or null. */
        public Object get(Field field) {
            int slot = field.slot();
            return slot >= 0 ? slots[slot] : (ownExtra != null ? ownExtra : sharedExtra).get(field.name());
        }

        public SecurityEvent build() {
            return new SecurityEvent(this);
        }

        private static Object normalise(Object value) {
            if (value instanceof String
                    || value instanceof Long
                    || value instanceof Double
                    || value instanceof Boolean) {
                return value;
            }
            if (value == null) {
                return null;
            }
            if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
                return ((Number) value).longValue();
            }
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            if (value instanceof List<?> list) {
                return normaliseList(list);
            }
            return value.toString();
        }

        private static Object normaliseList(List<?> list) {
            Object[] elements = new Object[list.size()];
            int count = 0;
            for (Object each : list) {
                Object normal = normalise(each);
                if (normal != null) {
                    elements[count++] = normal;
                }
            }
            return switch (count) {
                case 0 -> null;
                case 1 -> elements[0];
                default -> List.of(count == elements.length ? elements : Arrays.copyOf(elements, count));
            };
        }
    }
}
