package jp.hinomi.alerting.triage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Steps for many alerts at once. Which alerts is settled when the step is confirmed; what comes later is not touched. Until the
 * time to take it back is over nothing has happened, and nobody has been told anything. Thread-safe.
 */
public final class BulkActions {
    /** How long a step can be taken back. */
    public static final Duration UNDO = Duration.ofSeconds(8);

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public BulkActions(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Which alerts somebody chose.
     *
     * @param query the address of the list if it was all of it, else empty
     * @param upTo only what had arrived when the list was shown, by order of arrival
     * @param conditions adds {@code and …} on {@code alert a}, and the parameters
     */
    public record Chosen(String query, long upTo, BiConsumer<StringBuilder, Map<String, Object>> conditions) {
        /** Alerts by their ids. */
        public static Chosen ids(List<String> ids) {
            return new Chosen("", Long.MAX_VALUE, (sql, parameters) -> {
                sql.append("\n and a.id in (:ids)");
                parameters.put("ids", ids.isEmpty() ? List.of("") : ids);
            });
        }
    }

    /** @param concerned those of the chosen for which the step changes anything */
    public record Preview(int chosen, int concerned) {}

    /** A step for many, with what became of each: how many by the words of {@link Result}. */
    public record Action(
            long id,
            String kind,
            String argument,
            String note,
            String account,
            String query,
            int alerts,
            String state,
            Instant createdAt,
            Instant dueAt,
            Map<String, Integer> results) {
        public boolean isOver() {
            return state.equals("done") || state.equals("undone");
        }

        public int count(String result) {
            return results.getOrDefault(result, 0);
        }

        /** Done already, whatever came of it. */
        public int handled() {
            return results.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    public Preview preview(Step step, Chosen chosen) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder("select count(*) as chosen, count(*) filter (where ")
                .append(concerns(step, parameters))
                .append(") as concerned from alert a where a.seq <= :upTo");
        parameters.put("upTo", chosen.upTo());
        chosen.conditions().accept(sql, parameters);
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> new Preview(row.getInt("chosen"), row.getInt("concerned")))
                .single();
    }

    private static String concerns(Step step, Map<String, Object> parameters) {
        if (step instanceof Step.Acknowledge) {
            return "a.status = 'open'";
        } else if (step instanceof Step.Begin) {
            return "a.work in ('open', 'acknowledged')";
        } else if (step instanceof Step.Reopen) {
            return "a.work = 'closed'";
        } else if (step instanceof Step.Assign assign) {
            if (assign.account().isEmpty()) {
                return "a.assignee is not null";
            }
            parameters.put("to", assign.account().get());
            return "a.assignee is distinct from :to";
        } else if (step instanceof Step.Judge judge) {
            parameters.put("judged", judge.verdict().word());
            return "(a.status <> 'closed' or a.verdict is distinct from :judged)";
        }
        return "true";
    }

    /**
     * Plans the step for exactly those alerts.
     *
     * @param expected how many the preview said; empty, and nothing is planned, if there are more or fewer by now
     */
    public Optional<Action> plan(Step step, String note, Chosen chosen, int expected, String account, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = jdbc.sql("""
                    insert into bulk_action (kind, argument, note, account, query, alerts, state, created_at, due_at)
                    values (:kind, :argument, :note, :account, :query, :alerts, 'waiting', :now, :due) returning id""")
                    .param("kind", step.kind())
                    .param("argument", Columns.text(step.argument()))
                    .param("note", Columns.text(note.strip()))
                    .param("account", account)
                    .param("query", Columns.text(chosen.query()))
                    .param("alerts", expected)
                    .param("now", Columns.time(now))
                    .param("due", Columns.time(now.plus(UNDO)))
                    .query(Long.class)
                    .single();
            Map<String, Object> parameters = new LinkedHashMap<>();
            StringBuilder sql = new StringBuilder("insert into bulk_item (action_id, alert_id, seen_version)"
                            + " select :action, a.id, a.triage_version from alert a where a.seq <= :upTo and ")
                    .append(concerns(step, parameters));
            parameters.put("action", id);
            parameters.put("upTo", chosen.upTo());
            chosen.conditions().accept(sql, parameters);
            int planned = jdbc.sql(sql.toString()).params(parameters).update();
            if (planned != expected) {
                status.setRollbackOnly();
                return Optional.empty();
            }
            audit.record(
                    now,
                    "account:" + account,
                    "bulk.planned",
                    "bulk:" + id,
                    Map.of(
                            "step", step.kind(),
                            "argument", step.argument(),
                            "alerts", planned,
                            "query", chosen.query(),
                            "note", note.strip()));
            return find(id);
        }));
    }

    /** Takes it back. False if it has begun, is over, or is not theirs. */
    public boolean undo(long id, String account, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean undone = jdbc.sql("""
                    update bulk_action set state = 'undone', finished_at = :now
                    where id = :id and account = :account and state = 'waiting'""")
                            .param("now", Columns.time(now))
                            .param("id", id)
                            .param("account", account)
                            .update()
                    == 1;
            if (undone) {
                jdbc.sql("update bulk_item set result = 'undone' where action_id = :id and result is null")
                        .param("id", id)
                        .update();
                audit.record(now, "account:" + account, "bulk.undone", "bulk:" + id, Map.of());
            }
            return undone;
        }));
    }

    public Optional<Action> find(long id) {
        return jdbc.sql("select * from bulk_action where id = :id")
                .param("id", id)
                .query((row, number) -> action(row))
                .optional();
    }

    private Action action(ResultSet row) throws SQLException {
        Map<String, Integer> results = new LinkedHashMap<>();
        jdbc.sql("""
                select result, count(*) as n from bulk_item where action_id = :id and result is not null group by result""")
                .param("id", row.getLong("id"))
                .query((item, number) -> results.put(item.getString("result"), item.getInt("n")))
                .list();
        return new Action(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("argument"),
                row.getString("note"),
                row.getString("account"),
                row.getString("query"),
                row.getInt("alerts"),
                row.getString("state"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "due_at"),
                results);
    }

    /** Ids of the alerts with that result, at most so many. */
    public List<String> alerts(long id, String result, int limit) {
        return jdbc.sql("""
                select alert_id from bulk_item where action_id = :id and result = :result
                order by alert_id limit :limit""")
                .param("id", id)
                .param("result", result)
                .param("limit", limit)
                .query(String.class)
                .list();
    }
}
