package jp.hinomi.ingest.decode.checkpoint;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Verdicts;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What a log means, by the blade that wrote it and what was done. */
final class ExporterMeanings {
    private static final List<String> INTRUSION = List.of("intrusion_detection", "network");
    private static final List<String> MALWARE = List.of("malware", "network");
    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field ACTION = Fields.of("checkpoint.action");

    /** By number, of the blades of threat prevention. */
    private static final String[] SEVERITIES = {"informational", "low", "medium", "high", "critical"};

    private ExporterMeanings() {}

    static void describe(Map<String, String> values, EventDraft event) {
        String action = values.getOrDefault("action", values.get("rule_action"));
        event.text(ACTION, action).action(action == null ? null : action.toLowerCase(Locale.ROOT));
        severity(values.get("severity"), event);
        if (values.containsKey("operation") || values.containsKey("audit_status")) {
            audit(values, event);
        } else {
            blade(values.getOrDefault("product", values.getOrDefault("ProductName", "")), action, values, event);
        }
        network(values, event);
    }

    private static void audit(Map<String, String> values, EventDraft event) {
        String operation = values.getOrDefault("operation", "");
        String lower = operation.toLowerCase(Locale.ROOT);
        event.action(lower.replace(' ', '-'));
        if (lower.equals("log in") || lower.equals("log out")) {
            event.classify("authentication", lower.equals("log in") ? "start" : "end");
        } else {
            event.classify(
                    "configuration",
                    lower.startsWith("create") || lower.startsWith("add")
                            ? "creation"
                            : lower.startsWith("delete") || lower.startsWith("remove") ? "deletion" : "change");
        }
        if (event.get(Fields.MESSAGE) == null) {
            event.text(Fields.MESSAGE, values.getOrDefault("subject", operation));
        }
        String status = values.getOrDefault("audit_status", values.get("additional_info"));
        Verdicts.outcome(status, event);
        if (event.get(Fields.EVENT_OUTCOME) == null && "Accept".equals(values.get("action"))) {
            event.outcome(true);
        }
        login(operation, event);
    }

    /** Whichever blade says it; what failed is named apart. */
    private static void login(String operation, EventDraft event) {
        boolean failed = "failure".equals(event.get(Fields.EVENT_OUTCOME));
        switch (operation) {
            case "Log In", "Failed Log In" -> event.action(failed ? "logon-failed" : "logged-in");
            case "Log Out" -> event.action("logged-out");
            default -> {
                // Not about a session.
            }
        }
    }

    private static void blade(String product, String action, Map<String, String> values, EventDraft event) {
        Boolean allowed = Verdicts.allowed(action);
        List<String> info = allowed == null ? List.of("info") : List.of("info", allowed ? "allowed" : "denied");
        switch (product) {
            case "SmartDefense", "IPS", "DDoS Protector" -> event.kind("alert").classify(INTRUSION, info);
            case "Anti Malware",
                    "New Anti Virus",
                    "Anti-Virus",
                    "Anti-Bot",
                    "Threat Emulation",
                    "Threat Extraction",
                    "Zero Phishing" ->
                event.kind(values.containsKey("protection_name") || values.containsKey("verdict") ? "alert" : "event")
                        .classify(MALWARE, info);
            case "URL Filtering", "Application Control" ->
                event.classify(
                        List.of("web", "network"),
                        allowed == null ? List.of("access") : List.of("access", allowed ? "allowed" : "denied"));
            case "Identity Awareness", "Mobile Access" -> authentication(action, values, event);
            default -> {
                if (values.containsKey("auth_status") || "Log In".equals(action) || "Failed Log In".equals(action)) {
                    authentication(action, values, event);
                } else if (event.get(Fields.SOURCE_ADDRESS) != null || event.get(Fields.DESTINATION_ADDRESS) != null) {
                    event.classify(
                            "network",
                            allowed == null
                                    ? List.of("connection")
                                    : List.of("connection", allowed ? "allowed" : "denied"));
                } else {
                    event.classify("host", "info");
                }
            }
        }
        if (allowed != null && event.get(Fields.EVENT_OUTCOME) == null) {
            event.outcome(allowed);
        }
    }

    private static void authentication(String action, Map<String, String> values, EventDraft event) {
        String word = action == null ? "" : action;
        event.classify("authentication", word.contains("Out") ? "end" : "start");
        if (word.startsWith("Failed")) {
            event.outcome(false);
        } else {
            Verdicts.outcome(values.getOrDefault("auth_status", word.equals("Log In") ? "success" : null), event);
        }
        login(word, event);
    }

    private static void severity(String text, EventDraft event) {
        long number = Numbers.parse(text);
        if (number >= 0 && number < SEVERITIES.length) {
            event.number(Fields.EVENT_SEVERITY, number).text(LOG_LEVEL, SEVERITIES[(int) number]);
        } else if (text != null && text.length() <= 32) {
            event.text(LOG_LEVEL, text.toLowerCase(Locale.ROOT));
        }
    }

    private static void network(Map<String, String> values, EventDraft event) {
        if (event.get(Fields.SOURCE_IP) == null && event.get(Fields.DESTINATION_IP) == null) {
            return;
        }
        NetworkFields.type(event);
        NetworkFields.direction(values.get("inzone"), values.get("outzone"), event);
        if (event.get(Fields.NETWORK_DIRECTION) == null) {
            event.text(Fields.NETWORK_DIRECTION, values.get("ifdir"));
        }
        long type = Numbers.parse(values.get("icmp_type"));
        long code = Numbers.parse(values.get("icmp_code"));
        if (type >= 0 && type < 256 && code >= 0 && code < 256) {
            NetworkFields.communityId(event, (int) type, (int) code);
        } else {
            NetworkFields.communityId(event);
        }
    }
}
