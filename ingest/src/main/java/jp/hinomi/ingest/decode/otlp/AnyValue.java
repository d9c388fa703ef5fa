package jp.hinomi.ingest.decode.otlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.json.JsonObject;

/** OTLP's {@code AnyValue} as plain values: {@code {"intValue":"7"}} → 7. Stateless. */
final class AnyValue {
    private static final int MAX_ELEMENTS = 256;
    private static final int MAX_DEPTH = 16;

    private AnyValue() {}

    /** @return text, Long, Double, Boolean, List or JsonObject; null if there is nothing */
    static Object of(JsonObject value) {
        return of(value, 0);
    }

    private static Object of(JsonObject value, int depth) {
        if (depth > MAX_DEPTH) {
            return null;
        }
        for (Map.Entry<String, Object> member : value.members().entrySet()) {
            switch (member.getKey()) {
                case "stringValue", "boolValue", "doubleValue", "bytesValue" -> {
                    return member.getValue();
                }
                case "intValue" -> {
                    long number = value.number("intValue"); // 64 bits are text in protobuf's JSON
                    return number >= 0 ? (Object) number : String.valueOf(member.getValue());
                }
                case "arrayValue" -> {
                    return list(value.object("arrayValue"), depth);
                }
                case "kvlistValue" -> {
                    return pairs(value.object("kvlistValue").list("values"), depth);
                }
                default -> {
                    // a kind of value that came later
                }
            }
        }
        return null;
    }

    private static List<Object> list(JsonObject array, int depth) {
        List<Object> out = new ArrayList<>();
        for (Object element : array.list("values")) {
            Object value = element instanceof JsonObject object ? of(object, depth + 1) : null;
            if (value != null && out.size() < MAX_ELEMENTS) {
                out.add(value);
            }
        }
        return out;
    }

    /** {@code attributes}, and the values of a {@code kvlistValue}. */
    static JsonObject attributes(List<Object> pairs) {
        return pairs(pairs, 0);
    }

    private static JsonObject pairs(List<Object> pairs, int depth) {
        Map<String, Object> out = new HashMap<>(pairs.size() * 2);
        for (Object element : pairs) {
            if (element instanceof JsonObject pair) {
                String key = pair.text("key");
                Object value = of(pair.object("value"), depth + 1);
                if (key != null && value != null && out.size() < 512) {
                    out.put(key, value);
                }
            }
        }
        return JsonObject.of(out);
    }
}
