package jp.hinomi.alerting.intake;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.DeliverySettings;
import jp.hinomi.alerting.delivery.NewDelivery;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.notice.Notice;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.InboxGuard;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;

/** Puts a decision into the outbox: one message per channel of each recipient, as it will be sent. Thread-safe. */
public final class Dispatch {
    private final Outbox outbox;
    private final Notices notices;
    private final Writers writers;
    private final DeliverySettings settings;

    public Dispatch(Outbox outbox, Notices notices, Writers writers, DeliverySettings settings) {
        this.outbox = outbox;
        this.notices = notices;
        this.writers = writers;
        this.settings = settings;
    }

    /**
     * What became of a notice.
     *
     * @param news false if the recipient has been sent the same before
     * @param at when the first of its channels is sent it: now, or with a digest
     */
    record Told(boolean news, Instant at) {}

    /**
     * @param json the alert as it came
     * @param told every stakeholder that is told, the recipient included
     * @param notBefore when the recipient is on call: now, or later
     */
    Told tell(
            Alert alert,
            String json,
            Recipient recipient,
            List<Stakeholder> told,
            Cause cause,
            Instant notBefore,
            Instant now) {
        Map<Disclosure, Notice> written = new EnumMap<>(Disclosure.class);
        boolean news = false;
        Instant at = null;
        for (Channel channel : recipient.contact().channels()) {
            Recipient reader = recipient.over(alert.tlp(), channel);
            Notice notice =
                    written.computeIfAbsent(reader.disclosure(), any -> notices.write(alert, reader, told, cause, now));
            NewDelivery delivery = new NewDelivery(
                    alert,
                    reader,
                    channel,
                    cause,
                    notice.language(),
                    writers.of(channel).notice(notice, json, recipient.contact().id(), channel),
                    Optional.empty(),
                    notBefore.plus(settings.deadline()));
            int recent = outbox.recent(delivery, now.minus(settings.stormWindow()));
            InboxGuard guard = InboxGuard.decide(cause, recent, settings.stormLimit(), settings.stormWindow());
            Instant sentAt = notBefore;
            if (guard instanceof InboxGuard.Hold hold) {
                NewDelivery held = delivery.held(hold.reason());
                if (outbox.add(held, now, now)) {
                    Instant digestAt = now.plus(settings.stormWindow());
                    outbox.addDigest(held.until(digestAt.plus(settings.deadline())), digestAt, now);
                    sentAt = outbox.digestAt(held).orElse(digestAt);
                    news = true;
                }
            } else {
                news |= outbox.add(delivery, notBefore, now);
            }
            at = at == null || sentAt.isBefore(at) ? sentAt : at;
        }
        return new Told(news, at == null ? notBefore : at);
    }
}
