package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.DrillReason;
import jp.hinomi.alerting.drill.DrillWish;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.web.Refusal;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Exercises: planned, cancelled, and who reacted when: {@code /api/v1/drills}. */
@Tag(name = "Drills")
@RestController
@RequestMapping("/api/v1/drills")
@Needs(Permission.SEE_MESSAGES)
public class DrillApi {
    private final Drills drills;
    private final CityInForce city;
    private final InstantSource clock;

    public DrillApi(Drills drills, CityInForce city, InstantSource clock) {
        this.drills = drills;
        this.city = city;
        this.clock = clock;
    }

    @Operation(summary = "Exercises, the newest first")
    @GetMapping
    Page<DrillAnswers.DrillState> drills(@ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(drills.newest(paging.below(), size + 1), size, Drill::id, DrillAnswers.DrillState::of);
    }

    @Operation(summary = "An exercise with its alerts")
    @GetMapping("/{id:[0-9]+}")
    DrillAnswers.DrillState drill(@PathVariable long id) {
        return DrillAnswers.DrillState.of(find(id));
    }

    private Drill find(long id) {
        return drills.find(id).orElseThrow(() -> Refusal.unknown(DrillReason.NO_DRILL, id));
    }

    @Operation(summary = "Who was told of an exercise and who reacted when: alert by alert, in the order of time")
    @GetMapping("/{id:[0-9]+}/reactions")
    Page<DrillAnswers.DrillReaction> reactions(@PathVariable long id, @ParameterObject Paging paging) {
        List<DrillAnswers.DrillReaction> all = find(id).steps().stream()
                .flatMap(step ->
                        drills.reactions(step).stream().map(reaction -> DrillAnswers.DrillReaction.of(step, reaction)))
                .toList();
        return Page.cut(all, paging, each -> each);
    }

    public record NewDrillAlert(
            @Schema(description = "Absent = the name of the exercise.")
            TwoLanguages title,

            @Schema(
                    description = "Absent = high.",
                    allowableValues = {"informational", "low", "medium", "high", "critical"})
            String severity,

            @Schema(description = "Id of the resource that it says was hit: whoever is responsible for it is told.")
            String resource,

            @Schema(description = "After the beginning, to three days; absent = 0.")
            Long minutes) {
        private DrillWish.Step wish() {
            return new DrillWish.Step(
                    ja(title),
                    en(title),
                    text(severity),
                    text(resource),
                    Optional.of(Duration.ofMinutes(minutes == null ? 0 : Math.max(-1, Math.min(minutes, 1L << 20)))));
        }
    }

    public record NewDrill(
            @Schema(description = "In both languages, without the label that every message of an exercise begins with.")
            TwoLanguages name,

            @Schema(description = "Absent = now.") Instant due,
            List<NewDrillAlert> alerts) {
        private DrillWish wish(Instant now) {
            return new DrillWish(
                    ja(name),
                    en(name),
                    Optional.of(due == null ? now : due),
                    alerts == null
                            ? List.of()
                            : alerts.stream().map(NewDrillAlert::wish).toList());
        }
    }

    private static String text(String given) {
        return given == null ? "" : given.strip();
    }

    private static String ja(TwoLanguages given) {
        return given == null ? "" : text(given.ja());
    }

    private static String en(TwoLanguages given) {
        return given == null ? "" : text(given.en());
    }

    @Operation(summary = "Plan an exercise: its alerts go the way of every alert, labelled as an exercise")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping
    DrillAnswers.DrillState plan(@RequestBody NewDrill wish, Principal principal) {
        Instant now = clock.instant();
        DrillWish given = wish.wish(now);
        return drill(drills.plan(given, given.checked(city.get().resources().keySet(), now), principal.getName(), now));
    }

    @Operation(
            summary = "Cancel an exercise: what was not sent yet never is; 409 if all was, or it was cancelled before")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/{id:[0-9]+}/cancel")
    DrillAnswers.DrillState cancel(@PathVariable long id, Principal principal) {
        Drill drill = find(id);
        if (!drills.cancel(drill.id(), principal.getName(), clock.instant())) {
            throw Refusal.conflict(DrillReason.OVER, id);
        }
        return drill(id);
    }
}
