package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.AnswerReason;
import jp.hinomi.alerting.ack.Answerer;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.console.AlertDetail;
import jp.hinomi.alerting.console.AlertFilter;
import jp.hinomi.alerting.console.AlertQueries;
import jp.hinomi.alerting.console.DeliveryQueries;
import jp.hinomi.alerting.console.DeliveryRow;
import jp.hinomi.alerting.console.DetailQueries;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.triage.TriageReason;
import jp.hinomi.alerting.web.Refusal;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Alerts and messages for programs. Times are RFC 3339 in UTC; lists come newest first with the key to the next page. */
@Tag(name = "Alerts")
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_ALERTS)
public class AlertApi {
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

    @Operation(summary = "Alerts, the newest first")
    @GetMapping("/alerts")
    Page<AlertAnswers.AlertSummary> alerts(
            @Parameter(description = "One or more of informational, low, medium, high, critical.")
                    @RequestParam(required = false)
                    List<String> severity,
            @Parameter(description = "open or acknowledged.") @RequestParam(required = false) String status,
            @Parameter(description = "Words to search for.") @RequestParam(required = false) String q,
            @Parameter(description = "Id of a resource that is touched.") @RequestParam(required = false)
                    String resource,
            @Parameter(description = "Id of a stakeholder that was told.") @RequestParam(required = false)
                    String stakeholder,
            @ParameterObject Paging paging) {
        int size = paging.size();
        AlertQueries.Page page = alerts.wholePage(
                AlertFilter.of(severity, status, q, resource, stakeholder),
                "",
                paging.key().map(seq -> new AlertQueries.After(0, seq)),
                size);
        return new Page<>(
                page.rows().stream().map(AlertAnswers.AlertSummary::of).toList(),
                page.more().map(AlertQueries.After::seq));
    }

    @Operation(summary = "An alert with its evidence, routing, messages, escalations and answers")
    @GetMapping("/alerts/{id}")
    AlertAnswers.AlertWhole alert(@PathVariable String id, Principal principal) {
        AlertDetail detail = details.of(id).orElseThrow(() -> unknown(id));
        looks.seen("account:" + principal.getName(), "alert:" + id, "api");
        return AlertAnswers.AlertWhole.of(detail, store.body(id).orElseThrow(() -> unknown(id)));
    }

    public record Reply(
            @Schema(
                    description = "Absent = ack.",
                    allowableValues = {"ack", "not-ours", "help", "take-over"})
            String answer,

            @Schema(description = "Id of the contact for whom the answer is given; absent = whoever calls.")
            String contact,

            @Schema(description = "What the person who answers wants others to know.")
            String note) {}

    @Operation(summary = "Answer an alert: acknowledge, pass on, ask for help, take over")
    @Needs(Permission.ANSWER_ALERTS)
    @PostMapping("/alerts/{id}/ack")
    AlertAnswers.AnswerOutcome acknowledge(
            @PathVariable String id, @RequestBody(required = false) Reply given, Principal principal) {
        Reply reply = given == null ? new Reply(null, null, null) : given;
        Answer answer = Optional.ofNullable(reply.answer())
                .map(word -> Answer.ofWord(word).orElseThrow(() -> Refusal.bad(AnswerReason.NO_ANSWER, word)))
                .orElse(Answer.ACK);
        return outcome(
                id,
                acknowledgements.answer(
                        id,
                        answerer(reply, principal),
                        answer,
                        reply.note() == null ? "" : reply.note(),
                        clock.instant()));
    }

    private Answerer answerer(Reply reply, Principal principal) {
        return reply.contact() == null
                ? Answerer.account("api", principal.getName(), Members.may(Permission.JUDGE_ALERTS))
                : city.get()
                        .contact(reply.contact())
                        .map(of -> Answerer.forContact(
                                "api",
                                principal.getName(),
                                reply.contact(),
                                of.stakeholder().id()))
                        .orElseThrow(() -> Refusal.bad(AnswerReason.NO_CONTACT, reply.contact()));
    }

    private static AlertAnswers.AnswerOutcome outcome(String id, Outcome outcome) {
        if (outcome instanceof Outcome.NotAllowed) {
            throw Refusal.forbidden(AnswerReason.TAKE_OVER);
        }
        return AlertAnswers.AnswerOutcome.of(outcome).orElseThrow(() -> unknown(id));
    }

    @Operation(summary = "Messages and what became of them, the newest first")
    @Needs(Permission.SEE_MESSAGES)
    @GetMapping("/deliveries")
    Page<AlertAnswers.Delivery> deliveries(
            @Parameter(description = "held, pending, sent, dead or cancelled.") @RequestParam(required = false)
                    String state,
            @ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                deliveries.newest(Optional.ofNullable(state), paging.key(), size + 1),
                size,
                DeliveryRow::id,
                AlertAnswers.Delivery::of);
    }

    private static ResponseStatusException unknown(String id) {
        return Refusal.unknown(TriageReason.NO_ALERT, id);
    }
}
