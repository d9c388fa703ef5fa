package jp.hinomi.city;

import java.util.Objects;

/**
 * What makes an event or alert touch a resource. Constants from the most specific kind to the least.
 *
 * @param value source id, device id, CIDR block or single address, host name or {@code *.suffix}, service name, data
 *     class, layer
 */
public record Selector(Kind kind, String value) {
    public enum Kind {
        SOURCE,
        DEVICE,
        CIDR,
        HOST,
        SERVICE,
        DATA_CLASS,
        LAYER;

        /** The word in files: {@code data-class}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public Selector {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
    }

    /** {@code cidr: 10.20.0.0/16}, for reasons that people read. */
    @Override
    public String toString() {
        return kind.word() + ": " + value;
    }
}
