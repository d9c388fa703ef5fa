package jp.hinomi.alerting.duty;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.schedule.HandOver;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells whoever goes off duty and whoever comes on what is open, through the outbox: once per hand-over, contact and channel,
 * however many instances run and however often they start. Thread-safe.
 */
public final class HandOverNotices {
    /** What somebody took so long ago is not handed over any more. */
    private static final Duration TAKEN_WITHIN = Duration.ofDays(7);

    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Texts texts;
    private final Writers writers;
    private final Notices notices;
    private final CityInForce city;
    private final Duration patience;

    /** @param patience how long a message is tried */
    public HandOverNotices(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Texts texts,
            Writers writers,
            Notices notices,
            CityInForce city,
            Duration patience) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.texts = texts;
        this.writers = writers;
        this.notices = notices;
        this.city = city;
        this.patience = patience;
    }

    /** How many messages were written. */
    public int tell(Instant now) {
        int written = 0;
        for (Schedule schedule : city.get().schedules().values()) {
            for (HandOver handOver : DueHandOvers.of(schedule, now)) {
                written += tell(schedule, handOver, now);
            }
        }
        return written;
    }

    private int tell(Schedule schedule, HandOver handOver, Instant now) {
        Integer written = transaction.execute(status -> {
            List<Open> open = null;
            int messages = 0;
            for (DueHandOvers.Change change : DueHandOvers.changes(handOver)) {
                Optional<City.ContactOf> of = city.get().contact(change.contact());
                for (Channel channel :
                        of.map(known -> known.contact().channels()).orElse(List.of())) {
                    Optional<Long> id = reserve(schedule, handOver, of.get(), channel, now);
                    if (id.isPresent()) {
                        open = open == null ? open(schedule, handOver, now) : open;
                        write(id.get(), schedule, handOver, change, of.get(), channel, open, now);
                        messages++;
                    }
                }
            }
            if (messages > 0) {
                record(schedule, handOver, open == null ? 0 : open.size(), now);
            }
            return messages;
        });
        return written == null ? 0 : written;
    }

    private void record(Schedule schedule, HandOver handOver, int open, Instant now) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("at", handOver.at().toString());
        facts.put("leaving", handOver.leaving());
        facts.put("coming", handOver.coming());
        facts.put("open", open);
        facts.put("late", now.isAfter(handOver.at()));
        audit.record(now, "system", "hand-over.told", "schedule:" + schedule.id(), facts);
    }

    /** The row of the message, which nobody sees before it is written; empty if somebody has told it. */
    private Optional<Long> reserve(
            Schedule schedule, HandOver handOver, City.ContactOf to, Channel channel, Instant now) {
        return jdbc.sql("""
                insert into delivery (idempotency_key, kind, cause, rule_id, stakeholder_id, contact_id, channel_type,
                    address, secret_ref, language, zone, tlp_applied, disclosure, reasons, state, next_attempt_at,
                    deadline, created_at)
                values (:key, 'hand-over', 'hand-over', '', :stakeholder, :contact, :type, :address, :secret, :language,
                    :zone, :tlp, 'notice-only', cast(:reasons as json), 'pending', :now, :deadline, :now)
                on conflict do nothing returning id""")
                .param(
                        "key",
                        Columns.text("hand-over|" + schedule.id() + "|" + handOver.at() + "|"
                                + to.contact().id() + "|" + channel.type() + ":" + channel.address()))
                .param("stakeholder", to.stakeholder().id())
                .param("contact", to.contact().id())
                .param("type", channel.type())
                .param("address", channel.address())
                .param(
                        "secret",
                        channel instanceof Channel.Webhook webhook
                                ? webhook.secret().orElse(null)
                                : null,
                        Types.VARCHAR)
                .param("language", language(to))
                .param("zone", to.contact().zone().getId())
                .param("tlp", clearance(to, channel).ordinal())
                .param("reasons", Columns.json(List.of(Decisions.json(reason(schedule)))))
                .param("deadline", Columns.time(now.plus(patience)))
                .param("now", Columns.time(now))
                .query(Long.class)
                .optional();
    }

    private static Bilingual reason(Schedule schedule) {
        return new Bilingual("当番表「" + schedule.id() + "」の当番が交代します。", "Duty in '" + schedule.id() + "' changes hands.");
    }

    private static String language(City.ContactOf to) {
        return "ja".equals(to.stakeholder().locale()) ? "ja" : "en";
    }

    private static Tlp clearance(City.ContactOf to, Channel channel) {
        return new Recipient(
                        to.stakeholder(),
                        to.contact(),
                        Disclosure.FULL,
                        Set.of(),
                        List.of(new Bilingual("当番の引き継ぎ", "hand-over of duty")))
                .clearance(channel);
    }

    private record Open(String id, String ja, String en, Severity severity, Tlp tlp, Instant at) {}

    /** What nobody has taken of what this duty was told of, and what those who leave have taken. */
    private List<Open> open(Schedule schedule, HandOver handOver, Instant now) {
        List<String> leaving = handOver.leaving().isEmpty() ? List.of("") : handOver.leaving();
        return jdbc.sql("""
                select a.id, a.title_ja, a.title_en, a.severity, a.tlp, a.raised_at from alert a
                where a.status = 'open' and (
                        exists (select 1 from escalation e join escalation_target t on t.escalation_id = e.id
                            where e.alert_id = a.id and t.state <> 'passed'
                              and (t.via_schedule = :schedule or t.contact_id in (:leaving)))
                        or exists (select 1 from delivery d
                            where d.alert_id = a.id and d.kind = 'notice' and d.contact_id in (:leaving)))
                  or a.status = 'acknowledged' and exists (select 1 from acknowledgement k
                        where k.alert_id = a.id and k.contact_id in (:leaving) and k.kind = 'ack' and not k.late
                          and not k.noted and k.at > :since)
                order by a.severity desc, a.raised_at desc limit :most""")
                .param("schedule", schedule.id())
                .param("leaving", leaving)
                .param("since", Columns.time(now.minus(TAKEN_WITHIN)))
                .param("most", MOST)
                .query((row, number) -> new Open(
                        row.getString("id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Severity.values()[row.getInt("severity")],
                        Tlp.values()[row.getInt("tlp")],
                        Columns.instant(row, "raised_at")))
                .list();
    }

    private void write(
            long id,
            Schedule schedule,
            HandOver handOver,
            DueHandOvers.Change change,
            City.ContactOf to,
            Channel channel,
            List<Open> open,
            Instant now) {
        String language = language(to);
        String name = schedule.name().getOrDefault(language, schedule.id());
        String explain = texts.get(
                language,
                change.comes() ? "hand-over.coming" : "hand-over.leaving",
                name,
                Texts.time(language, to.contact().zone(), handOver.at()),
                names(change.comes() ? handOver.leaving() : handOver.coming(), language),
                open.size());
        if (schedule.note().containsKey(language)) {
            explain += " " + schedule.note().get(language);
        }
        if (now.isAfter(handOver.at())) {
            explain += " " + texts.get(language, "hand-over.late");
        }
        Tlp clearance = clearance(to, channel);
        List<Announcement.Item> items = open.stream()
                // What may not go there is counted and not named.
                .filter(one -> one.tlp().compareTo(clearance) <= 0)
                .map(one -> new Announcement.Item(
                        one.id(),
                        "ja".equals(language) ? one.ja() : one.en(),
                        one.severity(),
                        one.at(),
                        Texts.time(language, to.contact().zone(), one.at()),
                        notices.console(one.id()),
                        notices.acknowledge(one.id(), to.contact().id(), now)))
                .toList();
        Announcement announcement = new Announcement(
                Announcement.Kind.HAND_OVER,
                id,
                language,
                city.get().name().getOrDefault(language, city.get().id()),
                schedule.id(),
                texts.get(language, "hand-over.subject", name, open.size()),
                texts.get(language, "hand-over.title", name),
                explain,
                open.size(),
                items,
                items.isEmpty()
                        ? ""
                        : texts.get(
                                language,
                                "mail.acknowledge.until",
                                Texts.time(language, to.contact().zone(), notices.acknowledgeUntil(now))),
                notices.at("/alerts"),
                now);
        jdbc.sql("update delivery set message = cast(:message as json) where id = :id")
                .param("message", writers.of(channel).announcement(announcement, channel))
                .param("id", id)
                .update();
    }

    private String names(List<String> contacts, String language) {
        return contacts.isEmpty()
                ? texts.get(language, "hand-over.nobody")
                : contacts.stream()
                        .map(contact -> city.get()
                                .contact(contact)
                                .map(of -> of.stakeholder().name(language) + " (" + contact + ")")
                                .orElse(contact))
                        .collect(Collectors.joining("ja".equals(language) ? "、" : ", "));
    }
}
