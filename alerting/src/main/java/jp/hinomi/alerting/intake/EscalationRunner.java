package jp.hinomi.alerting.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.Ladder;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Reasons;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.city.City;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes escalations that nobody answered in time to their next step. State is in the database only, so it survives a
 * restart and several may run. Thread-safe.
 */
public final class EscalationRunner {
    private final Escalations escalations;
    private final Alerts alerts;
    private final Decisions decisions;
    private final Dispatch dispatch;
    private final AuditLog audit;
    private final City city;
    private final String mapVersion;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public EscalationRunner(
            Escalations escalations,
            Alerts alerts,
            Decisions decisions,
            Dispatch dispatch,
            AuditLog audit,
            City city,
            String mapVersion,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.escalations = escalations;
        this.alerts = alerts;
        this.decisions = decisions;
        this.dispatch = dispatch;
        this.audit = audit;
        this.city = city;
        this.mapVersion = mapVersion;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Takes one escalation a step further. False if none is due. */
    public boolean advanceNext() {
        Instant now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Escalations.Running> due = escalations.lockDue(now);
            due.ifPresent(running -> advance(running, now));
            return due.isPresent();
        }));
    }

    private void advance(Escalations.Running running, Instant now) {
        Ladder.Next next = running.ladder().next();
        if (next instanceof Ladder.Next.Tell tell) {
            tell(running, tell, now);
        } else {
            escalations.exhaust(running.id(), now);
            audit.record(
                    now,
                    "system",
                    "escalation.exhausted",
                    "alert:" + running.alertId(),
                    Map.of("policy", running.ladder().policy().id()));
        }
        alerts.announce(running.alertId());
    }

    private void tell(Escalations.Running running, Ladder.Next.Tell tell, Instant now) {
        String json = alerts.body(running.alertId()).orElseThrow();
        Alert alert = AlertJson.read(json.getBytes(StandardCharsets.UTF_8));
        Optional<Recipient> recipient = recipient(running, tell, alert);
        if (recipient.isEmpty()) {
            // Not in the city's files any more, or without a channel: nobody to wait for.
            escalations.moveTo(running.id(), tell.ladder().step(), Optional.of(now), now);
            audit.record(
                    now,
                    "system",
                    "escalation.skipped",
                    "alert:" + running.alertId(),
                    Map.of("contact", tell.contact(), "reason", "the contact is gone from the map or has no channel"));
            return;
        }
        Cause cause = new Cause.Escalated(running.id(), tell.ladder().step());
        alerts.addStakeholder(alert.id(), recipient.get().stakeholder().id());
        decisions.add(
                alert.id(),
                alert.revision(),
                cause.word(),
                mapVersion,
                now,
                Map.of(
                        "escalation", running.ladder().policy().id(),
                        "step", tell.ladder().step() + 1,
                        "recipients", List.of(Decisions.json(recipient.get()))));
        List<Stakeholder> told = alerts.stakeholders(alert.id()).stream()
                .map(city.stakeholders()::get)
                .filter(Objects::nonNull)
                .toList();
        Dispatch.Told result = dispatch.tell(alert, json, recipient.get(), told, cause, now);
        // Where the notice waits for a digest, so does the time for an answer.
        escalations.moveTo(running.id(), tell.ladder().step(), tell.ladder().answerBy(result.at()), now);
        audit.record(
                now,
                "system",
                "escalation.advanced",
                "alert:" + running.alertId(),
                Map.of(
                        "policy", running.ladder().policy().id(),
                        "step", tell.ladder().step() + 1,
                        "contact", tell.contact()));
    }

    private Optional<Recipient> recipient(Escalations.Running running, Ladder.Next.Tell tell, Alert alert) {
        String beforeId = running.ladder().contact();
        Bilingual before = city.contact(beforeId)
                .map(of -> new Bilingual(
                        of.stakeholder().name("ja"), of.stakeholder().name("en")))
                .orElse(new Bilingual(beforeId, beforeId));
        return city.contact(tell.contact())
                .filter(of -> !of.contact().channels().isEmpty())
                .map(of -> new Recipient(
                        of.stakeholder(),
                        of.contact(),
                        Disclosure.of(alert.tlp(), of.stakeholder().maxTlp()),
                        resources(running.ladder().policy().id(), alert),
                        List.of(Reasons.escalated(tell.ladder().step() + 1, before))));
    }

    /** Whose escalation this is: what somebody who may not see the alert whole learns of. */
    private Set<String> resources(String policyId, Alert alert) {
        Set<String> touched =
                alert.resources().stream().map(Alert.AffectedResource::id).collect(Collectors.toSet());
        return city.responsibilities().stream()
                .filter(entry -> entry.escalation().filter(policyId::equals).isPresent())
                .map(Responsibility::resource)
                .filter(touched::contains)
                .collect(Collectors.toSet());
    }
}
