package jp.hinomi.alerting.own;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a stakeholder's own part. Whose it is stands in each query for speed, and in the database's row-level security in case one
 * forgets. Thread-safe.
 */
public final class OwnQueries {
    static final int PAGE = 50;

    private static final String ALERT = """
            select a.id, a.seq, a.title_ja, a.title_en, a.severity, a.tlp, a.status, a.first_seen, a.last_seen, a.event_count,
                exists (select 1 from escalation e join escalation_target t on t.escalation_id = e.id
                    where e.alert_id = a.id and e.state = 'running' and t.state = 'waiting' and t.stakeholder_id = :own) as awaited,
                (select k.kind from acknowledgement k where k.alert_id = a.id and k.stakeholder_id = :own
                    order by k.id desc limit 1) as answer
            from alert a
            where (exists (select 1 from alert_stakeholder s where s.alert_id = a.id and s.stakeholder_id = :own)
                or exists (select 1 from delivery d where d.alert_id = a.id and d.stakeholder_id = :own))""";

    private final JdbcClient jdbc;

    public OwnQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first. @param open without those that are closed */
    public List<OwnRecords.AlertLine> alerts(String own, boolean open, long before, int limit) {
        return jdbc.sql(ALERT + (open ? " and a.status <> 'closed'" : "")
                        + " and a.seq < :before order by a.seq desc limit :limit")
                .param("own", own)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> alert(row))
                .list();
    }

    public Optional<OwnRecords.AlertLine> alert(String own, String id) {
        return jdbc.sql(ALERT + " and a.id = :id")
                .param("own", own)
                .param("id", Columns.text(id))
                .query((row, number) -> alert(row))
                .optional();
    }

    private static OwnRecords.AlertLine alert(ResultSet row) throws SQLException {
        return new OwnRecords.AlertLine(
                row.getString("id"),
                row.getLong("seq"),
                row.getString("title_ja"),
                row.getString("title_en"),
                Severity.values()[row.getInt("severity")],
                Tlp.values()[row.getInt("tlp")],
                row.getString("status"),
                Columns.instant(row, "first_seen"),
                Columns.instant(row, "last_seen"),
                row.getLong("event_count"),
                row.getBoolean("awaited"),
                Optional.ofNullable(row.getString("answer")));
    }

    /** The contact of theirs that an escalation waits for, the one it has waited for longest first. */
    List<String> awaited(String own, String alert) {
        return jdbc.sql("""
                select t.contact_id from escalation e join escalation_target t on t.escalation_id = e.id
                where e.alert_id = :alert and e.state = 'running' and t.state = 'waiting' and t.stakeholder_id = :own
                order by t.told_at""")
                .param("own", own)
                .param("alert", Columns.text(alert))
                .query(String.class)
                .list();
    }

    List<OwnRecords.Message> messages(String own, String alert) {
        return jdbc.sql("""
                select contact_id, channel_type, address, state, created_at, finished_at from delivery
                where alert_id = :alert and stakeholder_id = :own order by id limit 200""")
                .param("own", own)
                .param("alert", Columns.text(alert))
                .query((row, number) -> new OwnRecords.Message(
                        row.getString("contact_id"),
                        row.getString("channel_type"),
                        row.getString("address"),
                        row.getString("state"),
                        Columns.instant(row, "created_at"),
                        Columns.optionalInstant(row, "finished_at")))
                .list();
    }

    List<OwnRecords.Given> given(String own, String alert) {
        return jdbc.sql("""
                select kind, contact_id, note, late, at from acknowledgement
                where alert_id = :alert and stakeholder_id = :own order by id""")
                .param("own", own)
                .param("alert", Columns.text(alert))
                .query((row, number) -> new OwnRecords.Given(
                        row.getString("kind"),
                        Optional.ofNullable(row.getString("contact_id")).orElse(""),
                        row.getString("note"),
                        row.getBoolean("late"),
                        Columns.instant(row, "at")))
                .list();
    }

    /** Newest first, those that are not closed before the others. */
    public List<OwnRecords.IncidentLine> incidents(String own, int limit) {
        return incidents(own, "", limit);
    }

    public Optional<OwnRecords.IncidentLine> incident(String own, String number) {
        return incidents(own, number, 1).stream().findFirst();
    }

    private List<OwnRecords.IncidentLine> incidents(String own, String number, int limit) {
        return jdbc.sql("""
                select i.id, i.number, i.status, i.severity, incident_label(i.tlp, i.id) as tlp, i.opened_at,
                    (select count(*) from incident_alert ia join alert_stakeholder s
                        on s.alert_id = ia.alert_id and s.stakeholder_id = :own
                        where ia.incident_id = i.id and ia.detached_at is null) as alerts
                from incident i join incident_party p on p.incident_id = i.id and p.stakeholder_id = :own
                where :number = '' or i.number = :number
                order by i.status = 'closed', i.id desc limit :limit""")
                .param("own", own)
                .param("number", Columns.text(number))
                .param("limit", limit)
                .query((row, n) -> new OwnRecords.IncidentLine(
                        row.getLong("id"),
                        row.getString("number"),
                        row.getString("status"),
                        Severity.values()[row.getInt("severity")],
                        Tlp.values()[row.getInt("tlp")],
                        Columns.instant(row, "opened_at"),
                        row.getInt("alerts")))
                .list();
    }

    /** Theirs of an incident. */
    List<OwnRecords.AlertLine> alertsOf(String own, long incident) {
        return jdbc.sql(ALERT + """

                 and exists (select 1 from incident_alert ia
                    where ia.alert_id = a.id and ia.incident_id = :incident and ia.detached_at is null)
                order by a.seq desc limit 200""")
                .param("own", own)
                .param("incident", incident)
                .query((row, number) -> alert(row))
                .list();
    }

    /** In the order in which it happened. */
    List<OwnRecords.Entry> timeline(String own, long incident, String actor) {
        return jdbc.sql("""
                select id, occurred_at, type, text_ja, text_en, author = :actor as mine,
                    cardinality(visible_orgs) = 0 as shared
                from timeline_entry
                where incident_id = :incident and (cardinality(visible_orgs) = 0 or :own = any (visible_orgs))
                order by occurred_at desc, id desc limit 500""")
                .param("own", own)
                .param("incident", incident)
                .param("actor", actor)
                .query((row, number) -> new OwnRecords.Entry(
                        row.getLong("id"),
                        Columns.instant(row, "occurred_at"),
                        row.getString("type"),
                        row.getString("text_ja"),
                        row.getString("text_en"),
                        row.getBoolean("mine"),
                        row.getBoolean("shared")))
                .list();
    }

    /** What they may have; the oldest first. */
    List<EvidenceFile> files(String own, long incident) {
        return jdbc.sql("""
                select id, name, size, sha256, tlp, note, added_at from incident_file
                where incident_id = :incident and :own = any (given_to) and withdrawn_at is null order by id""")
                .param("own", own)
                .param("incident", incident)
                .query((row, number) -> new EvidenceFile(
                        row.getLong("id"),
                        incident,
                        row.getString("name"),
                        row.getLong("size"),
                        row.getString("sha256"),
                        Tlp.values()[row.getInt("tlp")],
                        List.of(own),
                        row.getString("note"),
                        "",
                        Columns.instant(row, "added_at"),
                        Optional.empty()))
                .list();
    }

    /** What the city has submitted to them, the newest first. */
    List<OwnRecords.ReportLine> reports(String own, long before, int limit) {
        return reports(own, "and r.id < :key order by r.id desc limit " + limit, before);
    }

    List<OwnRecords.ReportLine> reportsOf(String own, long incident) {
        return reports(own, "and r.incident_id = :key order by r.id desc limit 200", incident);
    }

    Optional<OwnRecords.ReportLine> report(String own, long id) {
        return reports(own, "and r.id = :key", id).stream().findFirst();
    }

    private List<OwnRecords.ReportLine> reports(String own, String which, long key) {
        return jdbc.sql("""
                select r.id, r.form_id, r.form, r.stage, r.seq, r.state, r.language, r.submitted_at, r.sha256,
                    r.ended_at, r.ended_reason, i.number
                from report r left join incident i on i.id = r.incident_id
                where r.recipient = :own and r.state in ('submitted', 'corrected', 'withdrawn')
                """ + which)
                .param("own", own)
                .param("key", key)
                .query((row, number) -> new OwnRecords.ReportLine(
                        row.getLong("id"),
                        Optional.ofNullable(row.getString("number")),
                        row.getString("form_id"),
                        Columns.read(row.getString("form"), FORM_NAME).name(),
                        row.getString("stage"),
                        row.getInt("seq"),
                        row.getString("state"),
                        row.getString("language"),
                        Columns.instant(row, "submitted_at"),
                        row.getString("sha256"),
                        Optional.ofNullable(row.getString("ended_reason"))))
                .list();
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record FormName(Map<String, String> name) {}

    private static final TypeReference<FormName> FORM_NAME = new TypeReference<>() {};

    record Known(Optional<Instant> lastOk, Optional<String> error) {}

    /** What is known of channels, by contact, type and address. */
    Map<List<String>, Known> channels(Set<String> contacts) {
        if (contacts.isEmpty()) {
            return Map.of();
        }
        record Row(List<String> key, Known known) {}
        return jdbc
                .sql("""
                        select contact_id, channel_type, address, last_ok_at,
                            case when last_failed_at > coalesce(last_ok_at, '-infinity') then last_error end as error
                        from channel_state where contact_id in (:contacts)""")
                .param("contacts", contacts)
                .query((row, number) -> new Row(
                        List.of(row.getString("contact_id"), row.getString("channel_type"), row.getString("address")),
                        new Known(
                                Columns.optionalInstant(row, "last_ok_at"),
                                Optional.ofNullable(row.getString("error")))))
                .list()
                .stream()
                .collect(Collectors.toMap(Row::key, Row::known, (one, other) -> one));
    }
}
