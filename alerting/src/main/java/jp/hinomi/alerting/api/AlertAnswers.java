package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.ack.Given;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.console.AlertDetail;
import jp.hinomi.alerting.console.AlertRow;
import jp.hinomi.alerting.console.DeliveryRow;
import jp.hinomi.alerting.store.Columns;

/** How the API shows alerts, messages and answers. */
public final class AlertAnswers {
    private AlertAnswers() {}

    /** The web layer writes with another Jackson than the one that read: plain maps and lists are common to both. */
    static Object plain(JsonNode node) {
        return Columns.read(node.toString(), new TypeReference<Object>() {});
    }

    public record AlertSummary(
            String id,
            int revision,
            @Schema(description = "Name of the rule.") String rule,
            TwoLanguages title,

            @Schema(allowableValues = {"informational", "low", "medium", "high", "critical"})
            String severity,

            String tlp,
            String status,

            @Schema(description = "What became of it: open, acknowledged, in-progress or closed.")
            String work,

            Optional<String> assignee,
            Optional<String> verdict,

            @Schema(description = "Counts the steps of triage.")
            int version,

            Instant time,
            Instant first,
            Instant last,
            Instant received,
            @Schema(description = "Of distinct events.") long count,

            @Schema(description = "The values that the rule groups by.")
            Map<String, String> group,

            @Schema(description = "Ids, targets first.") List<String> resources,

            @Schema(description = "Ids of those who were told.")
            List<String> stakeholders,

            DeliveryCounts deliveries) {
        static AlertSummary of(AlertRow row) {
            return new AlertSummary(
                    row.id(),
                    row.revision(),
                    row.ruleName(),
                    new TwoLanguages(row.titleJa(), row.titleEn()),
                    row.severity().word(),
                    row.tlp().word(),
                    row.status(),
                    row.work(),
                    row.assignee(),
                    row.verdict(),
                    row.version(),
                    row.raisedAt(),
                    row.firstSeen(),
                    row.lastSeen(),
                    row.receivedAt(),
                    row.count(),
                    row.group(),
                    row.resources(),
                    row.stakeholders(),
                    new DeliveryCounts(row.sent(), row.waiting(), row.dead()));
        }
    }

    public record DeliveryCounts(int sent, int waiting, int dead) {}

    public record AlertWhole(
            String id,
            String status,
            String work,
            Optional<String> assignee,
            Optional<String> verdict,
            int version,

            @Schema(types = "object", description = "As it last came from the topic, evidence included.") @JsonRawValue
            String alert,

            List<RoutingDecision> routing,
            List<Delivery> deliveries,
            List<Escalation> escalations,
            List<Acknowledgement> acknowledgements) {
        static AlertWhole of(AlertDetail detail, String body) {
            AlertRow row = detail.row();
            return new AlertWhole(
                    row.id(),
                    row.status(),
                    row.work(),
                    row.assignee(),
                    row.verdict(),
                    row.version(),
                    body,
                    detail.decisions().stream().map(RoutingDecision::of).toList(),
                    detail.deliveries().stream().map(Delivery::of).toList(),
                    detail.escalations().stream().map(Escalation::of).toList(),
                    detail.acknowledgements().stream().map(Acknowledgement::of).toList());
        }
    }

    public record RoutingDecision(
            String cause,
            int revision,
            String map,
            Instant at,

            @Schema(types = "object", description = "Resources, recipients and gaps with their reasons.")
            Object decision) {
        static RoutingDecision of(AlertDetail.Decision of) {
            return new RoutingDecision(of.cause(), of.revision(), of.map(), of.at(), plain(of.facts()));
        }
    }

    public record Escalation(
            String policy, String state, int step, int loop, List<EscalationTarget> targets, Optional<Instant> next) {
        static Escalation of(AlertDetail.EscalationState of) {
            return new Escalation(
                    of.policy().id(),
                    of.state(),
                    of.step() + 1,
                    of.loop(),
                    of.targets().stream().map(EscalationTarget::of).toList(),
                    of.nextAt());
        }
    }

    public record EscalationTarget(
            int loop,
            int step,
            String contact,
            String stakeholder,

            @Schema(description = "The schedule of duty that named the contact.")
            Optional<String> schedule,

            String state,
            Instant told,
            @JsonProperty("answer_by") Optional<Instant> answerBy) {
        static EscalationTarget of(AlertDetail.EscalationState.Told told) {
            return new EscalationTarget(
                    told.loop(),
                    told.target().step() + 1,
                    told.target().contact(),
                    told.target().stakeholder(),
                    told.target().via(),
                    told.target().state().word(),
                    told.target().toldAt(),
                    told.target().answerBy());
        }
    }

    public record Acknowledgement(
            @Schema(allowableValues = {"ack", "not-ours", "help", "take-over"})
            String answer,

            String via,
            String by,
            Optional<String> contact,
            Optional<String> stakeholder,
            String note,

            @Schema(description = "It came when it could change nothing any more.")
            boolean late,

            @Schema(description = "Of somebody whom no escalation asks.")
            boolean noted,

            @Schema(description = "Who wrote it down for the contact.") @JsonProperty("by_account")
            Optional<String> byAccount,

            Instant at) {
        static Acknowledgement of(Given of) {
            return new Acknowledgement(
                    of.answer().word(),
                    of.via(),
                    of.actor(),
                    of.contact(),
                    of.stakeholder(),
                    of.note(),
                    of.late(),
                    of.noted(),
                    of.byAccount(),
                    of.at());
        }
    }

    public record Delivery(
            long id,
            String kind,
            String cause,

            @Schema(description = "Of a message to a webhook the kind of event, as alert.created.")
            Optional<String> event,

            Optional<String> alert,
            String stakeholder,
            String contact,
            String channel,
            String address,
            String language,
            String disclosure,

            @Schema(types = "array", description = "Why it was sent, in both languages.")
            Object reasons,

            @Schema(allowableValues = {"held", "pending", "sent", "dead", "cancelled"})
            String state,

            Instant created,
            Optional<Instant> finished,
            @JsonProperty("next_attempt") Optional<Instant> nextAttempt,
            Instant deadline,
            @JsonProperty("last_error") Optional<String> lastError,
            List<DeliveryAttempt> attempts) {
        static Delivery of(DeliveryRow row) {
            return new Delivery(
                    row.id(),
                    row.kind(),
                    row.cause(),
                    row.event(),
                    row.alertId(),
                    row.stakeholder(),
                    row.contact(),
                    row.channel(),
                    row.address(),
                    row.language(),
                    row.disclosure(),
                    plain(row.reasons()),
                    row.state(),
                    row.createdAt(),
                    row.finishedAt(),
                    "pending".equals(row.state()) ? Optional.of(row.nextAttemptAt()) : Optional.empty(),
                    row.deadline(),
                    row.lastError(),
                    row.log().stream().map(DeliveryAttempt::of).toList());
        }
    }

    public record DeliveryAttempt(
            int number,
            Instant at,
            String result,
            String detail,
            @JsonProperty("latency_ms") long latencyMillis) {
        static DeliveryAttempt of(DeliveryRow.Attempt of) {
            return new DeliveryAttempt(of.number(), of.at(), of.result(), of.detail(), of.latencyMillis());
        }
    }

    public record AnswerOutcome(
            @Schema(
                    description = "What the answer did.",
                    allowableValues = {
                        "accepted",
                        "passed-on",
                        "help-comes",
                        "nobody-else",
                        "already",
                        "closed",
                        "repeated",
                        "noted"
                    })
            String outcome,

            @Schema(description = "The answer that counts.") Acknowledgement acknowledgement,

            @Schema(description = "This answer, if it came after the one that counts.")
            Optional<Acknowledgement> kept,

            @Schema(description = "Contacts whose answer is still waited for.")
            List<String> awaited,

            @Schema(description = "Contacts that were told after the one who answers.") @JsonProperty("told_meanwhile")
            List<String> toldMeanwhile) {
        /** Empty if nothing was answered. */
        static Optional<AnswerOutcome> of(Outcome outcome) {
            if (outcome instanceof Outcome.Accepted accepted) {
                return Optional.of(plain(outcome, accepted.given(), accepted.awaited(), accepted.meanwhile()));
            } else if (outcome instanceof Outcome.Already already) {
                return Optional.of(new AnswerOutcome(
                        outcome.word(),
                        Acknowledgement.of(already.first()),
                        Optional.of(Acknowledgement.of(already.given())),
                        List.of(),
                        List.of()));
            } else if (outcome instanceof Outcome.Noted noted) {
                return Optional.of(plain(outcome, noted.given(), noted.awaited(), List.of()));
            }
            return alone(outcome).map(given -> plain(outcome, given, List.of(), List.of()));
        }

        private static Optional<Given> alone(Outcome outcome) {
            if (outcome instanceof Outcome.Repeated repeated) {
                return Optional.of(repeated.before());
            } else if (outcome instanceof Outcome.PassedOn passed) {
                return Optional.of(passed.given());
            } else if (outcome instanceof Outcome.HelpComes help) {
                return Optional.of(help.given());
            } else if (outcome instanceof Outcome.NobodyElse nobody) {
                return Optional.of(nobody.given());
            }
            return outcome instanceof Outcome.Closed closed ? Optional.of(closed.given()) : Optional.empty();
        }

        private static AnswerOutcome plain(Outcome outcome, Given given, List<String> awaited, List<String> meanwhile) {
            return new AnswerOutcome(outcome.word(), Acknowledgement.of(given), Optional.empty(), awaited, meanwhile);
        }
    }
}
