package jp.hinomi.ingest.decode.juniper;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Verdicts;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What a log means, by its tag. Tags of logical systems end in {@code _LS}. */
final class SrxMeanings {
    private static final Field LOG_LEVEL = Fields.of("log.level");

    /** Of administrators: the device's own SSH, console and web server (System Log Explorer, Junos OS). */
    private static final Set<String> FAILED_LOGINS = Set.of("LOGIN_FAILED", "SSHD_LOGIN_FAILED", "WEB_AUTH_FAIL");

    private static final Set<String> LOGINS = Set.of("UI_LOGIN_EVENT", "LOGIN_INFORMATION", "WEB_AUTH_SUCCESS");

    private SrxMeanings() {}

    static void describe(String tag, Map<String, String> values, EventDraft event) {
        String plain = tag.endsWith("_LS") ? tag.substring(0, tag.length() - 3) : tag;
        if (plain.startsWith("RT_FLOW_SESSION") || plain.startsWith("APPTRACK_SESSION")) {
            session(plain, event);
            event.text(Fields.RULE_NAME, values.get("policy-name"));
        } else if (plain.startsWith("IDP_") || plain.startsWith("RT_SCREEN_")) {
            attack(values, event);
        } else if (plain.startsWith("WEBFILTER_")) {
            web(plain, values, event);
        } else if (plain.startsWith("AV_") || plain.contains("AAMW")) {
            malware(plain, values, event);
        } else if (plain.startsWith("ANTISPAM_")) {
            event.classify("email", "info").action("spam_detected").kind("alert");
            outcome(values.get("action"), event);
        } else if (plain.startsWith("SECINTEL_")) {
            event.kind("alert").action("security_intelligence");
            verdict(List.of("network", "intrusion_detection"), values.get("action"), event);
            event.text(Fields.RULE_NAME, values.get("policy-name"));
        } else if (plain.startsWith("CONTENT_FILTERING")) {
            event.action("content_filter");
            verdict("network", plain.contains("BLOCKED") ? "block" : values.get("action"), event);
        } else if (FAILED_LOGINS.contains(plain)) {
            event.classify("authentication", "start").action("logon-failed").outcome(false);
        } else if (LOGINS.contains(plain)) {
            event.classify("authentication", "start").action("logged-in").outcome(true);
            client(values.get("ssh-connection"), event);
        } else {
            event.classify("host", "info").action(plain.toLowerCase(Locale.ROOT));
        }
        network(values, event);
    }

    /** {@code 203.0.113.7 51000 192.0.2.1 22}, as the SSH server puts it into the environment. */
    private static void client(String connection, EventDraft event) {
        if (connection != null && connection.indexOf(' ') > 0 && event.get(Fields.SOURCE_IP) == null) {
            event.source(connection.substring(0, connection.indexOf(' ')));
        }
    }

    private static void session(String tag, EventDraft event) {
        if (tag.endsWith("_CREATE")) {
            event.action("flow_started").outcome(true);
            event.classify("network", List.of("connection", "start", "allowed"));
        } else if (tag.endsWith("_CLOSE")) {
            event.action("flow_close").outcome(true);
            event.classify("network", List.of("connection", "end", "allowed"));
        } else if (tag.endsWith("_DENY")) {
            event.action("flow_deny").outcome(false);
            event.classify("network", List.of("connection", "denied"));
        } else {
            event.action("flow_update").classify("network", List.of("connection", "info"));
        }
    }

    private static void attack(Map<String, String> values, EventDraft event) {
        event.kind("alert").action("attack_detected");
        verdict(List.of("network", "intrusion_detection"), values.get("action"), event);
        String name = values.getOrDefault("attack-name", values.get("ddos-application-name"));
        event.text(Fields.RULE_NAME, name);
        event.text(Fields.RULE_ID, values.get("rule-name")).text(Fields.RULE_RULESET, values.get("policy-name"));
        if (event.get(Fields.MESSAGE) == null) {
            event.text(Fields.MESSAGE, name);
        }
        String severity = values.get("threat-severity");
        if (severity != null) {
            event.text(LOG_LEVEL, severity.toLowerCase(Locale.ROOT));
            event.number(
                    Fields.EVENT_SEVERITY,
                    switch (severity) {
                        case "CRITICAL" -> 1;
                        case "HIGH" -> 2;
                        case "MEDIUM", "MAJOR" -> 3;
                        case "LOW", "MINOR" -> 4;
                        case "INFO" -> 5;
                        default -> -1;
                    });
        }
    }

    private static void web(String tag, Map<String, String> values, EventDraft event) {
        boolean denied = tag.contains("BLOCKED");
        event.kind(denied ? "alert" : "event").action("web_filter").outcome(!denied);
        event.classify(List.of("web", "network"), List.of("access", denied ? "denied" : "allowed"));
        event.text(Fields.RULE_CATEGORY, values.get("category"));
        String host = values.get("url");
        String path = values.getOrDefault("obj", "");
        if (host != null) {
            event.url(host.contains("://") || path.isEmpty() ? host : path);
            if (!host.contains("://")) {
                event.host(Fields.URL_DOMAIN, host).text(Fields.URL_ORIGINAL, host + path);
            }
        }
    }

    private static void malware(String tag, Map<String, String> values, EventDraft event) {
        boolean found = tag.contains("VIRUS_DETECTED") || tag.contains("AAMW") || tag.contains("INFECTED");
        event.kind(found ? "alert" : "event").action(found ? "malware_detected" : "antivirus_filter");
        String action = values.get("action");
        if (action == null && (tag.contains("DROP") || tag.contains("BLOCK"))) {
            action = "drop";
        }
        verdict(found ? List.of("malware", "network") : "network", action, event);
        event.text(Fields.RULE_NAME, values.getOrDefault("name", values.get("malware-info")));
        String url = values.get("url");
        if (url != null && !url.equals(values.get("name"))) {
            event.url(url);
        }
    }

    private static void verdict(Object categories, String action, EventDraft event) {
        Boolean allowed = Verdicts.allowed(action);
        if (allowed == null && action != null) {
            // IDP closes connections of an attack: CLOSE, CLOSE_CLIENT, CLOSE_SERVER.
            allowed = action.startsWith("CLOSE") ? Boolean.FALSE : null;
        }
        event.classify(
                categories,
                allowed == null ? "info" : allowed ? List.of("info", "allowed") : List.of("info", "denied"));
        if (allowed != null) {
            event.outcome(allowed);
        }
    }

    private static void outcome(String action, EventDraft event) {
        Boolean allowed = Verdicts.allowed(action);
        if (allowed != null) {
            event.outcome(allowed);
        }
    }

    private static void network(Map<String, String> values, EventDraft event) {
        if (event.get(Fields.SOURCE_IP) == null && event.get(Fields.DESTINATION_IP) == null) {
            return;
        }
        NetworkFields.type(event);
        NetworkFields.direction(
                values.getOrDefault("source-zone-name", values.get("source-zone")),
                values.getOrDefault("destination-zone-name", values.get("destination-zone")),
                event);
        boolean icmp = event.get(Fields.NETWORK_TRANSPORT) instanceof String name && name.contains("icmp");
        long type = Numbers.parse(values.get("icmp-type"));
        if (!icmp) {
            NetworkFields.communityId(event);
        } else if (type >= 0 && type < 256) {
            NetworkFields.communityId(event, (int) type, 0);
        }
    }
}
