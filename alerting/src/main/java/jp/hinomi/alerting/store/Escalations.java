package jp.hinomi.alerting.store;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.escalation.Ladder;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Running escalations in PostgreSQL; each call belongs into a transaction of the caller. Thread-safe. */
public final class Escalations {
    private final JdbcClient jdbc;

    public Escalations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One that runs, with the policy it started with. */
    public record Running(long id, String alertId, Ladder ladder) {}

    /**
     * Starts it, once per alert and severity: a policy that runs goes on, and one that has been answered or has told all
     * it has is started again only if the alert got worse since. The id of the one that was started.
     */
    public Optional<Long> start(
            String alertId, Ladder ladder, Severity severity, Optional<Instant> nextAt, Instant now) {
        return jdbc.sql("""
                insert into escalation (alert_id, policy_id, policy, severity, step, next_at, state, started_at, updated_at)
                select :alert, :policy, cast(:snapshot as json), :severity, :step, cast(:next as timestamptz), 'running',
                    :now, :now
                where not exists (select 1 from escalation
                    where alert_id = :alert and policy_id = :policy and severity >= :severity)
                on conflict do nothing
                returning id""")
                .param("severity", severity.ordinal())
                .param("alert", alertId)
                .param("policy", ladder.policy().id())
                .param("snapshot", json(ladder.policy()))
                .param("step", ladder.step())
                .param("next", nextAt.map(Columns::time).orElse(null), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.time(now))
                .query(Long.class)
                .optional();
    }

    /** One whose time for an answer is over, locked; others may work on others meanwhile. */
    public Optional<Running> lockDue(Instant now) {
        return jdbc.sql("""
                select id, alert_id, policy_id, policy, step from escalation
                where state = 'running' and next_at <= :now
                order by next_at limit 1 for update skip locked""")
                .param("now", Columns.time(now))
                .query((row, number) -> new Running(
                        row.getLong("id"),
                        row.getString("alert_id"),
                        new Ladder(policy(row.getString("policy_id"), row.getString("policy")), row.getInt("step"))))
                .optional();
    }

    public void moveTo(long id, int step, Optional<Instant> nextAt, Instant now) {
        jdbc.sql("update escalation set step = :step, next_at = :next, updated_at = :now where id = :id")
                .param("step", step)
                .param("next", nextAt.map(Columns::time).orElse(null), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.time(now))
                .param("id", id)
                .update();
    }

    /** Nobody is left to tell. */
    public void exhaust(long id, Instant now) {
        jdbc.sql("update escalation set state = 'exhausted', next_at = null, updated_at = :now where id = :id")
                .param("now", Columns.time(now))
                .param("id", id)
                .update();
    }

    /** Somebody has answered: everything that runs for the alert ends. */
    public void acknowledge(String alertId, Instant now) {
        jdbc.sql("""
                update escalation set state = 'acknowledged', next_at = null, updated_at = :now
                where alert_id = :alert and state = 'running'""").param("now", Columns.time(now)).param("alert", alertId).update();
    }

    /** Goes on at once where this contact is waited for and nothing that was sent to it about the alert can arrive. */
    public void hurry(String alertId, String contactId, Instant now) {
        jdbc.sql("""
                update escalation set next_at = :now, updated_at = :now
                where alert_id = :alert and state = 'running' and policy -> step ->> 'contact' = :contact
                  and not exists (select 1 from delivery d left join delivery digest on digest.id = d.digest_id
                      where d.alert_id = :alert and d.contact_id = :contact and d.state <> 'dead'
                        and (d.state <> 'digested' or digest.state <> 'dead'))""")
                .param("now", Columns.time(now))
                .param("alert", alertId)
                .param("contact", contactId)
                .update();
    }

    private static String json(Policy policy) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Policy.Step step : policy.steps()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("contact", step.contact());
            step.ackWithin().ifPresent(within -> json.put("ack_within", within.toString()));
            steps.add(json);
        }
        return Columns.json(steps);
    }

    /** The policy as it was kept when the escalation started. */
    public static Policy policy(String id, String json) {
        return new Policy(
                id,
                Columns.read(json, new TypeReference<List<Map<String, String>>>() {}).stream()
                        .map(step -> new Policy.Step(
                                step.get("contact"),
                                Optional.ofNullable(step.get("ack_within")).map(Duration::parse)))
                        .toList());
    }
}
