package jp.hinomi.alerting.incident.join;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Somebody or something that alerts can have in common. */
public record Entity(Kind kind, String value) {
    /** Longer values are no names; they are left out rather than cut, because two cut ones could look the same. */
    static final int LONGEST = 200;

    public enum Kind {
        USER(Duration.ofHours(2)),
        HOST(Duration.ofHours(2)),
        /** Where it came from or went to. Addresses change hands sooner than names do. */
        ADDRESS(Duration.ofHours(1)),
        DEVICE(Duration.ofHours(2)),
        /** A part of the city. Much happens to each: by itself it is a hint and no more. */
        RESOURCE(Duration.ofMinutes(30));

        private final Duration window;

        Kind(Duration window) {
            this.window = window;
        }

        /** Alerts that are further apart than this have nothing to do with each other by it. */
        public Duration window() {
            return window;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if it is none of them */
        public static Kind ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public Entity {
        Objects.requireNonNull(kind, "kind");
        // PostgreSQL keeps no U+0000.
        if (value.isEmpty() || value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an entity's value has 1 to " + LONGEST + " characters without U+0000");
        }
    }
}
