package jp.hinomi.alerting.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what events are about. For a stakeholder it reads within that one's rows, and only columns that are granted to
 * stakeholders: row-level security decides, not a condition here. Thread-safe.
 */
final class Subjects {
    private static final String ALERTS = """
            select id, revision, rule_id, rule_name, rule_version, title_ja, title_en, severity, tlp, status, raised_at,
                first_seen, last_seen, event_count,
                array(select distinct resource_id from alert_resource r where r.alert_id = alert.id order by 1) as resources
                %s
            from alert where id = any (cast(:ids as text[]))""";

    private static final String INCIDENTS = """
            select number, status, severity, incident_label(tlp, id) as tlp, opened_at, updated_at,
                array(select distinct r.resource_id from incident_alert ia join alert_resource r on r.alert_id = ia.alert_id
                    where ia.incident_id = incident.id and ia.detached_at is null order by 1) as resources
                %s
            from incident where number = any (cast(:ids as text[]))""";

    private static final String REPORTS = """
            select r.id, r.form_id, r.recipient_kind, r.recipient, r.stage, r.seq, r.state, r.language, r.sha256,
                r.submitted_at, i.number, i.severity, incident_label(i.tlp, i.id) as tlp,
                array(select distinct res.resource_id from incident_alert ia
                    join alert_resource res on res.alert_id = ia.alert_id
                    where ia.incident_id = i.id and ia.detached_at is null order by 1) as resources
            from report r join incident i on i.id = r.incident_id where r.id = any (cast(:ids as bigint[]))""";

    private final JdbcClient jdbc;

    Subjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By id; what is not there, or not to be seen, is left out.
     *
     * @param whole whether the reader may see everything; else the caller has entered the scope of a stakeholder
     */
    Map<String, Subject> find(EventType.About about, Collection<String> ids, boolean whole) {
        Map<String, Subject> found = new HashMap<>();
        if (!ids.isEmpty() && (whole || about != EventType.About.REPORT)) {
            read(about, ids, whole).forEach(subject -> found.put(subject.id(), subject));
        }
        return found;
    }

    private List<Subject> read(EventType.About about, Collection<String> ids, boolean whole) {
        return switch (about) {
            case ALERT ->
                jdbc.sql(ALERTS.formatted(whole ? ", assignee, in_progress, verdict, triage_version, drill" : ""))
                        .param("ids", ids.toArray(String[]::new))
                        .query((row, n) -> alert(row, whole))
                        .list();
            case INCIDENT ->
                jdbc.sql(INCIDENTS.formatted(
                                whole
                                        ? ", title, lead, verdict,"
                                                + " (select number from incident m where m.id = incident.merged_into) as merged"
                                        : ""))
                        .param("ids", ids.toArray(String[]::new))
                        .query((row, n) -> incident(row, whole))
                        .list();
            case REPORT ->
                jdbc.sql(REPORTS)
                        .param("ids", ids.stream().map(Long::valueOf).toArray(Long[]::new))
                        .query((row, n) -> report(row))
                        .list();
        };
    }

    private static Subject alert(ResultSet row, boolean whole) throws SQLException {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", row.getString("id"));
        shown.put("revision", row.getInt("revision"));
        shown.put(
                "rule",
                Map.of(
                        "id", row.getString("rule_id"),
                        "name", row.getString("rule_name"),
                        "version", row.getString("rule_version")));
        shown.put("title", Map.of("ja", row.getString("title_ja"), "en", row.getString("title_en")));
        common(row, shown);
        shown.put("time", text(Columns.instant(row, "raised_at")));
        shown.put("first", text(Columns.instant(row, "first_seen")));
        shown.put("last", text(Columns.instant(row, "last_seen")));
        shown.put("count", row.getLong("event_count"));
        if (whole) {
            shown.put("assignee", row.getString("assignee"));
            shown.put("in_progress", row.getBoolean("in_progress"));
            shown.put("verdict", row.getString("verdict"));
            shown.put("version", row.getInt("triage_version"));
            shown.put("drill", row.getBoolean("drill"));
        }
        String id = row.getString("id");
        return subject(row, EventType.About.ALERT, id, shown, (whole ? "/alerts/" : "/own/alerts/") + id);
    }

    private static Subject incident(ResultSet row, boolean whole) throws SQLException {
        Map<String, Object> shown = new LinkedHashMap<>();
        String number = row.getString("number");
        shown.put("number", number);
        common(row, shown);
        shown.put("opened", text(Columns.instant(row, "opened_at")));
        shown.put("updated", text(Columns.instant(row, "updated_at")));
        if (whole) {
            shown.put("title", row.getString("title"));
            shown.put("lead", row.getString("lead"));
            shown.put("verdict", row.getString("verdict"));
            shown.put("merged_into", row.getString("merged"));
        }
        return subject(
                row, EventType.About.INCIDENT, number, shown, (whole ? "/incidents/" : "/own/incidents/") + number);
    }

    private static Subject report(ResultSet row) throws SQLException {
        Map<String, Object> shown = new LinkedHashMap<>();
        String id = Long.toString(row.getLong("id"));
        shown.put("id", row.getLong("id"));
        shown.put("incident", row.getString("number"));
        shown.put("form", row.getString("form_id"));
        shown.put("stage", row.getString("stage"));
        shown.put("number", row.getObject("seq"));
        shown.put("status", row.getString("state"));
        shown.put("severity", Severity.values()[row.getInt("severity")].word());
        shown.put("tlp", Tlp.values()[row.getInt("tlp")].word());
        shown.put("recipient", Map.of("kind", row.getString("recipient_kind"), "id", row.getString("recipient")));
        shown.put("language", row.getString("language"));
        shown.put(
                "submitted",
                Columns.optionalInstant(row, "submitted_at").map(Subjects::text).orElse(null));
        shown.put("sha256", row.getString("sha256"));
        return subject(row, EventType.About.REPORT, id, shown, "/reports/" + id);
    }

    private static void common(ResultSet row, Map<String, Object> shown) throws SQLException {
        shown.put("status", row.getString("status"));
        shown.put("severity", Severity.values()[row.getInt("severity")].word());
        shown.put("tlp", Tlp.values()[row.getInt("tlp")].word());
        shown.put("resources", strings(row));
    }

    private static Subject subject(
            ResultSet row, EventType.About about, String id, Map<String, Object> shown, String page)
            throws SQLException {
        return new Subject(
                about,
                id,
                Severity.values()[row.getInt("severity")],
                Tlp.values()[row.getInt("tlp")],
                Set.copyOf(strings(row)),
                shown,
                page);
    }

    private static List<String> strings(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("resources").getArray());
    }

    private static String text(Instant instant) {
        return instant.toString();
    }
}
