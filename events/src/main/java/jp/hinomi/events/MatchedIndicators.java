package jp.hinomi.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The indicators that an event matched when it was read, kept in the event itself: the fields {@code threat.indicator.*} of
 * several indicators cannot tell which values belong together, and an alert must not depend on what is known later. Stateless
 * and thread-safe.
 */
public final class MatchedIndicators {
    /** One JSON object per indicator, the surest first. */
    public static final Field FIELD = Fields.of("intel.matches");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private MatchedIndicators() {}

    /** @param summaries what an alert says of each: texts and lists of texts by name */
    public static void put(SecurityEvent.Builder event, List<Map<String, Object>> summaries) {
        List<String> texts = new ArrayList<>(summaries.size());
        for (Map<String, Object> summary : summaries) {
            try {
                texts.add(MAPPER.writeValueAsString(summary));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts are always JSON", e);
            }
        }
        event.put(FIELD, texts);
    }

    /** Those of the event; without what is none, since a log may contain any field. */
    public static List<Map<String, Object>> of(SecurityEvent event) {
        Object value = event.get(FIELD);
        if (value == null) {
            return List.of();
        }
        List<Map<String, Object>> summaries = new ArrayList<>();
        for (Object text : value instanceof List<?> list ? list : List.of(value)) {
            try {
                Map<String, Object> summary = MAPPER.readValue(text.toString(), OBJECT);
                if (summary != null && summary.get("id") instanceof String) {
                    summaries.add(summary);
                }
            } catch (JsonProcessingException e) {
                // Some log has a field of that name; it is not about indicators.
            }
        }
        return summaries;
    }
}
