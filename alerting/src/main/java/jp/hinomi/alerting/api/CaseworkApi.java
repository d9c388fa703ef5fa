package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.work.Casework;
import jp.hinomi.alerting.incident.work.Tasks;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The verdict on an incident, its tasks, who has answered, merging and splitting, for programs. */
@Tag(name = "Incidents")
@RestController
@RequestMapping("/api/v1/incidents/{number}")
@Needs(Permission.SEE_INCIDENTS)
public class CaseworkApi {
    private final Incidents incidents;
    private final Casework casework;
    private final Tasks tasks;
    private final InstantSource clock;

    public CaseworkApi(Incidents incidents, Casework casework, Tasks tasks, InstantSource clock) {
        this.incidents = incidents;
        this.casework = casework;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Operation(summary = "Verdict, tasks and answers of an incident")
    @GetMapping("/casework")
    CaseworkAnswers.CaseworkState one(@PathVariable String number) {
        Incident incident = find(number);
        return CaseworkAnswers.CaseworkState.of(
                incident,
                casework.judgement(incident),
                tasks.of(incident),
                casework.answers(incident),
                clock.instant());
    }

    public record Judging(
            @Schema(description = "One of OCSF's, as false-positive; absent = none yet.")
            String verdict,

            @JsonProperty("entry_path") String entryPath) {}

    /** Both are replaced. @throws ResponseStatusException 400 if there is no such verdict */
    @Operation(summary = "Judge an incident: verdict and entry path, both replaced")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PutMapping("/judgement")
    CaseworkAnswers.CaseworkState judge(
            @PathVariable String number, @RequestBody Judging judging, Principal principal) {
        Optional<Verdict> verdict = Optional.ofNullable(judging.verdict())
                .map(word -> Verdict.ofWord(word).orElseThrow(() -> Refusal.bad(CaseworkRefusal.Why.NO_VERDICT, word)));
        String path = judging.entryPath() == null ? "" : judging.entryPath();
        return attempt(
                number,
                incident ->
                        casework.judge(incident, verdict, path, Optional.empty(), actor(principal), clock.instant()));
    }

    /** @param due absent = any time */
    public record NewTask(String title, String owner, String due) {}

    @Operation(summary = "Add a task")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/tasks")
    CaseworkAnswers.CaseworkState add(@PathVariable String number, @RequestBody NewTask task, Principal principal) {
        return attempt(
                number,
                incident -> tasks.add(
                        incident,
                        task.title() == null ? "" : task.title(),
                        task.owner() == null ? "" : task.owner(),
                        Optional.ofNullable(task.due()).map(IncidentApi::time),
                        actor(principal),
                        clock.instant()));
    }

    public record Done(boolean done) {}

    @Operation(summary = "Mark a task as done, or as not done")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/tasks/{task}")
    CaseworkAnswers.CaseworkState done(
            @PathVariable String number, @PathVariable long task, @RequestBody Done done, Principal principal) {
        if (!tasks.done(find(number), task, done.done(), actor(principal), clock.instant())) {
            throw Refusal.conflict(CaseworkRefusal.Why.TASK_SO);
        }
        return one(number);
    }

    public record Into(String into) {}

    @Operation(summary = "Merge the incident into another")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/merge")
    CaseworkAnswers.CaseworkState merge(@PathVariable String number, @RequestBody Into into, Principal principal) {
        Incident other = find(into.into() == null ? "" : into.into());
        return attempt(number, incident -> casework.merge(incident, other, actor(principal), clock.instant()));
    }

    @Operation(summary = "Take a merge back")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/unmerge")
    CaseworkAnswers.CaseworkState unmerge(@PathVariable String number, Principal principal) {
        if (!casework.unmerge(find(number), actor(principal), clock.instant())) {
            throw Refusal.conflict(CaseworkRefusal.Why.NOT_MERGED);
        }
        return one(number);
    }

    public record SplitOff(List<String> alerts) {}

    /** Opens a new incident with some of the alerts and answers with that. */
    @Operation(summary = "Open a new incident with some of the alerts; answers with that")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/split")
    CaseworkAnswers.CaseworkState split(
            @PathVariable String number, @RequestBody SplitOff alerts, Principal principal) {
        Incident incident = find(number);
        List<String> wanted = alerts.alerts() == null ? List.of() : alerts.alerts();
        return one(casework.split(incident, wanted, actor(principal), clock.instant())
                .number());
    }

    private interface Change {
        void on(Incident incident);
    }

    private CaseworkAnswers.CaseworkState attempt(String number, Change change) {
        Incident incident = find(number);
        change.on(incident);
        return one(number);
    }

    private static String actor(Principal principal) {
        return IncidentApi.actor(principal);
    }

    private Incident find(String number) {
        return incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
    }
}
