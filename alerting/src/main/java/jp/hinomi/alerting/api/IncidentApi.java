package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.incident.CaseworkRefusal;
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
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.report.Circumstance;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents, their alerts, timeline and deadlines, for programs. */
@Tag(name = "Incidents")
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_INCIDENTS)
public class IncidentApi {
    private final Incidents incidents;
    private final Suggestions suggestions;
    private final Timeline timeline;
    private final EvidenceLooks looks;
    private final DeadlineQueries deadlines;
    private final CityInForce city;
    private final InstantSource clock;

    public IncidentApi(
            Incidents incidents,
            Suggestions suggestions,
            Timeline timeline,
            EvidenceLooks looks,
            DeadlineQueries deadlines,
            CityInForce city,
            InstantSource clock) {
        this.incidents = incidents;
        this.suggestions = suggestions;
        this.timeline = timeline;
        this.looks = looks;
        this.deadlines = deadlines;
        this.city = city;
        this.clock = clock;
    }

    @Operation(summary = "Incidents, the newest first")
    @GetMapping("/incidents")
    Page<IncidentAnswers.IncidentSummary> list(
            @Parameter(description = "Closed ones too.") @RequestParam(defaultValue = "false") boolean all,
            @ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                incidents.list(!all, paging.below(), size + 1),
                size,
                Incident::id,
                IncidentAnswers.IncidentSummary::of);
    }

    /** @param title absent = the alert's */
    public record Opening(String alert, String title) {}

    @Operation(summary = "Open an incident with an alert")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents")
    IncidentAnswers.IncidentWhole open(@RequestBody Opening opening, Principal principal) {
        if (opening.alert() == null || opening.alert().isBlank()) {
            throw Refusal.bad(CaseworkRefusal.Why.ALERT_MISSING);
        }
        return incidents
                .open(opening.alert(), Optional.ofNullable(opening.title()), actor(principal), clock.instant())
                .map(this::whole)
                .orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_ALERT, opening.alert()));
    }

    static String actor(Principal principal) {
        return "account:" + principal.getName();
    }

    @Operation(summary = "An incident with its alerts, parties, timeline and deadlines")
    @GetMapping("/incidents/{number}")
    IncidentAnswers.IncidentWhole one(@PathVariable String number, Principal principal) {
        Incident incident = find(number);
        looks.seen(actor(principal), incident.object(), "api");
        return whole(incident);
    }

    private IncidentAnswers.IncidentWhole whole(Incident incident) {
        incidents.refresh(incident, clock.instant());
        Map<String, List<Link>> reasons = suggestions.reasons(incident);
        return new IncidentAnswers.IncidentWhole(
                IncidentAnswers.IncidentSummary.of(incident),
                incidents.alerts(incident).stream()
                        .map(each -> IncidentAnswers.AttachedAlert.of(each, reasons))
                        .toList(),
                suggestions.of(incident).stream()
                        .map(IncidentAnswers.Suggested::of)
                        .toList(),
                incidents.parties(incident).stream()
                        .map(IncidentAnswers.IncidentParty::of)
                        .toList(),
                timeline.of(incident.id()).stream()
                        .map(IncidentAnswers.TimelineItem::of)
                        .toList(),
                deadlines.of(incident).stream().map(this::deadline).toList());
    }

    private IncidentAnswers.ReportDeadline deadline(Deadline deadline) {
        return IncidentAnswers.ReportDeadline.of(deadline, clock.instant());
    }

    /** Absent parts stay as they are. @param lead an empty text takes the lead away */
    public record IncidentChange(
            String title,
            String status,
            String severity,
            String tlp,
            String impact,
            String lead,
            List<String> circumstances,
            String aware) {}

    @Operation(summary = "Change an incident")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PatchMapping("/incidents/{number}")
    IncidentAnswers.IncidentWhole change(
            @PathVariable String number, @RequestBody IncidentChange change, Principal principal) {
        Incident incident = find(number);
        IncidentEdit edit = new IncidentEdit(
                Optional.ofNullable(change.title()),
                Optional.ofNullable(change.status()).map(Incident.Status::ofWord),
                Optional.ofNullable(change.severity()).map(CaseworkRefusal::severity),
                Optional.ofNullable(change.tlp()).map(CaseworkRefusal::tlp),
                Optional.ofNullable(change.impact()),
                Optional.ofNullable(change.lead()),
                Optional.ofNullable(change.circumstances())
                        .map(words ->
                                words.stream().map(IncidentApi::circumstance).collect(Collectors.toSet())),
                Optional.ofNullable(change.aware()).map(IncidentApi::time));
        return whole(incidents.edit(incident, edit, actor(principal), clock.instant()));
    }

    private static Circumstance circumstance(String word) {
        try {
            return Circumstance.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.NO_CIRCUMSTANCE, word);
        }
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.NO_TIME, text);
        }
    }

    public record AlertRef(String alert) {}

    @Operation(summary = "Attach an alert")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/alerts")
    IncidentAnswers.IncidentWhole attach(@PathVariable String number, @RequestBody AlertRef ref, Principal principal) {
        Incident incident = find(number);
        if (ref.alert() == null || !incidents.attach(incident, ref.alert(), actor(principal), clock.instant())) {
            throw Refusal.conflict(CaseworkRefusal.Why.ALERT_THERE);
        }
        return whole(find(number));
    }

    @Operation(summary = "Detach an alert")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @DeleteMapping("/incidents/{number}/alerts/{alert}")
    IncidentAnswers.IncidentWhole detach(
            @PathVariable String number,
            @PathVariable String alert,
            @RequestParam(defaultValue = "") String why,
            Principal principal) {
        Incident incident = find(number);
        if (!incidents.detach(incident, alert, why, actor(principal), clock.instant())) {
            throw Refusal.unknown(CaseworkRefusal.Why.ALERT_NOT_PART);
        }
        return whole(find(number));
    }

    public record SuggestionDecision(boolean accept) {}

    /** Adds an alert that was proposed, or says that it does not belong there. */
    @Operation(summary = "Take an alert that was proposed, or not")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/suggestions/{alert}")
    IncidentAnswers.IncidentWhole decide(
            @PathVariable String number,
            @PathVariable String alert,
            @RequestBody SuggestionDecision decision,
            Principal principal) {
        if (!suggestions.decide(find(number), alert, decision.accept(), actor(principal), clock.instant())) {
            throw Refusal.conflict(CaseworkRefusal.Why.ALERT_NOT_PROPOSED);
        }
        return whole(find(number));
    }

    /**
     * @param occurred absent = now
     * @param inReport whether reports may show it
     * @param tlp absent = the incident's, as it is whenever somebody reads
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

    @Operation(summary = "Write into the timeline, or correct an entry")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/timeline")
    IncidentAnswers.IncidentWhole note(@PathVariable String number, @RequestBody Note note, Principal principal) {
        Incident incident = find(number);
        TimelineEntry entry = manual(incident, note, principal);
        if (!incidents.note(incident, entry, actor(principal), clock.instant())) {
            throw Refusal.conflict(CaseworkRefusal.Why.ENTRY_CORRECTED);
        }
        return whole(incident);
    }

    private TimelineEntry manual(Incident incident, Note note, Principal principal) {
        TimelineEntry.Type type = TimelineEntry.Type.ofWord(note.type() == null ? "note" : note.type());
        if (!type.isManual()) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_AUTOMATIC, type.word());
        }
        String text = note.text() == null ? "" : IncidentText.clean(note.text());
        if (text.isEmpty() || text.length() > IncidentEdit.IMPACT) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_TEXT, IncidentEdit.IMPACT);
        }
        List<String> visible = note.visibleTo() == null ? List.of() : note.visibleTo();
        visible.stream()
                .filter(id -> !city.get().stakeholders().containsKey(id))
                .findFirst()
                .ifPresent(id -> {
                    throw new CaseworkRefusal(CaseworkRefusal.Why.NO_STAKEHOLDER, id);
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
                note.tlp() == null ? incident.tlp() : CaseworkRefusal.tlp(note.tlp()),
                note.tlp() == null,
                visible,
                Optional.empty(),
                Optional.ofNullable(note.supersedes()));
    }

    @Operation(summary = "Reports that are due, of all open incidents, the next term first")
    @GetMapping("/report-deadlines")
    Page<IncidentAnswers.ReportDeadline> due(@ParameterObject Paging paging) {
        return Page.cut(deadlines.live(), paging, this::deadline);
    }

    private Incident find(String number) {
        return incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
    }
}
