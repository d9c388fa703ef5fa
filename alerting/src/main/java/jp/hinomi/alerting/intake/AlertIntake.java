package jp.hinomi.alerting.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.OnCall;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.AlertChange;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.SecurityEvent;

/**
 * Takes one record of the topic into the database: the alert and its evidence, who is told and why, the messages, the
 * escalations, the audit entry. All in the caller's transaction, so all of it happened or none. Thread-safe.
 */
public final class AlertIntake {
    private final Alerts alerts;
    private final Decisions decisions;
    private final Steps steps;
    private final Dispatch dispatch;
    private final AuditLog audit;
    private final CityInForce city;

    public AlertIntake(
            Alerts alerts, Decisions decisions, Steps steps, Dispatch dispatch, AuditLog audit, CityInForce city) {
        this.alerts = alerts;
        this.decisions = decisions;
        this.steps = steps;
        this.dispatch = dispatch;
        this.audit = audit;
        this.city = city;
    }

    /** @throws jp.hinomi.events.EventFormatException if the record is no alert */
    public AlertChange take(byte[] value, Instant now) {
        Alert alert = AlertJson.read(value);
        // Kept as it came: writing it anew could change what is evidence.
        String json = new String(value, StandardCharsets.UTF_8);
        AlertChange change = AlertChange.of(alerts.lock(alert.id()), alert);
        if (change instanceof AlertChange.Stale) {
            return change;
        }
        store(alert, json, change, now);
        if (change instanceof AlertChange.New) {
            tell(alert, json, new Cause.First(), now);
        } else if (change instanceof AlertChange.Widened) {
            // Who has been told is not told again: the outbox knows.
            if (tell(alert, json, new Cause.First(), now)) {
                alerts.reopen(alert.id());
            }
        } else if (change instanceof AlertChange.Raised raised) {
            alerts.reopen(alert.id(), alert.severity());
            tell(alert, json, new Cause.Raised(raised.from(), alert.severity()), now);
        }
        alerts.announce(alert.id());
        return change;
    }

    private void store(Alert alert, String json, AlertChange change, Instant now) {
        if (change instanceof AlertChange.New) {
            alerts.insert(alert, json, now);
        } else {
            alerts.update(alert, json, now);
        }
        JsonNode evidence = Columns.tree(json).get("evidence");
        List<Alerts.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < alert.evidence().size(); i++) {
            SecurityEvent event = alert.evidence().get(i).event();
            pieces.add(new Alerts.Piece(
                    event.id(),
                    Instant.ofEpochMilli(event.correlationMillis()),
                    evidence.get(i).toString()));
        }
        alerts.addEvidence(alert.id(), pieces);
        if (!(change instanceof AlertChange.New)) {
            // What comes at once is less than is kept.
            alerts.trimEvidence(alert.id());
        }
        alerts.addResources(alert.id(), alert.resources());
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("revision", alert.revision());
        detail.put("severity", alert.severity().word());
        detail.put("count", alert.count());
        String action = change instanceof AlertChange.New ? "alert.received" : "alert.updated";
        audit.record(now, "system", action, "alert:" + alert.id(), detail);
    }

    /** True if somebody is told or waited for who was not before. */
    private boolean tell(Alert alert, String json, Cause cause, Instant now) {
        CityMap map = city.map();
        RoutingDecision decision = map.router().decide(alert, now);
        Map<String, Object> facts = Decisions.json(decision);
        decisions.add(alert.id(), alert.revision(), cause.word(), map.version(), now, facts);
        decision.gaps().forEach(gap -> decisions.addGap(alert.id(), gap, now));
        List<Stakeholder> told =
                decision.recipients().stream().map(Recipient::stakeholder).toList();
        List<Policy> policies = decision.escalations().stream()
                .map(map.city().escalations()::get)
                .map(Policy::snapshot)
                .toList();
        boolean isSomebodyOnCall = decision.recipients().stream()
                        .anyMatch(recipient -> recipient.contact().answersAt(now))
                || policies.stream().anyMatch(policy -> steps.hasSomebodyOnCall(policy, now));
        // Who is on duty by a schedule is on call, whatever the desk's usual hours are.
        Set<String> toldFirst = policies.stream()
                .flatMap(policy -> steps.toldFirst(policy, now).stream())
                .collect(Collectors.toSet());
        boolean news = false;
        Map<String, Instant> toldAt = new HashMap<>();
        for (Recipient recipient : decision.recipients()) {
            alerts.addStakeholder(alert.id(), recipient.stakeholder().id());
            // Who is off call hears of it when their hours begin, unless nobody else would hear of it before.
            boolean waits =
                    isSomebodyOnCall && !toldFirst.contains(recipient.contact().id());
            Instant notBefore = waits ? OnCall.next(recipient.contact(), now) : now;
            Dispatch.Told result = dispatch.tell(alert, json, recipient, told, cause, notBefore, now);
            news |= result.news();
            toldAt.put(recipient.contact().id(), result.at());
        }
        for (Policy policy : policies) {
            news |= steps.start(alert, json, policy, toldAt, cause, now);
        }
        audit.record(
                now,
                "system",
                "alert.routed",
                "alert:" + alert.id(),
                Map.of(
                        "cause", cause.word(),
                        "map", map.version(),
                        "contacts",
                                decision.recipients().stream()
                                        .map(recipient -> recipient.contact().id())
                                        .toList(),
                        "gaps",
                                decision.gaps().stream()
                                        .map(gap -> gap.kind().word())
                                        .toList()));
        return news;
    }
}
