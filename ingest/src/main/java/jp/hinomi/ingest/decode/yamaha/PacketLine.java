package jp.hinomi.ingest.decode.yamaha;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * What filters say of packets: {@code PP[01] Rejected at IN(2000) filter: TCP 203.0.113.7:40112 > 192.0.2.10:23}, and of sessions
 * that a dynamic filter let through: {@code [INSPECT] PP[01][out][101] TCP 192.0.2.15:51000 > 198.51.100.20:443 (2026/04/01
 * 10:00:00)}. Stateless.
 */
final class PacketLine {
    private static final String INSPECT = "[INSPECT] ";
    private static final Field FILTER = Fields.of("yamaha.rtx.filter");
    private static final Field INTERFACE = Fields.of("yamaha.rtx.interface");
    private static final Field ICMP = Fields.of("yamaha.rtx.icmp");
    private static final Field FRAME = Fields.of("yamaha.rtx.frame_type");

    private PacketLine() {}

    /** @return false if the message is none of these */
    static boolean describe(String message, ZoneClock zone, EventDraft event) {
        return message.startsWith(INSPECT) ? inspect(message, zone, event) : filter(message, event);
    }

    private static boolean filter(String message, EventDraft event) {
        int rejected = message.indexOf(" Rejected at ");
        int verdict = rejected < 0 ? message.indexOf(" Passed at ") : rejected;
        if (verdict < 0 || verdict > 64) {
            return false;
        }
        int way = message.indexOf(" at ", verdict) + 4;
        int open = message.indexOf('(', way);
        int close = open < 0 ? -1 : message.indexOf(')', open);
        int packet = close < 0 ? -1 : message.indexOf(": ", close);
        if (packet < 0 || open - way > 8) {
            return false;
        }
        boolean denied = rejected >= 0;
        event.classify("network", List.of("connection", denied ? "denied" : "allowed"));
        event.action(denied ? "rejected" : "passed").outcome(!denied);
        String number = message.substring(open + 1, close);
        event.text(FILTER, number).text(Fields.RULE_ID, number);
        side(message.substring(0, verdict), message.startsWith("IN", way), event);
        packet(message, packet + 2, event);
        return true;
    }

    private static boolean inspect(String message, ZoneClock zone, EventDraft event) {
        int space = message.indexOf(' ', INSPECT.length());
        String place = space < 0 ? "" : message.substring(INSPECT.length(), space);
        int filter = place.lastIndexOf('[');
        int way = filter <= 0 ? -1 : place.lastIndexOf('[', filter - 1);
        if (way <= 0) {
            return false;
        }
        event.classify("network", List.of("connection", "allowed"))
                .action("inspected")
                .outcome(true);
        String number = place.substring(filter + 1).replace("]", "");
        event.text(FILTER, number).text(Fields.RULE_ID, number);
        side(place.substring(0, way), place.startsWith("[in]", way), event);
        packet(message, space + 1, event);
        int open = message.lastIndexOf('(');
        String stamp =
                open < 0 ? "" : message.substring(open + 1).replace(")", "").replace('/', '-');
        TimeScan scan = new TimeScan(zone);
        if (scan.iso(stamp, 0)) {
            event.text(
                    Fields.EVENT_START,
                    java.time.Instant.ofEpochMilli(scan.millis).toString());
        }
        return true;
    }

    /** A packet that comes in at an interface; PP and tunnels lead outside, LAN1 inside, as Yamaha's examples have it. */
    private static void side(String name, boolean in, EventDraft event) {
        event.text(INTERFACE, name);
        event.text(in ? Fields.OBSERVER_INGRESS_INTERFACE : Fields.OBSERVER_EGRESS_INTERFACE, name);
        if (name.startsWith("PP[") || name.startsWith("WAN") || name.startsWith("LAN2")) {
            event.text(Fields.NETWORK_DIRECTION, in ? "inbound" : "outbound");
        }
    }

    /** {@code TCP a:p > b:p}, {@code ICMP a > b : echo request}, and of frames {@code MAC > MAC IP}. */
    private static void packet(String message, int from, EventDraft event) {
        int arrow = message.indexOf(" > ", from);
        if (arrow < 0) {
            return;
        }
        int first = message.indexOf(' ', from);
        int end = message.indexOf(' ', arrow + 3);
        String to = message.substring(arrow + 3, end < 0 ? message.length() : end);
        String rest = end < 0 ? "" : message.substring(end).strip();
        if (first == arrow) {
            event.mac(Fields.SOURCE_MAC, message.substring(from, arrow)).mac(Fields.DESTINATION_MAC, to);
            event.text(FRAME, rest);
            return;
        }
        String protocol = message.substring(from, first);
        if (protocol.length() <= 24) {
            NetworkFields.transport(protocol, event);
        }
        end(message.substring(first + 1, arrow), true, event);
        end(to, false, event);
        if (rest.startsWith(": ")) {
            event.text(ICMP, rest.substring(2));
        }
        NetworkFields.type(event);
        if (event.get(Fields.NETWORK_DIRECTION) == null) {
            NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        }
        NetworkFields.communityId(event);
    }

    /** {@code 192.0.2.1:80}, {@code 192.0.2.1}, {@code 2001:db8::1.80}, {@code 2001:db8::1}. */
    private static void end(String text, boolean source, EventDraft event) {
        boolean v6 = text.indexOf(':') != text.lastIndexOf(':');
        int sign = text.lastIndexOf(v6 ? '.' : ':');
        long port = sign < 0 ? -1 : Numbers.parse(text, sign + 1, text.length());
        String address = port >= 0 ? text.substring(0, sign) : text;
        if (Addresses.canonical(address) == null) {
            return;
        }
        if (source) {
            event.source(address);
        } else {
            event.destination(address);
        }
        if (port > 0 && port <= 65_535) {
            event.number(source ? Fields.SOURCE_PORT : Fields.DESTINATION_PORT, port);
        }
    }
}
