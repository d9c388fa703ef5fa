package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.work.Casework;
import jp.hinomi.alerting.incident.work.Judgement;
import jp.hinomi.alerting.incident.work.PartyAnswer;
import jp.hinomi.alerting.incident.work.Task;
import jp.hinomi.alerting.incident.work.Tasks;
import jp.hinomi.alerting.triage.Verdict;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The verdict on an incident, its tasks, who has answered, merging and splitting, for programs. */
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

    @GetMapping("/casework")
    Map<String, Object> one(@PathVariable String number) {
        Incident incident = find(number);
        Judgement judgement = casework.judgement(incident);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", incident.number());
        json.put("status", incident.status().word());
        json.put("verdict", judgement.verdict().map(Verdict::word).orElse(null));
        // As in OCSF's Incident Finding: 0 while nobody has judged.
        json.put("verdict_id", judgement.verdict().map(Verdict::ocsf).orElse(0));
        json.put("entry_path", judgement.entryPath());
        json.put("merged_into", judgement.mergedInto().orElse(null));
        json.put("tasks", tasks.of(incident).stream().map(this::task).toList());
        json.put(
                "parties",
                casework.answers(incident).stream().map(CaseworkApi::party).toList());
        return json;
    }

    private Map<String, Object> task(Task task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", task.id());
        json.put("title", task.title());
        json.put("owner", task.owner());
        json.put("due", task.due().map(Instant::toString).orElse(null));
        json.put("overdue", task.isOverdue(clock.instant()));
        json.put("done", task.doneAt().map(Instant::toString).orElse(null));
        json.put("done_by", task.doneBy().orElse(null));
        return json;
    }

    private static Map<String, Object> party(PartyAnswer party) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stakeholder", party.party().stakeholder());
        json.put("told", party.toldAt().map(Instant::toString).orElse(null));
        json.put("answer", party.answer().orElse(null));
        json.put("answered", party.at().map(Instant::toString).orElse(null));
        json.put("by", party.by());
        return json;
    }

    public record Judging(
            String verdict, @JsonProperty("entry_path") String entryPath) {}

    /** Both are replaced. @throws ResponseStatusException 400 if there is no such verdict */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PutMapping("/judgement")
    Map<String, Object> judge(@PathVariable String number, @RequestBody Judging judging, Principal principal) {
        Optional<Verdict> verdict = Optional.ofNullable(judging.verdict())
                .map(word -> Verdict.ofWord(word)
                        .orElseThrow(() ->
                                IncidentApi.bad("'" + word + "' is no verdict: use one of OCSF's, as false-positive")));
        String path = judging.entryPath() == null ? "" : judging.entryPath();
        return attempt(number, incident -> casework.judge(incident, verdict, path, actor(principal), clock.instant()));
    }

    /** @param due absent = any time */
    public record NewTask(String title, String owner, String due) {}

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/tasks")
    Map<String, Object> add(@PathVariable String number, @RequestBody NewTask task, Principal principal) {
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

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/tasks/{task}")
    Map<String, Object> done(
            @PathVariable String number, @PathVariable long task, @RequestBody Done done, Principal principal) {
        if (!tasks.done(find(number), task, done.done(), actor(principal), clock.instant())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "there is no such task, or it is so already");
        }
        return one(number);
    }

    public record Into(String into) {}

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/merge")
    Map<String, Object> merge(@PathVariable String number, @RequestBody Into into, Principal principal) {
        Incident other = find(into.into() == null ? "" : into.into());
        return attempt(number, incident -> casework.merge(incident, other, actor(principal), clock.instant()));
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/unmerge")
    Map<String, Object> unmerge(@PathVariable String number, Principal principal) {
        if (!casework.unmerge(find(number), actor(principal), clock.instant())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "the incident was not merged into another");
        }
        return one(number);
    }

    public record Alerts(List<String> alerts) {}

    /** Opens a new incident with some of the alerts and answers with that. */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/split")
    Map<String, Object> split(@PathVariable String number, @RequestBody Alerts alerts, Principal principal) {
        Incident incident = find(number);
        List<String> wanted = alerts.alerts() == null ? List.of() : alerts.alerts();
        return one(IncidentApi.read(() -> casework.split(incident, wanted, actor(principal), clock.instant()))
                .number());
    }

    private interface Change {
        void on(Incident incident);
    }

    private Map<String, Object> attempt(String number, Change change) {
        Incident incident = find(number);
        return IncidentApi.read(() -> {
            change.on(incident);
            return one(number);
        });
    }

    private static String actor(Principal principal) {
        return IncidentApi.actor(principal);
    }

    private Incident find(String number) {
        return incidents
                .find(number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no incident of that number"));
    }
}
