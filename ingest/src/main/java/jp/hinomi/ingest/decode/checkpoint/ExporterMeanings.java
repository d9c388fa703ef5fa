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
    private static final List<String> AUTHENTICATION = List.of("network", "authentication");
    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field ACTION = Fields.of("checkpoint.action");

    /** By number, of the blades of threat prevention. */
    private static final String[] SEVERITIES = {"informational", "low", "medium", "high", "critical"};

    private ExporterMeanings() {}

    static void describe(Map<String, String> values, EventDraft event) {
        String action = values.getOrDefault("action", values.get("rule_action"));
        event.text(ACTION, action).action(named(action));
        severity(values.get("severity"), event);
        String product = values.getOrDefault("product", values.getOrDefault("ProductName", ""));
        Boolean allowed = Verdicts.allowed(action);
        allowed = allowed == null ? Verdicts.allowed(values.get("rule_action")) : allowed;
        if (values.containsKey("operation") || values.containsKey("audit_status")) {
            audit(allowed, values, event);
        } else if (isLogin(product, action, values)) {
            authentication(action, values, event);
        } else {
            blade(product, allowed, values, event);
        }
        if (allowed != null && event.get(Fields.EVENT_OUTCOME) == null) {
            // The gateway says it, and it did what its policy asks for, also where that is to refuse.
            event.outcome(true);
        }
        network(values, event);
    }

    /** The actions as the device words them; of logins by the names that they have with every product. */
    private static String named(String action) {
        return action == null
                ? null
                : switch (action) {
                    case "Log In" -> "logged-in";
                    case "Log Out" -> "logged-out";
                    case "Failed Log In" -> "logon-failed";
                    default -> action;
                };
    }

    /** What administrators did. */
    private static void audit(Boolean allowed, Map<String, String> values, EventDraft event) {
        String operation = values.getOrDefault("operation", "");
        String lower = operation.toLowerCase(Locale.ROOT);
        if (event.get(Fields.EVENT_ACTION) == null) {
            event.action(lower.replace(' ', '-'));
        }
        if (lower.equals("log in") || lower.equals("log out")) {
            event.classify("authentication", lower.equals("log in") ? "start" : "end");
        } else {
            event.classify(
                    "configuration",
                    lower.startsWith("create") || lower.startsWith("add")
                            ? "creation"
                            : lower.startsWith("delete") || lower.startsWith("remove") ? "deletion" : "change");
        }
        event.text(Fields.MESSAGE, event.get(Fields.MESSAGE) == null ? operation : null);
        Verdicts.outcome(values.getOrDefault("audit_status", values.get("additional_info")), event);
        if (allowed != null && event.get(Fields.EVENT_OUTCOME) == null) {
            event.outcome(allowed);
        }
    }

    private static boolean isLogin(String product, String action, Map<String, String> values) {
        return product.equals("Identity Awareness")
                || product.equals("Mobile Access")
                || values.containsKey("auth_status")
                || "Log In".equals(action)
                || "Failed Log In".equals(action);
    }

    private static void blade(String product, Boolean allowed, Map<String, String> values, EventDraft event) {
        boolean malware = values.containsKey("malware_action");
        boolean intrusion = false;
        switch (product) {
            case "SmartDefense", "IPS", "DDoS Protector" -> intrusion = true;
            case "Anti Malware",
                    "New Anti Virus",
                    "Anti-Virus",
                    "Anti-Bot",
                    "Threat Emulation",
                    "Threat Extraction",
                    "Zero Phishing" ->
                malware |= values.containsKey("protection_name") || values.containsKey("verdict");
            default -> {
                // The firewall's own, or a blade that only names what it saw.
            }
        }
        event.kind(intrusion || malware ? "alert" : "event");
        event.put(Fields.EVENT_CATEGORY, intrusion ? INTRUSION : malware ? MALWARE : "network");
        event.put(
                Fields.EVENT_TYPE,
                allowed == null
                        ? intrusion || malware ? "info" : null
                        : List.of(intrusion || malware ? "info" : "connection", allowed ? "allowed" : "denied"));
    }

    private static void authentication(String action, Map<String, String> values, EventDraft event) {
        String word = action == null ? "" : action;
        boolean failed = word.startsWith("Failed");
        boolean login = failed || word.equals("Log In");
        event.classify(AUTHENTICATION, word.contains("Out") ? "end" : failed ? "denied" : login ? "allowed" : "start");
        if (login) {
            event.outcome(!failed);
        } else {
            Verdicts.outcome(values.get("auth_status"), event);
        }
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
        event.text(Fields.NETWORK_DIRECTION, values.get("ifdir"));
        if (event.get(Fields.SOURCE_IP) == null && event.get(Fields.DESTINATION_IP) == null) {
            return;
        }
        NetworkFields.type(event);
        if (event.get(Fields.NETWORK_DIRECTION) == null) {
            NetworkFields.direction(values.get("inzone"), values.get("outzone"), event);
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
