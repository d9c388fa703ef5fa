package jp.hinomi.alerting.drill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Alert;
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

    /** @param steps of the wish, checked */
    public long plan(DrillWish wish, List<DrillStep> steps, String account, Instant now) {
        return plan(Map.of("ja", wish.ja(), "en", wish.en()), steps, wish.due().orElseThrow(), account, now);
    }

    /** @param steps in the order in which they are sent; numbered from 1 @return its number */
    public long plan(Map<String, String> name, List<DrillStep> steps, Instant due, String account, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = jdbc.sql("""
                    insert into drill (name_ja, name_en, due_at, state, account, created_at)
                    values (:ja, :en, :due, 'planned', :account, :now) returning id""")
                    .param("ja", Columns.text(name.get("ja")))
                    .param("en", Columns.text(name.get("en")))
                    .param("due", Columns.time(due))
                    .param("account", account)
                    .param("now", Columns.time(now))
                    .query(Long.class)
                    .single();
            steps.forEach(step -> add(id, step));
            audit.record(
                    now,
                    "account:" + account,
                    "drill.planned",
                    "drill:" + id,
                    Map.of("resources", steps.stream().map(DrillStep::resource).toList(), "due", due.toString()));
            return id;
        }));
    }

    private void add(long drill, DrillStep step) {
        jdbc.sql("""
                insert into drill_step (drill_id, n, title_ja, title_en, severity, resource, after_s)
                values (:drill, :n, :ja, :en, :severity, :resource, :after)""")
                .param("drill", drill)
                .param("n", step.n())
                .param("ja", Columns.text(step.title().getOrDefault("ja", "")))
                .param("en", Columns.text(step.title().getOrDefault("en", "")))
                .param("severity", step.severity().ordinal())
                .param("resource", step.resource())
                .param("after", step.after().toSeconds())
                .update();
    }

    /** What was not sent yet never is; false if all was, or it was cancelled before. */
    public boolean cancel(long id, String account, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jdbc.sql("""
                    update drill d set state = 'cancelled' where id = :id and state in ('planned', 'begun')
                        and exists (select 1 from drill_step s where s.drill_id = d.id and s.sent_at is null)""").param("id", id).update() == 1;
            if (done) {
                audit.record(now, "account:" + account, "drill.cancelled", "drill:" + id, Map.of());
            }
            return done;
        }));
    }

    /**
     * Sends the next alert whose time has come; false if there is none. What is told, and that it was sent, are one transaction. Of one
     * exercise an instance at a time sends, so that the order is kept.
     */
    public boolean beginNext(Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Long> due = jdbc.sql("""
                    select d.id from drill d where state in ('planned', 'begun') and exists (
                        select 1 from drill_step s where s.drill_id = d.id and s.sent_at is null
                            and coalesce(d.begun_at, d.due_at) + make_interval(secs => s.after_s) <= :now)
                    order by due_at, id limit 1 for update skip locked""")
                    .param("now", Columns.time(now))
                    .query(Long.class)
                    .optional();
            due.flatMap(this::find).ifPresent(drill -> sendNext(drill, now));
            return due.isPresent();
        }));
    }

    private void sendNext(Drill drill, Instant now) {
        DrillStep step = drill.steps().stream()
                .filter(each -> each.sentAt().isEmpty())
                .findFirst()
                .orElseThrow();
        Alert alert = drill.alert(step, now);
        intake.take(AlertJson.write(alert), now);
        jdbc.sql("update alert set drill = true where id = :id")
                .param("id", alert.id())
                .update();
        jdbc.sql("update drill_step set sent_at = :now, alert_id = :alert where drill_id = :id and n = :n")
                .param("now", Columns.time(now))
                .param("alert", alert.id())
                .param("id", drill.id())
                .param("n", step.n())
                .update();
        jdbc.sql("update drill set state = 'begun', begun_at = coalesce(begun_at, :now) where id = :id")
                .param("now", Columns.time(now))
                .param("id", drill.id())
                .update();
        audit.record(
                now,
                "system",
                drill.begunAt().isEmpty() ? "drill.begun" : "drill.went-on",
                "drill:" + drill.id(),
                Map.of("alert", alert.id()));
    }

    /** The newest first, so many as a page shows. */
    public List<Drill> newest() {
        return newest(Long.MAX_VALUE, MOST);
    }

    /** The newest first. @param before numbers below it */
    public List<Drill> newest(long before, int limit) {
        return drills(jdbc.sql("select * from drill where id < :before order by id desc limit :limit")
                .param("before", before)
                .param("limit", limit));
    }

    public Optional<Drill> find(long id) {
        return drills(jdbc.sql("select * from drill where id = :id").param("id", id)).stream()
                .findFirst();
    }

    private List<Drill> drills(JdbcClient.StatementSpec query) {
        List<Head> heads = query.query((row, number) -> head(row)).list();
        Map<Long, List<DrillStep>> steps = new HashMap<>();
        jdbc.sql("select * from drill_step where drill_id = any (cast(:ids as bigint[])) order by drill_id, n")
                .param("ids", heads.stream().map(Head::id).toArray(Long[]::new))
                .query(row -> {
                    steps.computeIfAbsent(row.getLong("drill_id"), none -> new ArrayList<>())
                            .add(step(row));
                });
        return heads.stream().map(head -> head.with(steps.get(head.id()))).toList();
    }

    /**
     * Something that came of it.
     *
     * @param what {@code sent}, {@code dead}, {@code pending} … of a message; {@code ack}, {@code not-ours}, {@code help},
     *     {@code take-over} of an answer
     * @param who id of a contact, or who answered without one
     * @param by the channel or the way of the answer
     * @param after the alert was sent
     */
    public record Reaction(Instant at, String what, String who, boolean contact, String by, Duration after) {}

    /** Messages and answers to one of its alerts, in order. */
    public List<Reaction> reactions(DrillStep step) {
        if (step.alertId().isEmpty() || step.sentAt().isEmpty()) {
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
                .param("alert", step.alertId().get())
                .query((row, number) -> new Reaction(
                        Columns.instant(row, "at"),
                        row.getString("what"),
                        row.getString("who"),
                        row.getBoolean("contact"),
                        row.getString("by"),
                        Duration.between(step.sentAt().get(), Columns.instant(row, "at"))))
                .list();
    }

    private record Head(
            long id, Map<String, String> name, Instant dueAt, String state, String account, Optional<Instant> begunAt) {
        Drill with(List<DrillStep> steps) {
            return new Drill(id, name, steps, dueAt, state, account, begunAt);
        }
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong("id"),
                Map.of("ja", row.getString("name_ja"), "en", row.getString("name_en")),
                Columns.instant(row, "due_at"),
                row.getString("state"),
                row.getString("account"),
                Columns.optionalInstant(row, "begun_at"));
    }

    private static DrillStep step(ResultSet row) throws SQLException {
        String ja = row.getString("title_ja");
        return new DrillStep(
                row.getInt("n"),
                ja.isEmpty() ? Map.of() : Map.of("ja", ja, "en", row.getString("title_en")),
                Severity.values()[row.getInt("severity")],
                row.getString("resource"),
                Duration.ofSeconds(row.getInt("after_s")),
                Columns.optionalInstant(row, "sent_at"),
                Optional.ofNullable(row.getString("alert_id")));
    }
}
