package jp.hinomi.ingest.decode.pf;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/** What ISC dhcpd, dhclient and dhcp6c say of leases. Stateless. */
final class Leases {
    /** The messages of DHCPv6 (RFC 8415, 7.3). */
    private static final Set<String> SIX = Set.of(
            "Solicit",
            "Advertise",
            "Request",
            "Confirm",
            "Renew",
            "Rebind",
            "Reply",
            "Release",
            "Decline",
            "Reconfigure",
            "Information-request",
            "Relay-forward",
            "Relay-reply");

    private static final List<String> PROTOCOL = List.of("connection", "protocol", "info");
    private static final Field CLIENT_ADDRESS = Fields.of("client.address");
    private static final Field CLIENT_MAC = Fields.of("client.mac");
    private static final Field DHCP_NAME = Fields.of("pfsense.dhcp.hostname");

    private Leases() {}

    /** {@code DHCPREQUEST for 192.0.2.60 (192.0.2.1) from 00:00:5e:00:53:01 (laptop) via igb1}, and the sentences of DHCPv6. */
    static void describe(String program, String message, EventDraft event) {
        event.classify("network", PROTOCOL);
        String[] words = message.split(" ", 32);
        if (message.startsWith("DHCP")) {
            event.action(words[0]).text(Fields.NETWORK_PROTOCOL, "dhcp").text(Fields.NETWORK_TRANSPORT, "udp");
            boolean client = program.equals("dhclient");
            for (int i = 1; i + 1 < words.length; i++) {
                word(words[i], bare(words[i + 1]), client, event);
                inParentheses(words, i, event);
            }
            inParentheses(words, words.length - 1, event);
            if (client) {
                event.clientAndServer();
            }
            if (words[0].equals("DHCPACK") || words[0].equals("DHCPNAK")) {
                event.outcome(words[0].equals("DHCPACK"));
            }
        } else if (message.startsWith("bound to ")) {
            event.text(Fields.NETWORK_PROTOCOL, "dhcp");
            lease(words[2], event);
        } else if (program.equals("dhcp6c") || isSix(words)) {
            event.text(Fields.NETWORK_PROTOCOL, "dhcpv6").text(Fields.NETWORK_TRANSPORT, "udp");
            six(words, event);
        } else {
            event.text(Fields.NETWORK_PROTOCOL, "dhcp");
            remark(words, event);
        }
    }

    /** @param client whether the firewall is the client, so that the other end is the server */
    private static void word(String name, String value, boolean client, EventDraft event) {
        switch (name) {
            case "on", "for", "of" -> {
                if (Addresses.canonical(value) != null) {
                    lease(value, event);
                } else if (client && name.equals("on")) {
                    event.text(Fields.OBSERVER_INGRESS_INTERFACE, value);
                }
            }
            case "from", "to" -> {
                // The address first: one of IPv4 may have as many digits as a MAC.
                if (Addresses.canonical(value) == null) {
                    mac(value, event);
                } else if (client) {
                    event.destination(value);
                } else {
                    lease(value, event);
                }
            }
            case "via" -> {
                if (Addresses.canonical(value) != null) {
                    // A relay
                    event.relatedIp(Addresses.canonical(value));
                } else {
                    event.text(Fields.OBSERVER_INGRESS_INTERFACE, value);
                    FilterRow.vlan(value, true, event);
                }
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

    /**
     * Behind the address asked for stands the server, behind the hardware address the name, and behind the address that an
     * answer to DHCPINFORM goes to the hardware address: {@code DHCPACK to 192.0.2.60 (00:00:5e:00:53:01) via igb1}.
     */
    private static void inParentheses(String[] words, int at, EventDraft event) {
        String word = words[at];
        if (at < 3 || !word.startsWith("(") || !word.endsWith(")")) {
            return;
        }
        String value = word.substring(1, word.length() - 1);
        switch (words[at - 2]) {
            case "for" -> event.destination(value).clientAndServer();
            case "from", "to" -> {
                if (Addresses.canonical(words[at - 1]) != null) {
                    mac(value, event);
                } else {
                    event.text(DHCP_NAME, value).host(Fields.SOURCE_DOMAIN, value);
                }
            }
            default -> {
                // A remark
            }
        }
    }

    /** What dhcpd says of its leases: {@code uid lease 192.0.2.60 for client 00:00:5e:00:53:01 is duplicate on 192.0.2.0/24}. */
    private static void remark(String[] words, EventDraft event) {
        for (int i = 0; i + 1 < words.length; i++) {
            switch (words[i]) {
                case "lease", "address", "for", "to" -> {
                    if (event.get(Fields.SOURCE_IP) == null) {
                        lease(bare(words[i + 1]), event);
                    }
                }
                case "client" -> mac(bare(words[i + 1]), event);
                default -> {
                    // Words between
                }
            }
        }
    }

    /** Whether it has an address of IPv6 or begins with a message of DHCPv6, which dhcpd writes without the letters. */
    private static boolean isSix(String[] words) {
        for (int i = 0; i < words.length; i++) {
            if (i < 2 && SIX.contains(words[i]) || isSix(words[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSix(String word) {
        return word.indexOf(':') >= 0 && Addresses.canonical(withoutLength(bare(word))) != null;
    }

    /** {@code 2001:db8::/48} without what follows the slash. */
    private static String withoutLength(String network) {
        int slash = network.indexOf('/');
        return slash > 0 ? network.substring(0, slash) : network;
    }

    /** Without the comma, colon or full stop behind it; {@code 2001:db8::} keeps its colons. */
    private static String bare(String word) {
        int last = word.length() - 1;
        boolean mark = last > 0 && ",:.".indexOf(word.charAt(last)) >= 0 && word.charAt(last - 1) != ':';
        return mark ? word.substring(0, last) : word;
    }

    /** The first words say what was done, up to the first address or preposition: {@code Solicit message from fe80::1 port 546}. */
    private static void six(String[] words, EventDraft event) {
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
            if (isSix(words[i]) && event.get(Fields.SOURCE_IP) == null) {
                lease(withoutLength(bare(words[i])), event);
            }
            if (i + 1 == words.length) {
                break;
            }
            String next = bare(words[i + 1]);
            if (words[i].equals("port")) {
                event.number(Fields.SOURCE_PORT, Numbers.parse(next));
            }
            if (words[i].equals("on") && next.indexOf('/') < 0 && Addresses.canonical(next) == null) {
                event.text(Fields.OBSERVER_INGRESS_INTERFACE, next);
            }
        }
    }
}
