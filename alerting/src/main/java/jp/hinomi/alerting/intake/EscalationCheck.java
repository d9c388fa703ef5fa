package jp.hinomi.alerting.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.alarm.Alarm;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.alarm.FailingChannels;
import jp.hinomi.alerting.alarm.Unanswered;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.alerting.store.Skew;
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Inhibition;
import jp.hinomi.events.AlertJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for what should have happened and did not, with questions of its own rather than those that the workers ask: a fault
 * that makes a worker blind must not make this one blind as well. It makes up for what it finds, and raises an alarm. In
 * normal times it finds nothing. Thread-safe; every instance runs one.
 */
public final class EscalationCheck {
    /** So long something may be due before somebody else looks after it. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** Decisions that old are left alone: what was wrong with them has been found. */
    private static final Duration BACK = Duration.ofDays(2);

    private final JdbcClient jdbc;
    private final Escalations escalations;
    private final Alerts alerts;
    private final EscalationRunner runner;
    private final Steps steps;
    private final AlarmDesk alarms;
    private final Unanswered unanswered;
    private final FailingChannels failing;
    private final AuditLog audit;
    private final CityInForce city;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    /** Whoever was held for longer than that since it read the clock must not judge by it who ran ahead. */
    private static final Duration HELD = Skew.MOST.dividedBy(2);

    /** What was overdue at the last look, and since when messages waited: only what still is has been forgotten. */
    private Set<Overdue> before = Set.of();

    private Optional<Instant> waitingBefore = Optional.empty();

    public EscalationCheck(
            JdbcClient jdbc,
            Escalations escalations,
            Alerts alerts,
            EscalationRunner runner,
            Steps steps,
            AlarmDesk alarms,
            Unanswered unanswered,
            FailingChannels failing,
            AuditLog audit,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.escalations = escalations;
        this.alerts = alerts;
        this.runner = runner;
        this.steps = steps;
        this.alarms = alarms;
        this.unanswered = unanswered;
        this.failing = failing;
        this.audit = audit;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Looks once. True if something had to be made up for. What is merely late is found at the second look: after a process
     * was held, or a clock jumped ahead, the workers come first.
     */
    public synchronized boolean look() {
        // Each by the time that it begins at: one that looks for long must not let the others judge by an old time.
        boolean mended = setBack(clock.instant());
        mended |= asleep(clock.instant());
        mended |= notStarted(clock.instant());
        mended |= overdue(clock.instant());
        messages(clock.instant());
        unanswered.look(clock.instant());
        failing.look(clock.instant());
        unreached(clock.instant());
        return mended;
    }

    /**
     * Times that were written when the clock was ahead of now. Waits are lengths of time: what was to happen 15 minutes after
     * a time that is in the future now happens 15 minutes after now. Where this process was held after it had read the clock
     * (a suspended machine, a slow database), all that others wrote meanwhile looks as if it were ahead: then nothing is
     * touched, and the next look judges.
     */
    private boolean setBack(Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int mended = jdbc.sql("""
                    with ahead as (select id, loop, updated_at - :now as by from escalation
                        where next_at is not null and updated_at > :latest for update skip locked),
                    targets as (update escalation_target t set told_at = t.told_at - ahead.by,
                            answer_by = t.answer_by - ahead.by
                        from ahead where t.escalation_id = ahead.id and t.loop = ahead.loop and t.state = 'waiting'
                          and t.told_at > :latest)
                    update escalation e set next_at = e.next_at - ahead.by, updated_at = :now
                    from ahead where ahead.id = e.id""")
                    .param("now", Columns.time(now))
                    .param("latest", Columns.time(Skew.latest(now)))
                    .update();
            mended += jdbc.sql("""
                    with ahead as (
                        select d.id, greatest(d.created_at, coalesce(max(a.at), d.created_at)) - :now as by
                        from delivery d left join delivery_attempt a on a.delivery_id = d.id
                        where d.state = 'pending' and d.next_attempt_at > :now
                        group by d.id having greatest(d.created_at, coalesce(max(a.at), d.created_at)) > :latest)
                    update delivery d set next_attempt_at = d.next_attempt_at - ahead.by,
                        deadline = d.deadline - ahead.by, created_at = least(d.created_at, :now)
                    from ahead where ahead.id = d.id and d.lease_owner is null""")
                    .param("now", Columns.time(now))
                    .param("latest", Columns.time(Skew.latest(now)))
                    .update();
            mended += jdbc.sql("""
                    update repetition set next_at = next_at - (waits_since - :now), told_at = least(told_at, :now),
                        waits_since = :now
                    where waits_since > :latest""")
                    .param("now", Columns.time(now))
                    .param("latest", Columns.time(Skew.latest(now)))
                    .update();
            forgetAhead(now);
            if (now.plus(HELD).isBefore(clock.instant())) {
                status.setRollbackOnly();
                return false;
            }
            if (mended > 0) {
                audit.record(now, "system", "escalation.mended", "clock", Map.of("waits", mended, "why", "set back"));
                alarms.raise(
                        new Alarm(
                                Alarm.Kind.CLOCK,
                                "set-back",
                                new Bilingual(
                                        "時刻が戻されていました。待ち時間 " + mended + " 件を数え直しました。時刻同期を確認してください。",
                                        "The clock was set back: " + mended
                                                + " waits were counted anew. Check the synchronisation of clocks."),
                                Optional.empty()),
                        now);
            }
            return mended > 0;
        }));
    }

    /** What was told ahead holds nothing back, even when its time comes; nor does an alert for longer than it would from now. */
    private void forgetAhead(Instant now) {
        jdbc.sql("""
                update delivery set ahead = true
                where stakeholder_id in (:stakeholders) and state in ('pending', 'sent', 'dead') and created_at > :latest
                  and not ahead""")
                .param("stakeholders", city.get().stakeholders().keySet())
                .param("latest", Columns.time(Skew.latest(now)))
                .update();
        for (Inhibition inhibition : city.get().notification().inhibitions()) {
            jdbc.sql("delete from inhibitor where inhibition_id = :id and until > :latest")
                    .param("id", inhibition.id())
                    .param("latest", Columns.time(Skew.latest(now.plus(inhibition.lasts()))))
                    .update();
        }
    }

    /** Running, but nothing will ever happen to it although its step has a limit or somebody has answered. */
    private boolean asleep(Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<String> mended = jdbc.sql("""
                    update escalation e set next_at = :now, updated_at = :now
                    where e.state = 'running' and e.next_at is null and e.updated_at < :before
                      and (exists (select 1 from escalation_target t where t.escalation_id = e.id and t.unhandled
                            and t.state in ('help', 'not-ours'))
                        or exists (select 1 from escalation_target t where t.escalation_id = e.id and t.loop = e.loop
                            and t.step = e.step and t.answer_by is not null))
                    returning alert_id""")
                    .param("now", Columns.time(now))
                    .param("before", Columns.time(now.minus(GRACE)))
                    .query(String.class)
                    .list();
            mended.forEach(alert -> mended(alert, "asleep", now));
            return !mended.isEmpty();
        }));
    }

    private record Missing(String alertId, String policy) {}

    /** Decided, but never started. */
    private boolean notStarted(Instant now) {
        List<Missing> missing = jdbc.sql("""
                select r.alert_id, named.policy
                from routing_decision r
                join alert on alert.id = r.alert_id and alert.status = 'open'
                cross join lateral json_array_elements_text(coalesce(r.decision -> 'escalations', '[]')) named (policy)
                where r.decided_at > :since and r.decided_at < :before
                  and not exists (select 1 from escalation e
                      where e.alert_id = r.alert_id and e.policy_id = named.policy)
                group by r.alert_id, named.policy
                order by min(r.decided_at)
                limit 100""")
                .param("since", Columns.time(now.minus(BACK)))
                .param("before", Columns.time(now.minus(GRACE)))
                .query((row, number) -> new Missing(row.getString("alert_id"), row.getString("policy")))
                .list();
        boolean mended = false;
        for (Missing one : missing) {
            Escalation escalation = city.get().escalations().get(one.policy());
            if (escalation != null) {
                mended |= start(one, Policy.snapshot(escalation), now);
            }
        }
        return mended;
    }

    private boolean start(Missing missing, Policy policy, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!escalations.lockAlert(missing.alertId()).filter("open"::equals).isPresent()) {
                return false;
            }
            String json = alerts.body(missing.alertId()).orElseThrow();
            boolean started = steps.start(
                    AlertJson.read(json.getBytes(StandardCharsets.UTF_8)),
                    json,
                    policy,
                    Map.of(),
                    new Cause.First(),
                    now);
            if (started) {
                mended(missing.alertId(), "not started", now);
            }
            return started;
        }));
    }

    private record Overdue(Escalations.Due due, Instant since) {}

    /** Due for so long that nobody seems to look. */
    private boolean overdue(Instant now) {
        List<Overdue> found = jdbc.sql("""
                select id, alert_id, next_at from escalation where next_at < :before order by next_at limit 500""")
                .param("before", Columns.time(now.minus(GRACE)))
                .query((row, number) -> new Overdue(
                        new Escalations.Due(row.getLong("id"), row.getString("alert_id")),
                        Columns.instant(row, "next_at")))
                .list();
        boolean advanced = false;
        for (Overdue one : found) {
            if (before.contains(one) && runner.advance(one.due())) {
                advanced = true;
                transaction.executeWithoutResult(status -> mended(one.due().alertId(), "overdue", now));
            }
        }
        before = Set.copyOf(found);
        return advanced;
    }

    private void mended(String alertId, String why, Instant now) {
        audit.record(now, "system", "escalation.mended", "alert:" + alertId, Map.of("why", why));
        alarms.raise(
                Alarm.notRun(
                        "escalations",
                        new Bilingual(
                                "進むはずのエスカレーションが止まっていたため、補いました（警報 " + alertId + " ほか）。ログを確認してください。",
                                "An escalation that should have gone on had not, and was made up for (alert " + alertId
                                        + " and perhaps others). Look into the logs.")),
                now);
    }

    /** A step without a time of its own must not wait for a mail server until the deadline of its messages. */
    private void unreached(Instant now) {
        Instant before = now.minus(city.get().notification().delivery().alarmAfter());
        for (Escalations.Unreached who : escalations.unreachedSince(before)) {
            transaction.executeWithoutResult(status -> {
                if (escalations.lockAlert(who.alertId()).isPresent()) {
                    escalations.unreached(who, now);
                }
            });
        }
    }

    private record Waiting(long count, Optional<Instant> since) {}

    /** Messages that nobody tries, and notices that are held for a digest that nobody will write. */
    private void messages(Instant now) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    insert into delivery (idempotency_key, kind, cause, rule_id, stakeholder_id, contact_id, channel_type,
                        address, secret_ref, language, zone, tlp_applied, disclosure, reasons, state, next_attempt_at,
                        deadline, created_at, inbox, held_kind)
                    select distinct on (d.contact_id, d.channel_type, d.address, d.inbox)
                        'digest|made-up|' || d.id || '|' || extract(epoch from cast(:now as timestamptz)), 'digest',
                        'digest', d.inbox, d.stakeholder_id, d.contact_id, d.channel_type, d.address, d.secret_ref,
                        d.language, d.zone, d.tlp_applied, d.disclosure, d.reasons, 'pending', :now,
                        greatest(d.deadline, cast(:now as timestamptz) + interval '1 hour'), :now, d.inbox, d.held_kind
                    from delivery d
                    where d.state = 'held' and d.created_at < :before and not exists (select 1 from delivery digest
                        where digest.kind = 'digest' and digest.message is null and digest.state = 'pending'
                          and digest.contact_id = d.contact_id and digest.channel_type = d.channel_type
                          and digest.address = d.address and digest.rule_id = d.inbox)
                    order by d.contact_id, d.channel_type, d.address, d.inbox, d.id
                    on conflict do nothing""")
                    .param("now", Columns.time(now))
                    .param("before", Columns.time(now.minus(GRACE)))
                    .update();
            Waiting waiting = jdbc.sql("""
                    select count(*) as waiting, min(next_attempt_at) as since from delivery
                    where state = 'pending' and next_attempt_at < :before
                      and (lease_until is null or lease_until < clock_timestamp())""")
                    .param("before", Columns.time(now.minus(GRACE)))
                    .query((row, number) -> new Waiting(row.getLong("waiting"), Columns.optionalInstant(row, "since")))
                    .single();
            boolean isNew = !waiting.since().equals(waitingBefore);
            waitingBefore = waiting.since();
            if (waiting.count() == 0) {
                alarms.settle(Alarm.Kind.NOT_RUN, "deliveries", "system", now);
                return;
            }
            if (isNew) {
                return;
            }
            alarms.raise(
                    Alarm.notRun(
                            "deliveries",
                            new Bilingual(
                                    waiting.count() + " 件の通知が "
                                            + waiting.since().orElse(now) + " から送られずに待っています。送信係が動いているか確認してください。",
                                    waiting.count() + " messages have been waiting since "
                                            + waiting.since().orElse(now)
                                            + " and nobody sends them. Check whether alerting keeps up.")),
                    now);
        });
    }
}
