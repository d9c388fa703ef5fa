package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Location;
import jp.hinomi.ingest.intel.StixPattern;

/**
 * Reads STIX 2.1 (and 2.0) bundles, and the envelopes of TAXII. The objects are read twice, one at a time: what an
 * indicator refers to may stand behind it, or in another document. Objects that are not about indicators are counted.
 */
public final class StixFeed {
    private static final Set<String> LISTS = Set.of("objects");
    private static final Set<String> THREATS =
            Set.of("malware", "tool", "threat-actor", "intrusion-set", "campaign", "attack-pattern");

    private final FeedSink sink;
    private final Map<String, Tlp> markings = new HashMap<>(TlpMarkings.STANDARD);
    private final Map<String, String> identities = new HashMap<>();
    private final Map<String, String> threats = new HashMap<>();
    /** What an indicator indicates: ids of threats, by its id. */
    private final Map<String, List<String>> indicated = new HashMap<>();

    private StixFeed(FeedSink sink) {
        this.sink = sink;
    }

    /**
     * @param inputs documents that belong together
     * @throws FeedFormatException if one of them is not JSON or holds no STIX objects
     */
    public static void read(List<FeedInput> inputs, FeedSink sink) throws IOException {
        StixFeed feed = new StixFeed(sink);
        for (FeedInput input : inputs) {
            boolean[] stix = new boolean[1];
            long count = Jsons.forEach(input, LISTS, (object, at) -> {
                stix[0] |= object.path("id").asText().contains("--");
                feed.remember(object);
            });
            if (count > 0 && !stix[0] && inputs.size() == 1) {
                throw new FeedFormatException(input.name()
                        + " holds no STIX objects: use --misp for MISP events, --csv for tables and lists");
            }
        }
        for (FeedInput input : inputs) {
            Jsons.forEach(input, LISTS, feed::indicator);
        }
    }

    private void remember(JsonNode object) {
        String id = Jsons.text(object, "id");
        String type = Jsons.text(object, "type");
        switch (type) {
            case "marking-definition" -> TlpMarkings.of(object).ifPresent(tlp -> markings.putIfAbsent(id, tlp));
            case "identity" -> identities.put(id, Jsons.text(object, "name"));
            case "relationship" -> {
                String source = Jsons.text(object, "source_ref");
                if (Jsons.text(object, "relationship_type").equals("indicates") && source.startsWith("indicator--")) {
                    indicated.computeIfAbsent(source, key -> new ArrayList<>(1)).add(Jsons.text(object, "target_ref"));
                }
            }
            default -> {
                if (THREATS.contains(type)) {
                    threats.put(id, type + ":" + Jsons.text(object, "name"));
                }
            }
        }
    }

    private void indicator(JsonNode object, Location at) {
        String type = Jsons.text(object, "type");
        if (!type.equals("indicator")) {
            if (!isUsed(type)) {
                sink.skip(type.isEmpty() ? "object without type" : type);
            }
            return;
        }
        String language = Jsons.text(object, "pattern_type");
        if (!language.isEmpty() && !language.equals("stix")) {
            sink.skip("indicator (" + language + ")");
            return;
        }
        try {
            Tlp tlp = tlp(object);
            Indicator.Builder draft = Indicator.builder(
                            Jsons.text(object, "id"), sink.settings().feed())
                    .about(about(object))
                    .revoked(object.path("revoked").asBoolean(false));
            pattern(draft, Jsons.text(object, "pattern"));
            if (tlp != null) {
                draft.tlp(tlp);
            }
            if (object.has("confidence")) {
                draft.confidence(object.get("confidence").asInt(Indicator.NO_CONFIDENCE));
            }
            times(draft, object);
            sink.take(draft, tlp != null, at, "");
        } catch (IllegalArgumentException e) {
            sink.refuse(at, "unusable-indicator", e.getMessage());
        }
    }

    private boolean isUsed(String type) {
        return THREATS.contains(type)
                || type.equals("marking-definition")
                || type.equals("identity")
                || type.equals("relationship");
    }

    /** As it is; with subdomains, a pattern that only lists values becomes that list. */
    private void pattern(Indicator.Builder draft, String text) {
        draft.pattern(text);
        if (!sink.settings().subdomains() || text.isEmpty()) {
            return;
        }
        StixPattern pattern = StixPattern.of(text);
        if (pattern.isListOfObservables()) {
            draft.pattern("")
                    .observables(pattern.observables().stream()
                            .map(observable -> observable.type() == Observable.Type.DOMAIN_NAME
                                    ? new Observable(Observable.Type.DOMAIN_TREE, observable.value())
                                    : observable)
                            .toList());
        }
    }

    private static void times(Indicator.Builder draft, JsonNode object) {
        if (object.hasNonNull("valid_from")) {
            draft.validFrom(Jsons.time(Jsons.text(object, "valid_from"), "valid_from"));
        }
        if (object.hasNonNull("valid_until")) {
            draft.validUntil(Jsons.time(Jsons.text(object, "valid_until"), "valid_until"));
        }
        String modified = Jsons.text(object, object.hasNonNull("modified") ? "modified" : "created");
        if (!modified.isEmpty()) {
            draft.modified(Jsons.time(modified, "modified"));
        }
    }

    /** The strictest of its markings; null if none of them is a TLP. */
    private Tlp tlp(JsonNode object) {
        Tlp strictest = null;
        for (String marking : Jsons.texts(object, "object_marking_refs")) {
            Tlp tlp = markings.get(marking);
            if (tlp != null && (strictest == null || tlp.compareTo(strictest) > 0)) {
                strictest = tlp;
            }
        }
        return strictest;
    }

    private Indicator.About about(JsonNode object) {
        String creator = Jsons.text(object, "created_by_ref");
        Set<String> names = new LinkedHashSet<>();
        for (String target : indicated.getOrDefault(Jsons.text(object, "id"), List.of())) {
            String threat = threats.get(target);
            if (threat != null) {
                names.add(threat);
            }
        }
        List<String> types = Jsons.texts(object, "indicator_types");
        List<String> phases = new ArrayList<>();
        object.path("kill_chain_phases")
                .forEach(phase ->
                        phases.add(Jsons.text(phase, "kill_chain_name") + ":" + Jsons.text(phase, "phase_name")));
        String reference = "";
        for (JsonNode each : object.path("external_references")) {
            reference = reference.isEmpty() ? Jsons.text(each, "url") : reference;
        }
        return new Indicator.About(
                Jsons.text(object, "name"),
                Jsons.text(object, "description"),
                identities.getOrDefault(creator, ""),
                reference,
                types,
                Jsons.texts(object, "labels"),
                List.copyOf(names),
                phases);
    }
}
