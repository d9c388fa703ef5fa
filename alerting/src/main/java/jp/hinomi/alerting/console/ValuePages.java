package jp.hinomi.alerting.console;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.proposal.Choice;
import jp.hinomi.alerting.proposal.PastAlert;
import jp.hinomi.alerting.proposal.PastAlerts;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One value of an alert: what can be done with it, and all of it, however long. */
@Controller
@Needs(Permission.SEE_ALERTS)
public class ValuePages {
    /** Of a value, that much is shown; all of it can be taken as a file. */
    static final int SHOWN = 1 << 20;

    /** Of a field with more values, exceptions for the others are made on the page of the exception. */
    private static final int MOST_CHOICES = 8;

    private final DetailQueries details;
    private final PastAlerts past;
    private final EvidenceLooks looks;

    public ValuePages(DetailQueries details, PastAlerts past, EvidenceLooks looks) {
        this.details = details;
        this.past = past;
        this.looks = looks;
    }

    /** @param at when the event was, or the alert's last */
    public record Found(String value, Instant at) {}

    /** @param event of whose fields it is one; empty: of the alert's own */
    private Found find(String alert, String event, String field) {
        Optional<Found> found = event.isEmpty() ? details.groupValue(alert, field) : details.value(alert, event, field);
        return found.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @GetMapping("/alerts/{id}/value")
    String value(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String event,
            @RequestParam String field,
            @RequestHeader(value = "HX-Request", required = false) String part,
            Principal principal,
            Model model) {
        Found found = find(id, event, field);
        looks.value("account:" + principal.getName(), "alert:" + id, "value", event, field);
        model.addAttribute("id", id);
        model.addAttribute("event", event);
        model.addAttribute("field", field);
        model.addAttribute("found", found);
        model.addAttribute("shown", SHOWN);
        model.addAttribute("known", details.isIndicator(id, found.value()));
        exceptions(id, event, field, found.value(), model);
        return part == null ? "value" : "value :: menu";
    }

    /** Exceptions are made for values of events: of a value that the alert is grouped by, the newest event that has it. */
    private void exceptions(String id, String event, String field, String value, Model model) {
        Map<String, PastAlert.Evidence> evidence = past.evidence(id);
        String from = "";
        List<Choice> choices = List.of();
        for (Map.Entry<String, PastAlert.Evidence> each : evidence.entrySet()) {
            List<Choice> has = Choice.of(each.getValue().event()).stream()
                    .filter(choice -> choice.field().equals(field))
                    .filter(choice -> !event.isEmpty() || choice.value().equals(value))
                    .toList();
            if (!has.isEmpty() && (event.isEmpty() || each.getKey().equals(event))) {
                from = each.getKey();
                choices = has;
            }
        }
        model.addAttribute("exceptEvent", from);
        model.addAttribute("choices", choices.subList(0, Math.min(MOST_CHOICES, choices.size())));
    }

    /** As it came, for other tools; a browser keeps it as a file and does not show it. */
    @GetMapping("/alerts/{id}/value.txt")
    ResponseEntity<byte[]> raw(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String event,
            @RequestParam String field,
            Principal principal) {
        Found found = find(id, event, field);
        looks.value("account:" + principal.getName(), "alert:" + id, "file", event, field);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("value.txt")
                                .build()
                                .toString())
                .body(found.value().getBytes(StandardCharsets.UTF_8));
    }
}
