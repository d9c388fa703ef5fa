package jp.hinomi.alerting.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.DeliverySettings;
import jp.hinomi.alerting.delivery.NewDelivery;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.notice.Letter;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.InboxGuard;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.suppress.Hold;
import jp.hinomi.alerting.suppress.Inbox;
import jp.hinomi.alerting.suppress.Suppression;
import jp.hinomi.alerting.suppress.Tallies;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Tlp;

/** Puts a decision into the outbox: one message per channel of each recipient, as it will be sent. Thread-safe. */
public final class Dispatch {
    private final Outbox outbox;
    private final Notices notices;
    private final Writers writers;
    private final Suppression suppression;
    private final Tallies tallies;
    private final CityInForce city;
    private final DeliverySettings settings;

    public Dispatch(
            Outbox outbox,
            Notices notices,
            Writers writers,
            Suppression suppression,
            Tallies tallies,
            CityInForce city,
            DeliverySettings settings) {
        this.suppression = suppression;
        this.tallies = tallies;
        this.outbox = outbox;
        this.notices = notices;
        this.writers = writers;
        this.city = city;
        this.settings = settings;
    }

    /** Whoever is told together is locked before the first of them, in a fixed order: see {@link Tallies#lock}. */
    void lock(Collection<String> stakeholders) {
        tallies.lock(stakeholders);
    }

    /**
     * An alert that is going to be told.
     *
     * @param others stakeholders that may be told besides the recipients
     */
    record Expected(Alert alert, List<Recipient> recipients, Set<String> others) {}

    /** Locks and reads for all of them at once what would be locked and read for each. */
    void prepare(List<Expected> all, Instant now) {
        Set<String> stakeholders = new HashSet<>();
        Set<Inbox> groups = new HashSet<>();
        Set<Inbox> rules = new HashSet<>();
        for (Expected each : all) {
            stakeholders.addAll(each.others());
            for (Recipient recipient : each.recipients()) {
                stakeholders.add(recipient.stakeholder().id());
                Optional<String> group = suppression.group(each.alert(), recipient);
                for (Channel channel : recipient.contact().channels()) {
                    (group.isPresent() ? groups : rules)
                            .add(Inbox.of(recipient.contact().id(), channel, inbox(each.alert(), group)));
                }
            }
        }
        if (stakeholders.isEmpty()) {
            return;
        }
        suppression.prepare(stakeholders, groups, now);
        if (!rules.isEmpty()) {
            tallies.prepareNotices(rules, now.minus(settings.stormWindow()), now);
        }
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
        Map<Tlp, Letter> written = new EnumMap<>(Tlp.class);
        suppression.opened(alert, now);
        Optional<Hold> overall = suppression.notice(alert, recipient, cause, now);
        Optional<String> group = suppression.group(alert, recipient);
        boolean news = false;
        Instant at = null;
        for (Channel channel : recipient.contact().channels()) {
            Recipient reader = recipient.over(alert.tlp(), channel);
            Optional<Hold> hold = overall.or(() -> suppression.channel(recipient, channel, cause, group, now))
                    .or(() -> guard(alert, reader, channel, cause, group, now));
            Instant sentAt = notBefore;
            boolean fresh;
            if (hold.isPresent()) {
                // Who is on call later is not told earlier because it is held.
                Instant until =
                        hold.get().until().isAfter(notBefore) ? hold.get().until() : notBefore;
                Optional<Outbox.Held> held = outbox.hold(
                        new NewDelivery(
                                alert,
                                reader,
                                channel,
                                cause,
                                Notices.language(reader),
                                Optional.empty(),
                                hold,
                                hold.get().key(),
                                until.plus(city.get().notification().delivery().deadline())),
                        notBefore,
                        until,
                        now);
                fresh = held.isPresent();
                sentAt = held.map(Outbox.Held::digest).orElse(notBefore);
                if (held.filter(Outbox.Held::isNew).isPresent()) {
                    tallies.addDigest(
                            recipient.stakeholder().id(),
                            Inbox.of(
                                    recipient.contact().id(),
                                    channel,
                                    hold.get().key()));
                }
            } else {
                Letter letter = written.computeIfAbsent(
                        reader.clearance(), any -> notices.letter(alert, json, reader, told, cause, now));
                fresh = outbox.add(
                        new NewDelivery(
                                alert,
                                reader,
                                channel,
                                cause,
                                letter.notice().language(),
                                Optional.of(writers.of(channel)
                                        .notice(letter, recipient.contact().id(), channel)),
                                Optional.empty(),
                                inbox(alert, group),
                                notBefore.plus(
                                        city.get().notification().delivery().deadline())),
                        notBefore,
                        now);
                if (fresh) {
                    tallies.addNotice(
                            recipient.stakeholder().id(),
                            Inbox.of(recipient.contact().id(), channel, inbox(alert, group)),
                            Columns.text(alert.rule().id()),
                            alert.severity(),
                            now);
                }
            }
            if (fresh) {
                suppression.told(alert, recipient, channel, group, sentAt, now);
            }
            news |= fresh;
            at = at == null || sentAt.isBefore(at) ? sentAt : at;
        }
        return new Told(news, at == null ? notBefore : at);
    }

    private static String inbox(Alert alert, Optional<String> group) {
        return group.map(Suppression::inboxOf).orElse(alert.rule().id());
    }

    /** Without groups of the city's own, one rule may not fill an inbox. */
    private Optional<Hold> guard(
            Alert alert, Recipient reader, Channel channel, Cause cause, Optional<String> group, Instant now) {
        if (group.isPresent()) {
            return Optional.empty();
        }
        int recent = tallies.notices(
                Inbox.of(reader.contact().id(), channel, alert.rule().id()), now.minus(settings.stormWindow()), now);
        InboxGuard guard = InboxGuard.decide(cause, recent, settings.stormLimit(), settings.stormWindow());
        return guard instanceof InboxGuard.Hold hold
                ? Optional.of(
                        new Hold(Hold.Kind.RULE, alert.rule().id(), hold.reason(), now.plus(settings.stormWindow())))
                : Optional.empty();
    }
}
