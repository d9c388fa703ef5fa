package jp.hinomi.ingest.decode.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JSON object that has been read, with look-ups that never fail: what is missing or of another type is null or -1. */
public final class JsonObject {
    static final JsonObject EMPTY = new JsonObject(Map.of());

    private static final int MAX_TEXTS = 256;

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

    /** The first where there is one, else the other. */
    public String text(String name, String other) {
        String text = text(name);
        return text == null ? text(other) : text;
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

    /** The first where there is one, else the other. */
    public long number(String name, String other) {
        long number = number(name);
        return number < 0 ? number(other) : number;
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

    /** The array of that name as texts, without objects and what is empty; a single value is an array of one; at most 256. */
    public List<String> texts(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        List<String> out = new ArrayList<>(2);
        for (Object element : value instanceof List<?> list ? list : List.of(value)) {
            if (!(element instanceof JsonObject) && !(element instanceof List<?>) && out.size() < MAX_TEXTS) {
                String text = element.toString();
                if (!text.isEmpty()) {
                    out.add(text);
                }
            }
        }
        return out;
    }

    /** A number with its fraction, also one that is written as text; NaN if there is none. */
    public double decimal(String name) {
        Object value = members.get(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (!(value instanceof String text) || text.isEmpty() || text.length() > 32) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && c != '-' && (c < '0' || c > '9') && c != 'e' && c != 'E' && c != '+') {
                return Double.NaN;
            }
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** True or false, also as text; null if it is neither. */
    public Boolean flag(String name) {
        Object value = members.get(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        return "true".equals(value) ? Boolean.TRUE : "false".equals(value) ? Boolean.FALSE : null;
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
