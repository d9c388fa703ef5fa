package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Location;

/**
 * Reads events of MISP as JSON (MISP core format): one per document as in a feed, or the answer of a search. Of their
 * attributes, those in objects included, the ones for detection ({@code to_ids}) become indicators. Deleted ones are taken
 * away, and so are those that are no longer for detection or have decayed. An event that is not published is a draft and
 * passed over; what was published of it before stays as it was.
 */
public final class MispFeed {
    private static final Set<String> LISTS = Set.of("response");
    private static final JsonNode NO_OBJECT = Jsons.MAPPER.createObjectNode();

    private final FeedSink sink;

    private MispFeed(FeedSink sink) {
        this.sink = sink;
    }

    /** @throws FeedFormatException if it is not JSON or holds no event */
    public static void read(FeedInput input, FeedSink sink) throws IOException {
        MispFeed feed = new MispFeed(sink);
        boolean[] events = new boolean[1];
        Jsons.forEach(input, LISTS, (object, at) -> {
            JsonNode event = object.has("Event") ? object.get("Event") : object;
            if (event.has("Attribute") || event.has("Object")) {
                events[0] = true;
                feed.event(event, at);
            }
        });
        if (!events[0]) {
            throw new FeedFormatException(input.name() + " holds no MISP event: use --stix for STIX, --csv for tables");
        }
    }

    private void event(JsonNode event, Location at) {
        if (!event.path("published").asBoolean(true)) {
            sink.skip("event not published");
            return;
        }
        event.path("Attribute").forEach(attribute -> attribute(event, NO_OBJECT, attribute, at));
        for (JsonNode object : event.path("Object")) {
            object.path("Attribute").forEach(attribute -> attribute(event, object, attribute, at));
        }
    }

    private void attribute(JsonNode event, JsonNode object, JsonNode attribute, Location at) {
        String type = Jsons.text(attribute, "type");
        String uuid = Jsons.text(attribute, "uuid");
        String id = sink.settings().feed() + ":" + uuid;
        if (!attribute.path("to_ids").asBoolean(false)) {
            sink.skip("attribute not for detection");
            sink.withdraw(id);
            return;
        }
        MispConfidence confidence = MispConfidence.of(attribute, tags(attribute), tags(event));
        if (confidence.isDecayed()) {
            sink.skip("attribute decayed");
            sink.withdraw(id);
            return;
        }
        try {
            MispType.Meaning meaning = MispType.of(type, Jsons.text(attribute, "value"));
            if (meaning == null) {
                sink.skip("attribute of type " + type);
                return;
            }
            if (uuid.isEmpty()) {
                throw new IllegalArgumentException("an attribute of type " + type + " has no uuid");
            }
            List<String> tags = tags(attribute);
            Tlp tlp = tlp(tags);
            List<String> all = new ArrayList<>(tags);
            List<String> eventTags = tags(event);
            all.addAll(eventTags);
            tlp = tlp == null ? tlp(eventTags) : tlp;
            Indicator.Builder draft = Indicator.builder(id, sink.settings().feed())
                    .about(about(event, Jsons.text(object, "name"), attribute, all))
                    .pattern(meaning.pattern())
                    .observables(meaning.observables())
                    .revoked(attribute.path("deleted").asBoolean(false)
                            || object.path("deleted").asBoolean(false)
                            || event.path("deleted").asBoolean(false))
                    .confidence(confidence.value())
                    .modified(seconds(attribute, "timestamp"));
            if (attribute.hasNonNull("first_seen")) {
                draft.validFrom(Jsons.time(Jsons.text(attribute, "first_seen"), "first_seen"));
            }
            if (tlp != null) {
                draft.tlp(tlp);
            }
            long lastSeen =
                    attribute.hasNonNull("last_seen") ? Jsons.time(Jsons.text(attribute, "last_seen"), "last_seen") : 0;
            sink.take(draft, tlp != null, lastSeen, at, "attribute " + uuid + ": ");
        } catch (IllegalArgumentException e) {
            sink.refuse(at, "unusable-attribute", "attribute " + uuid + ": " + e.getMessage());
        }
    }

    private static long seconds(JsonNode object, String key) {
        String text = Jsons.text(object, key);
        return text.matches("[0-9]{1,11}") ? Long.parseLong(text) * 1000 : 0;
    }

    private static List<String> tags(JsonNode object) {
        List<String> tags = new ArrayList<>();
        object.path("Tag").forEach(tag -> tags.add(Jsons.text(tag, "name")));
        return tags;
    }

    /** The strictest; null if there is none. */
    private static Tlp tlp(List<String> tags) {
        return tags.stream()
                .map(TlpMarkings::ofTag)
                .flatMap(java.util.Optional::stream)
                .max(Tlp::compareTo)
                .orElse(null);
    }

    private static Indicator.About about(JsonNode event, String object, JsonNode attribute, List<String> tags) {
        List<String> threats = new ArrayList<>();
        for (String tag : tags) {
            threat(tag, "misp-galaxy:threat-actor=\"", "threat-actor:", threats);
            threat(tag, "misp-galaxy:malpedia=\"", "malware:", threats);
            threat(tag, "misp-galaxy:ransomware=\"", "malware:", threats);
            threat(tag, "misp-galaxy:tool=\"", "tool:", threats);
        }
        String info = Jsons.text(event, "info");
        String comment = Jsons.text(attribute, "comment");
        String category = Jsons.text(attribute, "category");
        return new Indicator.About(
                info,
                comment.isEmpty() ? (object.isEmpty() ? category : category + " (" + object + ")") : comment,
                Jsons.text(event.path("Orgc"), "name"),
                "",
                List.of(),
                tags,
                threats,
                List.of());
    }

    private static void threat(String tag, String start, String kind, List<String> threats) {
        if (tag.startsWith(start) && tag.endsWith("\"") && tag.length() > start.length() + 1) {
            threats.add(kind + tag.substring(start.length(), tag.length() - 1));
        }
    }
}
