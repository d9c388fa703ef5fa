package jp.hinomi.alerting.delivery;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that this worker alone may send until its lease ends.
 *
 * @param message JSON: of a mail its parts, of a webhook the body; absent for a digest that is still to be written
 * @param attempts this one included
 * @param alertId absent for a digest
 */
public record Leased(
        long id,
        String idempotencyKey,
        String kind,
        String channelType,
        String address,
        Optional<String> secretRef,
        String contactId,
        String language,
        Optional<String> message,
        int attempts,
        Instant deadline,
        Optional<String> alertId,
        String owner) {
    public Leased {
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(owner, "owner");
    }

    /** Whether it tells a program what happened. */
    boolean isEvent() {
        return "event".equals(kind);
    }

    boolean isUnwrittenDigest() {
        return "digest".equals(kind) && message.isEmpty();
    }

    Leased withMessage(String written) {
        return new Leased(
                id,
                idempotencyKey,
                kind,
                channelType,
                address,
                secretRef,
                contactId,
                language,
                Optional.of(written),
                attempts,
                deadline,
                alertId,
                owner);
    }
}
