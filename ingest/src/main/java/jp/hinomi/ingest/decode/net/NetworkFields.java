package jp.hinomi.ingest.decode.net;

import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.Ascii;

/** {@code network.*} from what devices say. Stateless. */
public final class NetworkFields {
    private NetworkFields() {}

    /** A transport by name or IANA number: {@code TCP}, {@code 6}, {@code IPv6-ICMP}. */
    public static void transport(String protocol, EventDraft event) {
        switch (protocol) {
            case "6", "TCP", "tcp" -> set("tcp", "6", event);
            case "17", "UDP", "udp" -> set("udp", "17", event);
            case "1", "ICMP", "icmp" -> set("icmp", "1", event);
            case "58", "IPv6-ICMP", "ICMPv6", "ICMP6", "icmp6", "icmpv6", "ipv6-icmp" -> set("ipv6-icmp", "58", event);
            case "47", "GRE", "gre" -> set("gre", "47", event);
            case "50", "ESP", "esp" -> set("esp", "50", event);
            case "51", "AH", "ah" -> set("ah", "51", event);
            case "132", "SCTP", "sctp" -> set("sctp", "132", event);
            case "2", "IGMP", "igmp" -> set("igmp", "2", event);
            case "89", "OSPF", "ospf" -> set("ospf", "89", event);
            case "103", "PIM", "pim" -> set("pim", "103", event);
            case "112", "VRRP", "vrrp" -> set("vrrp", "112", event);
            default -> {
                boolean number = protocol.chars().allMatch(c -> c >= '0' && c <= '9');
                event.text(
                        number ? Fields.NETWORK_IANA_NUMBER : Fields.NETWORK_TRANSPORT,
                        protocol.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static void set(String transport, String number, EventDraft event) {
        event.text(Fields.NETWORK_TRANSPORT, transport).text(Fields.NETWORK_IANA_NUMBER, number);
    }

    /** {@code ipv4} or {@code ipv6}, of the source's or the destination's address. */
    public static void type(EventDraft event) {
        Object ip = event.get(Fields.SOURCE_IP);
        ip = ip == null ? event.get(Fields.DESTINATION_IP) : ip;
        if (ip instanceof String text) {
            event.text(Fields.NETWORK_TYPE, text.indexOf(':') >= 0 ? "ipv6" : "ipv4");
        }
    }

    /**
     * The direction as ECS has it for an observer at the perimeter; inside is what has an address that the internet does
     * not route.
     */
    public static void direction(Object client, Object server, EventDraft event) {
        if (client instanceof String from && server instanceof String to) {
            boolean inside = Addresses.isInternal(from);
            boolean toInside = Addresses.isInternal(to);
            event.text(
                    Fields.NETWORK_DIRECTION,
                    inside ? (toInside ? "internal" : "outbound") : (toInside ? "inbound" : "external"));
        }
    }

    /**
     * The direction by the names of the zones or interfaces of a firewall, where both are usual ones; else by the addresses.
     *
     * @param from where the connection came in; may be null
     * @param to where it left; may be null
     */
    public static void direction(String from, String to, EventDraft event) {
        Boolean outside = isOutside(from);
        Boolean toOutside = isOutside(to);
        if (outside == null || toOutside == null) {
            direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
            return;
        }
        event.text(
                Fields.NETWORK_DIRECTION,
                outside ? (toOutside ? "external" : "inbound") : (toOutside ? "outbound" : "internal"));
    }

    /** Null for a name that does not say it. */
    private static Boolean isOutside(String zone) {
        return zone == null
                ? null
                : switch (Ascii.lower(zone)) {
                    case "untrust", "untrusted", "outside", "external", "internet", "wan", "public", "externalzone" ->
                        Boolean.TRUE;
                    case "trust",
                            "trusted",
                            "inside",
                            "internal",
                            "lan",
                            "private",
                            "dmz",
                            "internalzone",
                            "dmzzone",
                            "junos-host" -> Boolean.FALSE;
                    default -> null;
                };
    }

    /**
     * {@code network.community_id}, of what the event says of its flow so far: addresses, ports, and the transport's
     * number. Call it last. For ICMP, which has no ports, see the other.
     */
    public static void communityId(EventDraft event) {
        communityId(event, port(event.get(Fields.SOURCE_PORT)), port(event.get(Fields.DESTINATION_PORT)));
    }

    /** As the other. @param type of the ICMP message @param code of the ICMP message */
    public static void communityId(EventDraft event, int type, int code) {
        int protocol = protocol(event.get(Fields.NETWORK_IANA_NUMBER));
        if (protocol >= 0
                && event.get(Fields.SOURCE_IP) instanceof String source
                && event.get(Fields.DESTINATION_IP) instanceof String destination) {
            event.text(Fields.NETWORK_COMMUNITY_ID, CommunityId.of(protocol, source, destination, type, code));
        }
    }

    private static int port(Object value) {
        return value instanceof Long port && port <= 0xFFFF ? port.intValue() : CommunityId.NO_PORT;
    }

    private static int protocol(Object number) {
        if (!(number instanceof String text) || text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
