package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Tlp;

/** Marking definitions of STIX that mean TLP: those with fixed ids, of TLP 1 (STIX 2.1, 7.2.1.4) and 2, and others by name. */
final class TlpMarkings {
    private static final String ID = "marking-definition--";

    static final Map<String, Tlp> STANDARD = Map.of(
            ID + "613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp.CLEAR,
            ID + "34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp.GREEN,
            ID + "f88d31f6-486f-44da-b317-01333bde0b82", Tlp.AMBER,
            ID + "5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp.RED,
            ID + "94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp.CLEAR,
            ID + "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp.GREEN,
            ID + "55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp.AMBER,
            ID + "939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp.AMBER_STRICT,
            ID + "e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp.RED);

    private TlpMarkings() {}

    static Optional<Tlp> of(JsonNode marking) {
        if (Jsons.text(marking, "definition_type").equalsIgnoreCase("tlp")) {
            return ofWord(marking.path("definition").path("tlp").asText());
        }
        for (JsonNode extension : marking.path("extensions")) {
            if (extension.has("tlp_2_0")) {
                return ofWord(Jsons.text(extension, "tlp_2_0"));
            }
        }
        String name = Jsons.text(marking, "name");
        if (!name.isEmpty()) {
            return ofTag(name);
        }
        return ofTag(marking.path("definition").path("statement").asText());
    }

    /** From a tag such as {@code tlp:amber+strict}. */
    static Optional<Tlp> ofTag(String tag) {
        String lower = tag.toLowerCase(Locale.ROOT).strip();
        return lower.startsWith("tlp:") ? ofWord(lower.substring(4)) : Optional.empty();
    }

    /** From a label of TLP 2, or WHITE of TLP 1. */
    static Optional<Tlp> ofWord(String word) {
        String label = word.strip().toUpperCase(Locale.ROOT).replace(' ', '+').replace("TLP:", "");
        if (label.equals("WHITE")) {
            return Optional.of(Tlp.CLEAR);
        }
        for (Tlp tlp : Tlp.values()) {
            if (tlp.word().equals(label)) {
                return Optional.of(tlp);
            }
        }
        return Optional.empty();
    }
}
