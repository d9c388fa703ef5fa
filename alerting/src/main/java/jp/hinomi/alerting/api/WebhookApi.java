package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.console.DeliveryQueries;
import jp.hinomi.alerting.console.DeliveryRow;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.Subscription;
import jp.hinomi.alerting.webhook.Webhook;
import jp.hinomi.alerting.webhook.WebhookReason;
import jp.hinomi.alerting.webhook.WebhookStanding;
import jp.hinomi.alerting.webhook.Webhooks;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** To which programs changes of alerts, incidents and reports are told. */
@Tag(name = "Webhooks")
@RestController
@RequestMapping("/api/v1/webhooks")
@Needs(Permission.SEE_WEBHOOKS)
public class WebhookApi {
    private final Webhooks webhooks;
    private final DeliveryQueries deliveries;
    private final InstantSource clock;

    public WebhookApi(Webhooks webhooks, DeliveryQueries deliveries, InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    public record WebhookWish(
            @Schema(description = "For people: what listens there. 1 to 100 characters.")
            String name,

            @Schema(description = "https; http only to this machine or to hosts that notification.yaml allows.")
            String url,

            @Schema(description = "At least one; see the guide of the API.")
            List<String> events,

            @Schema(
                    description = "What is less bad is left out; absent = informational.",
                    allowableValues = {"informational", "low", "medium", "high", "critical"})
            String severity,

            @Schema(description = "Ids; only what touches one of them; absent = all.")
            List<String> resources,

            @Schema(description = "Id; only what this stakeholder may see; absent = everything.")
            String stakeholder,

            @Schema(description = "What is more restricted is left out; absent = AMBER.")
            String tlp) {
        /** @throws Refused with everything that is wrong */
        Subscription subscription() {
            List<Refused> problems = new ArrayList<>();
            Set<EventType> types = EnumSet.noneOf(EventType.class);
            for (String word : events == null ? List.<String>of() : events) {
                EventType.ofWord(String.valueOf(word))
                        .ifPresentOrElse(
                                types::add,
                                () -> problems.add(new Refused(WebhookReason.NO_EVENT, word, EventType.words())));
            }
            if (url == null || url.isBlank()) {
                problems.add(new Refused(WebhookReason.URL_MISSING));
            }
            if (!problems.isEmpty()) {
                throw Refused.all(problems);
            }
            return new Subscription(
                    name == null ? "" : name,
                    url.strip(),
                    types,
                    severity == null ? Severity.INFORMATIONAL : CaseworkRefusal.severity(severity),
                    resources == null ? Set.of() : Set.copyOf(resources),
                    Optional.ofNullable(stakeholder).filter(id -> !id.isBlank()),
                    tlp == null ? Tlp.AMBER : CaseworkRefusal.tlp(tlp));
        }
    }

    @Operation(summary = "Webhooks with what is known of whether they work, the newest first")
    @GetMapping
    Page<WebhookAnswers.WebhookState> webhooks(@ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                webhooks.list(paging.below(), size + 1),
                size,
                (WebhookStanding one) -> one.webhook().id(),
                WebhookAnswers.WebhookState::of);
    }

    @Operation(summary = "One webhook")
    @GetMapping("/{id}")
    WebhookAnswers.WebhookState webhook(@PathVariable long id) {
        return webhooks.standing(id).map(WebhookAnswers.WebhookState::of).orElseThrow(() -> unknown(id));
    }

    @Operation(summary = "Make a webhook: it is told of what happens from now on. The answer has its secret, once")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping
    WebhookAnswers.WebhookMade create(@RequestBody WebhookWish wish, Principal principal) {
        return WebhookAnswers.WebhookMade.of(webhooks.create(wish.subscription(), actor(principal), clock.instant()));
    }

    @Operation(summary = "Change a webhook; what waits goes to the new address")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @PutMapping("/{id}")
    WebhookAnswers.WebhookState change(@PathVariable long id, @RequestBody WebhookWish wish, Principal principal) {
        if (webhooks.find(id).isEmpty() || !webhooks.edit(id, wish.subscription(), actor(principal), clock.instant())) {
            throw unknown(id);
        }
        return webhook(id);
    }

    @Operation(summary = "Another secret, which signs from now on. The answer has it, once")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/{id}/secret")
    WebhookAnswers.WebhookMade renewSecret(@PathVariable long id, Principal principal) {
        return webhooks.renewSecret(id, actor(principal), clock.instant())
                .map(secret -> new WebhookAnswers.WebhookMade(id, secret))
                .orElseThrow(() -> unknown(id));
    }

    @Operation(summary = "Send a message that says nothing, once; 409 if one is under way")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/{id}/ping")
    WebhookAnswers.WebhookPinged ping(@PathVariable long id, Principal principal) {
        try {
            return webhooks.ping(id, actor(principal), clock.instant())
                    .map(WebhookAnswers.WebhookPinged::new)
                    .orElseThrow(() -> unknown(id));
        } catch (Refused e) {
            throw Refusal.of(HttpStatus.CONFLICT, e);
        }
    }

    @Operation(summary = "Suspend a webhook; what happens meanwhile is told when it is resumed. 409 if it is suspended")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/{id}/suspend")
    WebhookAnswers.WebhookEnded suspend(@PathVariable long id, Principal principal) {
        Webhook webhook = webhooks.find(id).orElseThrow(() -> unknown(id));
        if (!webhooks.suspend(
                webhook.id(),
                new Bilingual(principal.getName() + " が停止しました。", "Suspended by " + principal.getName() + "."),
                actor(principal),
                clock.instant())) {
            throw Refusal.conflict(WebhookReason.SUSPENDED);
        }
        return new WebhookAnswers.WebhookEnded(id, Webhook.State.SUSPENDED.word());
    }

    @Operation(summary = "Resume a webhook: what has not arrived is sent. 409 if it is active")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/{id}/resume")
    WebhookAnswers.WebhookResumed resume(@PathVariable long id, Principal principal) {
        Webhook webhook = webhooks.find(id).orElseThrow(() -> unknown(id));
        return webhooks.resume(webhook.id(), actor(principal), clock.instant())
                .map(WebhookAnswers.WebhookResumed::new)
                .orElseThrow(() -> Refusal.conflict(WebhookReason.ACTIVE));
    }

    @Operation(summary = "Remove a webhook: what was not sent yet is not sent")
    @Needs(Permission.MANAGE_WEBHOOKS)
    @DeleteMapping("/{id}")
    WebhookAnswers.WebhookEnded remove(@PathVariable long id, Principal principal) {
        if (!webhooks.remove(id, actor(principal), clock.instant())) {
            throw unknown(id);
        }
        return new WebhookAnswers.WebhookEnded(id, Webhook.State.REMOVED.word());
    }

    @Operation(summary = "What was sent to a webhook and what became of it, the newest first")
    @GetMapping("/{id}/deliveries")
    Page<AlertAnswers.Delivery> deliveries(
            @PathVariable long id,
            @Parameter(description = "pending, sent, dead or settled.") @RequestParam(required = false) String state,
            @ParameterObject Paging paging) {
        int size = paging.size();
        Webhook webhook = webhooks.find(id).orElseThrow(() -> unknown(id));
        return Page.of(
                deliveries.newestTo(webhook.object(), Optional.ofNullable(state), paging.key(), size + 1),
                size,
                DeliveryRow::id,
                AlertAnswers.Delivery::of);
    }

    private static String actor(Principal principal) {
        return "account:" + principal.getName();
    }

    private static RuntimeException unknown(long id) {
        return Refusal.unknown(WebhookReason.NO_WEBHOOK, id);
    }
}
