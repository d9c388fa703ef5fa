package jp.hinomi.alerting.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.city.Channel;
import jp.hinomi.events.Alert;

/**
 * A message for the outbox.
 *
 * @param message exactly what will be sent
 * @param held absent = to be sent now; else why it waits for a digest
 */
public record NewDelivery(
        Alert alert,
        Recipient recipient,
        Channel channel,
        Cause cause,
        String language,
        String message,
        Optional<Bilingual> held,
        Instant deadline) {
    public NewDelivery {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(held, "held");
    }

    /** The same, waiting for a digest for that reason. */
    public NewDelivery held(Bilingual reason) {
        return new NewDelivery(alert, recipient, channel, cause, language, message, Optional.of(reason), deadline);
    }

    /** The same with another deadline. */
    public NewDelivery until(Instant other) {
        return new NewDelivery(alert, recipient, channel, cause, language, message, held, other);
    }

    /** The same key is sent once, whatever is replayed. */
    String idempotencyKey() {
        return alert.id() + "|" + recipient.contact().id() + "|" + channel.type() + ":" + channel.address() + "|"
                + cause.key();
    }

    List<Bilingual> reasons() {
        return held.map(reason -> {
                    List<Bilingual> all = new java.util.ArrayList<>(recipient.reasons());
                    all.add(reason);
                    return all;
                })
                .orElse(recipient.reasons());
    }

    Optional<String> secretRef() {
        return channel instanceof Channel.Webhook webhook ? webhook.secret() : Optional.empty();
    }

    /** What of the alert's label this message carries: all of it, or nothing that the label covers. */
    int tlpApplied() {
        return recipient.disclosure() == Disclosure.FULL
                ? alert.tlp().ordinal()
                : recipient.clearance(channel).ordinal();
    }
}
