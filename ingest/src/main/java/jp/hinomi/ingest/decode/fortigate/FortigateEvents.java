package jp.hinomi.ingest.decode.fortigate;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What a FortiGate message means: traffic, what the security profiles (UTM) saw, or an event of the device itself. */
final class FortigateEvents {
    private static final String NETWORK = "network";
    private static final List<String> INTRUSION = List.of(NETWORK, "intrusion_detection");
    private static final List<String> MALWARE = List.of(NETWORK, "malware");
    private static final List<String> WEB = List.of(NETWORK, "web");
    private static final Field RULE_REFERENCE = Fields.of("rule.reference");

    private FortigateEvents() {}

    static void describe(KeyValues values, EventDraft event) {
        String type = values.get(Key.TYPE).toLowerCase(Locale.ROOT);
        String subtype =
                values.get(Key.SUBTYPE) == null ? "" : values.get(Key.SUBTYPE).toLowerCase(Locale.ROOT);
        String action = values.get(Key.ACTION);
        event.action(action == null ? values.get(Key.UTMACTION) : action);
        switch (type) {
            case "traffic" -> {
                event.module("fortinet", "fortinet.traffic");
                traffic(values, action, event);
            }
            case "event" -> {
                event.module("fortinet", "fortinet.event");
                DeviceEvents.describe(values, subtype, action, event);
            }
            // FortiOS before 5.6 and some models name the profile as the type.
            case "utm",
                    "ips",
                    "virus",
                    "webfilter",
                    "app-ctrl",
                    "dns",
                    "anomaly",
                    "waf",
                    "dlp",
                    "emailfilter",
                    "ssl" -> {
                event.module("fortinet", "fortinet.utm");
                utm(values, type.equals("utm") ? subtype : type, action, event);
            }
            default -> {
                event.module("fortinet", "fortinet." + type);
                event.classify(NETWORK, "info");
            }
        }
    }

    private static void traffic(KeyValues values, String action, EventDraft event) {
        boolean allowed = allowed(action) && !"ip-conn".equals(action);
        boolean over = "close".equals(action)
                || "timeout".equals(action)
                || "client-rst".equals(action)
                || "server-rst".equals(action);
        String verdict = allowed ? "allowed" : "denied";
        event.classify(
                NETWORK,
                over
                        ? List.of("connection", "end", verdict)
                        : "start".equals(action)
                                ? List.of("connection", "start", verdict)
                                : List.of("connection", verdict));
        event.outcome(allowed);
        event.text(Fields.RULE_ID, values.get(Key.POLICYID));
        event.text(Fields.RULE_NAME, values.get(Key.POLICYNAME));
        event.text(Fields.RULE_UUID, values.get(Key.POLUUID));
        event.text(Fields.RULE_RULESET, values.get(Key.POLICYTYPE));
    }

    private static void utm(KeyValues values, String profile, String action, EventDraft event) {
        boolean allowed = allowed(action);
        List<String> type = List.of("info", allowed ? "allowed" : "denied");
        event.outcome(allowed);
        switch (profile) {
            case "ips", "anomaly", "waf" -> {
                event.kind("alert").classify(INTRUSION, type);
                event.text(Fields.RULE_ID, values.get(Key.ATTACKID));
                event.text(Fields.RULE_NAME, values.get(Key.ATTACK));
                event.text(RULE_REFERENCE, values.get(Key.REF));
            }
            case "virus" -> {
                event.kind("alert").classify(MALWARE, type);
                event.text(Fields.RULE_ID, values.get(Key.VIRUSID));
                event.text(Fields.RULE_NAME, values.get(Key.VIRUS));
                event.text(RULE_REFERENCE, values.get(Key.REF));
            }
            case "webfilter" -> {
                event.classify(WEB, allowed ? List.of("access", "allowed") : List.of("access", "denied"));
                event.text(Fields.RULE_CATEGORY, values.get(Key.CATDESC));
            }
            case "app-ctrl" -> {
                event.classify(NETWORK, List.of("connection", allowed ? "allowed" : "denied"));
                event.text(Fields.RULE_ID, values.get(Key.APPID));
                event.text(Fields.RULE_NAME, values.get(Key.APP));
                event.text(Fields.RULE_CATEGORY, values.get(Key.APPCAT));
            }
            case "dns" -> {
                event.classify(NETWORK, List.of("protocol", allowed ? "allowed" : "denied"));
                event.host(Fields.DNS_QUESTION_NAME, values.get(Key.QNAME));
                event.text(Fields.DNS_QUESTION_TYPE, values.get(Key.QTYPE));
                String answer = values.get(Key.IPADDR);
                if (answer != null) {
                    int comma = answer.indexOf(',');
                    event.ip(Fields.DNS_RESOLVED_IP, comma < 0 ? answer : answer.substring(0, comma));
                }
            }
            default -> event.classify(NETWORK, type);
        }
        severity(values, event);
    }

    /** FortiGuard's words as 1 (information) to 5 (critical), so that more is worse; threat scores where there are no words. */
    private static void severity(KeyValues values, EventDraft event) {
        String word = values.get(Key.SEVERITY) == null ? values.get(Key.CRLEVEL) : values.get(Key.SEVERITY);
        if (word != null) {
            event.number(
                    Fields.EVENT_SEVERITY,
                    switch (word.toLowerCase(Locale.ROOT)) {
                        case "info", "information" -> 1;
                        case "low" -> 2;
                        case "medium", "moderate" -> 3;
                        case "high" -> 4;
                        case "critical" -> 5;
                        default -> -1;
                    });
        }
        long score = Numbers.parse(values.get(Key.CRSCORE));
        if (score >= 0) {
            event.put(Fields.EVENT_RISK_SCORE, (double) score);
        }
    }

    /** What the device did; every word that does not stop something lets it pass. */
    static boolean allowed(String action) {
        return action == null
                || switch (action.toLowerCase(Locale.ROOT)) {
                    case "deny",
                            "denied",
                            "block",
                            "blocked",
                            "drop",
                            "dropped",
                            "drop_session",
                            "reset",
                            "reset_client",
                            "reset_server",
                            "clear_session",
                            "quarantine",
                            "violation",
                            "dns-block",
                            "redirect" -> false;
                    default -> true;
                };
    }
}
