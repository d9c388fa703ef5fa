package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.suppress.HeldBack;
import jp.hinomi.alerting.suppress.SilencePreview;
import jp.hinomi.alerting.suppress.SilenceReason;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.Matchers;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What waits, for programs; and what a silence would have held. */
@Tag(name = "Held back")
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

    @Operation(summary = "Digests that still collect, the next to be sent first")
    @GetMapping("/held/digests")
    Page<HeldAnswers.WaitingDigest> waiting(@ParameterObject Paging paging) {
        return Page.cut(held::waiting, paging, HeldAnswers.WaitingDigest::of);
    }

    @Operation(summary = "Send a digest now")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/held/digests/{id}/send")
    HeldAnswers.DigestSent send(@PathVariable long id, Principal principal) {
        if (!held.sendNow(id, principal.getName(), clock.instant())) {
            throw Refusal.unknown(SilenceReason.NO_DIGEST, id);
        }
        return new HeldAnswers.DigestSent(id, true);
    }

    @Operation(summary = "Alerts that hold others back now, the longest first")
    @GetMapping("/inhibitions")
    Page<HeldAnswers.InhibitionInForce> inhibitions(@ParameterObject Paging paging) {
        return Page.cut(
                (skip, size) -> held.inhibitions(clock.instant(), skip, size),
                paging,
                HeldAnswers.InhibitionInForce::of);
    }

    /** @param match as of a silence: values by label */
    public record SilenceWish(Map<String, List<String>> match) {}

    @Operation(summary = "What a silence would have held in the last day")
    @Needs(Permission.HOLD_BACK)
    @PostMapping("/silences/preview")
    HeldAnswers.WouldHold preview(@RequestBody SilenceWish wish) {
        Matchers match = SilenceApi.matchers(wish.match());
        return HeldAnswers.WouldHold.of(preview.look(match, clock.instant()));
    }
}
