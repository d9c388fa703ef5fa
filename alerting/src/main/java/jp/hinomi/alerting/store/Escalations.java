package jp.hinomi.alerting.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.escalation.Answers;
import jp.hinomi.alerting.escalation.Ladder;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.escalation.Target;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.AckMode;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Escalations in PostgreSQL; each call belongs into a transaction of the caller. Whoever changes one holds the lock of its
 * alert's row, taken first. Thread-safe.
 */
public final class Escalations {
    /** Taken from the sequence at a time; what is not used is left out. */
    private static final int IDS = 50;

    private final JdbcClient jdbc;

    public Escalations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One with the policy it started with.
     *
     * @param state {@code running}, {@code acknowledged}, {@code exhausted} or {@code closed}
     * @param nextAt when something happens to it next; absent = nothing does by itself
     */
    public record Running(long id, String alertId, Ladder ladder, String state, Optional<Instant> nextAt) {
        public boolean isRunning() {
            return "running".equals(state);
        }
    }

    /** A name in the list of what is due. */
    public record Due(long id, String alertId) {}

    /**
     * Starts it, once per alert and severity: a policy that runs goes on, and one that has been answered or has told all
     * it has is started again only if the alert got worse since. The id of the one that was started.
     */
    public Optional<Long> start(
            String alertId, Ladder ladder, Severity severity, Optional<Instant> nextAt, Instant now) {
        if (Writes.isNew(alertId)) {
            return startFirst(alertId, ladder, severity, nextAt, now);
        }
        Writes.flushCurrent();
        return jdbc.sql("""
                insert into escalation (alert_id, policy_id, policy, severity, loop, step, next_at, state, started_at,
                    updated_at)
                select :alert, :policy, cast(:snapshot as json), :severity, :loop, :step, cast(:next as timestamptz),
                    'running', :now, :now
                where not exists (select 1 from escalation
                    where alert_id = :alert and policy_id = :policy and severity >= :severity)
                on conflict do nothing
                returning id""")
                .param("severity", severity.ordinal())
                .param("alert", alertId)
                .param("policy", ladder.policy().id())
                .param("snapshot", json(ladder.policy()))
                .param("loop", ladder.loop())
                .param("step", ladder.step())
                .param("next", nextAt.map(Columns::time).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.time(now))
                .query(Long.class)
                .optional();
    }

    /** Of an alert that is new in the transaction: nothing can run for it yet but what has been started since. */
    private Optional<Long> startFirst(
            String alertId, Ladder ladder, Severity severity, Optional<Instant> nextAt, Instant now) {
        Started started = Writes.note(Started.class, () -> new Started(new HashSet<>(), new ArrayDeque<>()))
                .orElseThrow();
        if (!started.policies().add(List.of(alertId, ladder.policy().id()))) {
            return Optional.empty();
        }
        if (started.ids().isEmpty()) {
            started.ids()
                    .addAll(jdbc.sql("select nextval(pg_get_serial_sequence('escalation', 'id'))"
                                    + " from generate_series(1, :ids)")
                            .param("ids", IDS)
                            .query(Long.class)
                            .list());
        }
        long id = started.ids().remove();
        Writes.write(
                jdbc,
                Writes.Table.ESCALATION,
                """
                insert into escalation (id, alert_id, policy_id, policy, severity, loop, step, next_at, state, started_at,
                    updated_at)
                overriding system value
                values (:id, :alert, :policy, cast(:snapshot as json), :severity, :loop, :step, :next, 'running', :now,
                    :now)""",
                new MapSqlParameterSource("id", id)
                        .addValue("alert", alertId)
                        .addValue("policy", ladder.policy().id())
                        .addValue("snapshot", json(ladder.policy()))
                        .addValue("severity", severity.ordinal())
                        .addValue("loop", ladder.loop())
                        .addValue("step", ladder.step())
                        .addValue("next", nextAt.map(Columns::time).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                        .addValue("now", Columns.time(now)));
        return Optional.of(id);
    }

    /** @param ids taken from the database ahead, for those to come */
    private record Started(Set<List<String>> policies, Deque<Long> ids) {}

    /** Those to whom something is to happen now, the longest overdue first. Not locked: see {@link #lock}. */
    public List<Due> due(Instant now, int limit) {
        return jdbc.sql("""
                select id, alert_id from escalation where next_at <= :now order by next_at, id limit :limit""")
                .param("now", Columns.time(now))
                .param("limit", limit)
                .query((row, number) -> new Due(row.getLong("id"), row.getString("alert_id")))
                .list();
    }

    /** Locks the alert's row unless somebody else has it. Its status. */
    public Optional<String> lockAlert(String alertId) {
        return jdbc.sql("select status from alert where id = :id for no key update skip locked")
                .param("id", alertId)
                .query(String.class)
                .optional();
    }

    /** The same one, locked, if it is still due. */
    public Optional<Running> lock(long id, Instant now) {
        return jdbc.sql("""
                select id, alert_id, policy_id, policy, loop, step, state, next_at from escalation
                where id = :id and next_at <= :now for update""")
                .param("id", id)
                .param("now", Columns.time(now))
                .query((row, number) -> running(row))
                .optional();
    }

    /** All of an alert, oldest first, locked. */
    public List<Running> lockOf(String alertId) {
        return jdbc.sql("""
                select id, alert_id, policy_id, policy, loop, step, state, next_at from escalation
                where alert_id = :alert order by id for update""")
                .param("alert", alertId)
                .query((row, number) -> running(row))
                .list();
    }

    private static Running running(ResultSet row) throws SQLException {
        return new Running(
                row.getLong("id"),
                row.getString("alert_id"),
                new Ladder(
                        policy(row.getString("policy_id"), row.getString("policy")),
                        row.getInt("loop"),
                        row.getInt("step")),
                row.getString("state"),
                Columns.optionalInstant(row, "next_at"));
    }

    public void moveTo(long id, Ladder ladder, Optional<Instant> nextAt, Instant now) {
        Writes.write(
                jdbc,
                Writes.Table.ESCALATION_STEP,
                """
                update escalation set state = 'running', loop = :loop, step = :step, next_at = :next, updated_at = :now
                where id = :id""",
                new MapSqlParameterSource("id", id)
                        .addValue("loop", ladder.loop())
                        .addValue("step", ladder.step())
                        .addValue("next", nextAt.map(Columns::time).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                        .addValue("now", Columns.time(now)));
    }

    /** @param nextAt when it is looked at again; absent = never */
    public void set(long id, String state, Optional<Instant> nextAt, Instant now) {
        jdbc.sql("update escalation set state = :state, next_at = :next, updated_at = :now where id = :id")
                .param("state", state)
                .param("next", nextAt.map(Columns::time).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.time(now))
                .param("id", id)
                .update();
    }

    /** Waits for those who have not answered yet, for the time that they have; what is due now stays so. */
    public void waitAnew(long id, Instant now) {
        Running running = byId(id);
        if (!running.isRunning() || running.nextAt().filter(now::isBefore).isEmpty()) {
            return;
        }
        List<Target> told = targets(id, running.ladder().loop());
        if (Answers.canSuffice(running.ladder(), told)) {
            set(id, "running", Answers.overAt(running.ladder(), told), now);
        }
    }

    private Running byId(long id) {
        return jdbc.sql("""
                select id, alert_id, policy_id, policy, loop, step, state, next_at from escalation where id = :id""")
                .param("id", id)
                .query((row, number) -> running(row))
                .single();
    }

    /** Nobody else is there for what those who said no left. */
    public void orphan(long id, int loop) {
        jdbc.sql("update escalation_target set state = 'orphaned' where escalation_id = :id and loop = :loop"
                        + " and state = 'not-ours'")
                .param("id", id)
                .param("loop", loop)
                .update();
    }

    /** Adds a contact of a step; one that is there already is told anew. */
    public void addTarget(long id, int loop, Target target) {
        // A query, not a list of values: drivers make one statement of several lists, which may not meet a row twice.
        Writes.write(
                jdbc,
                Writes.Table.TARGET,
                """
                insert into escalation_target (escalation_id, loop, step, contact_id, stakeholder_id, via_schedule, state,
                    reason_ja, reason_en, told_at, answer_by)
                select :id, :loop, :step, :contact, :stakeholder, :via, :state, :ja, :en, cast(:told as timestamptz),
                    cast(:by as timestamptz)
                on conflict (escalation_id, loop, step, contact_id) do update set state = excluded.state,
                    reason_ja = excluded.reason_ja, reason_en = excluded.reason_en, told_at = excluded.told_at,
                    answer_by = excluded.answer_by, unhandled = false, answered_at = null""",
                new MapSqlParameterSource("id", id)
                        .addValue("loop", loop)
                        .addValue("step", target.step())
                        .addValue("contact", target.contact())
                        .addValue("stakeholder", target.stakeholder())
                        .addValue("via", target.via().orElse(null), Types.VARCHAR)
                        .addValue("state", target.state().word())
                        .addValue("ja", target.reason().map(Bilingual::ja).orElse(null), Types.VARCHAR)
                        .addValue("en", target.reason().map(Bilingual::en).orElse(null), Types.VARCHAR)
                        .addValue("told", Columns.time(target.toldAt()))
                        .addValue(
                                "by",
                                target.answerBy().map(Columns::time).orElse(null),
                                Types.TIMESTAMP_WITH_TIMEZONE));
    }

    /** Everybody of that loop, step by step in the order they were told. */
    public List<Target> targets(long id, int loop) {
        return jdbc.sql("""
                select * from escalation_target where escalation_id = :id and loop = :loop
                order by step, told_at, contact_id""")
                .param("id", id)
                .param("loop", loop)
                .query((row, number) -> target(row))
                .list();
    }

    /** Ids of the organisations that the alert's escalations have asked to answer, in whatever step. */
    public Set<String> asked(String alertId) {
        return Set.copyOf(
                jdbc.sql("""
                select distinct t.stakeholder_id from escalation_target t join escalation e on e.id = t.escalation_id
                where e.alert_id = :alert and t.state <> 'passed'""").param("alert", alertId).query(String.class).list());
    }

    public static Target target(ResultSet row) throws SQLException {
        String ja = row.getString("reason_ja");
        return new Target(
                row.getInt("step"),
                row.getString("contact_id"),
                row.getString("stakeholder_id"),
                Optional.ofNullable(row.getString("via_schedule")),
                Target.State.ofWord(row.getString("state")),
                ja == null ? Optional.empty() : Optional.of(new Bilingual(ja, row.getString("reason_en"))),
                Columns.instant(row, "told_at"),
                Columns.optionalInstant(row, "answer_by"),
                Columns.optionalInstant(row, "answered_at"));
    }

    /** What somebody has answered, for every step of the loop that told them. How many steps that were. */
    public int answer(long id, int loop, Set<String> contacts, Target.State answer, boolean unhandled, Instant now) {
        return contacts.isEmpty()
                ? 0
                : jdbc.sql("""
                        update escalation_target set state = :state, answered_at = :now, unhandled = :unhandled
                        where escalation_id = :id and loop = :loop and contact_id in (:contacts)""")
                        .param("state", answer.word())
                        .param("now", Columns.time(now))
                        .param("unhandled", unhandled)
                        .param("id", id)
                        .param("loop", loop)
                        .param("contacts", contacts)
                        .update();
    }

    /** What is to be acted on, taken: the states of those targets that nobody has acted on yet. */
    public Set<Target.State> takeUnhandled(long id) {
        return Set.copyOf(jdbc.sql("""
                with taken as (update escalation_target set unhandled = false
                    where escalation_id = :id and unhandled returning state)
                select distinct state from taken""")
                .param("id", id)
                .query((row, number) -> Target.State.ofWord(row.getString("state")))
                .list());
    }

    /**
     * Nothing that was sent to this contact about the alert can arrive: where it is waited for it is so no more, and where
     * the step cannot be answered any more without it, the next one comes at once.
     */
    public void unreachable(String alertId, String contactId, Instant now) {
        jdbc.sql("select 1 from alert where id = :id for no key update")
                .param("id", alertId)
                .query(Integer.class)
                .list();
        giveUp(alertId, contactId, """
                not exists (select 1 from delivery d left join delivery digest on digest.id = d.digest_id
                    where d.alert_id = :alert and d.contact_id = :contact and d.state <> 'dead'
                      and (d.state <> 'digested' or digest.state <> 'dead'))""", new Bilingual("送ったものが届きませんでした。", "Nothing that was sent arrived."), now);
    }

    /** Somebody who was told where the step has no time of its own, and whom nothing has reached. */
    public record Unreached(String alertId, String contact) {}

    /** Of those the ones that have been tried in vain since before that time. */
    public List<Unreached> unreachedSince(Instant before) {
        return jdbc.sql("""
                select distinct e.alert_id, t.contact_id
                from escalation e join escalation_target t on t.escalation_id = e.id and t.loop = e.loop
                join delivery d on d.alert_id = e.alert_id and d.contact_id = t.contact_id
                join delivery tried on tried.id = coalesce(d.digest_id, d.id)
                where e.state = 'running' and e.next_at is null and t.step = e.step and t.state = 'waiting'
                  and t.answer_by is null and t.told_at <= :before
                  and tried.state = 'pending' and exists (select 1 from delivery_attempt a
                      where a.delivery_id = tried.id and a.at <= :before)
                  and\s""" + UNREACHED.replace(":alert", "e.alert_id").replace(":contact", "t.contact_id"))
                .param("before", Columns.time(before))
                .query((row, number) -> new Unreached(row.getString("alert_id"), row.getString("contact_id")))
                .list();
    }

    /** The same as if nothing could arrive any more, though it is tried on: whoever has it in the end may still answer. */
    public void unreached(Unreached who, Instant now) {
        giveUp(
                who.alertId(),
                who.contact(),
                UNREACHED,
                new Bilingual("しばらく試しても届いていません。", "Nothing has arrived for a while."),
                now);
    }

    private static final String UNREACHED = """
            not exists (select 1 from delivery got left join delivery digest on digest.id = got.digest_id
                where got.alert_id = :alert and got.contact_id = :contact
                  and (coalesce(digest.state, got.state) in ('sent', 'held', 'settled')))""";

    private void giveUp(String alertId, String contactId, String condition, Bilingual reason, Instant now) {
        List<Long> concerned = jdbc.sql("""
                update escalation_target t set state = 'unreachable', unhandled = true, reason_ja = :ja, reason_en = :en
                from escalation e
                where e.id = t.escalation_id and e.alert_id = :alert and t.contact_id = :contact and t.state = 'waiting'
                  and t.loop = e.loop and\s""" + condition + " returning e.id")
                .param("alert", alertId)
                .param("contact", contactId)
                .param("ja", reason.ja())
                .param("en", reason.en())
                .query(Long.class)
                .list();
        for (long id : Set.copyOf(concerned)) {
            Running running = byId(id);
            if (running.isRunning()
                    && !Answers.canSuffice(
                            running.ladder(), targets(id, running.ladder().loop()))) {
                set(id, "running", Optional.of(now), now);
            } else {
                waitAnew(id, now);
            }
        }
    }

    private static String json(Policy policy) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Policy.Step step : policy.steps()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("targets", step.targets());
            json.put("ack", step.ack().word());
            step.ackWithin().ifPresent(within -> json.put("ack_within", within.toString()));
            steps.add(json);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("steps", steps);
        policy.reackAfter().ifPresent(after -> whole.put("reack_after", after.toString()));
        whole.put("loop_max", policy.loopMax());
        return Columns.json(whole);
    }

    /** The policy as it was kept when the escalation started. Versions before steps told several kept a list of steps. */
    public static Policy policy(String id, String json) {
        JsonNode whole = Columns.tree(json);
        List<Policy.Step> steps = new ArrayList<>();
        for (JsonNode step : whole.isArray() ? whole : whole.path("steps")) {
            List<String> targets = new ArrayList<>();
            step.path("targets").forEach(target -> targets.add(target.asText()));
            steps.add(new Policy.Step(
                    targets.isEmpty() ? List.of(step.path("contact").asText()) : targets,
                    AckMode.ofWord(step.path("ack").asText("any")),
                    duration(step, "ack_within")));
        }
        return new Policy(
                id,
                steps,
                duration(whole, "reack_after"),
                whole.path("loop_max").asInt(0));
    }

    private static Optional<Duration> duration(JsonNode json, String key) {
        return Optional.ofNullable(json.get(key)).map(value -> Duration.parse(value.asText()));
    }
}
