package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportFields;
import jp.hinomi.alerting.report.ReportReason;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.alerting.report.out.ReportView;
import jp.hinomi.alerting.report.send.ReportSender;
import jp.hinomi.alerting.report.send.Sending;
import jp.hinomi.alerting.report.send.Way;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A report: written while it is a draft, read once it is submitted. */
@Controller
@Needs(Permission.SEE_REPORTS)
public class ReportPages {
    private static final String FIELD = "field.";

    private final Incidents incidents;
    private final Reports reports;
    private final ReportFiles files;
    private final ReportSender sender;
    private final EvidenceLooks looks;
    private final Texts texts;
    private final CityInForce city;
    private final InstantSource clock;

    public ReportPages(
            Incidents incidents,
            Reports reports,
            ReportFiles files,
            ReportSender sender,
            EvidenceLooks looks,
            Texts texts,
            CityInForce city,
            InstantSource clock) {
        this.incidents = incidents;
        this.reports = reports;
        this.files = files;
        this.sender = sender;
        this.looks = looks;
        this.texts = texts;
        this.city = city;
        this.clock = clock;
    }

    @GetMapping("/reports/{id:[0-9]+}")
    String one(@PathVariable long id, Principal principal, Model model, Locale locale) {
        Report report = find(id);
        looks.seen(IncidentPages.actor(principal), "report:" + id, "page");
        return page(report, report.fields(), model, locale);
    }

    /** @param shown what stands in the fields: of a draft that could not be saved what was typed, so that nothing is lost */
    private String page(Report report, Map<String, String> shown, Model model, Locale locale) {
        Incident incident = incidents.byId(report.incident()).orElseThrow();
        ReportView view = ReportView.of(
                reports.document(report),
                report,
                locale.getLanguage(),
                city.get().zone(),
                texts);
        model.addAttribute("report", report);
        model.addAttribute("incident", incident);
        model.addAttribute("view", view);
        model.addAttribute("document", view.document());
        model.addAttribute("values", shown);
        model.addAttribute("revision", report.revision());
        List<Sending> sent = sender.sendings().of(report.id());
        model.addAttribute("sent", sent);
        if (report.state() == Report.State.SUBMITTED) {
            model.addAttribute("ways", ways(report, sent, locale));
            sender.withheld(report).ifPresent(refusal -> model.addAttribute("withheld", refusal.in(locale)));
        }
        return report.isDraft() ? "report-draft" : "report-page";
    }

    /**
     * A channel on the page.
     *
     * @param arrived whether it arrived there before
     * @param refused why it may not go there; empty if it may
     */
    public record Offered(Way way, boolean arrived, boolean underWay, String refused) {}

    private List<Offered> ways(Report report, List<Sending> sent, Locale locale) {
        return sender.ways(report).stream()
                .map(way -> new Offered(
                        way,
                        is(sent, way, "sent"),
                        is(sent, way, "pending"),
                        way.refused().map(refusal -> refusal.in(locale)).orElse("")))
                .toList();
    }

    private static boolean is(List<Sending> sent, Way way, String state) {
        return sent.stream()
                .anyMatch(each -> each.state().equals(state)
                        && way.key().equals(each.contact() + " " + each.channel() + " " + each.address()));
    }

    /** @param way each as {@link Way#key}; whoever chooses one where it arrived before means it */
    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/send")
    String send(
            @PathVariable long id,
            @RequestParam(required = false) List<String> way,
            Principal principal,
            Model model,
            Locale locale) {
        Report report = find(id);
        List<ReportSender.Choice> choices = (way == null ? List.<String>of() : way)
                .stream()
                        .map(key -> key.split(" ", 3))
                        .map(key -> new ReportSender.Choice(
                                key[0], key.length > 1 ? key[1] : "", Optional.of(key.length > 2 ? key[2] : "")))
                        .toList();
        try {
            sender.send(report, choices, true, IncidentPages.actor(principal), clock.instant());
            return "redirect:/reports/" + id + "?done=sent";
        } catch (CaseworkRefusal e) {
            model.addAttribute("refused", e.in(locale));
            return page(report, report.fields(), model, locale);
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    @GetMapping("/reports/{id:[0-9]+}.{format:html|pdf|csv|json}")
    ResponseEntity<byte[]> file(
            @PathVariable long id,
            @PathVariable String format,
            @RequestParam(required = false) String lang,
            Principal principal) {
        Report report = find(id);
        looks.seen(IncidentPages.actor(principal), "report:" + id, format);
        try {
            return files.answer(report, format, Optional.ofNullable(lang))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}")
    String save(
            @PathVariable long id,
            @RequestParam int revision,
            @RequestParam String stage,
            @RequestParam String action,
            @RequestParam Map<String, String> parameters,
            Principal principal,
            Model model,
            Locale locale) {
        if ("submit".equals(action)) {
            Members.require(Permission.SUBMIT_REPORTS);
        }
        Report report = find(id);
        Map<String, String> written = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(FIELD)) {
                written.put(name.substring(FIELD.length()), value);
            }
        });
        String actor = IncidentPages.actor(principal);
        try {
            Reports.Outcome saved =
                    reports.edit(report, revision, written, ReportFields.stage(stage), actor, clock.instant());
            if (saved instanceof Reports.Outcome.Done done && "submit".equals(action)) {
                saved = reports.submit(done.report(), done.report().revision(), actor, clock.instant());
            }
            if (saved instanceof Reports.Outcome.Done) {
                return "redirect:/reports/" + id + "?done=" + ("submit".equals(action) ? "submitted" : "saved");
            }
            if (saved instanceof Reports.Outcome.Overtaken overtaken) {
                model.addAttribute("overtaken", true);
                return page(overtaken.now(), merged(overtaken.now(), written), model, locale);
            }
            if (saved instanceof Reports.Outcome.Restricted restricted) {
                model.addAttribute("restricted", restricted.why().in(locale));
                return page(restricted.now(), restricted.now().fields(), model, locale);
            }
            return "redirect:/reports/" + id + "?done=frozen";
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
            return page(report, merged(report, written), model, locale);
        }
    }

    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/refill")
    String refill(@PathVariable long id, @RequestParam int revision, Principal principal, Model model, Locale locale) {
        Reports.Outcome filled = reports.refill(find(id), revision, IncidentPages.actor(principal), clock.instant());
        if (filled instanceof Reports.Outcome.Overtaken overtaken) {
            model.addAttribute("overtaken", true);
            return page(overtaken.now(), overtaken.now().fields(), model, locale);
        }
        return "redirect:/reports/" + id + "?done=" + (filled instanceof Reports.Outcome.Done ? "refilled" : "frozen");
    }

    private static Map<String, String> merged(Report report, Map<String, String> written) {
        Map<String, String> values = new LinkedHashMap<>(report.fields());
        written.forEach((id, text) -> values.computeIfPresent(id, (key, old) -> text));
        return values;
    }

    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/discard")
    String discard(@PathVariable long id, Principal principal) {
        Report report = find(id);
        reports.discard(report, IncidentPages.actor(principal), clock.instant());
        return "redirect:/incidents/"
                + incidents.byId(report.incident()).orElseThrow().number();
    }

    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/withdraw")
    String withdraw(@PathVariable long id, @RequestParam String reason, Principal principal) {
        try {
            boolean done = reports.withdraw(find(id), reason, IncidentPages.actor(principal), clock.instant());
            return "redirect:/reports/" + id + "?done=" + (done ? "withdrawn" : "frozen");
        } catch (Refused e) {
            return "redirect:/reports/" + id + "?done=reason";
        }
    }

    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/correct")
    String correct(@PathVariable long id, Principal principal) {
        try {
            Report next = reports.correct(find(id), IncidentPages.actor(principal), clock.instant());
            return "redirect:/reports/" + next.id();
        } catch (Refused e) {
            return "redirect:/reports/" + id + "?done=frozen";
        }
    }

    private Report find(long id) {
        return reports.find(id).orElseThrow(() -> Refusal.unknown(ReportReason.NO_REPORT, id));
    }
}
