package jp.hinomi.alerting.api;

import java.security.Principal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Reports of incidents, for programs: drafted, edited, submitted, fetched as files. */
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_REPORTS)
public class ReportApi {
    private final Incidents incidents;
    private final Reports reports;
    private final ReportFiles files;
    private final CityInForce city;
    private final InstantSource clock;

    public ReportApi(Incidents incidents, Reports reports, ReportFiles files, CityInForce city, InstantSource clock) {
        this.incidents = incidents;
        this.reports = reports;
        this.files = files;
        this.city = city;
        this.clock = clock;
    }

    @GetMapping("/report-forms")
    List<Map<String, Object>> forms() {
        return city.get().reportForms().values().stream().map(ReportApi::form).toList();
    }

    private static Map<String, Object> form(ReportForm form) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", form.id());
        json.put("version", form.version());
        json.put("name", form.name());
        json.put("recipient", form.recipient().kind().word());
        json.put(
                "applies_when",
                form.appliesWhen().stream().map(Circumstance::word).sorted().toList());
        json.put(
                "stages",
                form.stages().stream().map(stage -> stage.stage().word()).toList());
        json.put(
                "fields",
                form.fields()
                        .map(field -> Map.of("id", field.id(), "label", field.label()))
                        .toList());
        return json;
    }

    @GetMapping("/incidents/{number}/reports")
    List<Map<String, Object>> of(@PathVariable String number) {
        return reports.of(incident(number)).stream().map(ReportApi::summary).toList();
    }

    private static Map<String, Object> summary(Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", report.id());
        json.put("form", report.form().id());
        json.put("recipient", report.recipient());
        json.put("stage", report.stage().word());
        json.put("seq", report.seq().isPresent() ? report.seq().getAsInt() : null);
        json.put("state", report.state().word());
        json.put("revision", report.revision());
        json.put("corrects", report.corrects().orElse(null));
        json.put("created_by", report.createdBy());
        json.put("created", report.createdAt().toString());
        json.put("submitted_by", report.submission().map(Report.Submission::by).orElse(null));
        json.put(
                "submitted", report.submission().map(one -> one.at().toString()).orElse(null));
        json.put("sha256", report.submission().map(Report.Submission::sha256).orElse(null));
        json.put("ended", report.ending().map(one -> one.at().toString()).orElse(null));
        json.put("ended_reason", report.ending().map(Report.Ending::reason).orElse(null));
        return json;
    }

    private Map<String, Object> whole(Report report) {
        Map<String, Object> json = summary(report);
        json.put("fields", report.fields());
        json.put(
                "changed",
                reports.document(report).changed().stream()
                        .map(ReportDocument.Field::id)
                        .toList());
        return json;
    }

    /** @param recipient id of a stakeholder or a name; absent = whom the form names */
    public record Drafting(String form, String stage, String recipient) {}

    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/incidents/{number}/reports")
    Map<String, Object> draft(@PathVariable String number, @RequestBody Drafting drafting, Principal principal) {
        Incident incident = incident(number);
        if (drafting.form() == null) {
            throw IncidentApi.bad("'form' is missing: see /api/v1/report-forms");
        }
        return whole(IncidentApi.read(() -> reports.draft(
                incident,
                drafting.form(),
                Stage.ofWord(drafting.stage() == null ? "initial" : drafting.stage()),
                drafting.recipient() == null ? "" : drafting.recipient(),
                IncidentApi.actor(principal),
                clock.instant())));
    }

    @GetMapping("/reports/{id:[0-9]+}")
    Map<String, Object> one(@PathVariable long id) {
        return whole(report(id));
    }

    @GetMapping("/reports/{id:[0-9]+}.{format:html|pdf|csv|json}")
    ResponseEntity<byte[]> file(
            @PathVariable long id, @PathVariable String format, @RequestParam(required = false) String lang) {
        try {
            return files.answer(report(id), format, Optional.ofNullable(lang))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        } catch (ReportFonts.MissingFontException e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage(), e);
        }
    }

    /** @param revision that was read; another one now means that somebody else has written */
    public record Edit(int revision, Map<String, String> fields, String stage) {}

    @Needs(Permission.WRITE_REPORTS)
    @PutMapping("/reports/{id:[0-9]+}")
    Map<String, Object> edit(@PathVariable long id, @RequestBody Edit edit, Principal principal) {
        Report report = report(id);
        return done(IncidentApi.read(() -> reports.edit(
                report,
                edit.revision(),
                edit.fields() == null ? Map.of() : edit.fields(),
                edit.stage() == null ? report.stage() : Stage.ofWord(edit.stage()),
                IncidentApi.actor(principal),
                clock.instant())));
    }

    public record Revision(int revision) {}

    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/submit")
    Map<String, Object> submit(@PathVariable long id, @RequestBody Revision revision, Principal principal) {
        return done(IncidentApi.read(
                () -> reports.submit(report(id), revision.revision(), IncidentApi.actor(principal), clock.instant())));
    }

    private Map<String, Object> done(Reports.Outcome outcome) {
        if (outcome instanceof Reports.Outcome.Done done) {
            return whole(done.report());
        }
        throw new ResponseStatusException(
                HttpStatus.CONFLICT,
                outcome instanceof Reports.Outcome.Overtaken overtaken
                        ? "somebody else has changed it: read it again, it is at revision "
                                + overtaken.now().revision()
                        : "it is no draft any more: correct it with a new report");
    }

    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/correct")
    Map<String, Object> correct(@PathVariable long id, Principal principal) {
        try {
            return whole(reports.correct(report(id), IncidentApi.actor(principal), clock.instant()));
        } catch (IllegalStateException e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }

    public record Reason(String reason) {}

    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/withdraw")
    Map<String, Object> withdraw(@PathVariable long id, @RequestBody Reason reason, Principal principal) {
        boolean done = IncidentApi.read(() -> reports.withdraw(
                report(id),
                reason.reason() == null ? "" : reason.reason(),
                IncidentApi.actor(principal),
                clock.instant()));
        if (!done) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "it is no submitted report");
        }
        return whole(report(id));
    }

    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/discard")
    Map<String, Object> discard(@PathVariable long id, Principal principal) {
        if (!reports.discard(report(id), IncidentApi.actor(principal), clock.instant())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "it is no draft");
        }
        return whole(report(id));
    }

    private Incident incident(String number) {
        return incidents
                .find(number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no incident of that number"));
    }

    private Report report(long id) {
        return reports.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no report of that number"));
    }
}
