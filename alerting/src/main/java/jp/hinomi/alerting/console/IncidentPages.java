package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.incident.join.Suggestions;
import jp.hinomi.alerting.incident.work.Casework;
import jp.hinomi.alerting.incident.work.Tasks;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.DeadlineQueries;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportFields;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.send.ReportSender;
import jp.hinomi.alerting.report.send.Sendings;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** The list of incidents with what is due, and the page of one. */
@Controller
@Needs(Permission.SEE_INCIDENTS)
public class IncidentPages {
    private static final int SHOWN = 100;

    /** Entries of the timeline on the page of an incident; all are on a page of their own. */
    private static final int NEWEST = 50;

    private final Incidents incidents;
    private final Suggestions suggestions;
    private final Casework casework;
    private final Tasks tasks;
    private final Timeline timeline;
    private final EvidenceFiles files;
    private final Reports reports;
    private final Sendings sendings;
    private final DeadlineQueries deadlines;
    private final EvidenceLooks looks;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public IncidentPages(
            Incidents incidents,
            Suggestions suggestions,
            Casework casework,
            Tasks tasks,
            Timeline timeline,
            EvidenceFiles files,
            Reports reports,
            ReportSender sender,
            DeadlineQueries deadlines,
            EvidenceLooks looks,
            CityInForce city,
            Texts texts,
            InstantSource clock) {
        this.incidents = incidents;
        this.suggestions = suggestions;
        this.casework = casework;
        this.tasks = tasks;
        this.timeline = timeline;
        this.files = files;
        this.reports = reports;
        this.sendings = sender.sendings();
        this.deadlines = deadlines;
        this.looks = looks;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/incidents")
    String list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) Long before,
            Model model) {
        List<Incident> rows = incidents.list(!all, before == null ? Long.MAX_VALUE : before, SHOWN + 1);
        boolean more = rows.size() > SHOWN;
        model.addAttribute("incidents", more ? rows.subList(0, SHOWN) : rows);
        model.addAttribute("more", more ? rows.get(SHOWN - 1).id() : null);
        model.addAttribute("all", all);
        model.addAttribute(
                "deadlines",
                deadlines.live().stream()
                        .filter(deadline -> deadline.met().isEmpty())
                        .toList());
        model.addAttribute("now", clock.instant());
        return "incidents";
    }

    @GetMapping("/incidents/{number}")
    String one(@PathVariable String number, Principal principal, Model model) {
        Incident incident = find(number);
        looks.seen(actor(principal), incident.object(), "page");
        incidents.refresh(incident, clock.instant());
        return page(incident, model);
    }

    private String page(Incident incident, Model model) {
        return page(incident, IncidentForm.of(incident, city.get().zone()), model);
    }

    private String page(Incident incident, IncidentForm form, Model model) {
        model.addAttribute("incident", incident);
        model.addAttribute("form", form);
        model.addAttribute("alerts", incidents.alerts(incident));
        model.addAttribute("reasons", suggestions.reasons(incident));
        model.addAttribute("suggestions", suggestions.of(incident));
        model.addAttribute("parties", incidents.parties(incident));
        model.addAttribute("answers", casework.answers(incident));
        model.addAttribute("judgement", casework.judgement(incident));
        model.addAttribute("verdicts", Verdict.values());
        model.addAttribute("tasks", tasks.of(incident));
        model.addAttribute(
                "others",
                incidents.list(true, Long.MAX_VALUE, SHOWN).stream()
                        .filter(each -> each.id() != incident.id())
                        .toList());
        List<TimelineEntry> newest = timeline.newest(incident.id(), NEWEST + 1);
        model.addAttribute("older", newest.size() > NEWEST);
        model.addAttribute("timeline", newest.size() > NEWEST ? newest.subList(1, NEWEST + 1) : newest);
        model.addAttribute("files", files.of(incident));
        model.addAttribute("fileLimit", files.limit() >> 20);
        List<Report> made = reports.of(incident);
        model.addAttribute("reports", made);
        model.addAttribute("sendings", sendings.of(made.stream().map(Report::id).toList()));
        model.addAttribute("deadlines", deadlines.of(incident));
        model.addAttribute("forms", city.get().reportForms().values());
        model.addAttribute("stages", Stage.values());
        model.addAttribute("circumstances", Circumstance.values());
        model.addAttribute("severities", Severity.values());
        model.addAttribute("tlps", Tlp.values());
        model.addAttribute("statuses", Incident.Status.values());
        model.addAttribute("stakeholders", city.get().stakeholders().values());
        model.addAttribute("now", clock.instant());
        return "incident";
    }

    /** Opens one from an alert, or adds the alert to one that runs. */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents")
    String open(@RequestParam String alert, @RequestParam(defaultValue = "") String incident, Principal principal) {
        Instant now = clock.instant();
        if (!incident.isEmpty()) {
            Incident there = find(incident);
            incidents.attach(there, alert, actor(principal), now);
            return back(there, "attached");
        }
        Incident opened = incidents
                .open(alert, Optional.empty(), actor(principal), now)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return back(opened, "opened");
    }

    /** For the page of an alert: which incidents it is a part of, and a way to open one. */
    @GetMapping("/incidents/of-alert/{alert}")
    String ofAlert(@PathVariable String alert, Model model) {
        List<Incident> of = incidents.ofAlert(alert);
        model.addAttribute("alertId", alert);
        model.addAttribute("of", of);
        model.addAttribute("reasons", suggestions.reasonsOfAlert(alert));
        model.addAttribute("suggestions", suggestions.ofAlert(alert));
        model.addAttribute(
                "others",
                incidents.list(true, Long.MAX_VALUE, SHOWN).stream()
                        .filter(each -> !of.contains(each))
                        .toList());
        return "incidents :: of-alert";
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/detach")
    String detach(
            @PathVariable String number,
            @RequestParam String alert,
            @RequestParam(defaultValue = "") String why,
            Principal principal) {
        Incident incident = find(number);
        incidents.detach(incident, alert, why, actor(principal), clock.instant());
        return back(incident, "detached");
    }

    /** @param from {@code alert} to go back to the page of the alert */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/suggestions")
    String decide(
            @PathVariable String number,
            @RequestParam String alert,
            @RequestParam boolean accept,
            @RequestParam(defaultValue = "") String from,
            Principal principal) {
        Incident incident = find(number);
        boolean decided = suggestions.decide(incident, alert, accept, actor(principal), clock.instant());
        if (from.equals("alert")) {
            return "redirect:"
                    + UriComponentsBuilder.fromPath("/alerts/{id}")
                            .buildAndExpand(alert)
                            .toUriString();
        }
        return back(incident, !decided ? "decided" : accept ? "attached" : "dismissed");
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/edit")
    String edit(
            @PathVariable String number,
            @RequestParam String title,
            @RequestParam String status,
            @RequestParam String severity,
            @RequestParam String tlp,
            @RequestParam String impact,
            @RequestParam String lead,
            @RequestParam String aware,
            @RequestParam(required = false) List<String> circumstances,
            @RequestParam(required = false) String seen,
            Principal principal,
            Model model,
            Locale locale) {
        Incident incident = find(number);
        IncidentForm form = new IncidentForm(
                title,
                status,
                severity,
                tlp,
                impact,
                lead,
                aware,
                IncidentForm.words(circumstances),
                seen == null ? "" : seen);
        Optional<Incident> saved;
        try {
            // The form shows minutes; a time that nobody touched keeps its seconds.
            Instant typed = time(aware);
            boolean same = typed.equals(incident.aware()
                    .atZone(city.get().zone())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toInstant());
            saved = incidents.edit(
                    incident,
                    new IncidentEdit(
                            Optional.of(title),
                            Optional.of(Incident.Status.ofWord(status)),
                            Optional.of(CaseworkRefusal.severity(severity)),
                            Optional.of(CaseworkRefusal.tlp(tlp)),
                            Optional.of(impact),
                            Optional.of(lead),
                            Optional.of(
                                    circumstances == null
                                            ? java.util.Set.of()
                                            : circumstances.stream()
                                                    .map(Circumstance::ofWord)
                                                    .collect(Collectors.toSet())),
                            same ? Optional.empty() : Optional.of(typed)),
                    Optional.ofNullable(seen),
                    actor(principal),
                    clock.instant());
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
            return page(incident, form, model);
        }
        if (saved.isPresent()) {
            return back(incident, "saved");
        }
        Incident now = find(number);
        model.addAttribute("overtaken", true);
        return page(now, form.after(now), model);
    }

    /** @param seen {@code fingerprint} of the judgement that was read */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/judgement")
    String judge(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String verdict,
            @RequestParam(defaultValue = "") String entryPath,
            @RequestParam(required = false) String seen,
            Principal principal,
            Model model,
            Locale locale) {
        Incident incident = find(number);
        try {
            if (casework.judge(
                    incident,
                    Verdict.ofWord(verdict),
                    entryPath,
                    Optional.ofNullable(seen),
                    actor(principal),
                    clock.instant())) {
                return back(incident, "saved");
            }
            model.addAttribute("overtaken", true);
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
        }
        model.addAttribute("typedVerdict", verdict);
        model.addAttribute("typedPath", entryPath);
        return page(find(number), model);
    }

    private String refused(Incident incident, Refused e, Model model, Locale locale) {
        model.addAttribute("refused", e.in(locale));
        return page(incident, model);
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/timeline")
    String note(
            @PathVariable String number,
            @RequestParam String type,
            @RequestParam String text,
            @RequestParam String occurred,
            @RequestParam(defaultValue = "false") boolean inReport,
            @RequestParam(required = false) String visible,
            @RequestParam(required = false) Long supersedes,
            Principal principal,
            Model model,
            Locale locale) {
        Incident incident = find(number);
        boolean added;
        try {
            String kept = IncidentText.clean(text);
            if (kept.isEmpty() || kept.length() > IncidentEdit.IMPACT) {
                throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_TEXT, IncidentEdit.IMPACT);
            }
            TimelineEntry.Type which = TimelineEntry.Type.ofWord(type);
            if (!which.isManual()) {
                throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_AUTOMATIC, type);
            }
            Instant now = clock.instant();
            List<String> to = visible == null || visible.isBlank()
                    ? List.of()
                    : Arrays.stream(visible.split(","))
                            .filter(city.get().stakeholders()::containsKey)
                            .toList();
            added = incidents.note(
                    incident,
                    new TimelineEntry(
                            0,
                            time(occurred),
                            now,
                            city.get().zone().getId(),
                            which,
                            false,
                            actor(principal),
                            kept,
                            kept,
                            inReport,
                            incident.tlp(),
                            true,
                            to,
                            Optional.empty(),
                            Optional.ofNullable(supersedes)),
                    actor(principal),
                    now);
        } catch (Refused e) {
            return refused(incident, e, model, locale);
        }
        return back(incident, added ? "noted" : "overtaken");
    }

    /** Whether reports show an entry: written as a correction, because entries never change. */
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/timeline/{entry}/in-report")
    String inReport(
            @PathVariable String number,
            @PathVariable long entry,
            @RequestParam boolean value,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String back,
            Principal principal) {
        Incident incident = find(number);
        TimelineEntry before = timeline.find(incident.id(), entry)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Instant now = clock.instant();
        boolean added = incidents.note(
                incident,
                new TimelineEntry(
                        0,
                        before.occurred(),
                        now,
                        before.zone(),
                        before.type(),
                        before.automatic(),
                        actor(principal),
                        before.textJa(),
                        before.textEn(),
                        value,
                        before.tlp(),
                        before.follows(),
                        before.visibleTo(),
                        Optional.empty(),
                        Optional.of(before.id())),
                actor(principal),
                now);
        if (from.equals("timeline")) {
            return "redirect:" + TimelinePages.address(incident, back);
        }
        return back(incident, added ? "noted" : "overtaken");
    }

    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/incidents/{number}/reports")
    String draft(
            @PathVariable String number,
            @RequestParam String form,
            @RequestParam String stage,
            @RequestParam(defaultValue = "") String recipient,
            @RequestParam(defaultValue = "") String office,
            Principal principal,
            Model model,
            Locale locale) {
        Incident incident = find(number);
        try {
            Report report = reports.draft(
                    incident,
                    form,
                    ReportFields.stage(stage),
                    office.isBlank() ? recipient : office,
                    actor(principal),
                    clock.instant());
            return "redirect:/reports/" + report.id();
        } catch (Refused e) {
            return refused(incident, e, model, locale);
        }
    }

    private Instant time(String text) {
        try {
            return LocalDateTime.parse(text).atZone(city.get().zone()).toInstant();
        } catch (DateTimeException e) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.NO_TIME, text);
        }
    }

    static String actor(Principal principal) {
        return "account:" + principal.getName();
    }

    static String back(Incident incident, String done) {
        return "redirect:"
                + UriComponentsBuilder.fromPath("/incidents/{number}")
                        .queryParam("done", done)
                        .buildAndExpand(incident.number())
                        .toUriString();
    }

    private Incident find(String number) {
        return incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
    }
}
