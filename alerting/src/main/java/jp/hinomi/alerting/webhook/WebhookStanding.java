package jp.hinomi.alerting.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * A webhook with what is known of whether it works.
 *
 * @param lastError what the other side said at the last failure; absent once it took a message again
 * @param waiting messages that are to be sent
 * @param dead messages that were given up
 * @param behind rows of the audit log that were not looked at for it yet
 */
public record WebhookStanding(
        Webhook webhook,
        Optional<Instant> lastOk,
        Optional<Instant> lastFailed,
        Optional<String> lastError,
        long waiting,
        long dead,
        long behind) {}
