package jp.hinomi.ingest.decode.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The pairs of a record in the exporter's formats. Of a name that comes several times the first value counts. Stateless. */
final class ExporterPairs {
    private static final int MAX = 500;

    /** For as many pairs as most records have. */
    private static final int ROOM = 64;

    private static final int MAX_NAME = 64;

    /** Between the values of a name that may have several; a record is one line, so it is in none of them. */
    static final char FURTHER = '\n';

    /** What each layer of a policy says by itself. */
    private static final Set<String> SEVERAL = Set.of("rule_name", "rule_uid", "layer_name");

    /** Characters of all values of such a name together. */
    private static final int MAX_SEVERAL = 2_048;

    private ExporterPairs() {}

    /** {@code [name:"value"; name:"value"]} or {@code name=value|name=value}. */
    static Map<String, String> read(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '[' ? quoted(text, at + 1, ':') : barred(text, at);
    }

    /** {@code [Fields@1.3.6.1.4.1.2620 name="value" name="value"]}. */
    static Map<String, String> structured(String text, int from) {
        int space = text.indexOf(' ', from);
        return space < 0 ? Map.of() : quoted(text, space + 1, '=');
    }

    private static Map<String, String> quoted(String text, int from, char assignment) {
        Map<String, String> values = new LinkedHashMap<>(ROOM);
        int at = from;
        while (values.size() < MAX) {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ';')) {
                at++;
            }
            int sign = text.indexOf(assignment, at);
            if (sign <= at || sign - at > MAX_NAME) {
                return values;
            }
            // Some fields come with two colons: methods::"ESP: AES-128".
            int open = text.startsWith("::", sign) ? sign + 2 : sign + 1;
            if (!text.startsWith("\"", open)) {
                return values;
            }
            int end = closing(text, open + 1);
            put(values, text.substring(at, sign), unescaped(text.substring(open + 1, end)));
            at = end + 1;
        }
        return values;
    }

    private static int closing(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return at;
            }
            at += c == '\\' ? 2 : 1;
        }
        return text.length();
    }

    private static Map<String, String> barred(String text, int from) {
        Map<String, String> values = new LinkedHashMap<>(ROOM);
        int at = from;
        while (at < text.length() && values.size() < MAX) {
            int end = bar(text, at);
            int sign = text.indexOf('=', at);
            if (sign <= at
                    || sign >= end
                    || sign - at > MAX_NAME
                    || text.substring(at, sign).indexOf(' ') > 0) {
                return values;
            }
            put(values, text.substring(at, sign).strip(), unescaped(text.substring(sign + 1, end)));
            at = end + 1;
        }
        return values;
    }

    /** A backslash protects a bar in a value. */
    private static int bar(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '|') {
                return at;
            }
            at += c == '\\' ? 2 : 1;
        }
        return text.length();
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (value.isBlank() || name.isEmpty()) {
            return;
        }
        String before = values.putIfAbsent(name, value);
        // Names of rules are short: what is long would be copied and searched again with every further one.
        if (before != null
                && SEVERAL.contains(name)
                && before.length() + value.length() < MAX_SEVERAL
                && !holds(before, value)) {
            values.put(name, before + FURTHER + value);
        }
    }

    private static boolean holds(String values, String value) {
        return (FURTHER + values + FURTHER).contains(FURTHER + value + FURTHER);
    }

    private static String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escape = c == '\\' && i + 1 < value.length() && "\"\\]=|".indexOf(value.charAt(i + 1)) >= 0;
            out.append(escape ? value.charAt(++i) : c);
        }
        return out.toString();
    }
}
