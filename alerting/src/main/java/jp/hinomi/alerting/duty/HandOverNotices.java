package jp.hinomi.alerting.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Columns;
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
    private final OwnMessages messages;
    private final Texts texts;
    private final Writers writers;
    private final Notices notices;
    private final CityInForce city;

    public HandOverNotices(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            OwnMessages messages,
            Texts texts,
            Writers writers,
            Notices notices,
            CityInForce city) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.messages = messages;
        this.texts = texts;
        this.writers = writers;
        this.notices = notices;
        this.city = city;
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
        Integer told = transaction.execute(status -> {
            OpenNow open = new OpenNow(schedule, handOver, now);
            int written = 0;
            for (DueHandOvers.Change change : DueHandOvers.changes(handOver)) {
                Optional<City.ContactOf> of = city.get().contact(change.contact());
                for (Channel channel :
                        of.map(known -> known.contact().channels()).orElse(List.of())) {
                    boolean first = messages.add(
                                    draft(schedule, handOver, of.get(), channel),
                                    now,
                                    id -> words(
                                            id,
                                            schedule,
                                            handOver,
                                            change,
                                            of.get(),
                                            channel,
                                            open.of(of.get().stakeholder().id()),
                                            now))
                            .isPresent();
                    written += first ? 1 : 0;
                }
            }
            if (written > 0) {
                record(schedule, handOver, open.most(), now);
            }
            return written;
        });
        return told == null ? 0 : told;
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

    private OwnMessages.Draft draft(Schedule schedule, HandOver handOver, City.ContactOf to, Channel channel) {
        return new OwnMessages.Draft(
                "hand-over",
                "hand-over",
                "",
                "hand-over|" + schedule.id() + "|" + handOver.at() + "|"
                        + to.contact().id() + "|" + channel.type() + ":" + channel.address(),
                to,
                channel,
                clearance(to, channel),
                List.of(reason(schedule)),
                city.get().notification().delivery().deadline());
    }

    private static Bilingual reason(Schedule schedule) {
        return new Bilingual("当番表「" + schedule.id() + "」の当番が交代します。", "Duty in '" + schedule.id() + "' changes hands.");
    }

    private static String language(City.ContactOf to) {
        return "ja".equals(to.stakeholder().locale()) ? "ja" : "en";
    }

    private static Tlp clearance(City.ContactOf to, Channel channel) {
        return Recipient.clearance(to.stakeholder(), to.contact(), channel);
    }

    private record Open(String id, String ja, String en, Severity severity, Tlp tlp, Instant at) {}

    /** What is open and may be told to an organisation, asked for once of each and only if somebody of it is to be told. */
    private final class OpenNow {
        private final Schedule schedule;
        private final HandOver handOver;
        private final Instant now;
        private final Map<String, List<Open>> found = new HashMap<>();

        OpenNow(Schedule schedule, HandOver handOver, Instant now) {
            this.schedule = schedule;
            this.handOver = handOver;
            this.now = now;
        }

        List<Open> of(String stakeholder) {
            return found.computeIfAbsent(stakeholder, any -> open(schedule, handOver, stakeholder, now));
        }

        int most() {
            return found.values().stream().mapToInt(List::size).max().orElse(0);
        }
    }

    /**
     * What nobody has taken of what this duty was told of, and what those who leave have taken. What they got for another reason than
     * this duty is handed on within organisations that were told of it, and to nobody else.
     */
    private List<Open> open(Schedule schedule, HandOver handOver, String stakeholder, Instant now) {
        List<String> leaving = handOver.leaving().isEmpty() ? List.of("") : handOver.leaving();
        return jdbc.sql("""
                select a.id, a.title_ja, a.title_en, a.severity, a.tlp, a.raised_at from alert a
                where (a.status = 'open' and (
                        exists (select 1 from escalation e join escalation_target t on t.escalation_id = e.id
                            where e.alert_id = a.id and t.state <> 'passed'
                              and (t.via_schedule = :schedule or t.contact_id in (:leaving)))
                        or exists (select 1 from delivery d
                            where d.alert_id = a.id and d.kind = 'notice' and d.contact_id in (:leaving)))
                  or a.status = 'acknowledged' and exists (select 1 from acknowledgement k
                        where k.alert_id = a.id and k.contact_id in (:leaving) and k.kind = 'ack' and not k.late
                          and not k.noted and k.at > :since))
                  and (exists (select 1 from escalation e join escalation_target t on t.escalation_id = e.id
                          where e.alert_id = a.id and t.state <> 'passed' and t.via_schedule = :schedule)
                        or exists (select 1 from alert_stakeholder s
                          where s.alert_id = a.id and s.stakeholder_id = :stakeholder))
                order by a.severity desc, a.raised_at desc limit :most""")
                .param("schedule", schedule.id())
                .param("leaving", leaving)
                .param("stakeholder", stakeholder)
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

    private String words(
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
        // What may not go there is counted and not named.
        List<Open> named =
                open.stream().filter(one -> one.tlp().compareTo(clearance) <= 0).toList();
        List<Announcement.Item> items = named.stream()
                .map(one -> new Announcement.Item(
                        one.id(),
                        "ja".equals(language) ? one.ja() : one.en(),
                        one.severity(),
                        one.at(),
                        Texts.time(language, to.contact().zone(), one.at()),
                        notices.console(one.id()),
                        notices.acknowledge(
                                one.id(),
                                to.contact().id(),
                                Optional.of(clearance),
                                // A text message has room for the link of the first alone.
                                one == named.get(0) && "sms".equals(channel.type()),
                                now)))
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
        return writers.of(channel).announcement(announcement, channel);
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
