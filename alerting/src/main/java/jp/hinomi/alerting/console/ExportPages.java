package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.InstantSource;
import java.util.Locale;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.export.Exports;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** An incident as a file to keep or to give on. */
@Controller
@Needs(Permission.SEE_INCIDENTS)
public class ExportPages {
    private final Incidents incidents;
    private final Exports exports;
    private final InstantSource clock;

    public ExportPages(Incidents incidents, Exports exports, InstantSource clock) {
        this.incidents = incidents;
        this.exports = exports;
        this.clock = clock;
    }

    @GetMapping({"/incidents/{number}/timeline.csv", "/api/v1/incidents/{number}/timeline.csv"})
    ResponseEntity<String> csv(@PathVariable String number, Principal principal, Locale locale) {
        Incident incident = find(number);
        return file(
                exports.csv(incident, locale.getLanguage(), IncidentPages.actor(principal), clock.instant()),
                "text/csv;charset=UTF-8",
                incident.number() + "-timeline.csv");
    }

    @GetMapping({"/incidents/{number}/stix.json", "/api/v1/incidents/{number}/stix.json"})
    ResponseEntity<String> stix(@PathVariable String number, Principal principal, Locale locale) {
        Incident incident = find(number);
        return file(
                exports.stix(incident, locale.getLanguage(), IncidentPages.actor(principal), clock.instant()),
                "application/stix+json;version=2.1;charset=UTF-8",
                incident.number() + "-stix.json");
    }

    private static ResponseEntity<String> file(String body, String type, String name) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(body);
    }

    private Incident find(String number) {
        return incidents.find(number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
