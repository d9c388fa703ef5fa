package jp.hinomi.alerting.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.suppress.Hold;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes one message about everything that was held back from a channel. Thread-safe. */
public final class Digests {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Texts texts;
    private final Writers writers;
    private final Outbox outbox;
    private final CityInForce city;
    private final Notices notices;

    public Digests(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Texts texts,
            Writers writers,
            Outbox outbox,
            CityInForce city,
            Notices notices) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.texts = texts;
        this.writers = writers;
        this.outbox = outbox;
        this.city = city;
        this.notices = notices;
    }

    /**
     * The message, kept in the row before it is sent. Empty if nothing is held any more: then the digest is over. It ends here,
     * before anybody can hold something back again and take it for one that still collects.
     */
    public Optional<String> write(Leased digest, Instant now) {
        return transaction.execute(status -> {
            // Before any row: whoever holds a notice back takes this lock first as well.
            outbox.lockInbox(
                    digest.contactId(),
                    digest.address(),
                    jdbc.sql("select rule_id from delivery where id = :id")
                            .param("id", digest.id())
                            .query(String.class)
                            .single());
            Row row = jdbc.sql("select rule_id, zone, language from delivery where id = :id for update")
                    .param("id", digest.id())
                    .query((result, number) -> new Row(
                            result.getString("rule_id"),
                            ZoneId.of(result.getString("zone")),
                            result.getString("language")))
                    .single();
            settle(digest, row, now);
            Taken taken = take(digest, row, now);
            if (taken.count() == 0) {
                boolean ours = outbox.finish(digest, "sent", null, now, now);
                outbox.addAttempt(digest, "sent", "nothing was held back any more", !ours, Duration.ZERO, now);
                return Optional.empty();
            }
            Optional<Channel> channel = channel(digest);
            if (channel.isEmpty()) {
                // Its transport refuses it and says why; what it holds is in it all the same.
                return Optional.of("{}");
            }
            String message =
                    writers.of(channel.get()).announcement(announcement(digest, row, taken, now), channel.get());
            jdbc.sql("update delivery set message = cast(:message as json) where id = :id")
                    .param("message", message)
                    .param("id", digest.id())
                    .update();
            return Optional.of(message);
        });
    }

    /**
     * Whatever somebody answered or closed meanwhile is no news any more: it is kept, with that reason, and not told. News it
     * is to whom an escalation still waits for: they have to answer as well.
     */
    private void settle(Leased digest, Row row, Instant now) {
        jdbc.sql("""
                update delivery set state = 'settled', finished_at = :now, last_error = alert.status, digest_id = :digest
                from alert
                where delivery.state = 'held' and delivery.contact_id = :contact and delivery.channel_type = :type
                  and delivery.address = :address and delivery.inbox = :inbox
                  and alert.id = delivery.alert_id and alert.status <> 'open'
                  and (alert.status = 'closed' or not exists (select 1 from escalation e
                      join escalation_target t on t.escalation_id = e.id and t.loop = e.loop
                      where e.alert_id = delivery.alert_id and e.state = 'running' and t.state = 'waiting'
                        and t.contact_id = delivery.contact_id))""")
                .param("now", Columns.time(now))
                .param("digest", digest.id())
                .param("contact", digest.contactId())
                .param("type", digest.channelType())
                .param("address", digest.address())
                .param("inbox", row.rule())
                .update();
    }

    private record Row(String rule, ZoneId zone, String language) {}

    /**
     * What the digest tells of.
     *
     * @param count all of it
     * @param newest as much as one message lists
     */
    private record Taken(int count, List<Announcement.Item> newest) {}

    /** What is held now, and what the digest took before and could not tell, when its channel was gone from the files. */
    private Taken take(Leased digest, Row row, Instant now) {
        AtomicInteger count = new AtomicInteger();
        List<Announcement.Item> newest = jdbc.sql("""
                with taken as (
                    update delivery set state = 'digested', digest_id = :digest
                    where (state = 'held' and contact_id = :contact and channel_type = :type and address = :address
                          and inbox = :rule)
                      or (state = 'digested' and digest_id = :digest
                          and exists (select 1 from alert where id = delivery.alert_id and status = 'open'))
                    returning alert_id)
                select alert.id, alert.title_ja, alert.title_en, alert.severity, alert.raised_at, count(*) over () as count
                from (select distinct alert_id from taken) told join alert on alert.id = told.alert_id
                order by alert.raised_at desc, alert.id limit :listed""")
                .param("listed", Announcement.LISTED)
                .param("digest", digest.id())
                .param("contact", digest.contactId())
                .param("type", digest.channelType())
                .param("address", digest.address())
                .param("rule", row.rule())
                .query((result, number) -> {
                    count.set(result.getInt("count"));
                    Instant at = Columns.instant(result, "raised_at");
                    return new Announcement.Item(
                            result.getString("id"),
                            result.getString("title_" + row.language()),
                            Severity.values()[result.getInt("severity")],
                            at,
                            Texts.time(row.language(), row.zone(), at),
                            notices.console(result.getString("id")),
                            notices.acknowledge(
                                    result.getString("id"),
                                    digest.contactId(),
                                    way(digest),
                                    // A text message has room for the link of the newest alone.
                                    number == 0 && "sms".equals(digest.channelType()),
                                    now));
                })
                .list();
        return new Taken(count.get(), newest);
    }

    /** What may go over its channel. */
    private Optional<Tlp> way(Leased digest) {
        return city.get()
                .contact(digest.contactId())
                .flatMap(of ->
                        channel(digest).map(channel -> Recipient.clearance(of.stakeholder(), of.contact(), channel)));
    }

    /** As the city's files have it now; empty if it is gone from them. */
    private Optional<Channel> channel(Leased digest) {
        return city.get()
                .contact(digest.contactId())
                .flatMap(of -> of.contact().channels().stream()
                        .filter(channel -> channel.type().equals(digest.channelType())
                                && channel.address().equals(digest.address()))
                        .findFirst());
    }

    private Announcement announcement(Leased digest, Row row, Taken taken, Instant now) {
        String language = row.language();
        String title = VisibleText.plain(taken.newest().get(0).title(), 120);
        Hold.Kind kind = Hold.kindOf(row.rule());
        String explain = texts.get(language, "digest." + kind.word(), taken.count(), title);
        return new Announcement(
                Announcement.Kind.DIGEST,
                digest.id(),
                language,
                city.get().name().getOrDefault(language, city.get().id()),
                Hold.nameOf(row.rule()),
                texts.get(language, "mail.digest.subject", taken.count(), title),
                title,
                explain,
                taken.count(),
                taken.newest(),
                texts.get(
                        language,
                        "mail.acknowledge.until",
                        Texts.time(language, row.zone(), notices.acknowledgeUntil(now))),
                notices.at("/alerts"),
                now);
    }
}
