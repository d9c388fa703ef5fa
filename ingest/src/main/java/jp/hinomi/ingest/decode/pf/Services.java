package jp.hinomi.ingest.decode.pf;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/** What the services of the firewall say: leases ({@link Leases}), names (unbound), tunnels (OpenVPN, strongSwan). Stateless. */
final class Services {
    private static final Field QUESTION_CLASS = Fields.of("dns.question.class");
    private static final Field NAT_IP = Fields.of("source.nat.ip");
    private static final Field LEVEL = Fields.of("log.level");

    private Services() {}

    /** @return false if it is another program, with the event as it was */
    static boolean describe(String program, String message, EventDraft event) {
        switch (program) {
            case "dhcpd", "dhcp6c", "dhclient" -> Leases.describe(program, message, event);
            case "unbound" -> resolver(message, event);
            case "openvpn" -> openvpn(message, event);
            case "charon" -> {
                event.classify("network", "info").text(Fields.NETWORK_PROTOCOL, "ipsec");
                ends(message, event);
            }
            default -> {
                return false;
            }
        }
        NetworkFields.type(event);
        return true;
    }

    /** A query that unbound logs (log-queries): {@code [26931:0] info: 192.0.2.10 www.example.jp. A IN}. */
    private static void resolver(String message, EventDraft event) {
        int bracket = message.indexOf("] ");
        int colon = message.indexOf(": ", bracket + 1);
        if (bracket < 0 || colon < 0) {
            event.classify("network", "info");
            return;
        }
        String level = message.substring(bracket + 2, colon);
        event.text(LEVEL, level.indexOf(' ') < 0 ? level : null).text(Fields.NETWORK_PROTOCOL, "dns");
        String[] words = message.substring(colon + 2).split(" ", 8);
        if (words.length < 4 || event.ip(Fields.SOURCE_IP, words[0]) == null) {
            event.classify("network", "info");
            return;
        }
        event.source(words[0]).clientAndServer();
        event.classify("network", List.of("connection", "protocol")).action("dns-query");
        event.host(Fields.DNS_QUESTION_NAME, words[1]).text(Fields.DNS_QUESTION_TYPE, words[2]);
        event.text(QUESTION_CLASS, words[3]).text(Fields.DNS_TYPE, "query");
    }

    private static void openvpn(String message, EventDraft event) {
        event.text(Fields.NETWORK_PROTOCOL, "openvpn");
        int quote = message.startsWith("user '") ? message.indexOf('\'', 6) : -1;
        if (quote > 0) {
            boolean failed = message.startsWith(" could not authenticate", quote + 1);
            event.classify(List.of("authentication", "network"), "start")
                    .outcome(!failed)
                    .action("login");
            event.user(Fields.USER_NAME, null, message.substring(6, quote));
            return;
        }
        boolean error = message.contains("TLS Error") || message.contains("AUTH_FAILED") || message.contains(" error");
        boolean start = message.contains("Peer Connection Initiated");
        boolean end = message.contains("client-instance exiting") || message.contains("SIGTERM[soft,");
        event.classify("network", List.of("connection", start ? "start" : end ? "end" : "info"));
        if (error || start) {
            event.outcome(start);
        }
        int family = message.lastIndexOf("[AF_INET");
        int from = family < 0 ? 0 : message.indexOf(']', family) + 1;
        String peer = word(message, from);
        // "taro/203.0.113.80:37849 …", but not "TUN/TAP device …"
        int slash = family < 0 ? peer.lastIndexOf('/') : -1;
        String address = peer.substring(slash + 1);
        int port = address.lastIndexOf(':');
        boolean reachable = port > 0
                && Addresses.canonical(address.substring(0, port)) != null
                && (slash < 0 || Numbers.parse(address, port + 1, address.length()) > 0);
        if (reachable && slash > 0) {
            event.user(Fields.USER_NAME, null, peer.substring(0, slash));
        } else if (start) {
            int open = message.indexOf('[');
            int close = message.indexOf("] Peer");
            event.user(Fields.USER_NAME, null, open >= 0 && close > open ? message.substring(open + 1, close) : null);
        }
        if (reachable) {
            HostPort.sourceAndPort(address, event);
        }
        int pool = message.indexOf("pool returned IPv4=");
        if (pool >= 0) {
            String inside = word(message, pool + 19);
            event.ip(NAT_IP, inside.endsWith(",") ? inside.substring(0, inside.length() - 1) : inside);
        }
    }

    /** {@code … from 192.0.2.1[500] to 203.0.113.9[4500] (464 bytes)}. */
    private static void ends(String message, EventDraft event) {
        int from = message.indexOf(" from ");
        int to = from < 0 ? -1 : message.indexOf(" to ", from);
        if (to > 0) {
            String[] source = message.substring(from + 6, to).split("\\[", 2);
            String[] destination = word(message, to + 4).split("\\[", 2);
            if (source.length == 2 && destination.length == 2) {
                event.source(source[0]).number(Fields.SOURCE_PORT, port(source[1]));
                event.destination(destination[0]).number(Fields.DESTINATION_PORT, port(destination[1]));
            }
        }
    }

    private static long port(String text) {
        return text.endsWith("]") ? Numbers.parse(text, 0, text.length() - 1) : -1;
    }

    private static String word(String text, int from) {
        int end = text.indexOf(' ', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }
}
