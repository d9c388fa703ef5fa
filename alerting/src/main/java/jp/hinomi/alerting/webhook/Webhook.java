package jp.hinomi.alerting.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;

/**
 * A subscription as it is kept; without its secret.
 *
 * @param why it is suspended
 * @param position number of the last row of the audit log that was looked at for it
 */
public record Webhook(
        long id,
        Subscription subscription,
        State state,
        Optional<Bilingual> why,
        Optional<Instant> suspendedAt,
        long position,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {
    public enum State {
        ACTIVE,
        SUSPENDED,
        REMOVED;

        /** The word in the database and in JSON: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    private static final String PREFIX = "webhook:";

    public Webhook {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(state, "state");
    }

    /** How the outbox, the audit log and alarms name it. */
    public static String object(long id) {
        return PREFIX + id;
    }

    public String object() {
        return object(id);
    }

    /** @throws NumberFormatException if it names no webhook */
    static long idOf(String object) {
        return Long.parseLong(object.substring(PREFIX.length()));
    }
}
