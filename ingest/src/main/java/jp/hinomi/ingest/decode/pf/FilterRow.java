package jp.hinomi.ingest.decode.pf;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * One packet as filterlog writes it, by the grammar in pfSense's documentation: nine columns that all have, then those of IPv4
 * or IPv6, then those of the protocol. OPNsense writes the same and puts the rule's label where pfSense has its tracker. Not
 * thread-safe: one per line.
 */
final class FilterRow {
    private static final String PREFIX = "pfsense.";
    private static final Field TRACKER = Fields.of("pfsense.tracker_id");
    private static final Field RULE_NUMBER = Fields.of("pfsense.rule_number");
    private static final Field INGRESS_VLAN = Fields.of("observer.ingress.vlan.id");
    private static final Field EGRESS_VLAN = Fields.of("observer.egress.vlan.id");
    private static final Field SUB_RULE = Fields.of("pfsense.sub_rule");
    private static final Field ANCHOR = Fields.of("pfsense.anchor");
    private static final Field LENGTH = Fields.of("pfsense.length");
    private static final Field ICMP_TYPE = Fields.of("pfsense.icmp.type");

    private static final Field[] V4 = {
        Fields.of("pfsense.ip.tos"),
        Fields.of("pfsense.ip.ecn"),
        Fields.of("pfsense.ip.ttl"),
        Fields.of("pfsense.ip.id"),
        Fields.of("pfsense.ip.offset"),
        Fields.of("pfsense.ip.flags")
    };

    private static final Field[] V6 = {
        Fields.of("pfsense.ip.class"), Fields.of("pfsense.ip.flow_label"), Fields.of("pfsense.ip.hop_limit")
    };

    private static final Field[] TCP = {
        Fields.of("pfsense.tcp.flags"),
        Fields.of("pfsense.tcp.seq"),
        Fields.of("pfsense.tcp.ack"),
        Fields.of("pfsense.tcp.window"),
        Fields.of("pfsense.tcp.urg"),
        Fields.of("pfsense.tcp.options")
    };

    private static final Field[] CARP = {
        Fields.of("pfsense.carp.type"),
        Fields.of("pfsense.carp.ttl"),
        Fields.of("pfsense.carp.vhid"),
        Fields.of("pfsense.carp.version"),
        Fields.of("pfsense.carp.advbase"),
        Fields.of("pfsense.carp.advskew")
    };

    private static final int MAX_COLUMNS = 64;

    private final String[] columns;

    private FilterRow(String[] columns) {
        this.columns = columns;
    }

    /** Null if the text is no such row. */
    static FilterRow read(String text, int from) {
        int first = Numbers.endOfDigits(text, from);
        if (first >= text.length() || text.charAt(first) != ',') {
            return null;
        }
        String[] columns = text.substring(from).split(",", MAX_COLUMNS);
        boolean row = columns.length >= 9
                && (columns[8].equals("4") || columns[8].equals("6"))
                && (columns[7].equals("in") || columns[7].equals("out"));
        return row ? new FilterRow(columns) : null;
    }

    void describe(EventDraft event) {
        boolean opnsense = !get(3).isEmpty() && Numbers.parse(get(3)) < 0;
        event.text(Fields.OBSERVER_PRODUCT, opnsense ? "OPNsense" : "pfSense");
        // The tracker (OPNsense: the label) is the same however rules are moved; the first column is but a position.
        event.text(Fields.RULE_ID, get(3))
                .text(RULE_NUMBER, get(0))
                .text(SUB_RULE, get(1))
                .text(ANCHOR, get(2));
        event.text(opnsense ? Fields.RULE_UUID : TRACKER, get(3));
        boolean in = get(7).equals("in");
        event.text(in ? Fields.OBSERVER_INGRESS_INTERFACE : Fields.OBSERVER_EGRESS_INTERFACE, get(4));
        vlan(get(4), in, event);
        event.text(Fields.EVENT_REASON, get(5));
        action(get(6), event);
        event.text(Fields.NETWORK_DIRECTION, in ? "inbound" : "outbound");
        if (get(8).equals("4")) {
            event.text(Fields.NETWORK_TYPE, "ipv4");
            all(V4, 9, event);
            ends(get(15), get(16), 17, event);
        } else {
            event.text(Fields.NETWORK_TYPE, "ipv6");
            all(V6, 9, event);
            ends(get(13), get(12), 14, event);
        }
    }

    /** {@code igb1.20} is the VLAN 20 on {@code igb1}; older versions write {@code igb1_vlan20}. */
    static void vlan(String port, boolean in, EventDraft event) {
        int dot = port.lastIndexOf('.') + 1;
        int word = port.lastIndexOf("_vlan");
        String number = port.substring(word > 0 ? word + 5 : dot);
        if (number.length() < port.length() && Numbers.parse(number) >= 0) {
            event.text(Fields.NETWORK_VLAN_ID, number).text(in ? INGRESS_VLAN : EGRESS_VLAN, number);
        }
    }

    private static void action(String action, EventDraft event) {
        String word = action.toLowerCase(Locale.ROOT);
        boolean allowed = word.equals("pass") || word.equals("nat") || word.equals("rdr");
        event.action(word).outcome(allowed);
        event.classify("network", List.of("connection", allowed ? "allowed" : "denied"));
    }

    /** @param from the column of the packet's length; addresses and the protocol's columns come behind it */
    private void ends(String number, String name, int from, EventDraft event) {
        long length = Numbers.parse(get(from));
        event.number(Fields.NETWORK_BYTES, length)
                .number(Fields.SOURCE_BYTES, length)
                .text(LENGTH, get(from));
        event.source(get(from + 1)).destination(get(from + 2));
        transport(number, name, event);
        int next = from + 3;
        switch (name.toLowerCase(Locale.ROOT)) {
            case "tcp" -> {
                ports(next, event);
                all(TCP, next + 3, event);
            }
            case "udp", "sctp" -> ports(next, event);
            case "icmp", "icmpv6", "ipv6-icmp" -> icmp(next, event);
            case "carp" -> {
                all(CARP, next, event);
                event.text(Fields.NETWORK_PROTOCOL, "carp");
            }
            default -> NetworkFields.communityId(event);
        }
    }

    private static void transport(String number, String name, EventDraft event) {
        if (Numbers.parse(number) >= 0 && number.length() <= 3) {
            NetworkFields.transport(number, event);
        }
        if (event.get(Fields.NETWORK_TRANSPORT) == null && name.length() <= 24) {
            event.text(Fields.NETWORK_TRANSPORT, name.toLowerCase(Locale.ROOT));
        }
    }

    private void ports(int from, EventDraft event) {
        port(Fields.SOURCE_PORT, get(from), event);
        port(Fields.DESTINATION_PORT, get(from + 1), event);
        NetworkFields.communityId(event);
    }

    private static void port(Field field, String text, EventDraft event) {
        long port = Numbers.parse(text);
        if (port > 0 && port <= 65_535) {
            event.number(field, port);
        }
    }

    /** {@code request,id,sequence}, {@code unreachport,address,protocol,port}, …: by the kind of message. */
    private void icmp(int from, EventDraft event) {
        String type = get(from);
        event.text(ICMP_TYPE, type);
        switch (type) {
            case "request", "reply", "tstamp" ->
                event.text(Fields.of(PREFIX + "icmp.id"), get(from + 1))
                        .text(Fields.of(PREFIX + "icmp.seq"), get(from + 2));
            case "unreachport" -> {
                event.ip(Fields.of(PREFIX + "icmp.destination.ip"), get(from + 1));
                event.text(Fields.of(PREFIX + "icmp.unreachable.protocol"), get(from + 2));
                event.text(Fields.of(PREFIX + "icmp.unreachable.port"), get(from + 3));
            }
            case "unreachproto" -> {
                event.ip(Fields.of(PREFIX + "icmp.destination.ip"), get(from + 1));
                event.text(Fields.of(PREFIX + "icmp.unreachable.protocol"), get(from + 2));
            }
            default -> event.text(Fields.of(PREFIX + "icmp.description"), get(from + 1));
        }
        int code = type.equals("request") ? 8 : type.equals("reply") ? 0 : -1;
        if (code >= 0 && event.get(Fields.NETWORK_TYPE).equals("ipv4")) {
            NetworkFields.communityId(event, code, 0);
        }
    }

    private void all(Field[] fields, int from, EventDraft event) {
        for (int i = 0; i < fields.length; i++) {
            event.text(fields[i], get(from + i));
        }
    }

    private String get(int column) {
        return column < columns.length ? columns[column].strip() : "";
    }
}
