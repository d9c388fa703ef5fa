package jp.hinomi.alerting.console;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.Subscription;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.web.bind.annotation.BindParam;

/** What the form of a webhook holds, also while it cannot be used: nothing that was typed is lost. */
public record WebhookForm(
        String name,
        String url,
        Set<String> events,
        String severity,
        @BindParam("resource") Set<String> resources,
        String stakeholder,
        String tlp) {
    /** What a browser left out is empty. */
    public WebhookForm {
        name = given(name);
        url = given(url);
        events = given(events);
        severity = given(severity);
        resources = given(resources);
        stakeholder = given(stakeholder);
        tlp = given(tlp);
    }

    static WebhookForm fresh(Set<EventType> types) {
        return new WebhookForm("", "", words(types), Severity.INFORMATIONAL.word(), Set.of(), "", Tlp.AMBER.word());
    }

    static WebhookForm of(Subscription wish) {
        return new WebhookForm(
                wish.name(),
                wish.url(),
                words(wish.types()),
                wish.severity().word(),
                wish.resources(),
                wish.stakeholder().orElse(""),
                wish.tlp().word());
    }

    private static String given(String text) {
        return text == null ? "" : text;
    }

    private static Set<String> given(Set<String> words) {
        return words == null ? Set.of() : Set.copyOf(words);
    }

    private static Set<String> words(Set<EventType> types) {
        return types.stream().map(EventType::word).collect(Collectors.toSet());
    }

    /** @throws Refused if it is none */
    Subscription subscription() {
        return new Subscription(
                name,
                url.strip(),
                events.stream().map(EventType::ofWord).flatMap(Optional::stream).collect(Collectors.toSet()),
                CaseworkRefusal.severity(severity),
                resources,
                Optional.of(stakeholder).filter(id -> !id.isBlank()),
                CaseworkRefusal.tlp(tlp));
    }
}
