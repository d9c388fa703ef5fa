package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.DrillStep;
import jp.hinomi.alerting.drill.Drills;

/** What calls about exercises answer. */
final class DrillAnswers {
    private DrillAnswers() {}

    private static TwoLanguages both(Map<String, String> text) {
        return new TwoLanguages(text.getOrDefault("ja", ""), text.getOrDefault("en", ""));
    }

    /** An alert of an exercise. */
    public record DrillAlert(
            @Schema(description = "From 1 on, in the order in which they are sent.")
            int n,

            @Schema(description = "Without the label that every message of an exercise begins with.")
            TwoLanguages title,

            @Schema(allowableValues = {"informational", "low", "medium", "high", "critical"})
            String severity,

            String resource,
            @Schema(description = "When it is to be sent.") Instant due,
            Optional<Instant> sent,

            @Schema(description = "Id of the alert, once it was sent.")
            Optional<String> alert) {
        static DrillAlert of(Drill drill, DrillStep step) {
            return new DrillAlert(
                    step.n(),
                    both(drill.title(step)),
                    step.severity().word(),
                    step.resource(),
                    drill.dueAt(step),
                    step.sentAt(),
                    step.alertId());
        }
    }

    public record DrillState(
            long id,
            TwoLanguages name,

            @Schema(
                    description = "Of a cancelled one, what was not sent yet never is.",
                    allowableValues = {"planned", "begun", "cancelled"})
            String state,

            @Schema(description = "Whether something of it is still to be sent.")
            boolean open,

            Instant due,
            Optional<Instant> begun,
            @JsonProperty("planned_by") String plannedBy,
            List<DrillAlert> alerts) {
        static DrillState of(Drill drill) {
            return new DrillState(
                    drill.id(),
                    both(drill.name()),
                    drill.state(),
                    drill.isOpen(),
                    drill.dueAt(),
                    drill.begunAt(),
                    drill.account(),
                    drill.steps().stream()
                            .map(step -> DrillAlert.of(drill, step))
                            .toList());
        }
    }

    /** A message or an answer. */
    public record DrillReaction(
            @Schema(description = "Which of its alerts.") int n,

            Instant at,

            @Schema(description = "After the alert was sent.") @JsonProperty("after_seconds")
            long afterSeconds,

            @Schema(
                    description =
                            "Of a message its state, as sent, dead, pending; of an answer ack, not-ours, help or take-over.")
            String what,

            @Schema(description = "Id of the contact; the account of an answer without one.")
            String who,

            @Schema(description = "Channel of a message, way of an answer.")
            String by) {
        static DrillReaction of(DrillStep step, Drills.Reaction reaction) {
            return new DrillReaction(
                    step.n(),
                    reaction.at(),
                    reaction.after().toSeconds(),
                    reaction.what(),
                    reaction.who(),
                    reaction.by());
        }
    }
}
