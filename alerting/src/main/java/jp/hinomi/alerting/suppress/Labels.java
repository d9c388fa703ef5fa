package jp.hinomi.alerting.suppress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.events.Alert;

/** What matchers and groups ask about a notice. Stateless. */
public final class Labels {
    private Labels() {}

    /** Values by label; what an alert does not have is not there. */
    public static Map<String, Set<String>> of(Alert alert) {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        labels.put("rule", Stream.of(alert.rule().name(), alert.rule().id()).collect(Collectors.toSet()));
        labels.put("severity", Set.of(alert.severity().word()));
        labels.put(
                "resource",
                alert.resources().stream().map(Alert.AffectedResource::id).collect(Collectors.toSet()));
        labels.put("tag", Set.copyOf(alert.rule().tags()));
        alert.group().forEach((field, value) -> labels.put(field, Set.of(value)));
        return labels;
    }

    /** With whom it is for. */
    public static Map<String, Set<String>> of(Alert alert, Recipient recipient) {
        return of(alert, recipient.stakeholder().id(), recipient.contact().id());
    }

    static Map<String, Set<String>> of(Alert alert, String stakeholder, String contact) {
        Map<String, Set<String>> labels = of(alert);
        labels.put("stakeholder", Set.of(stakeholder));
        labels.put("contact", Set.of(contact));
        return labels;
    }

    /** The values of those labels as one text; empty if one of them is missing. */
    static java.util.Optional<String> key(List<String> names, Map<String, Set<String>> labels) {
        StringBuilder key = new StringBuilder();
        for (String name : names) {
            Set<String> values = labels.getOrDefault(name, Set.of());
            if (values.isEmpty()) {
                return java.util.Optional.empty();
            }
            String text = values.stream().sorted().collect(Collectors.joining("\u0001"));
            key.append(name)
                    .append('=')
                    .append(text.length())
                    .append(':')
                    .append(text)
                    .append(';');
        }
        return java.util.Optional.of(key.toString());
    }
}
