package jp.hinomi.alerting.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.suppress.Hold;
import jp.hinomi.city.Channel;
import jp.hinomi.events.Alert;

/**
 * A message for the outbox.
 *
 * @param message exactly what will be sent; absent of a notice that is held, which is told in a digest
 * @param held absent = to be sent now; else why it waits for a digest
 * @param inbox what it is counted with, and told with if it is held: its rule, its group, or what holds it
 */
public record NewDelivery(
        Alert alert,
        Recipient recipient,
        Channel channel,
        Cause cause,
        String language,
        Optional<String> message,
        Optional<Hold> held,
        String inbox,
        Instant deadline) {
    public NewDelivery {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(held, "held");
        if (message.isPresent() == held.isPresent()) {
            throw new IllegalArgumentException("what is held has no message, and what is sent has one: " + alert.id());
        }
    }

    /** The same key is sent once, whatever is replayed. */
    String idempotencyKey() {
        return alert.id() + "|" + recipient.contact().id() + "|" + channel.type() + ":" + channel.address() + "|"
                + cause.key();
    }

    List<Bilingual> reasons() {
        return held.map(hold -> {
                    List<Bilingual> all = new java.util.ArrayList<>(recipient.shownReasons());
                    all.add(hold.reason());
                    return all;
                })
                .orElse(recipient.shownReasons());
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
