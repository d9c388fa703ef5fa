package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.WebhookReason;
import jp.hinomi.alerting.webhook.Webhooks;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which programs outside are told of changes, and whether they take it. */
@Controller
@Needs(Permission.SEE_WEBHOOKS)
public class WebhookPages {
    /** What most who connect a ticket system want. */
    private static final Set<EventType> USUAL = EnumSet.of(
            EventType.ALERT_CREATED,
            EventType.ALERT_ACKNOWLEDGED,
            EventType.ALERT_JUDGED,
            EventType.INCIDENT_OPENED,
            EventType.INCIDENT_CLOSED);

    private final Webhooks webhooks;
    private final DeliveryQueries deliveries;
    private final CityInForce city;
    private final InstantSource clock;

    public WebhookPages(Webhooks webhooks, DeliveryQueries deliveries, CityInForce city, InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.city = city;
        this.clock = clock;
    }

    @GetMapping("/webhooks")
    String list(Model model) {
        return page(Optional.empty(), model);
    }

    private String page(Optional<WebhookForm> refused, Model model) {
        model.addAttribute("webhooks", webhooks.list(Long.MAX_VALUE, Webhooks.MOST));
        choices(model);
        model.addAttribute("form", refused.orElseGet(() -> WebhookForm.fresh(USUAL)));
        return "webhooks";
    }

    private void choices(Model model) {
        model.addAttribute("types", EventType.values());
        model.addAttribute("severities", Severity.values());
        model.addAttribute("tlps", Tlp.values());
        model.addAttribute("resources", city.get().resources().keySet());
        model.addAttribute("stakeholders", city.get().stakeholders().keySet());
    }

    @GetMapping("/webhooks/{id:[0-9]+}")
    String one(@PathVariable long id, Model model) {
        return one(id, Optional.empty(), model);
    }

    private String one(long id, Optional<WebhookForm> refused, Model model) {
        webhooks.standing(id)
                .ifPresentOrElse(
                        standing -> {
                            model.addAttribute("one", standing);
                            model.addAttribute(
                                    "form",
                                    refused.orElseGet(() ->
                                            WebhookForm.of(standing.webhook().subscription())));
                            model.addAttribute(
                                    "deliveries",
                                    deliveries.newestTo(
                                            standing.webhook().object(), Optional.empty(), Optional.empty(), 30));
                        },
                        () -> {
                            throw Refusal.unknown(WebhookReason.NO_WEBHOOK, id);
                        });
        choices(model);
        return "webhook";
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks")
    String create(
            @ModelAttribute("form") WebhookForm form,
            Principal principal,
            Model model,
            Locale locale,
            RedirectAttributes next) {
        try {
            Webhooks.Made made = webhooks.create(form.subscription(), actor(principal), clock.instant());
            next.addFlashAttribute("secret", made.secret());
            return "redirect:/webhooks/" + made.id();
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
            return page(Optional.of(form), model);
        }
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks/{id:[0-9]+}")
    String change(
            @PathVariable long id,
            @ModelAttribute("form") WebhookForm form,
            Principal principal,
            Model model,
            Locale locale,
            RedirectAttributes next) {
        try {
            webhooks.edit(id, form.subscription(), actor(principal), clock.instant());
            next.addFlashAttribute("said", "changed");
            return back(id);
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
            return one(id, Optional.of(form), model);
        }
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks/{id:[0-9]+}/secret")
    String renewSecret(@PathVariable long id, Principal principal, RedirectAttributes next) {
        webhooks.renewSecret(id, actor(principal), clock.instant())
                .ifPresent(secret -> next.addFlashAttribute("secret", secret));
        return back(id);
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks/{id:[0-9]+}/ping")
    String ping(@PathVariable long id, Principal principal, RedirectAttributes next) {
        try {
            webhooks.ping(id, actor(principal), clock.instant());
            next.addFlashAttribute("said", "pinged");
        } catch (IllegalStateException e) {
            next.addFlashAttribute("said", "ping-under-way");
        }
        return back(id);
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks/{id:[0-9]+}/suspend")
    String suspend(@PathVariable long id, Principal principal) {
        String who = principal.getName();
        webhooks.suspend(
                id, new Bilingual(who + " が停止しました。", "Suspended by " + who + "."), actor(principal), clock.instant());
        return back(id);
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks/{id:[0-9]+}/resume")
    String resume(@PathVariable long id, Principal principal, RedirectAttributes next) {
        webhooks.resume(id, actor(principal), clock.instant()).ifPresent(again -> {
            next.addFlashAttribute("said", "resumed");
            next.addFlashAttribute("again", again);
        });
        return back(id);
    }

    @Needs(Permission.MANAGE_WEBHOOKS)
    @PostMapping("/webhooks/{id:[0-9]+}/remove")
    String remove(@PathVariable long id, Principal principal) {
        webhooks.remove(id, actor(principal), clock.instant());
        return "redirect:/webhooks";
    }

    private static String back(long id) {
        return "redirect:/webhooks/" + id;
    }

    private static String actor(Principal principal) {
        return "account:" + principal.getName();
    }
}
