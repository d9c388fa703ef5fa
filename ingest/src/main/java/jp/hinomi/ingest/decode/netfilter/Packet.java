package jp.hinomi.ingest.decode.netfilter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * The pairs of one packet, {@code IN=eth0 SRC=192.0.2.1 … SYN}; in brackets stands the packet that an ICMP error is about. Not
 * thread-safe: one per line.
 */
final class Packet {
    private static final int MAX_WORDS = 200;
    private static final String PREFIX = "iptables.";
    private static final Field FLAGS = Fields.of("iptables.tcp.flags");
    private static final Field FRAGMENT = Fields.of("iptables.fragment_flags");
    private static final Set<String> TCP_FLAGS = Set.of("SYN", "ACK", "FIN", "RST", "PSH", "URG", "ECE", "CWR");
    private static final Set<String> IP_FLAGS = Set.of("DF", "MF", "CE");

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "IN", "observer.ingress.interface.name",
            "OUT", "observer.egress.interface.name",
            "SRC", "source.address",
            "DST", "destination.address",
            "SPT", "source.port",
            "DPT", "destination.port",
            "PROTO", "network.transport",
            "MACSRC", "source.mac",
            "MACDST", "destination.mac",
            "UID", "user.id",
            "GID", "user.group.id",
            "VID", "network.vlan.id",
            "LEN", PREFIX + "length",
            "TOS", PREFIX + "tos",
            "PREC", PREFIX + "precedence_bits",
            "TTL", PREFIX + "ttl",
            "ID", PREFIX + "id",
            "WINDOW", PREFIX + "tcp.window",
            "RES", PREFIX + "tcp.reserved_bits",
            "SEQ", PREFIX + "tcp.seq",
            "URGP", PREFIX + "tcp.urgent",
            "TYPE", PREFIX + "icmp.type",
            "CODE", PREFIX + "icmp.code",
            "GATEWAY", PREFIX + "icmp.redirect",
            "TC", PREFIX + "traffic_class",
            "HOPLIMIT", PREFIX + "hop_limit",
            "FLOWLBL", PREFIX + "flow_label",
            "FRAG", PREFIX + "fragment_offset",
            "PHYSIN", PREFIX + "input_bridge_port",
            "PHYSOUT", PREFIX + "output_bridge_port",
            "MARK", PREFIX + "mark",
            "SPI", PREFIX + "spi",
            "MACPROTO", PREFIX + "ether_type"));

    static {
        PLACES.put("MAC", Packet::mac);
    }

    private final String text;
    private int at;

    Packet(String text, int from) {
        this.text = text;
        this.at = from;
    }

    void describe(EventDraft event) {
        Map<String, String> values = new HashMap<>();
        List<String> flags = new ArrayList<>(4);
        List<String> fragment = new ArrayList<>(2);
        for (int words = 0; at < text.length() && words < MAX_WORDS; words++) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            if (end > at && text.charAt(at) == '[') {
                inner(event);
                continue;
            }
            int equals = text.indexOf('=', at);
            if (equals > at && equals < end) {
                pair(text.substring(at, equals), text.substring(equals + 1, end), values, event);
            } else {
                String word = text.substring(at, end);
                if (TCP_FLAGS.contains(word)) {
                    flags.add(word);
                } else if (IP_FLAGS.contains(word)) {
                    fragment.add(word);
                }
            }
            at = end + 1;
        }
        event.put(FLAGS, flags).put(FRAGMENT, fragment);
        network(values, event);
    }

    /** LEN stands twice in packets of UDP: that of the packet comes first and counts. */
    private static void pair(String key, String value, Map<String, String> values, EventDraft event) {
        if (value.isEmpty() || key.length() > 16 || values.putIfAbsent(key, value) != null) {
            return;
        }
        Place place = PLACES.get(key);
        if (place != null) {
            place.put(value, event);
        }
    }

    /** {@code [SRC=192.0.2.1 DST=… PROTO=UDP SPT=53 DPT=4000 ]}. */
    private void inner(EventDraft event) {
        int close = text.indexOf(']', at);
        int end = close < 0 ? text.length() : close;
        event.text(
                Fields.of(PREFIX + "icmp.original"), text.substring(at + 1, end).strip());
        at = end + 1;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static void network(Map<String, String> values, EventDraft event) {
        long length = Numbers.parse(values.get("LEN"));
        event.number(Fields.NETWORK_BYTES, length).number(Fields.SOURCE_BYTES, length);
        NetworkFields.type(event);
        NetworkFields.direction(values.get("IN"), values.get("OUT"), event);
        if (values.containsKey("TYPE")) {
            NetworkFields.communityId(event, number(values.get("TYPE")), number(values.get("CODE")));
        } else {
            NetworkFields.communityId(event);
        }
    }

    private static int number(String text) {
        long value = Numbers.parse(text);
        return value > 255 ? -1 : (int) value;
    }

    /** Destination, source and type of the frame: 6, 6 and 2 octets. */
    private static void mac(String value, EventDraft event) {
        if (value.length() >= 35) {
            event.mac(Fields.DESTINATION_MAC, value.substring(0, 17)).mac(Fields.SOURCE_MAC, value.substring(18, 35));
        }
        if (value.length() == 41) {
            event.text(Fields.of(PREFIX + "ether_type"), value.substring(36));
        }
    }
}
