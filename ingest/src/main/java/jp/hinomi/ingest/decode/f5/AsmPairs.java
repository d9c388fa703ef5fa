package jp.hinomi.ingest.decode.f5;

import java.util.HashMap;
import java.util.Map;

/**
 * {@code name="value",name=value,…}: values in quotes may hold commas and quotes; a value ends at a quote with a comma and a
 * name, or nothing, behind it. Stateless.
 */
final class AsmPairs {
    private static final int MAX_PAIRS = 256;
    private static final int MAX_NAME = 64;

    private AsmPairs() {}

    /**
     * @param aliases names that stand for others
     * @return empty if no pair begins there; a part that is no pair is passed over, and so is what has no value
     */
    static Map<String, Object> read(String text, int from, Map<String, String> aliases) {
        Map<String, Object> pairs = new HashMap<>(64);
        int at = from;
        while (at < text.length() && pairs.size() < MAX_PAIRS) {
            int equals = nameEnd(text, at);
            if (equals < 0) {
                int comma = text.indexOf(',', at);
                if (comma < 0) {
                    break;
                }
                at = comma + 1;
            } else {
                String name = text.substring(at, equals);
                boolean quoted = equals + 1 < text.length() && text.charAt(equals + 1) == '"';
                int begin = quoted ? equals + 2 : equals + 1;
                int end = quoted ? closingQuote(text, begin) : comma(text, begin);
                if (end > begin && !(end - begin == 3 && text.startsWith("N/A", begin))) {
                    String value = text.substring(begin, end);
                    value = quoted && value.contains("\"\"") ? value.replace("\"\"", "\"") : value;
                    pairs.putIfAbsent(aliases.getOrDefault(name, name), value);
                }
                at = comma(text, end) + 1;
            }
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        return pairs;
    }

    private static int comma(String text, int from) {
        int comma = text.indexOf(',', from);
        return comma < 0 ? text.length() : comma;
    }

    /** The index of the equals sign after a name, or -1. */
    private static int nameEnd(String text, int from) {
        int at = from;
        while (at < text.length() && at - from <= MAX_NAME && isName(text.charAt(at))) {
            at++;
        }
        return at > from && at < text.length() && text.charAt(at) == '=' ? at : -1;
    }

    private static boolean isName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private static int closingQuote(String text, int from) {
        int quote = text.indexOf('"', from);
        while (quote >= 0) {
            int next = quote + 1;
            if (next == text.length()) {
                return quote;
            }
            if (text.charAt(next) == ',') {
                int name = next + 1;
                while (name < text.length() && text.charAt(name) == ' ') {
                    name++;
                }
                if (name == text.length() || nameEnd(text, name) > 0) {
                    return quote;
                }
            }
            quote = text.indexOf('"', next);
        }
        return text.length();
    }
}
