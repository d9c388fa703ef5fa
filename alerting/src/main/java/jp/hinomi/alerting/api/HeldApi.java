package jp.hinomi.alerting.api;

import java.security.Principal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.suppress.HeldBack;
import jp.hinomi.alerting.suppress.SilencePreview;
import jp.hinomi.city.Matchers;
import jp.hinomi.events.Severity;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What waits, for programs; and what a silence would have held. */
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_MESSAGES)
public class HeldApi {
    private final HeldBack held;
    private final SilencePreview preview;
    private final InstantSource clock;

    public HeldApi(HeldBack held, SilencePreview preview, InstantSource clock) {
        this.held = held;
        this.preview = preview;
        this.clock = clock;
    }

    @GetMapping("/held/digests")
    List<Map<String, Object>> waiting() {
        return held.waiting().stream()
                .map(row -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("id", row.digest());
                    json.put("stakeholder", row.stakeholder());
                    json.put("contact", row.contact());
                    json.put("channel", row.channel());
                    json.put("address", row.address());
                    json.put("kind", row.kind());
                    json.put("of", row.what());
                    json.put("held", row.held());
                    json.put("worst", row.worst().map(Severity::word).orElse(null));
                    json.put("due", row.due().toString());
                    return json;
                })
                .toList();
    }

    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/held/digests/{id}/send")
    Map<String, Object> send(@PathVariable long id, Principal principal) {
        if (!held.sendNow(id, principal.getName(), clock.instant())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no digest of that number that still collects");
        }
        return Map.of("id", id, "sent", true);
    }

    @GetMapping("/inhibitions")
    List<Map<String, Object>> inhibitions() {
        return held.inhibitions(clock.instant()).stream()
                .map(row -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("inhibition", row.inhibition());
                    json.put("alert", row.alertId());
                    json.put("until", row.until().toString());
                    json.put("held", row.held());
                    return json;
                })
                .toList();
    }

    /** @param match as of a silence: values by label */
    public record Wish(Map<String, List<String>> match) {}

    /** What it would have held in the last day. */
    @Needs(Permission.HOLD_BACK)
    @PostMapping("/silences/preview")
    Map<String, Object> preview(@RequestBody Wish wish) {
        Matchers match;
        try {
            match = new Matchers(wish.match() == null ? Map.of() : wish.match());
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
        SilencePreview.Held would = preview.look(match, clock.instant());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hours", SilencePreview.SPAN.toHours());
        json.put("notices", would.notices());
        json.put("of", would.of());
        json.put("alerts", would.alerts());
        Map<String, Integer> bySeverity = new LinkedHashMap<>();
        would.bySeverity().forEach((severity, count) -> bySeverity.put(severity.word(), count));
        json.put("by_severity", bySeverity);
        json.put(
                "sample",
                would.samples().stream().map(SilencePreview.Sample::alertId).toList());
        json.put("cut", would.cut());
        return json;
    }
}
