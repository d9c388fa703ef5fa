package jp.hinomi.alerting.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.incident.JoinQueue;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads alarms, and escalations that run or have ended without an answer. Thread-safe. */
public final class OperationQueries {
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    public OperationQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param found how often it was found
     * @param told how many messages about it have arrived
     * @param untold how many messages about it are dead letters
     */
    public record AlarmRow(
            long id,
            String kind,
            String object,
            String textJa,
            String textEn,
            long found,
            Instant raisedAt,
            Instant lastAt,
            int told,
            int untold) {
        public String text(String language) {
            return "ja".equals(language) ? textJa : textEn;
        }
    }

    /** Those that last, newest first. */
    public List<AlarmRow> alarms() {
        return jdbc.sql("""
                select a.*, count(d.id) filter (where d.state = 'sent') as told,
                    count(d.id) filter (where d.state = 'dead') as untold
                from alarm a left join delivery d on d.alarm_id = a.id
                where a.settled_at is null group by a.id order by a.id desc limit :limit""")
                .param("limit", MOST)
                .query((row, number) -> new AlarmRow(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getString("object"),
                        row.getString("text_ja"),
                        row.getString("text_en"),
                        row.getLong("found"),
                        Columns.instant(row, "raised_at"),
                        Columns.instant(row, "last_at"),
                        row.getInt("told"),
                        row.getInt("untold")))
                .list();
    }

    /** An alert that could not be joined to incidents. @param failure what went wrong last */
    public record SetAside(String alertId, String titleJa, String titleEn, String failure) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    /** The oldest first. */
    public List<SetAside> setAside() {
        return jdbc.sql("""
                select q.alert_id, a.title_ja, a.title_en, coalesce(q.failure, '') as failure
                from join_queue q join alert a on a.id = q.alert_id
                where q.attempts >= :attempts order by q.attempts, q.id limit :limit""")
                .param("attempts", JoinQueue.ATTEMPTS)
                .param("limit", MOST)
                .query((row, number) -> new SetAside(
                        row.getString("alert_id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        row.getString("failure")))
                .list();
    }

    /** @param waiting ids of contacts whose answers are waited for */
    public record EscalationRow(
            long id,
            String alertId,
            String titleJa,
            String titleEn,
            Severity severity,
            Policy policy,
            int loop,
            int step,
            String state,
            Optional<Instant> nextAt,
            Instant startedAt,
            List<String> waiting) {
        /** The runner takes a step within seconds: one that is due for longer does not run as it should. */
        private static final Duration GRACE = Duration.ofMinutes(1);

        public boolean isOverdue(Instant now) {
            return state.equals("running")
                    && nextAt.filter(at -> at.plus(GRACE).isBefore(now)).isPresent();
        }

        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    /** Of alerts that are not closed; the most pressing first. @param state {@code running} or {@code exhausted} */
    public List<EscalationRow> escalations(String state) {
        return jdbc.sql("""
                select e.*, a.title_ja, a.title_en, a.severity as alert_severity,
                    array(select t.contact_id from escalation_target t where t.escalation_id = e.id and t.loop = e.loop
                        and t.state = 'waiting' order by t.step, t.contact_id) as waiting
                from escalation e join alert a on a.id = e.alert_id
                where e.state = :state and a.status <> 'closed'
                order by a.severity desc, e.next_at nulls last, e.id limit :limit""")
                .param("state", state)
                .param("limit", MOST)
                .query((row, number) -> new EscalationRow(
                        row.getLong("id"),
                        row.getString("alert_id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Severity.values()[row.getInt("alert_severity")],
                        Escalations.policy(row.getString("policy_id"), row.getString("policy")),
                        row.getInt("loop"),
                        row.getInt("step"),
                        row.getString("state"),
                        Columns.optionalInstant(row, "next_at"),
                        Columns.instant(row, "started_at"),
                        List.of((String[]) row.getArray("waiting").getArray())))
                .list();
    }
}
