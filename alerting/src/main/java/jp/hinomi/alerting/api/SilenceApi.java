package jp.hinomi.alerting.api;

import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.suppress.Silences;
import jp.hinomi.city.Matchers;
import jp.hinomi.city.Silence;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Silences for programs: what is held back, by which, and how to begin and end one. */
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_MESSAGES)
public class SilenceApi {
    private final Silences silences;
    private final InstantSource clock;

    public SilenceApi(Silences silences, InstantSource clock) {
        this.silences = silences;
        this.clock = clock;
    }

    @GetMapping("/silences")
    List<Map<String, Object>> list() {
        return silences.list(clock.instant()).stream().map(SilenceApi::json).toList();
    }

    private static Map<String, Object> json(Silences.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id().<Object>map(id -> id).orElse(row.name()));
        json.put("kind", row.kind());
        json.put("match", row.match());
        json.put("owner", row.owner());
        json.put("reason", row.reason());
        json.put("from", row.from().toString());
        json.put("until", row.until().toString());
        json.put("by", row.by());
        json.put("active", row.active());
        json.put("held", row.held());
        return json;
    }

    /** How many notices are held back, by kind of reason. */
    @GetMapping("/held")
    Map<String, Long> held() {
        return silences.heldByKind();
    }

    /**
     * @param match values by label, such as {@code {"resource": ["api"]}}
     * @param from absent = now
     */
    public record Begin(
            String kind, Map<String, List<String>> match, String owner, String reason, Instant from, Instant until) {}

    @Needs(Permission.HOLD_BACK)
    @PostMapping("/silences")
    Map<String, Object> begin(@RequestBody Begin begin, Principal principal) {
        Instant now = clock.instant();
        try {
            long id = silences.begin(
                    "maintenance".equals(begin.kind()) ? Silence.Kind.MAINTENANCE : Silence.Kind.SILENCE,
                    new Matchers(begin.match() == null ? Map.of() : begin.match()),
                    String.valueOf(begin.owner()),
                    begin.reason() == null ? "" : begin.reason(),
                    begin.from() == null ? now : begin.from(),
                    begin.until() == null ? now : begin.until(),
                    principal.getName(),
                    now);
            return Map.of("id", id);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    /** Ends it now: what it holds is told, unless it was settled meanwhile. */
    @Needs(Permission.HOLD_BACK)
    @DeleteMapping("/silences/{id}")
    Map<String, Object> end(@PathVariable long id, Principal principal) {
        if (!silences.end(id, principal.getName(), clock.instant())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no silence of that id that is not over");
        }
        return Map.of("id", id, "ended", true);
    }
}
