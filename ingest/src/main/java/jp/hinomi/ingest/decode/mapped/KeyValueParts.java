package jp.hinomi.ingest.decode.mapped;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.ingest.decode.json.JsonObject;

/**
 * {@code key=value key="quoted \"value\""} with any separator and assignment; a word without assignment is passed over. A
 * key that comes again keeps its first value.
 */
final class KeyValueParts implements PartReader {
    private static final int MAX_PAIRS = 512;

    private final char separator;
    private final char assignment;

    KeyValueParts(char separator, char assignment) {
        this.separator = separator;
        this.assignment = assignment;
    }

    @Override
    public JsonObject read(String message) throws Unreadable {
        Map<String, Object> pairs = new LinkedHashMap<>();
        int at = 0;
        while (at < message.length() && pairs.size() < MAX_PAIRS) {
            int keyEnd = at;
            while (keyEnd < message.length()
                    && message.charAt(keyEnd) != assignment
                    && message.charAt(keyEnd) != separator) {
                keyEnd++;
            }
            if (keyEnd == message.length() || message.charAt(keyEnd) == separator) {
                at = keyEnd + 1;
                continue;
            }
            String key = message.substring(at, keyEnd).strip();
            int value = keyEnd + 1;
            if (value < message.length() && message.charAt(value) == '"') {
                StringBuilder text = new StringBuilder();
                at = quoted(message, value + 1, text);
                pairs.putIfAbsent(key, text.toString());
                at = at < message.length() && message.charAt(at) == separator ? at + 1 : at;
            } else {
                int end = message.indexOf(separator, value);
                end = end < 0 ? message.length() : end;
                pairs.putIfAbsent(key, message.substring(value, end).strip());
                at = end + 1;
            }
        }
        if (pairs.isEmpty()) {
            throw new Unreadable("no key" + assignment + "value in it: check the format's separator and assignment", 0);
        }
        return JsonObject.of(pairs);
    }

    /** @return the index after the closing quote */
    private static int quoted(String message, int from, StringBuilder text) throws Unreadable {
        int at = from;
        while (at < message.length()) {
            char c = message.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < message.length()) {
                char next = message.charAt(at + 1);
                if (next == '"' || next == '\\') {
                    c = next;
                    at++;
                }
            }
            text.append(c);
            at++;
        }
        throw new Unreadable(
                "the quote does not end: the sender cut the line; raise its maximum message size", from - 1);
    }
}
