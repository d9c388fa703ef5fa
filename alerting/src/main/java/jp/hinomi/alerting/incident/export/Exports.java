package jp.hinomi.alerting.incident.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.join.Entity;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes an incident into files, each of which stands in the audit log: it leaves the house. Thread-safe. */
public final class Exports {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Timeline timeline;
    private final CityInForce city;

    public Exports(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Timeline timeline, CityInForce city) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.timeline = timeline;
        this.city = city;
    }

    /** Corrections and what they correct included. */
    public String csv(Incident incident, String language, String actor, Instant now) {
        String file = TimelineCsv.of(timeline.history(incident.id()), city.get().zone(), language);
        record(incident, "csv", actor, now);
        return file;
    }

    public String stix(Incident incident, String language, String actor, Instant now) {
        List<TimelineEntry> notes = timeline.of(incident.id()).stream()
                .filter(entry -> !entry.automatic())
                .toList();
        String name = city.get().name().getOrDefault(language, city.get().id());
        String file = StixBundle.of(
                new StixBundle.Source(city.get().id(), name), incident, observed(incident, language), notes, language);
        record(incident, "stix", actor, now);
        return file;
    }

    private void record(Incident incident, String format, String actor, Instant now) {
        transaction.executeWithoutResult(
                status -> audit.record(now, actor, "incident.exported", incident.object(), Map.of("format", format)));
    }

    private List<StixBundle.Observed> observed(Incident incident, String language) {
        Map<String, List<Entity>> entities = new LinkedHashMap<>();
        jdbc.sql("""
                select e.alert_id, e.kind, e.value from incident_alert ia join alert_entity e on e.alert_id = ia.alert_id
                where ia.incident_id = :incident and ia.detached_at is null order by e.alert_id, e.kind, e.value""").param("incident", incident.id()).query(row -> {
            entities.computeIfAbsent(row.getString("alert_id"), any -> new ArrayList<>())
                    .add(new Entity(Entity.Kind.ofWord(row.getString("kind")), row.getString("value")));
        });
        return jdbc.sql("""
                select a.id, a.title_ja, a.title_en, a.tlp, a.first_seen, a.last_seen, a.event_count
                from incident_alert ia join alert a on a.id = ia.alert_id
                where ia.incident_id = :incident and ia.detached_at is null order by a.first_seen, a.id""")
                .param("incident", incident.id())
                .query((row, n) -> new StixBundle.Observed(
                        row.getString("id"),
                        row.getString("ja".equals(language) ? "title_ja" : "title_en"),
                        Tlp.values()[row.getInt("tlp")],
                        Columns.instant(row, "first_seen"),
                        Columns.instant(row, "last_seen"),
                        row.getLong("event_count"),
                        entities.getOrDefault(row.getString("id"), List.of())))
                .list();
    }
}
