package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.work.Judgement;
import jp.hinomi.alerting.incident.work.PartyAnswer;
import jp.hinomi.alerting.incident.work.Task;
import jp.hinomi.alerting.triage.Verdict;

/** How the API shows the work on an incident. */
public final class CaseworkAnswers {
    private CaseworkAnswers() {}

    public record CaseworkState(
            String number,
            String status,
            Optional<String> verdict,

            @Schema(description = "As in OCSF's Incident Finding: 0 while nobody has judged.")
            @JsonProperty("verdict_id")
            int verdictId,

            @JsonProperty("entry_path") String entryPath,
            @JsonProperty("merged_into") Optional<String> mergedInto,
            List<CaseTask> tasks,
            List<CaseParty> parties) {
        static CaseworkState of(
                Incident incident, Judgement judgement, List<Task> tasks, List<PartyAnswer> parties, Instant now) {
            return new CaseworkState(
                    incident.number(),
                    incident.status().word(),
                    judgement.verdict().map(Verdict::word),
                    judgement.verdict().map(Verdict::ocsf).orElse(0),
                    judgement.entryPath(),
                    judgement.mergedInto(),
                    tasks.stream().map(task -> CaseTask.of(task, now)).toList(),
                    parties.stream().map(CaseParty::of).toList());
        }
    }

    public record CaseTask(
            long id,
            String title,
            String owner,
            Optional<Instant> due,
            boolean overdue,
            Optional<Instant> done,
            @JsonProperty("done_by") Optional<String> doneBy) {
        static CaseTask of(Task of, Instant now) {
            return new CaseTask(of.id(), of.title(), of.owner(), of.due(), of.isOverdue(now), of.doneAt(), of.doneBy());
        }
    }

    @Schema(description = "A stakeholder with a part in the incident, and what it answered.")
    public record CaseParty(
            String stakeholder,
            Optional<Instant> told,
            Optional<String> answer,
            Optional<Instant> answered,
            String by) {
        static CaseParty of(PartyAnswer of) {
            return new CaseParty(of.party().stakeholder(), of.toldAt(), of.answer(), of.at(), of.by());
        }
    }
}
