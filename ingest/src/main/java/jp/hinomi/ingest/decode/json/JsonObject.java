package jp.hinomi.ingest.decode.json;

import java.util.List;
import java.util.Map;

/** A JSON object that has been read, with look-ups that never fail: what is missing or of another type is null or -1. */
public final class JsonObject {
    static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Object> members;

    JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /** Parts of a record of another form, to be read and kept as those of an object are. @param members not copied */
    public static JsonObject of(Map<String, Object> members) {
        return new JsonObject(members);
    }

    /** Text, or a number or flag as text; of an array its first element. */
    public String text(String name) {
        return asText(members.get(name));
    }

    /** A whole number, also one that is written as text; -1 if there is none or it is negative. */
    public long number(String name) {
        Object value = members.get(name);
        if (value instanceof Long number) {
            return Math.max(-1, number);
        }
        if (value instanceof Double number) {
            return number >= 0 && number < Long.MAX_VALUE ? number.longValue() : -1;
        }
        return value instanceof String text ? jp.hinomi.ingest.decode.syslog.Numbers.parse(text, 0, text.length()) : -1;
    }

    /** The object of that name; empty if there is none. */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** An object of the member of that name alone; empty if there is none. */
    public JsonObject only(String name) {
        Object value = members.get(name);
        return value == null ? EMPTY : new JsonObject(Map.of(name, value));
    }

    /** The array of that name; a single value is an array of one. */
    @SuppressWarnings("unchecked")
    public List<Object> list(String name) {
        Object value = members.get(name);
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        return value == null ? List.of() : List.of(value);
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public Map<String, Object> members() {
        return members;
    }

    static String asText(Object value) {
        if (value instanceof List<?> list) {
            value = list.isEmpty() ? null : list.get(0);
        }
        return value == null || value instanceof JsonObject ? null : value.toString();
    }
}
