package jp.hinomi.alerting.incident;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notices when an incident is more restricted than it was: it is as restricted as its alerts are now, and they change without it.
 * Works in the transaction of the caller. Thread-safe.
 */
final class IncidentLabels {
    private final JdbcClient jdbc;
    private final AuditLog audit;

    IncidentLabels(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    private record Restricted(String number, Tlp before, Tlp after) {}

    /** Those that have one of the alerts. */
    void ofAlerts(Collection<String> alerts, Instant now) {
        List<Long> incidents = jdbc.sql("""
                select distinct incident_id from incident_alert
                where alert_id = any (cast(:alerts as text[])) and detached_at is null""")
                .param("alerts", alerts.toArray(String[]::new))
                .query(Long.class)
                .list();
        of(incidents, "system", now);
    }

    /** Written into the audit log once for each that is more restricted; that one is less is only remembered. */
    void of(Collection<Long> incidents, String actor, Instant now) {
        Long[] different = incidents.isEmpty()
                ? new Long[0]
                : jdbc.sql("""
                select id from incident
                where id = any (cast(:ids as bigint[])) and coalesce(label, tlp) <> incident_label(tlp, id)""")
                        .param("ids", incidents.toArray(Long[]::new))
                        .query(Long.class)
                        .list()
                        .toArray(Long[]::new);
        if (different.length == 0) {
            return;
        }
        jdbc
                .sql("""
                with known as (
                    select id, coalesce(label, tlp) as before from incident
                    where id = any (cast(:ids as bigint[])) order by id for update)
                update incident i set label = incident_label(i.tlp, i.id) from known k
                where i.id = k.id and k.before <> incident_label(i.tlp, i.id)
                returning i.number, k.before, i.label as after""")
                .param("ids", different)
                .query((row, n) -> new Restricted(
                        row.getString("number"), Tlp.values()[row.getInt("before")], Tlp.values()[row.getInt("after")]))
                .list()
                .stream()
                .filter(each -> each.after().compareTo(each.before()) > 0)
                .forEach(each -> audit.record(
                        now,
                        actor,
                        "incident.restricted",
                        "incident:" + each.number(),
                        Map.of(
                                "tlp",
                                Map.of(
                                        "before",
                                        each.before().word(),
                                        "after",
                                        each.after().word()))));
    }
}
