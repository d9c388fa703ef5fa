package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Who was looked at and not told, in a stored decision. */
public final class PassedOver {
    private PassedOver() {}

    public static List<String> of(JsonNode decision, String language) {
        List<String> texts = new ArrayList<>();
        for (JsonNode resource : decision.path("resources")) {
            for (JsonNode considered : resource.path("considered")) {
                if (!"applies".equals(considered.path("verdict").asText())) {
                    texts.add(considered.path("text").path(language).asText());
                }
            }
        }
        // The same resource in two parts has been looked at twice.
        return texts.stream().distinct().toList();
    }
}
