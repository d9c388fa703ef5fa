package jp.hinomi.alerting.drill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans exercises and begins them, each once, whoever of several instances is first. Thread-safe. */
public final class Drills {
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final AlertIntake intake;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public Drills(JdbcClient jdbc, AlertIntake intake, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.intake = intake;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @return its number */
    public long plan(
            Map<String, String> name, Severity severity, String resource, Instant due, String account, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = jdbc.sql("""
                    insert into drill (name_ja, name_en, severity, resource, due_at, state, account, created_at)
                    values (:ja, :en, :severity, :resource, :due, 'planned', :account, :now) returning id""")
                    .param("ja", Columns.text(name.get("ja")))
                    .param("en", Columns.text(name.get("en")))
                    .param("severity", severity.ordinal())
                    .param("resource", resource)
                    .param("due", Columns.time(due))
                    .param("account", account)
                    .param("now", Columns.time(now))
                    .query(Long.class)
                    .single();
            audit.record(
                    now,
                    "account:" + account,
                    "drill.planned",
                    "drill:" + id,
                    Map.of("resource", resource, "due", due.toString()));
            return id;
        }));
    }

    /** False if it has begun, or was cancelled before. */
    public boolean cancel(long id, String account, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jdbc.sql("update drill set state = 'cancelled' where id = :id and state = 'planned'")
                            .param("id", id)
                            .update()
                    == 1;
            if (done) {
                audit.record(now, "account:" + account, "drill.cancelled", "drill:" + id, Map.of());
            }
            return done;
        }));
    }

    /** Begins one whose time has come; false if there is none. What is told, and that it has begun, are one transaction. */
    public boolean beginNext(Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Drill> due = jdbc.sql("""
                    select * from drill where state = 'planned' and due_at <= :now
                    order by due_at, id limit 1 for update skip locked""")
                    .param("now", Columns.time(now))
                    .query((row, number) -> row(row))
                    .optional();
            due.ifPresent(drill -> begin(drill, now));
            return due.isPresent();
        }));
    }

    private void begin(Drill drill, Instant now) {
        String alert = drill.alert(now).id();
        intake.take(AlertJson.write(drill.alert(now)), now);
        jdbc.sql("update alert set drill = true where id = :id")
                .param("id", alert)
                .update();
        jdbc.sql("update drill set state = 'begun', begun_at = :now, alert_id = :alert where id = :id")
                .param("now", Columns.time(now))
                .param("alert", alert)
                .param("id", drill.id())
                .update();
        audit.record(now, "system", "drill.begun", "drill:" + drill.id(), Map.of("alert", alert));
    }

    /** The newest first. */
    public List<Drill> newest() {
        return jdbc.sql("select * from drill order by id desc limit :limit")
                .param("limit", MOST)
                .query((row, number) -> row(row))
                .list();
    }

    public Optional<Drill> find(long id) {
        return jdbc.sql("select * from drill where id = :id")
                .param("id", id)
                .query((row, number) -> row(row))
                .optional();
    }

    /**
     * Something that came of it.
     *
     * @param what {@code sent}, {@code dead}, {@code pending} … of a message; {@code ack}, {@code not-ours}, {@code help},
     *     {@code take-over} of an answer
     * @param who id of a contact, or who answered without one
     * @param by the channel or the way of the answer
     * @param after the beginning
     */
    public record Reaction(Instant at, String what, String who, boolean contact, String by, Duration after) {}

    /** Messages and answers, in order. */
    public List<Reaction> reactions(Drill drill) {
        if (drill.alertId().isEmpty() || drill.begunAt().isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                select coalesce(finished_at, created_at) as at, state as what, contact_id as who, true as contact,
                    channel_type as by
                from delivery where alert_id = :alert
                union all
                select at, kind, coalesce(contact_id, actor), contact_id is not null, via
                from acknowledgement where alert_id = :alert
                order by at, what""")
                .param("alert", drill.alertId().get())
                .query((row, number) -> new Reaction(
                        Columns.instant(row, "at"),
                        row.getString("what"),
                        row.getString("who"),
                        row.getBoolean("contact"),
                        row.getString("by"),
                        Duration.between(drill.begunAt().get(), Columns.instant(row, "at"))))
                .list();
    }

    private static Drill row(ResultSet row) throws SQLException {
        return new Drill(
                row.getLong("id"),
                Map.of("ja", row.getString("name_ja"), "en", row.getString("name_en")),
                Severity.values()[row.getInt("severity")],
                row.getString("resource"),
                Columns.instant(row, "due_at"),
                row.getString("state"),
                row.getString("account"),
                Columns.optionalInstant(row, "begun_at"),
                Optional.ofNullable(row.getString("alert_id")));
    }
}
