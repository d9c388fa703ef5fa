package jp.hinomi.ingest.decode.keycloak;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/**
 * The message of a log record: an event of the logging listener ({@code type="LOGIN", realmId="…", …}; before version 20
 * without quotes, values with spaces in single quotes), or any other text. Stateless.
 */
final class KeycloakMessages {
    private static final int MAX_PAIRS = 200;
    private static final int MAX_KEY = 64;

    private KeycloakMessages() {}

    static void describe(String message, EventDraft event) {
        if (message.startsWith("type=") || message.startsWith("operationType=")) {
            Map<String, Object> pairs = pairs(message);
            if (pairs.containsKey("realmId") || pairs.containsKey("realmName")) {
                KeycloakEvent.describe(JsonObject.of(pairs), event);
                return;
            }
        }
        event.text(Fields.MESSAGE, message);
    }

    /** The first value of a key counts: a later one may come from what a user typed. */
    static Map<String, Object> pairs(String message) {
        Map<String, Object> pairs = new HashMap<>(32);
        int at = 0;
        while (at < message.length() && pairs.size() < MAX_PAIRS) {
            int equals = message.indexOf('=', at);
            if (equals <= at || equals - at > MAX_KEY) {
                break;
            }
            String key = message.substring(at, equals);
            int from = equals + 1;
            char quote = from < message.length() ? message.charAt(from) : ' ';
            int end;
            String value;
            if (quote == '"' || quote == '\'') {
                end = closing(message, from + 1, quote);
                value = unescape(message, from + 1, end);
                end = message.indexOf(", ", end);
            } else {
                end = message.indexOf(", ", from);
                value = message.substring(from, end < 0 ? message.length() : end);
            }
            if (!value.isEmpty() && !value.equals("null")) {
                pairs.putIfAbsent(key, value);
            }
            at = end < 0 ? message.length() : end + 2;
        }
        return pairs;
    }

    private static int closing(String text, int from, char quote) {
        int at = from;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static String unescape(String text, int from, int to) {
        int backslash = text.indexOf('\\', from);
        if (backslash < 0 || backslash >= to) {
            return text.substring(from, to);
        }
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < to && "\"'\\".indexOf(text.charAt(i + 1)) >= 0;
            out.append(escape ? text.charAt(++i) : c);
        }
        return out.toString();
    }
}
