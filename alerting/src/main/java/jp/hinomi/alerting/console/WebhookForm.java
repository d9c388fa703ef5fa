package jp.hinomi.alerting.console;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.Subscription;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** What the form of a webhook holds, also while it cannot be used: nothing that was typed is lost. */
public record WebhookForm(
        String name,
        String url,
        Set<String> events,
        String severity,
        Set<String> resources,
        String stakeholder,
        String tlp) {
    public WebhookForm {
        events = Set.copyOf(events);
        resources = Set.copyOf(resources);
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

    static WebhookForm entered(
            String name,
            String url,
            List<String> events,
            String severity,
            List<String> resources,
            String stakeholder,
            String tlp) {
        return new WebhookForm(
                name,
                url,
                events == null ? Set.of() : new TreeSet<>(events),
                severity,
                resources == null ? Set.of() : new TreeSet<>(resources),
                stakeholder,
                tlp);
    }

    private static Set<String> words(Set<EventType> types) {
        return types.stream().map(EventType::word).collect(Collectors.toSet());
    }

    /** @throws IllegalArgumentException if it is none */
    Subscription subscription() {
        return new Subscription(
                name,
                url.strip(),
                events.stream().map(EventType::ofWord).flatMap(Optional::stream).collect(Collectors.toSet()),
                Severity.ofWord(severity),
                resources,
                Optional.of(stakeholder).filter(id -> !id.isBlank()),
                Tlp.ofWord(tlp));
    }
}
