package jp.hinomi.alerting.delivery;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The name of one message, by which a receiver can tell that it has it already. */
final class Idempotency {
    static final String HEADER = "Idempotency-Key";

    private Idempotency() {}

    /** The same for every attempt, and unlike that of any other message of any city. */
    static String key(Leased message) {
        return UUID.nameUUIDFromBytes((message.id() + "|" + message.idempotencyKey()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
