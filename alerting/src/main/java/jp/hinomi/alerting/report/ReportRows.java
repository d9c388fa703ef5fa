package jp.hinomi.alerting.report;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.report.Stage;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads reports from the database, and locks them for whoever writes. Thread-safe. */
final class ReportRows {
    private static final TypeReference<LinkedHashMap<String, String>> FIELDS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    ReportRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The bytes that were submitted. */
    Optional<byte[]> frozen(Report report) {
        return jdbc.sql("select document from report where id = :id and document is not null")
                .param("id", report.id())
                .query((row, n) -> row.getBytes("document"))
                .optional();
    }

    Optional<Report> find(long id) {
        return jdbc.sql("select * from report where id = :id")
                .param("id", id)
                .query((row, n) -> report(row))
                .optional();
    }

    /** In the order in which they were begun, without those that were discarded. */
    List<Report> of(Incident incident) {
        return jdbc.sql("select * from report where incident_id = :incident and state <> 'discarded' order by id")
                .param("incident", incident.id())
                .query((row, n) -> report(row))
                .list();
    }

    /** @param before numbers below it */
    List<Report> newest(Incident incident, long before, int limit) {
        return jdbc.sql("""
                select * from report where incident_id = :incident and state <> 'discarded' and id < :before
                order by id desc limit :limit""")
                .param("incident", incident.id())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> report(row))
                .list();
    }

    Optional<Report> open(Incident incident, String form, String recipient) {
        return jdbc.sql("""
                select * from report where incident_id = :incident and form_id = :form and recipient = :recipient
                  and state = 'draft'""")
                .param("incident", incident.id())
                .param("form", form)
                .param("recipient", Columns.text(recipient))
                .query((row, n) -> report(row))
                .optional();
    }

    Optional<Report> lastSubmitted(Incident incident, String form, String recipient) {
        return jdbc.sql("""
                select * from report where incident_id = :incident and form_id = :form and recipient = :recipient
                  and state = 'submitted' order by seq desc limit 1""")
                .param("incident", incident.id())
                .param("form", form)
                .param("recipient", Columns.text(recipient))
                .query((row, n) -> report(row))
                .optional();
    }

    /** Whoever writes a report of an incident waits for whoever writes another: numbers follow each other. */
    void lock(Incident incident) {
        jdbc.sql("select id from incident where id = :id for update")
                .param("id", incident.id())
                .query(Long.class)
                .single();
    }

    Report lock(long id) {
        return jdbc.sql("select * from report where id = :id for update")
                .param("id", id)
                .query((row, n) -> report(row))
                .single();
    }

    private static Report report(ResultSet row) throws SQLException {
        int seq = row.getInt("seq");
        OptionalInt number = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(seq);
        return new Report(
                row.getLong("id"),
                row.getLong("incident_id"),
                FormJson.read(row.getString("form")),
                row.getString("recipient"),
                row.getString("language"),
                Stage.ofWord(row.getString("stage")),
                number,
                Report.State.ofWord(row.getString("state")),
                row.getInt("revision"),
                Columns.read(row.getString("fields"), FIELDS),
                Columns.read(row.getString("prefilled"), FIELDS),
                Optional.ofNullable((Long) row.getObject("diff_from")),
                Optional.ofNullable((Long) row.getObject("corrects")),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.optionalInstant(row, "submitted_at").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Report.Submission(
                                row.getString("submitted_by"),
                                Columns.instant(row, "submitted_at"),
                                row.getString("sha256"))),
                Columns.optionalInstant(row, "ended_at").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Report.Ending(
                                row.getString("ended_by"),
                                Columns.instant(row, "ended_at"),
                                Optional.ofNullable(row.getString("ended_reason"))
                                        .orElse(""))));
    }
}
