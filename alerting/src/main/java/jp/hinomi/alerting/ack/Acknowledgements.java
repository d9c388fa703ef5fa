package jp.hinomi.alerting.ack;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Escalations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes answers: somebody has seen the alert and acts. Ends its escalations. Thread-safe. */
public final class Acknowledgements {
    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final Escalations escalations;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public Acknowledgements(
            JdbcClient jdbc, Alerts alerts, Escalations escalations, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.escalations = escalations;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Who answers.
     *
     * @param via {@code link}, {@code console} or {@code api}
     * @param name what people read: of a contact its id, of an account its name
     */
    public record Answerer(String via, String name, Optional<String> contact, Optional<String> stakeholder) {
        String actor() {
            return (contact.isPresent() ? "contact:" : "account:") + name;
        }
    }

    /** An answer that was given. */
    public record Given(
            String via, String actor, Optional<String> contact, Optional<String> stakeholder, String note, Instant at) {
        public Given {
            Objects.requireNonNull(via, "via");
            Objects.requireNonNull(note, "note");
        }
    }

    /** What became of an answer. */
    public sealed interface Outcome {
        record Accepted(Given given) implements Outcome {}

        /** Somebody was first; their answer stands. */
        record Already(Given given) implements Outcome {}

        record Unknown() implements Outcome {}
    }

    public Outcome acknowledge(String alertId, Answerer answerer, String note, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Row> row = lock(alertId);
            if (row.isEmpty()) {
                return new Outcome.Unknown();
            }
            if (!"open".equals(row.get().status())) {
                // Whatever runs for it after all, an answer ends it.
                escalations.acknowledge(alertId, now);
                return of(alertId).stream()
                        .reduce((earlier, later) -> later)
                        .<Outcome>map(Outcome.Already::new)
                        .orElseGet(Outcome.Unknown::new);
            }
            return accept(alertId, row.get(), answerer, Columns.text(note.strip()), now);
        }));
    }

    private Outcome accept(String alertId, Row row, Answerer answerer, String note, Instant now) {
        jdbc.sql("""
                insert into acknowledgement (alert_id, via, actor, contact_id, stakeholder_id, note, severity, at)
                values (:alert, :via, :actor, :contact, :stakeholder, :note, :severity, :now)""")
                .param("alert", alertId)
                .param("via", answerer.via())
                .param("actor", answerer.name())
                .param("contact", answerer.contact().orElse(null))
                .param("stakeholder", answerer.stakeholder().orElse(null))
                .param("note", note)
                .param("severity", row.severity())
                .param("now", Columns.time(now))
                .update();
        jdbc.sql("update alert set status = 'acknowledged', updated_at = :now where id = :id")
                .param("now", Columns.time(now))
                .param("id", alertId)
                .update();
        escalations.acknowledge(alertId, now);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("via", answerer.via());
        detail.put("note", note);
        audit.record(now, answerer.actor(), "alert.acknowledged", "alert:" + alertId, detail);
        alerts.announce(alertId);
        return new Outcome.Accepted(
                new Given(answerer.via(), answerer.name(), answerer.contact(), answerer.stakeholder(), note, now));
    }

    private record Row(String status, int severity) {}

    private Optional<Row> lock(String alertId) {
        return jdbc.sql("select status, severity from alert where id = :id for no key update")
                .param("id", alertId)
                .query((row, number) -> new Row(row.getString("status"), row.getInt("severity")))
                .optional();
    }

    /** Oldest first. */
    public List<Given> of(String alertId) {
        return jdbc.sql("""
                select via, actor, contact_id, stakeholder_id, note, at from acknowledgement
                where alert_id = :alert order by id""")
                .param("alert", alertId)
                .query((row, number) -> given(row))
                .list();
    }

    private static Given given(ResultSet row) throws SQLException {
        return new Given(
                row.getString("via"),
                row.getString("actor"),
                Optional.ofNullable(row.getString("contact_id")),
                Optional.ofNullable(row.getString("stakeholder_id")),
                row.getString("note"),
                Columns.instant(row, "at"));
    }
}
