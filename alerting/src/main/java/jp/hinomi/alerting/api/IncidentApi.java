package jp.hinomi.alerting.api;

import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.IncidentEdit;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.join.Link;
import jp.hinomi.alerting.incident.join.Suggestions;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.Deadline;
import jp.hinomi.alerting.report.DeadlineQueries;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Incidents, their alerts, timeline and deadlines, for programs. */
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_INCIDENTS)
public class IncidentApi {
    private static final int MOST = 500;

    private final Incidents incidents;
    private final Suggestions suggestions;
    private final Timeline timeline;
    private final DeadlineQueries deadlines;
    private final CityInForce city;
    private final InstantSource clock;

    public IncidentApi(
            Incidents incidents,
            Suggestions suggestions,
            Timeline timeline,
            DeadlineQueries deadlines,
            CityInForce city,
            InstantSource clock) {
        this.incidents = incidents;
        this.suggestions = suggestions;
        this.timeline = timeline;
        this.deadlines = deadlines;
        this.city = city;
        this.clock = clock;
    }

    @GetMapping("/incidents")
    AlertApi.Page<Map<String, Object>> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "100") int limit) {
        int size = Math.max(1, Math.min(MOST, limit));
        List<Incident> rows = incidents.list(!all, before == null ? Long.MAX_VALUE : before, size + 1);
        boolean more = rows.size() > size;
        List<Incident> shown = more ? rows.subList(0, size) : rows;
        return new AlertApi.Page<>(
                shown.stream().map(IncidentApi::summary).toList(),
                more ? shown.get(size - 1).id() : null);
    }

    static Map<String, Object> summary(Incident incident) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", incident.number());
        json.put("title", incident.title());
        json.put("status", incident.status().word());
        json.put("severity", incident.severity().word());
        json.put("tlp", incident.tlp().word());
        json.put("impact", incident.impact());
        json.put("lead", incident.lead().orElse(null));
        json.put(
                "circumstances",
                incident.circumstances().stream()
                        .map(Circumstance::word)
                        .sorted()
                        .toList());
        json.put("aware", incident.aware().toString());
        json.put("opened_by", incident.openedBy());
        json.put("opened", incident.openedAt().toString());
        json.put("updated", incident.updatedAt().toString());
        return json;
    }

    /** @param title absent = the alert's */
    public record Opening(String alert, String title) {}

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents")
    Map<String, Object> open(@RequestBody Opening opening, Principal principal) {
        if (opening.alert() == null || opening.alert().isBlank()) {
            throw bad("'alert' is missing: give the id of the alert that the incident begins with");
        }
        return incidents
                .open(opening.alert(), Optional.ofNullable(opening.title()), actor(principal), clock.instant())
                .map(this::whole)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no alert of that id"));
    }

    static String actor(Principal principal) {
        return "account:" + principal.getName();
    }

    @GetMapping("/incidents/{number}")
    Map<String, Object> one(@PathVariable String number) {
        return whole(find(number));
    }

    private Map<String, Object> whole(Incident incident) {
        incidents.refresh(incident, clock.instant());
        Map<String, Object> json = summary(incident);
        Map<String, List<Link>> reasons = suggestions.reasons(incident);
        json.put(
                "alerts",
                incidents.alerts(incident).stream()
                        .map(each -> attached(each, reasons))
                        .toList());
        json.put(
                "suggestions",
                suggestions.of(incident).stream().map(IncidentApi::suggestion).toList());
        json.put(
                "parties",
                incidents.parties(incident).stream()
                        .map(party -> Map.of(
                                "stakeholder", party.stakeholder(),
                                "scope", party.scope(),
                                "tlp", party.tlp().word()))
                        .toList());
        json.put(
                "timeline",
                timeline.of(incident.id()).stream().map(IncidentApi::entry).toList());
        json.put(
                "deadlines", deadlines.of(incident).stream().map(this::deadline).toList());
        return json;
    }

    private static Map<String, Object> suggestion(Suggestions.Suggestion suggestion) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", suggestion.alertId());
        json.put("title", Map.of("ja", suggestion.titleJa(), "en", suggestion.titleEn()));
        json.put("severity", suggestion.severity().word());
        json.put("hold", suggestion.hold());
        json.put("because", because(suggestion.links()));
        return json;
    }

    private static List<Map<String, Object>> because(List<Link> links) {
        return links.stream().map(IncidentApi::because).toList();
    }

    private static Map<String, Object> because(Link link) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", link.entity().kind().word());
        json.put("value", link.entity().value());
        json.put("apart_s", link.apart().toSeconds());
        return json;
    }

    private static Map<String, Object> attached(Incidents.Attached attached, Map<String, List<Link>> reasons) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", attached.alertId());
        json.put("title", Map.of("ja", attached.titleJa(), "en", attached.titleEn()));
        json.put("severity", attached.severity().word());
        json.put("attached_by", attached.attachedBy());
        json.put("attached", attached.attachedAt().toString());
        json.put("detached_by", attached.detachedBy().orElse(null));
        json.put("detached", attached.detachedAt().map(Instant::toString).orElse(null));
        json.put("detach_note", attached.detachNote());
        json.put(
                "because",
                attached.detachedAt().isPresent()
                        ? List.of()
                        : because(reasons.getOrDefault(attached.alertId(), List.of())));
        return json;
    }

    private static Map<String, Object> entry(TimelineEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("occurred", entry.occurred().toString());
        json.put("recorded", entry.recorded().toString());
        json.put("type", entry.type().word());
        json.put("source", entry.automatic() ? "auto" : "manual");
        json.put("author", entry.author());
        json.put("text", Map.of("ja", entry.textJa(), "en", entry.textEn()));
        json.put("in_report", entry.inReport());
        json.put("tlp", entry.tlp().word());
        json.put("visible_to", entry.visibleTo());
        json.put("supersedes", entry.supersedes().orElse(null));
        return json;
    }

    Map<String, Object> deadline(Deadline deadline) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("incident", deadline.incident());
        json.put("form", deadline.form());
        json.put("form_name", deadline.formName());
        json.put("recipient", deadline.recipient());
        json.put("recipient_name", deadline.recipientName());
        json.put("stage", deadline.stage().word());
        json.put("stage_name", deadline.stageName());
        json.put("target", deadline.target().map(Instant::toString).orElse(null));
        json.put("due", deadline.due().toString());
        json.put("submitted", deadline.met().map(Instant::toString).orElse(null));
        json.put("state", deadline.state(clock.instant()).word());
        return json;
    }

    /** Absent parts stay as they are. @param lead an empty text takes the lead away */
    public record Change(
            String title,
            String status,
            String severity,
            String tlp,
            String impact,
            String lead,
            List<String> circumstances,
            String aware) {}

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PatchMapping("/incidents/{number}")
    Map<String, Object> change(@PathVariable String number, @RequestBody Change change, Principal principal) {
        Incident incident = find(number);
        IncidentEdit edit = read(() -> new IncidentEdit(
                Optional.ofNullable(change.title()),
                Optional.ofNullable(change.status()).map(Incident.Status::ofWord),
                Optional.ofNullable(change.severity()).map(Severity::ofWord),
                Optional.ofNullable(change.tlp()).map(Tlp::ofWord),
                Optional.ofNullable(change.impact()),
                Optional.ofNullable(change.lead()),
                Optional.ofNullable(change.circumstances())
                        .map(words -> words.stream().map(Circumstance::ofWord).collect(Collectors.toSet())),
                Optional.ofNullable(change.aware()).map(IncidentApi::time)));
        return whole(incidents.edit(incident, edit, actor(principal), clock.instant()));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time: write it as 2026-04-01T01:02:03Z", e);
        }
    }

    public record AlertRef(String alert) {}

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/alerts")
    Map<String, Object> attach(@PathVariable String number, @RequestBody AlertRef ref, Principal principal) {
        Incident incident = find(number);
        if (ref.alert() == null || !incidents.attach(incident, ref.alert(), actor(principal), clock.instant())) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "there is no such alert, or it is a part of the incident already");
        }
        return whole(find(number));
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @DeleteMapping("/incidents/{number}/alerts/{alert}")
    Map<String, Object> detach(
            @PathVariable String number,
            @PathVariable String alert,
            @RequestParam(defaultValue = "") String why,
            Principal principal) {
        Incident incident = find(number);
        if (!incidents.detach(incident, alert, why, actor(principal), clock.instant())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "that alert is no part of the incident");
        }
        return whole(find(number));
    }

    public record Decision(boolean accept) {}

    /** Adds an alert that was proposed, or says that it does not belong there. */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/suggestions/{alert}")
    Map<String, Object> decide(
            @PathVariable String number,
            @PathVariable String alert,
            @RequestBody Decision decision,
            Principal principal) {
        if (!suggestions.decide(find(number), alert, decision.accept(), actor(principal), clock.instant())) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "that alert is not proposed for the incident, or somebody has decided before");
        }
        return whole(find(number));
    }

    /**
     * @param occurred absent = now
     * @param inReport whether reports may show it
     * @param tlp absent = the incident's
     * @param visibleTo ids of stakeholders; absent = all who are a part of the incident
     * @param supersedes id of the entry that this one corrects
     */
    public record Note(
            String occurred,
            String type,
            String text,

            @com.fasterxml.jackson.annotation.JsonProperty("in_report")
            Boolean inReport,

            String tlp,

            @com.fasterxml.jackson.annotation.JsonProperty("visible_to")
            List<String> visibleTo,

            Long supersedes) {}

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/timeline")
    Map<String, Object> note(@PathVariable String number, @RequestBody Note note, Principal principal) {
        Incident incident = find(number);
        TimelineEntry entry = read(() -> manual(incident, note, principal));
        if (!incidents.note(incident, entry, actor(principal), clock.instant())) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "the entry to correct is not there, or somebody corrected it before");
        }
        return whole(incident);
    }

    private TimelineEntry manual(Incident incident, Note note, Principal principal) {
        TimelineEntry.Type type = TimelineEntry.Type.ofWord(note.type() == null ? "note" : note.type());
        if (!type.isManual()) {
            throw new IllegalArgumentException("entries of type '" + type.word() + "' come by themselves");
        }
        String text = note.text() == null ? "" : IncidentText.clean(note.text());
        if (text.isEmpty() || text.length() > IncidentEdit.IMPACT) {
            throw new IllegalArgumentException("'text' must have between 1 and " + IncidentEdit.IMPACT + " characters");
        }
        List<String> visible = note.visibleTo() == null ? List.of() : note.visibleTo();
        visible.stream()
                .filter(id -> !city.get().stakeholders().containsKey(id))
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalArgumentException("the city has no stakeholder '" + id + "'");
                });
        Instant now = clock.instant();
        return new TimelineEntry(
                0,
                note.occurred() == null ? now : time(note.occurred()),
                now,
                city.get().zone().getId(),
                type,
                false,
                actor(principal),
                text,
                text,
                Boolean.TRUE.equals(note.inReport()),
                note.tlp() == null ? incident.tlp() : Tlp.ofWord(note.tlp()),
                visible,
                Optional.empty(),
                Optional.ofNullable(note.supersedes()));
    }

    @GetMapping("/report-deadlines")
    List<Map<String, Object>> due() {
        return deadlines.live().stream().map(this::deadline).toList();
    }

    private Incident find(String number) {
        return incidents
                .find(number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no incident of that number"));
    }

    static ResponseStatusException bad(String message) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
    }

    /** What the domain refuses is the client's mistake. */
    static <T> T read(java.util.function.Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw bad(e.getMessage());
        }
    }
}
