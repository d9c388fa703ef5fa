package jp.hinomi.ingest.decode.paloalto;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;

/** What a log of each type means in the classification of ECS. */
final class Meanings {
    private static final String NETWORK = "network";
    private static final Field SEVERITY = Fields.of("log.level");

    private Meanings() {}

    static void describe(LogType type, CsvRow row, PanTime time, EventDraft event) {
        String subtype = subtype(row);
        event.action(subtype);
        severity(event);
        switch (type) {
            case TRAFFIC, TUNNEL, SCTP -> {
                Sessions.describe(type, row, time, event);
                traffic(type, row, subtype, event);
            }
            case THREAT -> {
                Sessions.describe(type, row, time, event);
                Threats.describe(type, row, subtype, event);
            }
            case DECRYPTION -> {
                Sessions.describe(type, row, time, event);
                Sessions.certificate(type, row, time, event);
                decryption(type, row, event);
            }
            case SYSTEM -> SystemLogs.describe(type, row, subtype, event);
            case CONFIG, CONFIG_DETAILED -> config(type, row, event);
            case USERID -> {
                event.classify(List.of(NETWORK, "iam"), userMapping(subtype));
                NetworkFields.type(event);
            }
            case GLOBALPROTECT -> RemoteAccess.describe(type, row, event);
            case AUTHENTICATION -> authentication(type, row, event);
            case HIPMATCH -> {
                event.classify(NETWORK, "info").action("hip_match");
                NetworkFields.type(event);
            }
            case IPTAG -> event.classify(NETWORK, "info");
            case CORRELATION -> {
                event.kind("alert").classify(List.of(NETWORK, "intrusion_detection"), "info");
                event.text(Fields.MESSAGE, type.get(row, "evidence"));
                event.text(Fields.RULE_NAME, type.get(row, "object.name"));
                event.text(Fields.RULE_ID, type.get(row, "object.id"));
            }
            case AUDIT -> event.classify("configuration", "info").action(type.get(row, "cmd"));
            case OTHER -> event.classify("host", "info");
        }
        if (type == LogType.AUDIT) {
            outcome(type.get(row, "result"), event);
        }
    }

    /** A log without a subtype has a zero there, or nothing; of tunnels it is the type that says start or end. */
    private static String subtype(CsvRow row) {
        String subtype = row.get(4);
        return (subtype.isEmpty() || subtype.equals("0") ? row.get(3) : subtype).toLowerCase(Locale.ROOT);
    }

    /** Of threats, 1 is the most severe, as with other detectors. */
    private static void severity(EventDraft event) {
        Object level = event.get(SEVERITY);
        if (level != null) {
            switch (level.toString()) {
                case "critical" -> event.number(Fields.EVENT_SEVERITY, 1);
                case "high" -> event.number(Fields.EVENT_SEVERITY, 2);
                case "medium" -> event.number(Fields.EVENT_SEVERITY, 3);
                case "low" -> event.number(Fields.EVENT_SEVERITY, 4);
                case "informational" -> event.number(Fields.EVENT_SEVERITY, 5);
                default -> {
                    // A word of another version says nothing about the order.
                }
            }
        }
    }

    private static void traffic(LogType type, CsvRow row, String subtype, EventDraft event) {
        boolean allowed = type.get(row, "action").equals("allow") && !subtype.equals("drop") && !subtype.equals("deny");
        String verdict = allowed ? "allowed" : "denied";
        switch (subtype) {
            case "start" ->
                event.classify(NETWORK, List.of("connection", "start", verdict)).action("flow_started");
            case "end" ->
                event.classify(NETWORK, List.of("connection", "end", verdict)).action("flow_terminated");
            case "drop" ->
                event.classify(NETWORK, List.of("connection", verdict)).action("flow_dropped");
            case "deny" ->
                event.classify(NETWORK, List.of("connection", verdict)).action("flow_denied");
            default -> event.classify(NETWORK, verdict);
        }
        event.outcome(allowed);
        event.text(Fields.EVENT_REASON, type.get(row, "endreason"));
        event.text(Fields.RULE_NAME, type.get(row, "tunnel_inspection_rule"));
    }

    private static void decryption(LogType type, CsvRow row, EventDraft event) {
        String error = type.get(row, "error_message");
        boolean failed = !error.isEmpty() && !error.equals("-");
        event.classify(NETWORK, type.get(row, "action").equals("allow") ? "allowed" : "denied")
                .outcome(!failed);
        event.text(Fields.EVENT_REASON, error).action("decryption");
    }

    private static void config(LogType type, CsvRow row, EventDraft event) {
        String command = type.get(row, "cmd").toLowerCase(Locale.ROOT);
        int space = command.indexOf(' ');
        String verb = space < 0 ? command : command.substring(0, space);
        String change = switch (verb) {
            case "add", "set", "clone" -> "creation";
            case "delete" -> "deletion";
            default -> "change";
        };
        event.classify("configuration", change);
        if (!verb.isEmpty()) {
            event.action("cmd-" + verb);
        }
        outcome(type.get(row, "result"), event);
    }

    private static void authentication(LogType type, CsvRow row, EventDraft event) {
        String result = type.get(row, "event.result").toLowerCase(Locale.ROOT);
        String description = type.get(row, "description").toLowerCase(Locale.ROOT);
        event.classify("authentication", "start").action(result.isEmpty() ? "authentication" : result);
        outcome(result.isEmpty() ? description : result, event);
        NetworkFields.type(event);
    }

    /** Words such as {@code Succeeded}, {@code auth-fail}, {@code Unauthorized}. */
    static void outcome(String word, EventDraft event) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.contains("fail")
                || lower.contains("unauthorized")
                || lower.contains("den")
                || lower.contains("timeout")) {
            event.outcome(false);
        } else if (lower.contains("succ") || lower.contains("submitted")) {
            event.outcome(true);
        }
    }

    private static List<String> userMapping(String subtype) {
        return switch (subtype) {
            case "login" -> List.of("user", "start");
            case "logout" -> List.of("user", "end");
            default -> List.of("user", "info");
        };
    }
}
