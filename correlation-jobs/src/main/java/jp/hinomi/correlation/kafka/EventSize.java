package jp.hinomi.correlation.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * Makes events fit into a record, whatever a log line held. JSON repeats and escapes the line, so an event may be several
 * times as long as what the receivers let in; a record that no topic takes would stop the job for good, because it would
 * meet the same one after every restart. The raw line stays in Kafka under the event's id. Stateless and thread-safe.
 */
public final class EventSize {
    /** Stands in {@code tags} of an event that has lost something. */
    static final String SHORTENED = "shortened";

    /** Characters that a text keeps at first; each further round keeps a quarter. */
    private static final int LONGEST_TEXT = 1 << 18;

    /** At this length 128 fields of the dictionary are far below any limit, so no further round is needed. */
    private static final int SHORTEST_TEXT = 1 << 6;

    /** Characters per element of a list, at the least: with the limit on texts this bounds the number of elements. */
    private static final int TEXT_PER_ELEMENT = 16;

    /** Fields outside the dictionary, kept in the order of their names, each with a name no longer than this. */
    private static final int LONGEST_NAME = 256;

    private EventSize() {}

    /** The event as JSON of at most {@code most} bytes, shortened if need be; see {@link #fitting}. */
    static byte[] json(SecurityEvent event, int most) {
        byte[] whole = EventJson.write(event);
        return whole.length <= most ? whole : EventJson.write(fitting(event, most));
    }

    /**
     * The event if its JSON has at most {@code most} bytes; else with its longest texts and lists cut, and as a last resort
     * without the fields that are not in the dictionary.
     *
     * @param most at least 64 KiB
     */
    public static SecurityEvent fitting(SecurityEvent event, int most) {
        SecurityEvent smaller = event;
        int text = LONGEST_TEXT;
        while (EventJson.write(smaller).length > most) {
            smaller = cut(event, text, text > SHORTEST_TEXT);
            if (text <= SHORTEST_TEXT) {
                return smaller;
            }
            text /= 4;
        }
        return smaller;
    }

    private static SecurityEvent cut(SecurityEvent event, int text, boolean withExtra) {
        SecurityEvent.Builder builder = new SecurityEvent.Builder(event.id(), event.timestampMillis())
                .correlationMillis(event.correlationMillis());
        event.forEach((name, value) -> {
            Field field = Fields.of(name);
            if (!field.isExtra()) {
                builder.put(field, cut(value, text));
            }
        });
        if (withExtra) {
            event.extra().entrySet().stream()
                    .filter(entry -> entry.getKey().length() <= LONGEST_NAME)
                    .sorted(Map.Entry.comparingByKey())
                    .limit(text / TEXT_PER_ELEMENT)
                    .forEach(entry -> builder.put(Fields.of(entry.getKey()), cut(entry.getValue(), text)));
        }
        List<Object> tags = new ArrayList<>(List.of(SHORTENED));
        Object present = builder.get(Fields.TAGS);
        if (present instanceof List<?> list) {
            tags.addAll(list);
        } else if (present != null) {
            tags.add(present);
        }
        return builder.put(Fields.TAGS, tags).build();
    }

    private static Object cut(Object value, int most) {
        if (value instanceof String text) {
            return cut(text, most);
        }
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            int left = most;
            for (Object element : list) {
                if (left <= 0) {
                    break;
                }
                Object whole = cut(element, left);
                kept.add(whole);
                left -= Math.max(TEXT_PER_ELEMENT, whole instanceof String text ? text.length() : 0);
            }
            return kept;
        }
        return value;
    }

    /** At most that many characters, the last of them an ellipsis if something is missing; never half a character. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
