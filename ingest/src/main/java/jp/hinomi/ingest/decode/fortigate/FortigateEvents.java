package jp.hinomi.ingest.decode.fortigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/** What a FortiGate message means: traffic, what the security profiles (UTM) saw, or an event of the device itself. */
final class FortigateEvents {
    private static final String NETWORK = "network";
    private static final List<String> INTRUSION = List.of(NETWORK, "intrusion_detection");
    private static final List<String> MALWARE = List.of(NETWORK, "malware");
    private static final Field RULE_REFERENCE = Fields.of("rule.reference");
    private static final Field EVENT_REFERENCE = Fields.of("event.reference");
    private static final Field RULE_DESCRIPTION = Fields.of("rule.description");
    private static final Field QUESTION_CLASS = Fields.of("dns.question.class");
    private static final int MAX_ANSWERS = 64;

    private FortigateEvents() {}

    static void describe(KeyValues values, EventDraft event) {
        String type = values.get(Key.TYPE).toLowerCase(Locale.ROOT);
        String subtype =
                values.get(Key.SUBTYPE) == null ? "" : values.get(Key.SUBTYPE).toLowerCase(Locale.ROOT);
        String action = values.get(Key.ACTION);
        event.action(values.first(Key.ACTION, Key.UTMACTION, Key.EVENTTYPE));
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
                // What was seen; what was done about it is event.type and fortinet.firewall.action.
                event.action(values.get(Key.EVENTTYPE));
                utm(values, type.equals("utm") ? subtype : type, action, event);
            }
            default -> {
                event.module("fortinet", "fortinet." + type);
                event.classify(NETWORK, "info");
            }
        }
    }

    private static void traffic(KeyValues values, String action, EventDraft event) {
        boolean denied = "deny".equals(action) || "block".equals(values.get(Key.UTMACTION)) || !allowed(action);
        List<String> types = new ArrayList<>(4);
        types.add("connection");
        if (action != null) {
            types.add("start".equals(action) ? "start" : "end");
        }
        if (values.get(Key.APP) != null && !"deny".equals(action)) {
            types.add("protocol");
        }
        types.add(denied ? "denied" : "allowed");
        event.classify(NETWORK, types);
        done(action, event);
        event.text(Fields.RULE_ID, values.get(Key.POLICYID));
        event.text(Fields.RULE_NAME, values.get(Key.POLICYNAME));
        event.text(Fields.RULE_UUID, values.get(Key.POLUUID));
        event.text(Fields.RULE_RULESET, values.get(Key.POLICYTYPE));
        event.text(RULE_DESCRIPTION, values.get(Key.COMMENT)).text(Fields.RULE_CATEGORY, values.get(Key.APPCAT));
    }

    private static void utm(KeyValues values, String profile, String action, EventDraft event) {
        boolean allowed = allowed(action);
        Object verdict = action == null ? "info" : allowed ? "allowed" : "denied";
        List<String> type = action == null ? List.of("info") : List.of("info", allowed ? "allowed" : "denied");
        done(action, event);
        // The policy; where a signature matched, that is the rule instead.
        event.text(Fields.RULE_ID, values.get(Key.POLICYID)).text(Fields.RULE_NAME, values.get(Key.POLICYNAME));
        event.text(Fields.RULE_RULESET, values.first(Key.APPLIST, Key.PROFILE));
        event.text(Fields.RULE_CATEGORY, values.first(Key.APPCAT, Key.CATDESC));
        event.text(RULE_REFERENCE, values.get(Key.REF)).text(EVENT_REFERENCE, values.get(Key.REF));
        SslFields.certificate(values, event);
        switch (profile) {
            case "ips", "anomaly", "waf" -> {
                event.kind("alert").classify(INTRUSION, type);
                signature(values.get(Key.ATTACKID), values.get(Key.ATTACK), event);
            }
            case "virus" -> {
                event.kind("alert").classify(MALWARE, type);
                signature(values.get(Key.VIRUSID), values.get(Key.VIRUS), event);
                MailFields.describe(values, event);
            }
            case "webfilter", "app-ctrl" -> event.classify(NETWORK, verdict);
            case "dns" -> {
                event.classify(NETWORK, type);
                dns(values, event);
            }
            case "ssl" -> {
                event.classify(NETWORK, verdict);
                SslFields.describe(values, event);
            }
            case "emailfilter", "dlp" -> {
                event.classify(NETWORK, type);
                MailFields.describe(values, event);
            }
            default -> event.classify(NETWORK, type);
        }
        severity(values, event);
    }

    /** Whatever the device did, it could do. */
    private static void done(String action, EventDraft event) {
        if (action != null) {
            event.outcome(true);
        }
    }

    private static void signature(String id, String name, EventDraft event) {
        event.text(Fields.RULE_ID, id).text(Fields.RULE_NAME, name);
    }

    private static void dns(KeyValues values, EventDraft event) {
        event.text(Fields.DNS_ID, values.get(Key.XID));
        event.host(Fields.DNS_QUESTION_NAME, values.get(Key.QNAME));
        event.text(Fields.DNS_QUESTION_TYPE, values.get(Key.QTYPE)).text(QUESTION_CLASS, values.get(Key.QCLASS));
        event.text(Fields.DNS_TYPE, answered(values.get(Key.EVENTTYPE)));
        String answers = values.get(Key.IPADDR);
        List<String> addresses = new ArrayList<>(2);
        int from = 0;
        while (answers != null && from < answers.length() && addresses.size() < MAX_ANSWERS) {
            int comma = answers.indexOf(',', from);
            int end = comma < 0 ? answers.length() : comma;
            String address = Addresses.canonical(answers.substring(from, end).strip());
            if (address != null) {
                addresses.add(address);
                event.relatedIp(address);
            }
            from = end + 1;
        }
        event.put(Fields.DNS_RESOLVED_IP, addresses);
    }

    private static String answered(String eventType) {
        return "dns-response".equals(eventType) ? "answer" : "dns-query".equals(eventType) ? "query" : null;
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
