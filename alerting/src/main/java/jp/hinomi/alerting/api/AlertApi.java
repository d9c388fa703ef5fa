package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.security.Principal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.Answerer;
import jp.hinomi.alerting.ack.Given;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.console.AlertDetail;
import jp.hinomi.alerting.console.AlertFilter;
import jp.hinomi.alerting.console.AlertQueries;
import jp.hinomi.alerting.console.AlertRow;
import jp.hinomi.alerting.console.DeliveryQueries;
import jp.hinomi.alerting.console.DeliveryRow;
import jp.hinomi.alerting.console.DetailQueries;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Alerts and messages for programs. Times are RFC 3339 in UTC; lists come newest first with the key to the next page. */
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_ALERTS)
public class AlertApi {
    private static final int MOST = 500;

    private final AlertQueries alerts;
    private final DetailQueries details;
    private final DeliveryQueries deliveries;
    private final Alerts store;
    private final Acknowledgements acknowledgements;
    private final EvidenceLooks looks;
    private final CityInForce city;
    private final InstantSource clock;

    public AlertApi(
            AlertQueries alerts,
            DetailQueries details,
            DeliveryQueries deliveries,
            Alerts store,
            Acknowledgements acknowledgements,
            EvidenceLooks looks,
            CityInForce city,
            InstantSource clock) {
        this.alerts = alerts;
        this.details = details;
        this.deliveries = deliveries;
        this.store = store;
        this.acknowledgements = acknowledgements;
        this.looks = looks;
        this.city = city;
        this.clock = clock;
    }

    /** @param next give it as {@code before} to get the page after this one; absent on the last */
    public record Page<T>(List<T> items, Long next) {}

    @GetMapping("/alerts")
    Page<Map<String, Object>> alerts(
            @RequestParam(required = false) List<String> severity,
            @RequestParam(required = false) String status,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String resource,
            @RequestParam(required = false) String stakeholder,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "100") int limit) {
        int size = Math.max(1, Math.min(MOST, limit));
        AlertQueries.Page page = alerts.wholePage(
                AlertFilter.of(severity, status, q, resource, stakeholder),
                "",
                Optional.ofNullable(before).map(seq -> new AlertQueries.After(0, seq)),
                size);
        return new Page<>(
                page.rows().stream().map(AlertApi::summary).toList(),
                page.more().map(AlertQueries.After::seq).orElse(null));
    }

    private static Map<String, Object> summary(AlertRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("revision", row.revision());
        json.put("title", Map.of("ja", row.titleJa(), "en", row.titleEn()));
        json.put("severity", row.severity().word());
        json.put("tlp", row.tlp().word());
        json.put("status", row.status());
        json.put("time", row.raisedAt().toString());
        json.put("first", row.firstSeen().toString());
        json.put("last", row.lastSeen().toString());
        json.put("received", row.receivedAt().toString());
        json.put("count", row.count());
        json.put("group", row.group());
        json.put("resources", row.resources());
        json.put("stakeholders", row.stakeholders());
        json.put("deliveries", Map.of("sent", row.sent(), "waiting", row.waiting(), "dead", row.dead()));
        return json;
    }

    /** @param alert as it last came from the topic, evidence included */
    public record Whole(
            String id,
            String status,
            @JsonRawValue String alert,
            List<Map<String, Object>> routing,
            List<Map<String, Object>> deliveries,
            List<Map<String, Object>> escalations,
            List<Map<String, Object>> acknowledgements) {}

    @GetMapping("/alerts/{id}")
    Whole alert(@PathVariable String id, Principal principal) {
        AlertDetail detail = details.of(id).orElseThrow(AlertApi::unknown);
        looks.seen("account:" + principal.getName(), "alert:" + id, "api");
        return new Whole(
                id,
                detail.row().status(),
                store.body(id).orElseThrow(AlertApi::unknown),
                detail.decisions().stream().map(AlertApi::decision).toList(),
                detail.deliveries().stream().map(AlertApi::delivery).toList(),
                detail.escalations().stream().map(AlertApi::escalation).toList(),
                detail.acknowledgements().stream().map(AlertApi::given).toList());
    }

    private static Map<String, Object> decision(AlertDetail.Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cause", decision.cause());
        json.put("revision", decision.revision());
        json.put("map", decision.map());
        json.put("at", decision.at().toString());
        json.put("decision", plain(decision.facts()));
        return json;
    }

    private static Map<String, Object> escalation(AlertDetail.EscalationState escalation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", escalation.policy().id());
        json.put("state", escalation.state());
        json.put("step", escalation.step() + 1);
        json.put("loop", escalation.loop());
        json.put(
                "targets",
                escalation.targets().stream()
                        .map(told -> {
                            Map<String, Object> target = new LinkedHashMap<>();
                            target.put("loop", told.loop());
                            target.put("step", told.target().step() + 1);
                            target.put("contact", told.target().contact());
                            target.put("stakeholder", told.target().stakeholder());
                            target.put("schedule", told.target().via().orElse(null));
                            target.put("state", told.target().state().word());
                            target.put("told", told.target().toldAt().toString());
                            target.put(
                                    "answer_by",
                                    told.target()
                                            .answerBy()
                                            .map(Object::toString)
                                            .orElse(null));
                            return target;
                        })
                        .toList());
        json.put("next", escalation.nextAt().map(Object::toString).orElse(null));
        return json;
    }

    private static Map<String, Object> given(Given given) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("answer", given.answer().word());
        json.put("via", given.via());
        json.put("by", given.actor());
        json.put("contact", given.contact().orElse(null));
        json.put("stakeholder", given.stakeholder().orElse(null));
        json.put("note", given.note());
        json.put("late", given.late());
        json.put("noted", given.noted());
        json.put("by_account", given.byAccount().orElse(null));
        json.put("at", given.at().toString());
        return json;
    }

    private static Map<String, Object> delivery(DeliveryRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("kind", row.kind());
        json.put("cause", row.cause());
        json.put("alert", row.alertId().orElse(null));
        json.put("stakeholder", row.stakeholder());
        json.put("contact", row.contact());
        json.put("channel", row.channel());
        json.put("address", row.address());
        json.put("language", row.language());
        json.put("disclosure", row.disclosure());
        json.put("reasons", plain(row.reasons()));
        json.put("state", row.state());
        json.put("created", row.createdAt().toString());
        json.put("finished", row.finishedAt().map(Object::toString).orElse(null));
        json.put(
                "next_attempt",
                "pending".equals(row.state()) ? row.nextAttemptAt().toString() : null);
        json.put("deadline", row.deadline().toString());
        json.put("last_error", row.lastError().orElse(null));
        json.put(
                "attempts",
                row.log().stream()
                        .map(attempt -> Map.of(
                                "number", attempt.number(),
                                "at", attempt.at().toString(),
                                "result", attempt.result(),
                                "detail", attempt.detail(),
                                "latency_ms", attempt.latencyMillis()))
                        .toList());
        return json;
    }

    /** The web layer writes with another Jackson than the one that read: plain maps and lists are common to both. */
    private static Object plain(com.fasterxml.jackson.databind.JsonNode node) {
        return Columns.read(node.toString(), new com.fasterxml.jackson.core.type.TypeReference<Object>() {});
    }

    /**
     * @param answer {@code ack} (also if absent), {@code not-ours}, {@code help} or {@code take-over}
     * @param contact for whom the answer is given; absent = the client itself
     * @param note what the person who answers wants others to know; may be absent
     */
    public record Reply(String answer, String contact, String note) {}

    @Needs(Permission.ANSWER_ALERTS)
    @PostMapping("/alerts/{id}/ack")
    Map<String, Object> acknowledge(
            @PathVariable String id, @RequestBody(required = false) Reply reply, Principal principal) {
        String note = reply == null || reply.note() == null ? "" : reply.note();
        Answer answer = reply == null || reply.answer() == null
                ? Answer.ACK
                : Answer.ofWord(reply.answer())
                        .orElseThrow(() -> new ResponseStatusException(
                                HttpStatus.BAD_REQUEST, "'answer' is one of ack, not-ours, help, take-over"));
        Answerer answerer = reply == null || reply.contact() == null
                ? Answerer.account("api", principal.getName(), Members.may(Permission.JUDGE_ALERTS))
                : city.get()
                        .contact(reply.contact())
                        .map(of -> Answerer.forContact(
                                "api",
                                principal.getName(),
                                reply.contact(),
                                of.stakeholder().id()))
                        .orElseThrow(() -> new ResponseStatusException(
                                HttpStatus.BAD_REQUEST, "the city has no contact '" + reply.contact() + "'"));
        Outcome outcome = acknowledgements.answer(id, answerer, answer, note, clock.instant());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", outcome.word());
        if (outcome instanceof Outcome.Accepted accepted) {
            json.put("acknowledgement", given(accepted.given()));
            json.put("awaited", accepted.awaited());
            json.put("told_meanwhile", accepted.meanwhile());
        } else if (outcome instanceof Outcome.Already already) {
            json.put("acknowledgement", given(already.first()));
            json.put("kept", given(already.given()));
        } else if (outcome instanceof Outcome.Repeated repeated) {
            json.put("acknowledgement", given(repeated.before()));
        } else if (outcome instanceof Outcome.PassedOn passed) {
            json.put("acknowledgement", given(passed.given()));
        } else if (outcome instanceof Outcome.HelpComes help) {
            json.put("acknowledgement", given(help.given()));
        } else if (outcome instanceof Outcome.NobodyElse nobody) {
            json.put("acknowledgement", given(nobody.given()));
        } else if (outcome instanceof Outcome.Closed closed) {
            json.put("acknowledgement", given(closed.given()));
        } else if (outcome instanceof Outcome.Noted noted) {
            json.put("acknowledgement", given(noted.given()));
            json.put("awaited", noted.awaited());
        } else if (outcome instanceof Outcome.NotAllowed) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "an account takes an alert over for itself, as admin, analyst or csirt-lead");
        } else {
            throw unknown();
        }
        return json;
    }

    @Needs(Permission.SEE_MESSAGES)
    @GetMapping("/deliveries")
    Page<Map<String, Object>> deliveries(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "100") int limit) {
        int size = Math.max(1, Math.min(MOST, limit));
        List<DeliveryRow> rows = deliveries.newest(Optional.ofNullable(state), Optional.ofNullable(before), size + 1);
        boolean more = rows.size() > size;
        List<DeliveryRow> shown = more ? rows.subList(0, size) : rows;
        return new Page<>(
                shown.stream().map(AlertApi::delivery).toList(),
                more ? shown.get(size - 1).id() : null);
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "no alert of that id");
    }
}
