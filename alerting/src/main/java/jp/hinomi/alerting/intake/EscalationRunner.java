package jp.hinomi.alerting.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.alarm.Alarm;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.Answers;
import jp.hinomi.alerting.escalation.Ladder;
import jp.hinomi.alerting.escalation.Target;
import jp.hinomi.alerting.escalation.Why;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what is due to escalations: the next step where nobody answered in time or somebody asked for help, somebody else
 * where one said no, the first step again where an acknowledged alert was left alone. State is in the database only, so it
 * survives a restart and several may run. Thread-safe.
 */
public final class EscalationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EscalationRunner.class);

    /** Looked at in one go; each in a transaction of its own. */
    private static final int AT_ONCE = 50;

    private final Escalations escalations;
    private final Alerts alerts;
    private final Acknowledgements acknowledgements;
    private final Steps steps;
    private final AlarmDesk alarms;
    private final AuditLog audit;
    private final CityInForce city;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public EscalationRunner(
            Escalations escalations,
            Alerts alerts,
            Acknowledgements acknowledgements,
            Steps steps,
            AlarmDesk alarms,
            AuditLog audit,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.escalations = escalations;
        this.alerts = alerts;
        this.acknowledgements = acknowledgements;
        this.steps = steps;
        this.alarms = alarms;
        this.audit = audit;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Does what is due to some. False if nothing is, or others are at it. */
    public boolean advanceNext() {
        boolean advanced = false;
        for (Escalations.Due due : escalations.due(clock.instant(), AT_ONCE)) {
            try {
                advanced |= advance(due);
            } catch (DataAccessException | TransactionException e) {
                throw e;
            } catch (RuntimeException e) {
                // A fault of ours with this one: it is tried again, and the others do not wait for it.
                LOG.error("Escalation {} of alert {} cannot go on", due.id(), due.alertId(), e);
            }
        }
        return advanced;
    }

    /** False if it is not due any more, or somebody else has its alert. */
    boolean advance(Escalations.Due due) {
        Instant now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<String> alert = escalations.lockAlert(due.alertId());
            Optional<Escalations.Running> running = alert.flatMap(any -> escalations.lock(due.id(), now));
            running.ifPresent(found -> {
                advance(found, alert.get(), now);
                alerts.announce(found.alertId());
            });
            return running.isPresent();
        }));
    }

    private void advance(Escalations.Running running, String status, Instant now) {
        Set<Target.State> unhandled = escalations.takeUnhandled(running.id());
        if ("closed".equals(status)) {
            escalations.set(running.id(), "closed", Optional.empty(), now);
        } else if (running.isRunning() || unhandled.contains(Target.State.HELP)) {
            climb(running, unhandled, now);
        } else {
            askAgain(running, now);
        }
    }

    private void climb(Escalations.Running running, Set<Target.State> unhandled, Instant now) {
        String json = alerts.body(running.alertId()).orElseThrow();
        Alert alert = AlertJson.read(json.getBytes(StandardCharsets.UTF_8));
        Set<String> refused = refused(running.alertId());
        boolean saidNo = unhandled.contains(Target.State.NOT_OURS);
        if (saidNo && !unhandled.contains(Target.State.HELP)) {
            if (steps.reroute(running, alert, json, refused, now)) {
                return;
            }
            if (!promoterAnswers(running)) {
                escalations.orphan(running.id(), running.ladder().loop());
            }
            if (keepsWaiting(running, now)) {
                return;
            }
        }
        Ladder.Next next = running.ladder().next();
        if (next instanceof Ladder.Next.Tell tell) {
            steps.climb(running, tell.ladder(), alert, json, why(running, unhandled), refused, now);
            return;
        }
        escalations.set(running.id(), "exhausted", Optional.empty(), now);
        String policy = running.ladder().policy().id();
        audit.record(now, "system", "escalation.exhausted", "alert:" + running.alertId(), Map.of("policy", policy));
        alarms.raise(
                Alarm.unanswered(
                        running.alertId(),
                        new Bilingual(alert.rule().title("ja"), alert.rule().title("en")),
                        policy),
                now);
    }

    /** Whether the escalation asks the promoter, which answers for what nobody else does. */
    private boolean promoterAnswers(Escalations.Running running) {
        return escalations.targets(running.id(), running.ladder().loop()).stream()
                .anyMatch(target -> target.stakeholder()
                                .equals(city.get().promoter().id())
                        && (target.state() == Target.State.WAITING || target.state() == Target.State.ACKNOWLEDGED));
    }

    /** Others of the step may still answer in the time they were given. */
    private boolean keepsWaiting(Escalations.Running running, Instant now) {
        List<Target> told = escalations.targets(running.id(), running.ladder().loop());
        if (!Answers.canSuffice(running.ladder(), told)) {
            return false;
        }
        Optional<Instant> by = Answers.overAt(running.ladder(), told);
        if (by.isPresent() && !by.get().isAfter(now)) {
            return false;
        }
        escalations.moveTo(running.id(), running.ladder(), by, now);
        return true;
    }

    private List<Target> current(Escalations.Running running) {
        return escalations.targets(running.id(), running.ladder().loop()).stream()
                .filter(target -> target.step() == running.ladder().step())
                .toList();
    }

    private Why why(Escalations.Running running, Set<Target.State> unhandled) {
        if (unhandled.contains(Target.State.HELP)) {
            return Why.HELP;
        }
        if (unhandled.contains(Target.State.NOT_OURS)) {
            return Why.NOT_OURS;
        }
        List<Target> current = current(running);
        if (!current.isEmpty() && current.stream().allMatch(target -> target.state() == Target.State.PASSED)) {
            return Why.OFF_CALL;
        }
        return unhandled.contains(Target.State.UNREACHABLE) ? Why.UNREACHABLE : Why.UNANSWERED;
    }

    /** Organisations that said no. The promoter cannot: it answers for what nobody else does. */
    private Set<String> refused(String alertId) {
        Set<String> refused = new HashSet<>(acknowledgements.refusedBy(alertId));
        refused.remove(city.get().promoter().id());
        return refused;
    }

    private void askAgain(Escalations.Running running, Instant now) {
        Optional<Ladder> again =
                "acknowledged".equals(running.state()) ? running.ladder().again() : Optional.empty();
        if (again.isEmpty()) {
            escalations.set(running.id(), running.state(), Optional.empty(), now);
            return;
        }
        String json = alerts.body(running.alertId()).orElseThrow();
        Alert alert = AlertJson.read(json.getBytes(StandardCharsets.UTF_8));
        alerts.reopen(running.alertId());
        steps.climb(running, again.get(), alert, json, Why.LEFT_ALONE, refused(running.alertId()), now);
    }
}
