package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contacts that were told for the same reasons.
 *
 * @param full false if they got a notice without evidence
 */
public record Told(List<String> contacts, boolean full, List<String> reasons) {
    /** Those of a stored decision, in its order. */
    static List<Told> of(JsonNode decision, String language) {
        Map<Same, List<String>> contacts = new LinkedHashMap<>();
        for (JsonNode recipient : decision.path("recipients")) {
            List<String> reasons = new ArrayList<>();
            recipient
                    .path("reasons")
                    .forEach(reason -> reasons.add(reason.path(language).asText()));
            boolean full = "full".equals(recipient.path("disclosure").asText());
            contacts.computeIfAbsent(
                            new Same(recipient.path("stakeholder").asText(), full, reasons), any -> new ArrayList<>())
                    .add(recipient.path("contact").asText());
        }
        List<Told> told = new ArrayList<>();
        contacts.forEach((same, ids) -> told.add(new Told(ids, same.full(), same.reasons())));
        return told;
    }

    private record Same(String stakeholder, boolean full, List<String> reasons) {}
}
