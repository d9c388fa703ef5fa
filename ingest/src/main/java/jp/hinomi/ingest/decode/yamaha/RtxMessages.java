package jp.hinomi.ingest.decode.yamaha;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.Ascii;

/**
 * Messages about people, lines, tunnels and leases. The routers word them in English, some functions and scripts in Japanese;
 * both are read. Stateless.
 */
final class RtxMessages {
    private static final Field INTERFACE = Fields.of("yamaha.rtx.interface");
    private static final Field SERVICE = Fields.of("yamaha.rtx.service");
    private static final Field LEASE = Fields.of("yamaha.rtx.lease_ip");

    private static final List<String> SESSION = List.of("network", "session");
    private static final List<String> UP = List.of("connection", "start");
    private static final List<String> DOWN = List.of("connection", "end");

    private RtxMessages() {}

    static void describe(String message, EventDraft event) {
        String lower = Ascii.lower(message);
        String function = function(message);
        if (isLogin(lower)) {
            login(message, lower, event);
        } else if (function.startsWith("IKE")) {
            ike(message, lower, event);
        } else if (function.equals("DHCPD")) {
            lease(message, lower, event);
        } else if (function.equals("L2TP") || function.equals("PPTP") || function.equals("SSTP")) {
            event.text(Fields.NETWORK_PROTOCOL, function.toLowerCase(Locale.ROOT));
            line(message, lower, event);
        } else if (message.startsWith("IP Tunnel[")
                || message.startsWith("TUNNEL[")
                || message.startsWith("PP[")
                || message.startsWith("PPPOE[")) {
            line(message, lower, event);
        } else if (lower.contains("link up") || lower.contains("link down") || function.equals("SWCTL")) {
            event.classify("host", "change")
                    .action(
                            lower.contains("link down")
                                    ? "link-down"
                                    : lower.contains("link up") ? "link-up" : "switch");
            event.text(INTERFACE, function.isEmpty() ? word(message, 0) : null);
        } else if (lower.contains("configuration") || message.contains("設定")) {
            event.classify(
                    "configuration",
                    lower.contains("saved") || lower.contains("changed") || message.contains("変更") ? "change" : "info");
            event.action("configuration").source(address(message));
        } else {
            event.classify("host", "info").action(function.isEmpty() ? "message" : Ascii.lower(function));
        }
    }

    /** {@code IKE} of {@code [IKE] …}; empty without one. */
    private static String function(String message) {
        int close = message.indexOf(']');
        return message.charAt(0) == '[' && close > 1 && close <= 16 ? message.substring(1, close) : "";
    }

    private static boolean isLogin(String lower) {
        return lower.startsWith("login ")
                || lower.startsWith("logout ")
                || lower.startsWith("'administrator' ")
                || lower.contains("ログイン")
                || lower.contains("ログアウト")
                || lower.contains("認証に失敗");
    }

    /** {@code Login succeeded for TELNET: 192.0.2.40 kanri}, {@code Logout from HTTP: …}, {@code 'administrator' failed for SSH: …}. */
    private static void login(String message, String lower, EventDraft event) {
        boolean out = lower.startsWith("logout") || lower.contains("ログアウト");
        boolean failed = lower.contains("fail") || lower.contains("失敗") || lower.contains("拒否");
        boolean administrator = lower.startsWith("'administrator'");
        event.classify("authentication", out ? "end" : "start");
        event.action(out ? "logged-out" : administrator ? "administrator" : failed ? "logon-failed" : "logged-in");
        event.outcome(!failed);
        int colon = message.indexOf(": ");
        int by = Math.max(message.indexOf(" for "), message.indexOf(" from "));
        if (by > 0) {
            int name = message.indexOf(' ', by + 1) + 1;
            String service = word(message, name);
            event.text(SERVICE, service).text(Fields.NETWORK_PROTOCOL, Ascii.lower(service));
        }
        String address = address(message);
        event.source(address);
        if (administrator) {
            event.user("administrator");
        } else if (colon > 0) {
            int space = message.indexOf(' ', colon + 2);
            event.user(space < 0 ? null : word(message, space + 1));
        }
    }

    /** {@code [IKE] initiate ISAKMP phase to 203.0.113.7 (local address 192.0.2.1)}. */
    private static void ike(String message, String lower, EventDraft event) {
        boolean failed = lower.contains("no response")
                || lower.contains("invalid")
                || lower.contains("fail")
                || lower.contains("error")
                || lower.contains("no proposal")
                || lower.contains("mismatch");
        boolean deleted = lower.contains("delete") || lower.contains("expire") || lower.contains("dead");
        boolean established = lower.contains("established") || lower.contains("add ");
        event.text(Fields.NETWORK_PROTOCOL, "ike");
        event.action(failed ? "ike-failed" : deleted ? "ike-deleted" : established ? "ike-established" : "ike");
        event.classify(
                "network", List.of("connection", failed ? "denied" : deleted ? "end" : established ? "start" : "info"));
        if (failed || established) {
            event.outcome(!failed);
        }
        int local = lower.indexOf("local address ");
        String own = local < 0 ? null : Addresses.canonical(word(message, local + 14));
        String peer = address(local < 0 ? message : message.substring(0, local));
        boolean began = lower.contains("] initiate");
        event.source(began ? own : peer).destination(began ? peer : own);
    }

    /** {@code [DHCPD] LAN1(port1) Allocates 192.0.2.101: 02:00:5e:00:53:01}. */
    private static void lease(String message, String lower, EventDraft event) {
        boolean over = lower.contains(" releas") || lower.contains(" expire");
        event.classify("network", List.of("protocol", over ? "end" : "start")).text(Fields.NETWORK_PROTOCOL, "dhcp");
        event.action(lower.contains(" allocate") ? "dhcp-allocated" : over ? "dhcp-released" : "dhcp-extended");
        String address = address(message);
        event.source(address);
        if (address != null) {
            event.ip(LEASE, address);
        }
        int last = message.lastIndexOf(' ');
        event.mac(Fields.SOURCE_MAC, message.substring(last + 1));
        int place = message.indexOf("] ") + 2;
        if (message.startsWith("LAN", place)) {
            event.text(INTERFACE, message.substring(place, Math.max(place, message.indexOf(' ', place))));
        }
    }

    /** {@code IP Tunnel[1] Up}, {@code PP[01] PPP/IPCP up  (Local: …, Remote: …)}, {@code PPPOE[01] PPPoE Connect}. */
    private static void line(String message, String lower, EventDraft event) {
        int close = message.indexOf(']', message.charAt(0) == '[' ? message.indexOf(']') + 1 : 0);
        int from = message.charAt(0) == '[' ? message.indexOf(' ') + 1 : 0;
        if (close > from && close - from <= 32) {
            event.text(INTERFACE, message.substring(from, close + 1));
        }
        boolean down = lower.contains("disconnect") || lower.contains(" down") || lower.contains("切断");
        boolean up = lower.contains("connect")
                || lower.contains(" up")
                || lower.contains("established")
                || lower.contains("接続");
        boolean tunnel = lower.contains("tunnel");
        event.classify(SESSION, down ? DOWN : up ? UP : List.of("connection", "info"));
        event.action((tunnel ? "tunnel" : "line") + (down ? "-down" : up ? "-up" : ""));
        if (up && !down) {
            event.outcome(true);
        }
        int cause = lower.indexOf("cause [");
        if (cause >= 0) {
            int end = message.indexOf(']', cause + 7);
            event.text(Fields.EVENT_REASON, message.substring(cause + 7, end < 0 ? message.length() : end));
        }
        int local = lower.indexOf("local: ");
        int remote = lower.indexOf("remote: ");
        event.destination(local < 0 ? null : Addresses.canonical(word(message, local + 7)));
        event.source(remote < 0 ? address(message) : Addresses.canonical(word(message, remote + 8)));
    }

    /** The first address in the text, or null. */
    private static String address(String message) {
        int at = 0;
        for (int words = 0; at < message.length() && words < 64; words++) {
            String word = word(message, at);
            String address = Addresses.canonical(word);
            if (address != null) {
                return address;
            }
            int space = message.indexOf(' ', at);
            if (space < 0) {
                return null;
            }
            at = space + 1;
        }
        return null;
    }

    /** Up to the next space, without punctuation around it. */
    private static String word(String message, int from) {
        int end = message.indexOf(' ', from);
        end = end < 0 ? message.length() : end;
        int start = Math.min(from, end);
        while (start < end && "('\"".indexOf(message.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && ":,;.)'\"".indexOf(message.charAt(end - 1)) >= 0) {
            end--;
        }
        return message.substring(start, end);
    }
}
