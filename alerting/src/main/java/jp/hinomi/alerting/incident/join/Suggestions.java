package jp.hinomi.alerting.incident.join;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Why alerts joined, and what waits for a person to decide. Thread-safe. */
public final class Suggestions {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Incidents incidents;

    public Suggestions(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Incidents incidents) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.incidents = incidents;
    }

    /**
     * That an alert may belong to an incident.
     *
     * @param hold why it did not join by itself, see {@link Proposal.Hold}
     */
    public record Suggestion(
            String incident,
            String incidentTitle,
            String alertId,
            String titleJa,
            String titleEn,
            Severity severity,
            Instant raisedAt,
            String hold,
            List<Link> links) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    private static final String OPEN = """
            select i.number, i.title, s.alert_id, a.title_ja, a.title_en, a.severity, a.raised_at, s.hold, s.reason
            from incident_suggestion s join incident i on i.id = s.incident_id join alert a on a.id = s.alert_id
            where s.state = 'open' and i.status <> 'closed' and %s and not exists (
                select 1 from incident_alert ia where ia.incident_id = s.incident_id and ia.alert_id = s.alert_id
                    and ia.detached_at is null)
            order by s.made_at, i.id, s.alert_id limit 50""";

    /** Open ones, oldest first. */
    public List<Suggestion> of(Incident incident) {
        return find(OPEN.formatted("s.incident_id = :key"), incident.id());
    }

    /** The same by the alert. */
    public List<Suggestion> ofAlert(String alertId) {
        return find(OPEN.formatted("s.alert_id = :key"), Columns.text(alertId));
    }

    private List<Suggestion> find(String sql, Object key) {
        return jdbc.sql(sql)
                .param("key", key)
                .query((row, n) -> new Suggestion(
                        row.getString("number"),
                        row.getString("title"),
                        row.getString("alert_id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Severity.values()[row.getInt("severity")],
                        Columns.instant(row, "raised_at"),
                        row.getString("hold"),
                        JoinRows.links(row.getString("reason"))))
                .list();
    }

    /** By alert, by what each that joined by itself, or by a proposal, belongs there. */
    public Map<String, List<Link>> reasons(Incident incident) {
        return reasons("alert_id as key", "incident_id = :id", incident.id());
    }

    /** By the number of the incident, why the alert is a part of it. */
    public Map<String, List<Link>> reasonsOfAlert(String alertId) {
        return reasons(
                "(select number from incident where id = incident_id) as key", "alert_id = :id", Columns.text(alertId));
    }

    private Map<String, List<Link>> reasons(String key, String where, Object id) {
        Map<String, List<Link>> reasons = new TreeMap<>();
        jdbc.sql("select " + key + ", reason from incident_alert where " + where
                        + " and detached_at is null and reason is not null")
                .param("id", id)
                .query(row -> {
                    reasons.put(row.getString("key"), JoinRows.links(row.getString("reason")));
                });
        return reasons;
    }

    /** False if there is no such proposal, or if it was decided before. */
    public boolean decide(Incident incident, String alertId, boolean accepted, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<String> reason = jdbc.sql("""
                    update incident_suggestion set state = :state, decided_by = :actor, decided_at = :now
                    where incident_id = :incident and alert_id = :alert and state = 'open' returning reason""")
                    .param("state", accepted ? "accepted" : "dismissed")
                    .param("actor", actor)
                    .param("now", Columns.time(now))
                    .param("incident", incident.id())
                    .param("alert", Columns.text(alertId))
                    .query(String.class)
                    .optional();
            if (reason.isEmpty()) {
                return false;
            }
            if (accepted) {
                incidents.attach(incident, alertId, reason, actor, now);
            } else {
                audit.record(now, actor, "incident.suggestion-dismissed", incident.object(), Map.of("alert", alertId));
            }
            return true;
        }));
    }
}
