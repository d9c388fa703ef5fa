package jp.hinomi.ingest.decode.fortigate;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Messages of type {@code event}: administrators, users and VPN tunnels come and go, and settings change. */
final class DeviceEvents {
    private static final String AUTHENTICATION = "authentication";
    private static final Field RULE_DESCRIPTION = Fields.of("rule.description");
    private static final Field TUNNEL_IP = Fields.of("fortinet.firewall.tunnelip");
    private static final List<String> CONFIGURATION_CHANGE = List.of("change");

    private DeviceEvents() {}

    static void describe(KeyValues values, String subtype, String action, EventDraft event) {
        String word = action == null ? "" : action.toLowerCase(Locale.ROOT);
        String status = values.get(Key.STATUS) == null ? values.get(Key.RESULT) : values.get(Key.STATUS);
        event.text(RULE_DESCRIPTION, values.get(Key.LOGDESC)).text(Fields.RULE_ID, values.get(Key.POLICYID));
        if (event.get(Fields.SOURCE_IP) == null) {
            event.source(addressOf(values.get(Key.UI)));
        }
        switch (subtype) {
            case "vpn" -> vpn(values, word, status, event);
            case "user" -> {
                event.classify(AUTHENTICATION, word.contains("logout") || word.contains("logoff") ? "end" : "start");
                outcome(status, event);
            }
            case "system" -> system(values, word, status, event);
            default -> {
                event.classify("host", "info");
                outcome(status, event);
            }
        }
    }

    private static void vpn(KeyValues values, String action, String status, EventDraft event) {
        if (action.contains("login-fail") || action.equals("ssl-alert")) {
            event.classify(AUTHENTICATION, "info").outcome(false);
        } else if (action.startsWith("tunnel-up") || action.equals("auth-logon")) {
            event.classify(List.of(AUTHENTICATION, "network", "session"), List.of("connection", "start"))
                    .outcome(true);
        } else if (action.startsWith("tunnel-down") || action.equals("tunnel-stats") || action.contains("logout")) {
            event.classify(
                    List.of("network", "session"),
                    List.of("connection", action.equals("tunnel-stats") ? "info" : "end"));
        } else {
            event.classify("network", "connection");
            outcome(status, event);
        }
        event.ip(TUNNEL_IP, values.get(Key.TUNNELIP));
    }

    private static void system(KeyValues values, String action, String status, EventDraft event) {
        if (action.equals("login") || action.equals("logout")) {
            boolean login = action.equals("login");
            event.classify(AUTHENTICATION, login ? "start" : "end");
        } else if (values.get(Key.CFGPATH) != null) {
            event.classify("configuration", CONFIGURATION_CHANGE);
        } else {
            event.classify("host", "info");
        }
        outcome(status, event);
    }

    private static void outcome(String status, EventDraft event) {
        if (status == null) {
            return;
        }
        switch (status.toLowerCase(Locale.ROOT)) {
            case "success", "succeed", "succeeded", "ok", "authenticated", "logon" -> event.outcome(true);
            case "failed", "failure", "fail", "error", "denied", "timeout", "locked", "timed_out" ->
                event.outcome(false);
            default -> {
                // Other words ("up", "negotiate") say neither.
            }
        }
    }

    /** {@code https(203.0.113.7)} names where an administrator came from. */
    private static String addressOf(String ui) {
        int open = ui == null ? -1 : ui.indexOf('(');
        int close = open < 0 ? -1 : ui.indexOf(')', open);
        String inside = close < 0 ? null : ui.substring(open + 1, close);
        return jp.hinomi.ingest.decode.text.Addresses.canonical(inside);
    }
}
