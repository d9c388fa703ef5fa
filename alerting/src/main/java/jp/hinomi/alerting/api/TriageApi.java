package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.console.DetailQueries;
import jp.hinomi.alerting.triage.Result;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.alerting.triage.TriageReason;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What analysts do with an alert, for programs. */
@Tag(name = "Alerts")
@RestController
@RequestMapping("/api/v1/alerts/{id}")
@Needs(Permission.JUDGE_ALERTS)
public class TriageApi {
    private static final int NOTE = 2000;

    private final Triage triage;
    private final DetailQueries details;
    private final InstantSource clock;

    public TriageApi(Triage triage, DetailQueries details, InstantSource clock) {
        this.triage = triage;
        this.details = details;
        this.clock = clock;
    }

    public record TriageStep(
            @Schema(allowableValues = {"ack", "assign", "begin", "judge", "reopen", "incident"})
            String step,

            @Schema(
                    description =
                            "Of assign the account, empty = nobody; of judge the verdict, one of OCSF's, as false-positive;"
                                    + " of incident its number, empty = a new one.")
            String argument,

            String note,

            @Schema(
                    description =
                            "The `version` that was read: if it is another by now, nothing is done. Absent = any.")
            Integer version) {}

    /** @param result {@code nothing} if it was so already */
    public record TriageDone(
            @Schema(allowableValues = {"done", "nothing"}) String result, AlertAnswers.AlertSummary alert) {}

    @Operation(summary = "Acknowledge, assign, begin, judge or reopen an alert, or make it a part of an incident")
    @PostMapping("/triage")
    TriageDone take(@PathVariable String id, @RequestBody TriageStep wish, Principal principal) {
        String note = wish.note() == null ? "" : wish.note();
        if (note.length() > NOTE) {
            throw Refusal.bad(TriageReason.NOTE_LONG, NOTE);
        }
        String argument = wish.argument() == null ? "" : wish.argument();
        Step step = Step.of(wish.step() == null ? "" : wish.step(), argument)
                .orElseThrow(() -> "judge".equals(wish.step())
                        ? Refusal.bad(TriageReason.NO_VERDICT, argument)
                        : Refusal.bad(TriageReason.NO_STEP));
        if (step instanceof Step.Assign assign) {
            List<String> accounts = triage.accounts();
            assign.account().filter(name -> !accounts.contains(name)).ifPresent(name -> {
                throw Refusal.bad(TriageReason.NO_ASSIGNEE, name, String.join(", ", accounts));
            });
        }
        Result result = triage.take(
                id,
                step,
                note,
                wish.version() == null ? OptionalInt.empty() : OptionalInt.of(wish.version()),
                principal.getName(),
                clock.instant());
        return switch (result) {
            case UNKNOWN ->
                throw Refusal.unknown(
                        step instanceof Step.Attach ? TriageReason.NO_ALERT_OR_INCIDENT : TriageReason.NO_ALERT, id);
            case CHANGED -> throw Refusal.conflict(TriageReason.CHANGED);
            case DONE, NOTHING -> new TriageDone(result.word(), summary(id));
        };
    }

    private AlertAnswers.AlertSummary summary(String id) {
        return Optional.of(id)
                .flatMap(details::of)
                .map(detail -> AlertAnswers.AlertSummary.of(detail.row()))
                .orElseThrow(() -> Refusal.unknown(TriageReason.NO_ALERT, id));
    }
}
