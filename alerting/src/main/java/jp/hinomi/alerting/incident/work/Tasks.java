package jp.hinomi.alerting.incident.work;

import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks in PostgreSQL, with what happened to them in the audit log. Thread-safe. */
public final class Tasks {
    /** Of one incident. */
    static final int MOST = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;

    public Tasks(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
    }

    /** Open ones first, by when they are due. */
    public List<Task> of(Incident incident) {
        return jdbc.sql("""
                select * from incident_task where incident_id = :incident
                order by done_at is not null, due_at nulls last, id""")
                .param("incident", incident.id())
                .query((row, n) -> new Task(
                        row.getLong("id"),
                        row.getString("title"),
                        row.getString("owner"),
                        Columns.optionalInstant(row, "due_at"),
                        row.getString("created_by"),
                        Columns.instant(row, "created_at"),
                        Optional.ofNullable(row.getString("done_by")),
                        Columns.optionalInstant(row, "done_at")))
                .list();
    }

    /** @throws IllegalArgumentException if it says nothing, too much, or if there are too many */
    public void add(Incident incident, String title, String owner, Optional<Instant> due, String actor, Instant now) {
        Task task = new Task(
                0,
                IncidentText.line(title),
                IncidentText.line(owner),
                due,
                actor,
                now,
                Optional.empty(),
                Optional.empty());
        transaction.executeWithoutResult(status -> {
            boolean added = jdbc.sql("""
                    insert into incident_task (incident_id, title, owner, due_at, created_by, created_at)
                    select :incident, :title, :owner, :due, :actor, :now
                    where (select count(*) from incident_task where incident_id = :incident) < :most""")
                            .param("incident", incident.id())
                            .param("title", Columns.text(task.title()))
                            .param("owner", Columns.text(task.owner()))
                            .param("due", due.map(Columns::time).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                            .param("actor", actor)
                            .param("now", Columns.time(now))
                            .param("most", MOST)
                            .update()
                    == 1;
            if (!added) {
                throw new CaseworkRefusal(CaseworkRefusal.Why.TASKS_MANY, MOST);
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("task", task.title());
            facts.put("owner", task.owner());
            due.ifPresent(at -> facts.put("due", at.toString()));
            audit.record(now, actor, "incident.task-added", incident.object(), facts);
        });
    }

    /** False if there is no such task, or if it is so already. */
    public boolean done(Incident incident, long id, boolean done, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<String> title = jdbc.sql("""
                    update incident_task set done_by = :by, done_at = :at
                    where incident_id = :incident and id = :id and (done_at is not null) <> :done returning title""")
                    .param("by", done ? actor : null, Types.VARCHAR)
                    .param("at", done ? Columns.time(now) : null, Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("incident", incident.id())
                    .param("id", id)
                    .param("done", done)
                    .query(String.class)
                    .optional();
            title.ifPresent(text -> audit.record(
                    now,
                    actor,
                    done ? "incident.task-done" : "incident.task-reopened",
                    incident.object(),
                    Map.of("task", text)));
            return title.isPresent();
        }));
    }
}
