package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.suppress.SilenceReason;
import jp.hinomi.alerting.suppress.Silences;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.Matchers;
import jp.hinomi.city.Silence;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Silences for programs: what is held back, by which, and how to begin and end one. */
@Tag(name = "Held back")
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

    @Operation(summary = "Silences and maintenance windows that are not over, those of the city's files first")
    @GetMapping("/silences")
    Page<HeldAnswers.SilenceState> list(@ParameterObject Paging paging) {
        return Page.cut(silences.list(clock.instant()), paging, HeldAnswers.SilenceState::of);
    }

    /** How many notices are held back, by kind of reason. */
    @Operation(summary = "How many notices are held back, by kind of reason")
    @GetMapping("/held")
    Map<String, Long> held() {
        return silences.heldByKind();
    }

    /**
     * @param match values by label, such as {@code {"resource": ["api"]}}
     * @param from absent = now
     */
    public record SilenceBegin(
            @Schema(
                    description = "Absent = silence.",
                    allowableValues = {"silence", "maintenance"})
            String kind,

            @Schema(description = "Values by label, as {\"resource\": [\"api\"]}.")
            Map<String, List<String>> match,

            String owner,
            String reason,
            @Schema(description = "Absent = now.") Instant from,
            Instant until) {}

    @Operation(summary = "Begin a silence or a maintenance window")
    @Needs(Permission.HOLD_BACK)
    @PostMapping("/silences")
    HeldAnswers.SilenceBegun begin(@RequestBody SilenceBegin begin, Principal principal) {
        Instant now = clock.instant();
        long id = silences.begin(
                "maintenance".equals(begin.kind()) ? Silence.Kind.MAINTENANCE : Silence.Kind.SILENCE,
                matchers(begin.match()),
                String.valueOf(begin.owner()),
                begin.reason() == null ? "" : begin.reason(),
                begin.from() == null ? now : begin.from(),
                begin.until() == null ? now : begin.until(),
                principal.getName(),
                now);
        return new HeldAnswers.SilenceBegun(id);
    }

    static Matchers matchers(Map<String, List<String>> match) {
        if (match == null || match.isEmpty() || match.values().stream().anyMatch(all -> all == null || all.isEmpty())) {
            throw new Refused(SilenceReason.MATCH);
        }
        return new Matchers(match);
    }

    /** Ends it now: what it holds is told, unless it was settled meanwhile. */
    @Operation(summary = "End a silence now: what it holds is told, unless it was settled meanwhile")
    @Needs(Permission.HOLD_BACK)
    @DeleteMapping("/silences/{id}")
    HeldAnswers.SilenceEnded end(@PathVariable long id, Principal principal) {
        if (!silences.end(id, principal.getName(), clock.instant())) {
            throw Refusal.unknown(SilenceReason.NO_SILENCE, id);
        }
        return new HeldAnswers.SilenceEnded(id, true);
    }
}
