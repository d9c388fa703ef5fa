package jp.hinomi.ingest.decode.juniper;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Verdicts;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What a log means, by its tag. Tags of logical systems end in {@code _LS}. */
final class SrxMeanings {
    private static final List<String> ALLOWED = List.of("allowed", "connection");
    private static final List<String> DENIED = List.of("info", "denied", "connection");
    private static final List<String> NEITHER = List.of("info", "connection");

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
            attack(plain, values, event);
        } else if (plain.startsWith("WEBFILTER_")) {
            web(plain, values, event);
        } else if (plain.startsWith("AV_") || plain.contains("AAMW")) {
            malware(plain, values, event);
        } else if (plain.startsWith("ANTISPAM_")) {
            event.action("antispam_filter").kind("alert");
            verdict("network", values.get("action"), event);
        } else if (plain.startsWith("SECINTEL_")) {
            boolean blocked = "BLOCK".equals(values.get("action"));
            event.kind("alert").action(blocked ? "malware_detected" : "security_intelligence");
            verdict(List.of("network", "intrusion_detection"), values.get("action"), event);
            event.text(Fields.RULE_NAME, values.get("policy-name"));
        } else if (plain.startsWith("CONTENT_FILTERING")) {
            boolean blocked = plain.contains("BLOCKED");
            event.action("content_filter").kind(blocked ? "alert" : "event");
            verdict("network", blocked ? "block" : values.get("action"), event);
        } else if (FAILED_LOGINS.contains(plain)) {
            event.classify("authentication", "start").action("logon-failed").outcome(false);
        } else if (LOGINS.contains(plain)) {
            event.classify("authentication", "start").action("logged-in").outcome(true);
            client(values.get("ssh-connection"), event);
        } else {
            event.classify("network", "info").action(plain.toLowerCase(Locale.ROOT));
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
            event.action("flow_deny").outcome(true);
            event.classify("network", List.of("connection", "denied"));
        } else {
            event.action("flow_update").outcome(true).classify("network", List.of("connection", "info", "allowed"));
        }
    }

    private static void attack(String tag, Map<String, String> values, EventDraft event) {
        String name = values.getOrDefault("attack-name", values.get("ddos-application-name"));
        event.kind("alert")
                .action(
                        tag.startsWith("IDP_APPDDOS")
                                ? "application_ddos"
                                : tag.startsWith("IDP_") ? "security_threat" : screen(name == null ? "" : name));
        verdict(List.of("network", "intrusion_detection"), values.get("action"), event);
        event.text(Fields.RULE_NAME, name);
        event.text(Fields.RULE_ID, values.get("rule-name")).text(Fields.RULE_RULESET, values.get("policy-name"));
        if (event.get(Fields.MESSAGE) == null) {
            event.text(Fields.MESSAGE, name);
        }
    }

    /** The screens' own names of attacks by kind: {@code TCP port scan!}, {@code SYN flood Src-IP based!}. */
    private static String screen(String attack) {
        return attack.contains("flood")
                ? "flood_detected"
                : attack.contains("port scan")
                        ? "scan_detected"
                        : attack.contains("sweep")
                                ? "sweep_detected"
                                : attack.contains("fragment")
                                        ? "fragment_detected"
                                        : attack.contains("spoofing")
                                                ? "spoofing_detected"
                                                : attack.contains("session limit")
                                                        ? "session_limit_detected"
                                                        : attack.contains("No TCP flag") || attack.contains("FIN ")
                                                                ? "illegal_tcp_flag_detected"
                                                                : attack.startsWith("Tunnel")
                                                                        ? "tunneling_screen"
                                                                        : "attack_detected";
    }

    private static void web(String tag, Map<String, String> values, EventDraft event) {
        boolean denied = tag.contains("BLOCKED");
        event.kind(denied ? "alert" : "event").action("web_filter").outcome(true);
        event.classify("network", denied ? DENIED : ALLOWED);
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
        boolean cloud = tag.contains("AAMW");
        String action = values.get("action");
        boolean found = tag.contains("VIRUS_DETECTED") || cloud && !"PERMIT".equals(action);
        event.kind(found ? "alert" : "event")
                .action(found ? cloud ? "malware_detected" : "virus_detected" : "antivirus_filter");
        if (action == null
                && (tag.contains("DROP")
                        || tag.contains("BLOCK")
                        || tag.contains("MALWARE_EVENT")
                        || !cloud && found)) {
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
        event.classify(categories, allowed == null ? NEITHER : allowed ? ALLOWED : DENIED);
        event.outcome(true);
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
