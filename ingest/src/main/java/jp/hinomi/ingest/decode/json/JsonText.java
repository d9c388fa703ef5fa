package jp.hinomi.ingest.decode.json;

import java.util.List;
import java.util.Map;

/** A JSON value as one line of text, {@code {key=value, list=[a, b]}}, for rules that search in all of it. Stateless. */
public final class JsonText {
    private JsonText() {}

    /**
     * @param maxLength beyond it the text is cut, in characters
     * @return null if there is nothing in it
     */
    public static String of(JsonObject object, int maxLength) {
        if (object.isEmpty()) {
            return null;
        }
        StringBuilder out = new StringBuilder(128);
        object(object, out, maxLength);
        if (out.length() > maxLength) {
            out.setLength(Character.isHighSurrogate(out.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
        }
        return out.toString();
    }

    private static void object(JsonObject object, StringBuilder out, int max) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Object> member : object.members().entrySet()) {
            if (isEmpty(member.getValue())) {
                continue;
            }
            if (out.length() > max) {
                return;
            }
            out.append(first ? "" : ", ").append(member.getKey()).append('=');
            first = false;
            value(member.getValue(), out, max);
        }
        out.append('}');
    }

    private static void value(Object value, StringBuilder out, int max) {
        if (value instanceof JsonObject inner) {
            object(inner, out, max);
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size() && out.length() <= max; i++) {
                out.append(i == 0 ? "" : ", ");
                value(list.get(i), out, max);
            }
            out.append(']');
        } else {
            out.append(value);
        }
    }

    private static boolean isEmpty(Object value) {
        return "".equals(value)
                || value instanceof JsonObject object && object.isEmpty()
                || value instanceof List<?> list && list.isEmpty();
    }
}
