package jp.hinomi.correlation.engine.epl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;

/** The fields that a statement reads of one stream, as it reaches them: {@code source} first, then {@code ip}. Immutable. */
public final class EventShape {
    private final Map<String, Object> parts;

    private EventShape(Map<String, Object> parts) {
        this.parts = parts;
    }

    @SuppressWarnings("unchecked")
    static EventShape of(Map<String, Object> type, String prefix) {
        Map<String, Object> parts = new LinkedHashMap<>();
        type.forEach((name, kind) -> {
            if (kind instanceof Map<?, ?> inner) {
                parts.put(name, of((Map<String, Object>) inner, prefix + name + '.'));
            } else {
                parts.put(name, new Leaf(Fields.of(prefix + name), (Class<?>) kind));
            }
        });
        return new EventShape(Map.copyOf(parts));
    }

    /** A {@link Leaf}, an {@link EventShape}, or null if the statement does not read it. */
    public Object part(String name) {
        return parts.get(name);
    }

    /** A field, and the type in which the statement reads it. */
    public record Leaf(Field field, Class<?> type) {
        /**
         * The value in that type: of several the first; null where there is none, or one that is not of the type, so that no
         * event can make a statement fail.
         */
        public Object convert(Object value) {
            if (value instanceof List<?> list) {
                return convert(list.get(0));
            }
            if (value == null || type.isInstance(value) && !(value instanceof Double)) {
                return value;
            }
            if (type == String.class) {
                return value.toString();
            }
            if (type == Boolean.class) {
                return value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : null;
            }
            return number(value);
        }

        private Object number(Object value) {
            try {
                if (type == Long.class) {
                    return value instanceof Double number
                            ? (number == Math.rint(number) && Math.abs(number) < 1e15
                                    ? (Object) number.longValue()
                                    : null)
                            : (Object) Long.valueOf(value.toString());
                }
                double number =
                        value instanceof Number given ? given.doubleValue() : Double.parseDouble(value.toString());
                return type == Double.class && Double.isFinite(number) ? (Object) number : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }
}
