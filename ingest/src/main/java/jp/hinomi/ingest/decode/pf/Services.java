package jp.hinomi.ingest.decode.pf;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/** What the services of the firewall say: leases (ISC dhcpd, dhcp6c), names (unbound), tunnels (OpenVPN, strongSwan). Stateless. */
final class Services {
    private static final List<String> PROTOCOL = List.of("connection", "protocol", "info");
    private static final Field CLIENT_ADDRESS = Fields.of("client.address");
    private static final Field CLIENT_MAC = Fields.of("client.mac");
    private static final Field SERVER_MAC = Fields.of("server.mac");
    private static final Field DHCP_NAME = Fields.of("pfsense.dhcp.hostname");
    private static final Field QUESTION_CLASS = Fields.of("dns.question.class");
    private static final Field NAT_IP = Fields.of("source.nat.ip");
    private static final Field LEVEL = Fields.of("log.level");

    private Services() {}

    /** @return false if it is another program, with the event as it was */
    static boolean describe(String program, String message, EventDraft event) {
        switch (program) {
            case "dhcpd", "dhcp6c", "dhclient" -> dhcp(message, event);
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

    /** {@code DHCPREQUEST for 192.0.2.60 (192.0.2.1) from 00:00:5e:00:53:01 (laptop) via igb1}, and the sentences of DHCPv6. */
    private static void dhcp(String message, EventDraft event) {
        event.classify("network", PROTOCOL);
        if (message.startsWith("DHCP")) {
            String[] words = message.split(" ", 32);
            event.action(words[0]).text(Fields.NETWORK_PROTOCOL, "dhcp").text(Fields.NETWORK_TRANSPORT, "udp");
            for (int i = 1; i + 1 < words.length; i++) {
                word(words[i], words[i + 1], event);
                if (words[i].startsWith("(") && words[i].endsWith(")") && i > 1) {
                    inParentheses(words[i - 2], words[i].substring(1, words[i].length() - 1), event);
                }
            }
            if (words[0].equals("DHCPACK") || words[0].equals("DHCPNAK")) {
                event.outcome(words[0].equals("DHCPACK"));
            }
        } else if (message.startsWith("bound to ")) {
            lease(word(message, 9), event);
        } else {
            event.text(Fields.NETWORK_PROTOCOL, "dhcpv6").text(Fields.NETWORK_TRANSPORT, "udp");
            six(message, event);
        }
    }

    private static void word(String name, String value, EventDraft event) {
        switch (name) {
            case "on", "for" -> lease(value, event);
            case "from", "to" -> mac(value, event);
            case "via" -> {
                String port = value.endsWith(":") ? value.substring(0, value.length() - 1) : value;
                event.text(Fields.OBSERVER_INGRESS_INTERFACE, port);
                FilterRow.vlan(port, true, event);
            }
            default -> {
                // Words between
            }
        }
    }

    private static void lease(String address, EventDraft event) {
        if (event.ip(Fields.CLIENT_IP, address) != null) {
            event.source(address)
                    .text(CLIENT_ADDRESS, event.get(Fields.SOURCE_ADDRESS).toString());
        }
    }

    private static void mac(String value, EventDraft event) {
        event.mac(Fields.SOURCE_MAC, value).mac(CLIENT_MAC, value);
    }

    /** Behind the address asked for stands the server, behind the hardware address the name. */
    private static void inParentheses(String of, String value, EventDraft event) {
        if (of.equals("for")) {
            event.destination(value).clientAndServer();
        } else if (of.equals("from") || of.equals("to")) {
            event.text(DHCP_NAME, value).host(Fields.SOURCE_DOMAIN, value);
        }
    }

    /** The first words say what was done, up to the first address or preposition: {@code Solicit message from fe80::1 port 546}. */
    private static void six(String message, EventDraft event) {
        String[] words = message.split(" ", 32);
        StringBuilder action = new StringBuilder();
        for (int i = 0; i < words.length && i < 4; i++) {
            String word = words[i].toLowerCase(Locale.ROOT);
            if (word.equals("from")
                    || word.equals("to")
                    || word.equals("for")
                    || word.equals("for:")
                    || word.equals("on")
                    || word.indexOf('/') >= 0
                    || word.indexOf(':') >= 0 && word.indexOf(':') < word.length() - 1) {
                break;
            }
            boolean last = word.endsWith(":");
            action.append(action.isEmpty() ? "" : "-").append(last ? word.substring(0, word.length() - 1) : word);
            if (last) {
                break;
            }
        }
        event.action(action.toString());
        for (int i = 0; i < words.length; i++) {
            String address = words[i].endsWith(",") ? words[i].substring(0, words[i].length() - 1) : words[i];
            int slash = address.indexOf('/');
            if (address.indexOf(':') >= 0 && event.get(Fields.SOURCE_IP) == null) {
                lease(slash > 0 ? address.substring(0, slash) : address, event);
            }
            if (words[i].equals("port") && i + 1 < words.length) {
                String port = words[i + 1];
                event.number(
                        Fields.SOURCE_PORT,
                        Numbers.parse(port.endsWith(",") ? port.substring(0, port.length() - 1) : port));
            }
            if (words[i].equals("on") && i + 1 < words.length) {
                event.text(Fields.OBSERVER_INGRESS_INTERFACE, words[i + 1]);
            }
        }
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
        int slash = family < 0 ? peer.indexOf('/') : -1;
        if (slash > 0) {
            event.user(Fields.USER_NAME, null, peer.substring(0, slash));
        } else if (start) {
            int open = message.indexOf('[');
            int close = message.indexOf("] Peer");
            event.user(Fields.USER_NAME, null, open >= 0 && close > open ? message.substring(open + 1, close) : null);
        }
        String address = peer.substring(slash + 1);
        int port = address.lastIndexOf(':');
        if (port > 0 && Addresses.canonical(address.substring(0, port)) != null) {
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
