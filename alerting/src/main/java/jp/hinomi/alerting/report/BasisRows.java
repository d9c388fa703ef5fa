package jp.hinomi.alerting.report;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what reports were filled in of, and how restricted that is now. Thread-safe. */
final class BasisRows {
    /** More are not named: whoever fills the draft in anew need not know each. */
    private static final int NAMED = 5;

    private final JdbcClient jdbc;

    BasisRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What of it is above that label now, the most restricted first: {@code alert-7 TLP:RED}. */
    List<String> above(Incident incident, Report report, Tlp clearance) {
        return above(incident, stored(report).orElseGet(() -> before(incident, report)), clearance);
    }

    /** The same of what is known for certain: of reports that were begun when nobody wrote it down nothing. */
    List<String> knownAbove(Incident incident, Report report, Tlp clearance) {
        return stored(report).map(basis -> above(incident, basis, clearance)).orElse(List.of());
    }

    private List<String> above(Incident incident, Basis basis, Tlp clearance) {
        return jdbc.sql("""
                select what, label from (
                    select id as what, tlp::integer as label, 2 as place from alert
                        where id = any (cast(:alerts as text[]))
                    union all select number, incident_label(tlp, id), 1 from incident where id = :incident and :words
                    union all select '#' || id,
                            timeline_entry_label(tlp, raw_ref, follows, incident_id, supersedes_id), 3
                        from timeline_entry where id = any (cast(:entries as bigint[]))) made
                where label > :clearance order by label desc, place, what limit :limit""")
                .param("alerts", basis.alerts().toArray(String[]::new))
                .param("incident", incident.id())
                .param("words", basis.words())
                .param("entries", basis.entries().toArray(Long[]::new))
                .param("clearance", clearance.ordinal())
                .param("limit", NAMED)
                .query((row, n) -> row.getString("what") + " TLP:" + Tlp.values()[row.getInt("label")].word())
                .list();
    }

    /** Ids of the alerts among it; none of a report that was begun when nobody wrote it down. */
    List<String> alerts(Report report) {
        return stored(report).map(Basis::alerts).orElse(List.of());
    }

    private Optional<Basis> stored(Report report) {
        return jdbc.sql("select basis from report where id = :id and basis is not null")
                .param("id", report.id())
                .query((row, n) -> Columns.read(row.getString("basis"), new TypeReference<Basis>() {}))
                .optional();
    }

    /** Of reports that were begun when nobody wrote it down: all that there was. */
    private Basis before(Incident incident, Report report) {
        return new Basis(
                true,
                jdbc.sql("select alert_id from incident_alert where incident_id = :incident and attached_at <= :at")
                        .param("incident", incident.id())
                        .param("at", Columns.time(report.createdAt()))
                        .query(String.class)
                        .list(),
                jdbc.sql("select id from timeline_entry where incident_id = :incident and recorded_at <= :at")
                        .param("incident", incident.id())
                        .param("at", Columns.time(report.createdAt()))
                        .query(Long.class)
                        .list());
    }
}
