package jp.hinomi.alerting.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.OnCall;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.incident.JoinQueue;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.AlertChange;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Writes;
import jp.hinomi.alerting.suppress.Silences;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.SecurityEvent;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/**
 * Takes records of the topic into the database: the alert and its evidence, who is told and why, the messages, the
 * escalations, the audit entry. All in the caller's transaction, so all of it happened or none. Thread-safe.
 */
public final class AlertIntake {
    private final NamedParameterJdbcOperations jdbc;
    private final Silences silences;
    private final Alerts alerts;
    private final Decisions decisions;
    private final Steps steps;
    private final Dispatch dispatch;
    private final AuditLog audit;
    private final CityInForce city;
    private final JoinQueue joins;

    public AlertIntake(
            NamedParameterJdbcOperations jdbc,
            Silences silences,
            Alerts alerts,
            Decisions decisions,
            Steps steps,
            Dispatch dispatch,
            AuditLog audit,
            CityInForce city,
            JoinQueue joins) {
        this.jdbc = jdbc;
        this.silences = silences;
        this.alerts = alerts;
        this.decisions = decisions;
        this.steps = steps;
        this.dispatch = dispatch;
        this.audit = audit;
        this.city = city;
        this.joins = joins;
    }

    /** @throws jp.hinomi.events.EventFormatException if the record is no alert */
    public AlertChange take(byte[] value, Instant now) {
        return takeAll(List.of(value), now).get(0);
    }

    /**
     * Takes many at once, which costs a few requests to the database for all instead of some twenty for each.
     *
     * @return what became of each
     * @throws jp.hinomi.events.EventFormatException if one of the records is no alert
     */
    public List<AlertChange> takeAll(List<byte[]> values, Instant now) {
        List<Incoming> all = values.stream().map(Incoming::read).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        silences.hold();
        Map<Incoming, AlertChange> changes = new IdentityHashMap<>();
        for (List<Incoming> wave : waves(all)) {
            try (Writes writes = Writes.open(jdbc)) {
                take(wave, changes, now);
                writes.flush();
                List<String> changed = wave.stream()
                        .filter(each -> !(changes.get(each) instanceof AlertChange.Stale))
                        .map(each -> each.alert().id())
                        .toList();
                joins.add(changed);
                alerts.announce(changed);
            }
        }
        return all.stream().map(changes::get).toList();
    }

    /** A record as it came and as it reads. @param json as it came: writing it anew could change what is evidence */
    private record Incoming(Alert alert, String json) {
        static Incoming read(byte[] value) {
            return new Incoming(AlertJson.read(value), new String(value, StandardCharsets.UTF_8));
        }
    }

    /** Groups in which no alert comes twice; of one alert, the order is kept. */
    private static List<List<Incoming>> waves(List<Incoming> all) {
        Map<String, Integer> seen = new HashMap<>();
        List<List<Incoming>> waves = new ArrayList<>();
        for (Incoming each : all) {
            int wave = seen.merge(each.alert().id(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(each);
        }
        return waves;
    }

    private void take(List<Incoming> wave, Map<Incoming, AlertChange> changes, Instant now) {
        Map<String, AlertChange.Known> known =
                alerts.lock(wave.stream().map(each -> each.alert().id()).toList());
        Map<Incoming, Plan> plans = new IdentityHashMap<>();
        for (Incoming each : wave) {
            AlertChange change =
                    AlertChange.of(Optional.ofNullable(known.get(each.alert().id())), each.alert());
            changes.put(each, change);
            if (!(change instanceof AlertChange.Stale || change instanceof AlertChange.Updated)) {
                plans.put(each, plan(each.alert(), now));
            }
        }
        dispatch.prepare(
                plans.entrySet().stream()
                        .map(entry -> new Dispatch.Expected(
                                entry.getKey().alert(),
                                entry.getValue().decision().recipients(),
                                entry.getValue().toldFirst()))
                        .toList(),
                now);
        for (Incoming each : wave) {
            AlertChange change = changes.get(each);
            if (!(change instanceof AlertChange.Stale)) {
                store(each.alert(), each.json(), change, now);
                tell(each, change, plans.get(each), now);
            }
        }
    }

    /** Who is concerned. @param map its version @param toldFirst stakeholders of those whom the escalations that start may tell */
    private record Plan(String map, RoutingDecision decision, List<Policy> policies, Set<String> toldFirst) {}

    private Plan plan(Alert alert, Instant now) {
        CityMap map = city.map();
        RoutingDecision decision = map.router().decide(alert, now);
        List<Policy> policies = decision.escalations().stream()
                .map(map.city().escalations()::get)
                .map(Policy::snapshot)
                .toList();
        return new Plan(map.version(), decision, policies, steps.stakeholders(policies, now));
    }

    private void tell(Incoming incoming, AlertChange change, Plan plan, Instant now) {
        Alert alert = incoming.alert();
        if (change instanceof AlertChange.New) {
            tell(incoming, plan, new Cause.First(), now);
        } else if (change instanceof AlertChange.Widened) {
            // Who has been told is not told again: the outbox knows.
            if (tell(incoming, plan, new Cause.First(), now)) {
                alerts.reopen(alert.id());
            }
        } else if (change instanceof AlertChange.Raised raised) {
            alerts.reopen(alert.id(), alert.severity());
            tell(incoming, plan, new Cause.Raised(raised.from(), alert.severity()), now);
        }
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
    private boolean tell(Incoming incoming, Plan plan, Cause cause, Instant now) {
        Alert alert = incoming.alert();
        String json = incoming.json();
        RoutingDecision decision = plan.decision();
        Map<String, Object> facts = Decisions.json(decision);
        decisions.add(alert.id(), alert.revision(), cause.word(), plan.map(), now, facts);
        decision.gaps().forEach(gap -> decisions.addGap(alert.id(), gap, now));
        List<Stakeholder> told =
                decision.recipients().stream().map(Recipient::stakeholder).toList();
        List<Policy> policies = plan.policies();
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
                        "map", plan.map(),
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
