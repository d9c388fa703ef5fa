package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
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
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.report.ReportFields;
import jp.hinomi.alerting.report.ReportReason;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.alerting.report.send.ReportSender;
import jp.hinomi.alerting.report.send.Sending;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.Refusal;
import org.springdoc.core.annotations.ParameterObject;
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
@Tag(name = "Reports")
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_REPORTS)
public class ReportApi {
    private final Incidents incidents;
    private final Reports reports;
    private final ReportFiles files;
    private final ReportSender sender;
    private final EvidenceLooks looks;
    private final CityInForce city;
    private final InstantSource clock;

    public ReportApi(
            Incidents incidents,
            Reports reports,
            ReportFiles files,
            ReportSender sender,
            EvidenceLooks looks,
            CityInForce city,
            InstantSource clock) {
        this.incidents = incidents;
        this.reports = reports;
        this.files = files;
        this.sender = sender;
        this.looks = looks;
        this.city = city;
        this.clock = clock;
    }

    @Operation(summary = "Forms of reports")
    @GetMapping("/report-forms")
    Page<ReportAnswers.ReportFormState> forms(@ParameterObject Paging paging) {
        return Page.cut(List.copyOf(city.get().reportForms().values()), paging, ReportAnswers.ReportFormState::of);
    }

    @Operation(summary = "Reports of an incident, the newest first")
    @GetMapping("/incidents/{number}/reports")
    Page<ReportAnswers.ReportSummary> of(@PathVariable String number, @ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                reports.newest(incident(number), paging.below(), size + 1),
                size,
                Report::id,
                ReportAnswers.ReportSummary::of);
    }

    private ReportAnswers.ReportWhole whole(Report report) {
        return new ReportAnswers.ReportWhole(
                ReportAnswers.ReportSummary.of(report),
                report.fields(),
                reports.document(report).changed().stream()
                        .map(ReportDocument.Field::id)
                        .toList());
    }

    /** @param recipient id of a stakeholder or a name; absent = whom the form names */
    public record Drafting(String form, String stage, String recipient) {}

    @Operation(summary = "Draft a report")
    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/incidents/{number}/reports")
    ReportAnswers.ReportWhole draft(@PathVariable String number, @RequestBody Drafting drafting, Principal principal) {
        Incident incident = incident(number);
        if (drafting.form() == null) {
            throw Refusal.bad(ReportReason.FORM_MISSING);
        }
        return whole(reports.draft(
                incident,
                drafting.form(),
                ReportFields.stage(drafting.stage() == null ? "initial" : drafting.stage()),
                drafting.recipient() == null ? "" : drafting.recipient(),
                IncidentApi.actor(principal),
                clock.instant()));
    }

    @Operation(summary = "A report with its fields")
    @GetMapping("/reports/{id:[0-9]+}")
    ReportAnswers.ReportWhole one(@PathVariable long id, Principal principal) {
        Report report = report(id);
        looks.seen(IncidentApi.actor(principal), "report:" + id, "api");
        return whole(report);
    }

    @Operation(summary = "A report as a file")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = {
                @Content(mediaType = "text/html"),
                @Content(mediaType = "application/pdf"),
                @Content(mediaType = "text/csv"),
                @Content(mediaType = "application/json")
            })
    @GetMapping("/reports/{id:[0-9]+}.{format:html|pdf|csv|json}")
    ResponseEntity<byte[]> file(
            @PathVariable long id,
            @PathVariable String format,
            @RequestParam(required = false) String lang,
            Principal principal) {
        Report report = report(id);
        looks.seen(IncidentApi.actor(principal), "report:" + id, format);
        try {
            return files.answer(report, format, Optional.ofNullable(lang))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    /** @param revision that was read; another one now means that somebody else has written */
    public record ReportEdit(int revision, Map<String, String> fields, String stage) {}

    @Operation(summary = "Change a draft")
    @Needs(Permission.WRITE_REPORTS)
    @PutMapping("/reports/{id:[0-9]+}")
    ReportAnswers.ReportWhole edit(@PathVariable long id, @RequestBody ReportEdit edit, Principal principal) {
        Report report = report(id);
        return done(reports.edit(
                report,
                edit.revision(),
                edit.fields() == null ? Map.of() : edit.fields(),
                edit.stage() == null ? report.stage() : ReportFields.stage(edit.stage()),
                IncidentApi.actor(principal),
                clock.instant()));
    }

    public record Revision(int revision) {}

    @Operation(summary = "Submit a draft: it is frozen")
    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/submit")
    ReportAnswers.ReportWhole submit(@PathVariable long id, @RequestBody Revision revision, Principal principal) {
        return done(reports.submit(report(id), revision.revision(), IncidentApi.actor(principal), clock.instant()));
    }

    @Operation(summary = "Fill a draft in anew, of what its recipient may see now; what somebody wrote stays")
    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/refill")
    ReportAnswers.ReportWhole refill(@PathVariable long id, @RequestBody Revision revision, Principal principal) {
        return done(reports.refill(report(id), revision.revision(), IncidentApi.actor(principal), clock.instant()));
    }

    private ReportAnswers.ReportWhole done(Reports.Outcome outcome) {
        if (outcome instanceof Reports.Outcome.Restricted restricted) {
            throw Refusal.of(HttpStatus.CONFLICT, restricted.why());
        }
        if (outcome instanceof Reports.Outcome.Done done) {
            return whole(done.report());
        }
        throw outcome instanceof Reports.Outcome.Overtaken overtaken
                ? Refusal.conflict(ReportReason.OVERTAKEN, overtaken.now().revision())
                : Refusal.conflict(ReportReason.FROZEN);
    }

    @Operation(summary = "Draft the correction of a report that was submitted")
    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/correct")
    ReportAnswers.ReportWhole correct(@PathVariable long id, Principal principal) {
        try {
            return whole(reports.correct(report(id), IncidentApi.actor(principal), clock.instant()));
        } catch (Refused e) {
            throw Refusal.of(HttpStatus.CONFLICT, e);
        }
    }

    public record Reason(String reason) {}

    @Operation(summary = "Withdraw a report that was submitted")
    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/withdraw")
    ReportAnswers.ReportWhole withdraw(@PathVariable long id, @RequestBody Reason reason, Principal principal) {
        boolean done = reports.withdraw(
                report(id),
                reason.reason() == null ? "" : reason.reason(),
                IncidentApi.actor(principal),
                clock.instant());
        if (!done) {
            throw Refusal.conflict(ReportReason.NOT_SUBMITTED);
        }
        return whole(report(id));
    }

    @Operation(
            summary = "Where a finished report can go, and what was sent of it",
            description = "`refused` says what would be shown to whom, and why not.")
    @GetMapping("/reports/{id:[0-9]+}/sendings")
    ReportAnswers.ReportWays sendings(@PathVariable long id, Locale locale) {
        Report report = report(id);
        Optional<String> withheld = sender.withheld(report).map(refusal -> refusal.in(locale));
        return new ReportAnswers.ReportWays(
                sender.ways(report).stream()
                        .map(way -> ReportAnswers.ReportWay.of(
                                way, withheld.or(() -> way.refused().map(refusal -> refusal.in(locale)))))
                        .toList(),
                sent(sender.sendings().of(id)));
    }

    private static List<ReportAnswers.ReportSent> sent(List<Sending> all) {
        return all.stream().map(ReportAnswers.ReportSent::of).toList();
    }

    /** @param address absent if the contact has one channel of that type */
    public record SendTo(String contact, String channel, String address) {}

    /**
     * @param to to which contacts, over which of their channels
     * @param again whether it goes once more to where it arrived before
     */
    public record SendReport(
            List<SendTo> to,

            @Schema(description = "Whether it goes once more to where it arrived before.")
            Boolean again) {}

    @Operation(summary = "Send a finished report: by mail with PDF and CSV, else a link to their own pages")
    @Needs(Permission.SUBMIT_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/send")
    List<ReportAnswers.ReportSent> send(@PathVariable long id, @RequestBody SendReport wish, Principal principal) {
        List<ReportSender.Choice> choices = (wish.to() == null ? List.<SendTo>of() : wish.to())
                .stream()
                        .map(to -> new ReportSender.Choice(
                                String.valueOf(to.contact()),
                                to.channel() == null ? "email" : to.channel(),
                                Optional.ofNullable(to.address())))
                        .toList();
        Report report = report(id);
        try {
            return sent(sender.send(
                    report, choices, Boolean.TRUE.equals(wish.again()), IncidentApi.actor(principal), clock.instant()));
        } catch (CaseworkRefusal e) {
            throw Refusal.of(HttpStatus.CONFLICT, e);
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    @Operation(summary = "Discard a draft")
    @Needs(Permission.WRITE_REPORTS)
    @PostMapping("/reports/{id:[0-9]+}/discard")
    ReportAnswers.ReportWhole discard(@PathVariable long id, Principal principal) {
        if (!reports.discard(report(id), IncidentApi.actor(principal), clock.instant())) {
            throw Refusal.conflict(ReportReason.NOT_A_DRAFT);
        }
        return whole(report(id));
    }

    private Incident incident(String number) {
        return incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
    }

    private Report report(long id) {
        return reports.find(id).orElseThrow(() -> Refusal.unknown(ReportReason.NO_REPORT, id));
    }
}
