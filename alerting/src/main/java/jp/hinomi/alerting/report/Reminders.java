package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.OwnMessages;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells whoever leads an incident, else the promoter, that a report is due, through the outbox: each deadline once before its
 * target, once before its term and once when that is over, however many instances run and however often they start. Thread-safe.
 */
public final class Reminders {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final OwnMessages messages;
    private final Incidents incidents;
    private final DeadlineQueries deadlines;
    private final ReminderWriter writer;
    private final CityInForce city;

    public Reminders(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            OwnMessages messages,
            Incidents incidents,
            DeadlineQueries deadlines,
            ReminderWriter writer,
            CityInForce city) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.messages = messages;
        this.incidents = incidents;
        this.deadlines = deadlines;
        this.writer = writer;
        this.city = city;
    }

    /** How many were written. */
    public int remind(Instant now) {
        int written = 0;
        for (Deadline deadline : deadlines.live()) {
            written += deadline.reminder(now).isPresent() && remind(deadline, now) ? 1 : 0;
        }
        return written;
    }

    private boolean remind(Deadline deadline, Instant now) {
        Deadline.Reminder kind = deadline.reminder(now).orElseThrow();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Incident incident = incidents.find(deadline.incident()).orElseThrow();
            boolean first = jdbc.sql("""
                    insert into report_reminder (incident_id, form_id, recipient, stage, kind, due_at, reminded_at)
                    values (:incident, :form, :recipient, :stage, :kind, :due, :now) on conflict do nothing""")
                            .param("incident", incident.id())
                            .param("form", deadline.form())
                            .param("recipient", deadline.recipient())
                            .param("stage", deadline.stage().word())
                            .param("kind", kind.word())
                            .param("due", Columns.time(deadline.due()))
                            .param("now", Columns.time(now))
                            .update()
                    == 1;
            if (!first) {
                return false;
            }
            List<String> told = new ArrayList<>();
            for (City.ContactOf of : recipients(incident, now)) {
                for (Channel channel : channels(of.contact())) {
                    send(incident, deadline, kind, of, channel, now);
                    told.add(of.contact().id());
                }
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("form", deadline.form());
            facts.put("stage", deadline.stage().word());
            facts.put("recipient", deadline.recipient());
            facts.put("kind", kind.word());
            facts.put("due", deadline.due().toString());
            facts.put("told", told.stream().distinct().toList());
            audit.record(now, "system", "report.reminded", incident.object(), facts);
            return true;
        }));
    }

    /** The lead if that is a contact or schedule of the city with a channel, else the promoter's first desk. */
    private List<City.ContactOf> recipients(Incident incident, Instant now) {
        List<City.ContactOf> lead = incident.lead().stream()
                .flatMap(id -> city.get().onDuty(id, now).stream())
                .filter(of -> !of.contact().channels().isEmpty())
                .toList();
        return lead.isEmpty()
                ? city.get().promoter().contacts().stream()
                        .filter(contact -> !contact.channels().isEmpty())
                        .limit(1)
                        .map(contact -> new City.ContactOf(city.get().promoter(), contact))
                        .toList()
                : lead;
    }

    /** Nobody is called by telephone for a form, unless there is no other way. */
    static List<Channel> channels(Contact contact) {
        List<Channel> written = contact.channels().stream()
                .filter(channel -> !channel.type().equals("voice"))
                .toList();
        return written.isEmpty() ? contact.channels() : written;
    }

    private void send(
            Incident incident,
            Deadline deadline,
            Deadline.Reminder kind,
            City.ContactOf to,
            Channel channel,
            Instant now) {
        String key = "report|" + incident.number() + "|" + deadline.form() + "|" + deadline.recipient() + "|"
                + deadline.stage().word() + "|" + kind.word() + "|" + deadline.due() + "|"
                + to.contact().id() + "|" + channel.type() + ":" + channel.address();
        OwnMessages.Draft draft = new OwnMessages.Draft(
                "notice",
                "report-" + kind.word(),
                "report",
                key,
                to,
                channel,
                to.stakeholder().maxTlp(),
                List.of(writer.reason(deadline, kind)),
                city.get().notification().delivery().deadline());
        messages.add(draft, now, own -> writer.write(own, deadline, kind, to, channel, key, now));
    }
}
