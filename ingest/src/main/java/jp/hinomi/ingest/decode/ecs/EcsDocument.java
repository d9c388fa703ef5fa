package jp.hinomi.ingest.decode.ecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.JsonScalar;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;

/** The fields of one ECS document, flattened: nested names joined by dots, arrays of objects to one array per name. */
final class EcsDocument {
    static final int MAX_FIELDS = 2000;

    private static final int MAX_NAME = 256;

    private final Map<Field, Object> fields = new HashMap<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private Object timestamp;
    private String id;

    void read(JsonParser parser) throws IOException {
        object(parser, null);
    }

    /** {@code Long} or text; null without one. */
    Object timestamp() {
        return timestamp;
    }

    String id() {
        return id;
    }

    boolean tooLarge() {
        return fields.size() > MAX_FIELDS;
    }

    /** @param sourceId as the record says; a document cannot claim another */
    Decoding event(String eventId, long millis, String line, String sourceId) {
        Object original = fields.remove(Fields.EVENT_ORIGINAL);
        EventDraft event = EventDraft.of(eventId, original == null ? line : original.toString(), millis);
        fields.forEach((field, value) -> {
            Object typed = EcsTypes.convert(field, value);
            if (typed == null) {
                refused.add("invalid:" + field.name());
            } else {
                event.put(field, typed);
                related(field, typed, event);
            }
        });
        event.text(Fields.CITY_SOURCE, sourceId);
        if (!refused.isEmpty()) {
            List<Object> tags = new ArrayList<>();
            if (event.get(Fields.TAGS) instanceof List<?> given) {
                tags.addAll(given);
            } else if (event.get(Fields.TAGS) != null) {
                tags.add(event.get(Fields.TAGS));
            }
            tags.addAll(refused);
            event.put(Fields.TAGS, tags);
        }
        return event.finish();
    }

    private static void related(Field field, Object value, EventDraft event) {
        if (field.type() == Field.Type.ADDRESS) {
            each(value, event::relatedIp);
        } else if (field.equals(Fields.RELATED_USER) || field.equals(Fields.USER_NAME)) {
            each(value, event::relatedUser);
        } else if (field.equals(Fields.RELATED_HOSTS) || field.equals(Fields.HOST_NAME)) {
            each(value, event::relatedHost);
        }
    }

    private static void each(Object value, java.util.function.Consumer<String> consumer) {
        if (value instanceof List<?> list) {
            list.forEach(element -> consumer.accept(element.toString()));
        } else {
            consumer.accept(value.toString());
        }
    }

    private void object(JsonParser parser, String prefix) throws IOException {
        String key;
        while ((key = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            // Names grow with every level; without a bound a hostile document costs the square of its length.
            if ((prefix == null ? 0 : prefix.length()) + key.length() > MAX_NAME) {
                parser.skipChildren();
                refused.add("invalid:field name too long");
            } else {
                value(parser, token, prefix == null ? key : prefix + '.' + key);
            }
        }
    }

    private void value(JsonParser parser, JsonToken token, String name) throws IOException {
        switch (token) {
            case START_OBJECT -> object(parser, name);
            case START_ARRAY -> {
                JsonToken next;
                while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
                    value(parser, next, name);
                }
            }
            default -> {
                Object scalar = JsonScalar.of(parser);
                if (scalar != null) {
                    put(name, scalar);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void put(String name, Object value) {
        switch (name) {
            case SecurityEvent.TIMESTAMP -> timestamp = value;
            case SecurityEvent.ID -> id = value.toString().isEmpty() ? null : value.toString();
            default -> {
                if (fields.size() > MAX_FIELDS) {
                    return;
                }
                Field field = Fields.of(name);
                Object before = fields.putIfAbsent(field, value);
                if (before instanceof List<?> list) {
                    ((List<Object>) list).add(value);
                } else if (before != null) {
                    fields.put(field, new ArrayList<>(List.of(before, value)));
                }
            }
        }
    }
}
