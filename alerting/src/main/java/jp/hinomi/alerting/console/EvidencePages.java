package jp.hinomi.alerting.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.incident.evidence.Spool;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.EvidenceAnswer;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Files of an incident, for people and programs. A file comes in as the body of the request, its name and the rest in the address:
 * no form has to be read before it is known who sends it.
 */
@Controller
@Needs(Permission.SEE_INCIDENTS)
public class EvidencePages {
    private final Incidents incidents;
    private final EvidenceFiles files;
    private final Texts texts;
    private final InstantSource clock;

    public EvidencePages(Incidents incidents, EvidenceFiles files, Texts texts, InstantSource clock) {
        this.incidents = incidents;
        this.files = files;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param to ids of stakeholders that may have it; none = the promoter's own people */
    @Operation(summary = "Add an evidence file: its bytes are the body", tags = "Incidents")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping({"/incidents/{number}/files", "/api/v1/incidents/{number}/files"})
    @ResponseBody
    ResponseEntity<Map<String, Object>> add(
            @PathVariable String number,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String tlp,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(required = false) List<String> to,
            HttpServletRequest request,
            Principal principal,
            Locale locale)
            throws IOException {
        Incident incident = find(number);
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/")) {
            return refused(
                    request,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    new CaseworkRefusal(CaseworkRefusal.Why.FILE_TYPE),
                    locale);
        }
        Refused large = new CaseworkRefusal(CaseworkRefusal.Why.FILE_LARGE, files.limit() >> 20);
        if (request.getContentLengthLong() > files.limit()) {
            return refused(request, HttpStatus.CONTENT_TOO_LARGE, large, locale);
        }
        try {
            EvidenceFile file = files.add(
                    incident,
                    new EvidenceFiles.About(
                            name,
                            tlp.isBlank() ? incident.tlp() : CaseworkRefusal.tlp(tlp),
                            to == null
                                    ? List.of()
                                    : to.stream().filter(id -> !id.isBlank()).toList(),
                            note),
                    request.getInputStream(),
                    IncidentPages.actor(principal),
                    clock.instant());
            return ResponseEntity.ok(json(file));
        } catch (Spool.TooLargeException e) {
            return refused(request, HttpStatus.CONTENT_TOO_LARGE, large, locale);
        } catch (Refused e) {
            return refused(request, HttpStatus.BAD_REQUEST, e, locale);
        }
    }

    /** @throws ResponseStatusException for programs, who get problem details like everywhere in the API */
    private static ResponseEntity<Map<String, Object>> refused(
            HttpServletRequest request, HttpStatus status, Refused why, Locale locale) {
        if (request.getRequestURI().startsWith("/api/")) {
            throw Refusal.of(status, why);
        }
        return ResponseEntity.status(status).body(Map.of("message", why.in(locale)));
    }

    @Operation(summary = "An evidence file as it was added; the look is audited", tags = "Incidents")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = @Content(mediaType = "application/octet-stream"))
    @GetMapping({"/incidents/{number}/files/{id:[0-9]+}", "/api/v1/incidents/{number}/files/{id:[0-9]+}"})
    ResponseEntity<Resource> read(@PathVariable String number, @PathVariable long id, Principal principal)
            throws IOException {
        Incident incident = find(number);
        EvidenceFile file = find(incident, id);
        try {
            return EvidenceAnswer.of(file, files.read(incident, file, IncidentPages.actor(principal), clock.instant()));
        } catch (EvidenceFiles.DamagedException e) {
            throw Refusal.of(HttpStatus.CONFLICT, e);
        }
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/files/{id:[0-9]+}/give")
    String give(
            @PathVariable String number,
            @PathVariable long id,
            @RequestParam String tlp,
            @RequestParam(required = false) List<String> to,
            Principal principal,
            RedirectAttributes says,
            Locale locale) {
        Incident incident = find(number);
        return attempt(
                incident,
                says,
                locale,
                () -> give(incident, id, tlp, to == null ? List.of() : to, principal),
                "#files");
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/files/{id:[0-9]+}/withdraw")
    String withdraw(
            @PathVariable String number,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            Principal principal,
            RedirectAttributes says,
            Locale locale) {
        Incident incident = find(number);
        return attempt(
                incident,
                says,
                locale,
                () -> files.withdraw(
                        incident, find(incident, id), reason, IncidentPages.actor(principal), clock.instant()),
                "#files");
    }

    /** Absent parts stay as they are. */
    public record EvidenceChange(String tlp, List<String> to) {}

    @Operation(summary = "Say who may have an evidence file; absent parts stay as they are", tags = "Incidents")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/api/v1/incidents/{number}/files/{id:[0-9]+}")
    @ResponseBody
    Map<String, Object> change(
            @PathVariable String number,
            @PathVariable long id,
            @RequestBody EvidenceChange change,
            Principal principal) {
        Incident incident = find(number);
        EvidenceFile file = find(incident, id);
        boolean given = give(
                incident,
                id,
                change.tlp() == null ? file.tlp().word() : change.tlp(),
                change.to() == null ? file.givenTo() : change.to(),
                principal);
        if (!given) {
            throw refusal(HttpStatus.CONFLICT, CaseworkRefusal.Why.FILE_WITHDRAWN);
        }
        return json(find(incident, id));
    }

    public record EvidenceWithdrawal(String reason) {}

    @Operation(summary = "Withdraw an evidence file", tags = "Incidents")
    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/api/v1/incidents/{number}/files/{id:[0-9]+}/withdrawal")
    @ResponseBody
    Map<String, Object> withdraw(
            @PathVariable String number,
            @PathVariable long id,
            @RequestBody EvidenceWithdrawal why,
            Principal principal) {
        Incident incident = find(number);
        Instant now = clock.instant();
        boolean withdrawn = files.withdraw(
                incident,
                find(incident, id),
                String.valueOf(why.reason() == null ? "" : why.reason()),
                IncidentPages.actor(principal),
                now);
        if (!withdrawn) {
            throw refusal(HttpStatus.CONFLICT, CaseworkRefusal.Why.FILE_WITHDRAWN);
        }
        return json(find(incident, id));
    }

    private boolean give(Incident incident, long id, String tlp, List<String> to, Principal principal) {
        return files.give(
                incident,
                find(incident, id),
                CaseworkRefusal.tlp(tlp),
                to,
                IncidentPages.actor(principal),
                clock.instant());
    }

    private interface Attempt {
        boolean go();
    }

    private String attempt(Incident incident, RedirectAttributes says, Locale locale, Attempt attempt, String place) {
        try {
            return IncidentPages.back(incident, attempt.go() ? "saved" : "overtaken") + place;
        } catch (Refused e) {
            says.addFlashAttribute("refused", e.in(locale));
            return "redirect:/incidents/" + incident.number();
        }
    }

    private static Map<String, Object> json(EvidenceFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", file.id());
        json.put("name", file.name());
        json.put("size", file.size());
        json.put("sha256", file.sha256());
        json.put("tlp", file.tlp().word());
        json.put("given_to", file.givenTo());
        json.put("note", file.note());
        json.put("added_by", file.addedBy());
        json.put("added", file.addedAt().toString());
        json.put(
                "withdrawn", file.withdrawal().map(gone -> gone.at().toString()).orElse(null));
        json.put(
                "withdrawn_by",
                file.withdrawal().map(EvidenceFile.Withdrawal::by).orElse(null));
        json.put(
                "reason", file.withdrawal().map(EvidenceFile.Withdrawal::reason).orElse(null));
        return json;
    }

    /** Its words come in the caller's language. */
    private static ResponseStatusException refusal(HttpStatus status, CaseworkRefusal.Why why, Object... details) {
        return Refusal.of(status, new CaseworkRefusal(why, details));
    }

    private Incident find(String number) {
        return incidents
                .find(number)
                .orElseThrow(() -> refusal(HttpStatus.NOT_FOUND, CaseworkRefusal.Why.NO_INCIDENT, number));
    }

    private EvidenceFile find(Incident incident, long id) {
        return files.find(incident, id)
                .orElseThrow(() -> refusal(HttpStatus.NOT_FOUND, CaseworkRefusal.Why.NO_FILE, id));
    }
}
