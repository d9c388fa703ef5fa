package jp.hinomi.alerting.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Locale;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.export.Exports;
import jp.hinomi.alerting.incident.export.Format;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** An incident as a file to keep or to give on; {@code to} and {@code tlp} say whom it is for. */
@Controller
@Needs(Permission.SEE_INCIDENTS)
public class ExportPages {
    private final Incidents incidents;
    private final Exports exports;
    private final Texts texts;
    private final InstantSource clock;

    public ExportPages(Incidents incidents, Exports exports, Texts texts, InstantSource clock) {
        this.incidents = incidents;
        this.exports = exports;
        this.texts = texts;
        this.clock = clock;
    }

    @Operation(summary = "The timeline of an incident as CSV", tags = "Incidents")
    @ApiResponse(responseCode = "200", description = "The file.", content = @Content(mediaType = "text/csv"))
    @GetMapping({"/incidents/{number}/timeline.csv", "/api/v1/incidents/{number}/timeline.csv"})
    ResponseEntity<byte[]> csv(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String tlp,
            Principal principal,
            Locale locale) {
        return file(Format.CSV, number, to, tlp, principal, locale);
    }

    @Operation(summary = "An incident as a bundle of STIX 2.1", tags = "Incidents")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = @Content(mediaType = "application/stix+json"))
    @GetMapping({"/incidents/{number}/stix.json", "/api/v1/incidents/{number}/stix.json"})
    ResponseEntity<byte[]> stix(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String tlp,
            Principal principal,
            Locale locale) {
        return file(Format.STIX, number, to, tlp, principal, locale);
    }

    @Operation(summary = "An incident whole, as JSON", tags = "Incidents")
    @ApiResponse(responseCode = "200", description = "The file.", content = @Content(mediaType = "application/json"))
    @GetMapping({"/incidents/{number}/incident.json", "/api/v1/incidents/{number}/incident.json"})
    ResponseEntity<byte[]> json(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String tlp,
            Principal principal,
            Locale locale) {
        return file(Format.JSON, number, to, tlp, principal, locale);
    }

    @Operation(summary = "An incident whole, as PDF", tags = "Incidents")
    @ApiResponse(responseCode = "200", description = "The file.", content = @Content(mediaType = "application/pdf"))
    @GetMapping({"/incidents/{number}/incident.pdf", "/api/v1/incidents/{number}/incident.pdf"})
    ResponseEntity<byte[]> pdf(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String tlp,
            Principal principal,
            Locale locale) {
        return file(Format.PDF, number, to, tlp, principal, locale);
    }

    private ResponseEntity<byte[]> file(
            Format format, String number, String to, String tlp, Principal principal, Locale locale) {
        Incident incident =
                incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
        try {
            incidents.refresh(incident, clock.instant());
            Exports.Export export = exports.write(
                    incident, format, to, tlp, locale.getLanguage(), IncidentPages.actor(principal), clock.instant());
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_TYPE, format.type())
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"" + format.file(incident.number(), export.suffix()) + "\"")
                    .cacheControl(CacheControl.noStore())
                    .body(export.bytes());
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }
}
