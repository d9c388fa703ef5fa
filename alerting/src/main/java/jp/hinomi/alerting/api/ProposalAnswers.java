package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.exception.Condition;
import jp.hinomi.alerting.proposal.ExceptionDesk;
import jp.hinomi.alerting.proposal.PastAlert;
import jp.hinomi.alerting.proposal.Preview;
import jp.hinomi.alerting.proposal.ProposedException;
import jp.hinomi.alerting.triage.Verdict;

/** What calls about proposals answer. */
final class ProposalAnswers {
    private ProposalAnswers() {}

    /** @param values all of which the field must have */
    public record ExceptionCondition(String field, List<String> values) {
        static ExceptionCondition of(Condition condition) {
            return new ExceptionCondition(condition.field(), condition.values());
        }
    }

    public record ProposalSeen(int hides, int worthwhile, int looked) {}

    /** @param text the file: Sigma filters in YAML */
    public record ProposalState(
            long id,

            @Schema(allowableValues = {"proposed", "approved", "refused", "withdrawn", "accepted"})
            String state,

            String rule,
            String alert,
            String name,
            List<ExceptionCondition> conditions,
            String owner,
            TwoLanguages reason,
            String expires,

            @Schema(description = "What its author saw that it would have done to stored alerts.")
            ProposalSeen seen,

            @JsonProperty("made_by") String madeBy,
            Instant made,

            @JsonProperty("needs_second") @Schema(description = "Whether somebody else than its author has to approve.")
            boolean needsSecond,

            @JsonProperty("decided_by") Optional<String> decidedBy,
            Optional<Instant> decided,
            String decision,
            @JsonProperty("accepted_by") Optional<String> acceptedBy,
            Optional<Instant> accepted,
            Optional<String> publication,
            String sha256,
            String text) {
        static ProposalState of(ProposedException proposal) {
            return new ProposalState(
                    proposal.id(),
                    proposal.state().word(),
                    proposal.ruleName(),
                    proposal.alert(),
                    proposal.name(),
                    proposal.conditions().stream().map(ExceptionCondition::of).toList(),
                    proposal.owner(),
                    new TwoLanguages(
                            proposal.reason().getOrDefault("ja", ""),
                            proposal.reason().getOrDefault("en", "")),
                    proposal.expires().toString(),
                    new ProposalSeen(
                            proposal.seen().hides(),
                            proposal.seen().worthwhile(),
                            proposal.seen().looked()),
                    proposal.madeBy(),
                    proposal.madeAt(),
                    proposal.needsSecond(),
                    proposal.decision().map(ProposedException.Decision::by),
                    proposal.decision().map(ProposedException.Decision::at),
                    proposal.decision().map(ProposedException.Decision::note).orElse(""),
                    proposal.acceptance().map(ProposedException.Acceptance::by),
                    proposal.acceptance().map(ProposedException.Acceptance::at),
                    proposal.acceptance().map(ProposedException.Acceptance::publication),
                    proposal.sha256(),
                    proposal.body());
        }
    }

    public record HiddenAlert(String id, Instant raised, Optional<String> verdict, boolean worthwhile) {
        static HiddenAlert of(PastAlert alert) {
            return new HiddenAlert(
                    alert.id(),
                    alert.raisedAt(),
                    alert.verdict().map(Verdict::word),
                    alert.weight() == jp.hinomi.alerting.learning.Weight.WORTHWHILE);
        }
    }

    public record ExceptionPreview(
            @Schema(description = "Stored alerts of the rule that would surely not have come, the worthwhile first.")
            List<HiddenAlert> hidden,

            @Schema(description = "Those of which it cannot be told from the evidence that is kept.")
            List<HiddenAlert> perhaps,

            long looked,
            long stored,
            Optional<Instant> since,

            @JsonProperty("may_alert_more")
            @Schema(
                    description =
                            "Whether the rule, which judges that something is missing, could alert where it did not.")
            boolean mayAlertMore,

            @Schema(description = "To be given back when it is proposed: says what was looked at.")
            String mark,

            String text) {
        static ExceptionPreview of(ExceptionDesk.Look look) {
            Preview preview = look.preview();
            return new ExceptionPreview(
                    preview.hidden().stream().map(HiddenAlert::of).toList(),
                    preview.perhaps().stream().map(HiddenAlert::of).toList(),
                    preview.looked(),
                    preview.stored(),
                    preview.since(),
                    look.mayAlertMore(),
                    preview.mark(),
                    look.text());
        }
    }
}
