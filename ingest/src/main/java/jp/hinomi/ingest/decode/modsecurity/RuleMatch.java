package jp.hinomi.ingest.decode.modsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.ingest.decode.json.JsonObject;

/**
 * One rule that matched, from the text {@code Warning. Pattern match "…" at ARGS:id. [file "…"] [line "66"] [id "942100"] [msg
 * "…"] [data "…"] [severity "CRITICAL"] [ver "OWASP_CRS/4.0.0"] [tag "attack-sqli"] …}, or from JSON.
 *
 * @param text what the engine says: how it matched, and what was done
 * @param severity 0 (emergency) to 7 (debug), or -1
 * @param data what was matched, or null
 */
record RuleMatch(
        String text,
        String id,
        String message,
        String data,
        long severity,
        String version,
        String file,
        String line,
        List<String> tags,
        String uniqueId,
        String hostname,
        String uri,
        String client) {
    private static final int MAX_TAGS = 64;
    private static final int MAX_ATTRIBUTES = 128;
    private static final String[] SEVERITIES = {
        "EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"
    };

    /** @param from the index of {@code Warning.}, {@code Access denied} … */
    static RuleMatch read(String text, int from, int to) {
        Attributes attributes = new Attributes(text, from, to);
        int end = attributes.first < 0 ? to : attributes.first;
        return new RuleMatch(
                text.substring(from, end).strip(),
                attributes.id,
                attributes.message,
                attributes.data,
                severity(attributes.severity),
                attributes.version,
                attributes.file,
                attributes.line,
                attributes.tags,
                attributes.uniqueId,
                attributes.hostname,
                attributes.uri,
                attributes.client);
    }

    /** {@code messages[]} of ModSecurity 3. */
    static RuleMatch ofV3(JsonObject message) {
        JsonObject details = message.object("details");
        return new RuleMatch(
                details.text("match"),
                details.text("ruleId"),
                message.text("message"),
                empty(details.text("data")),
                severity(details.text("severity")),
                details.text("ver"),
                details.text("file"),
                details.text("lineNumber"),
                details.texts("tags"),
                null,
                null,
                null,
                null);
    }

    /** {@code messages[]} of Coraza. */
    static RuleMatch ofCoraza(JsonObject message) {
        JsonObject data = message.object("data");
        String id = data.text("id");
        String text = data.text("msg");
        return new RuleMatch(
                message.text("error_message"),
                "0".equals(id) ? null : id,
                text == null || text.isEmpty() ? message.text("message") : text,
                empty(data.text("data")),
                severity(data.text("severity")),
                data.text("ver"),
                data.text("file"),
                data.text("line"),
                data.texts("tags"),
                null,
                null,
                null,
                null);
    }

    boolean denied() {
        return text != null && (text.contains("Access denied") || text.contains("denied (phase"));
    }

    /** Rules that only add up what others found: evaluation of the score, and correlation. */
    boolean sums() {
        return id != null && (id.startsWith("949") || id.startsWith("959") || id.startsWith("980"));
    }

    private static String empty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static long severity(String text) {
        if (text == null || text.isEmpty()) {
            return -1;
        }
        if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '7') {
            return text.charAt(0) - '0';
        }
        String upper = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < SEVERITIES.length; i++) {
            if (SEVERITIES[i].equals(upper)) {
                return i;
            }
        }
        return -1;
    }

    /** Reads {@code [name "value"]}; a backslash protects the character after it. One per text. */
    private static final class Attributes {
        private final List<String> tags = new ArrayList<>(4);
        private int first = -1;
        private String id;
        private String message;
        private String data;
        private String severity;
        private String version;
        private String file;
        private String line;
        private String uniqueId;
        private String hostname;
        private String uri;
        private String client;

        Attributes(String text, int from, int to) {
            int at = from;
            for (int count = 0; count < MAX_ATTRIBUTES; count++) {
                int open = text.indexOf(" [", at);
                if (open < 0 || open >= to) {
                    return;
                }
                int name = open + 2;
                int space = name;
                while (space < to
                        && (text.charAt(space) >= 'a' && text.charAt(space) <= 'z' || text.charAt(space) == '_')) {
                    space++;
                }
                boolean quoted = space > name && text.startsWith(" \"", space);
                int end = quoted ? end(text, space + 2, to) : -1;
                if (end < 0) {
                    at = name;
                } else {
                    first = first < 0 ? open : first;
                    take(text.substring(name, space), text.substring(space + 2, end));
                    at = end + 1;
                }
            }
        }

        /** The index of the quote before the closing bracket; quotes inside values are not always escaped. */
        private static int end(String text, int from, int to) {
            int at = text.indexOf("\"]", from);
            while (at > from
                    && at < to
                    && text.charAt(at - 1) == '\\'
                    && !(at > from + 1 && text.charAt(at - 2) == '\\')) {
                at = text.indexOf("\"]", at + 1);
            }
            return at < to ? at : -1;
        }

        private void take(String name, String value) {
            switch (name) {
                case "id" -> id = value;
                case "msg" -> message = value;
                case "data" -> data = empty(value);
                case "severity" -> severity = value;
                case "ver" -> version = value;
                case "file" -> file = value;
                case "line" -> line = value;
                case "tag" -> {
                    if (tags.size() < MAX_TAGS) {
                        tags.add(value);
                    }
                }
                case "unique_id" -> uniqueId = value;
                case "hostname" -> hostname = value;
                case "uri" -> uri = value;
                case "client" -> client = value;
                default -> {
                    // rev, maturity, accuracy, ref: of no use to a rule
                }
            }
        }
    }
}
