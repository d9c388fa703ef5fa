package jp.hinomi.ingest.decode.zeek;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.text.Epoch;

/**
 * {@code conn.log}: one record per connection, written when it is over, and so dated: {@code ts}, when it began, is {@code
 * event.start}.
 */
final class ZeekConn {
    static final Set<String> TAKEN = Set.of(
            "service",
            "duration",
            "orig_pkts",
            "orig_ip_bytes",
            "resp_pkts",
            "resp_ip_bytes",
            "orig_l2_addr",
            "resp_l2_addr",
            "community_id",
            "vlan",
            "inner_vlan");

    private static final Field STATE_MESSAGE = Fields.of("zeek.connection.state_message");
    private static final Field ICMP_TYPE = Fields.of("zeek.connection.icmp.type");
    private static final Field ICMP_CODE = Fields.of("zeek.connection.icmp.code");
    private static final Field INNER_VLAN = Fields.of("network.inner.vlan.id");

    private static final Object INFO = List.of("connection", "info");

    /** What Zeek's documentation says of the states, in our words. */
    private static final Map<String, State> STATES = Map.ofEntries(
            Map.entry("S0", new State("attempt without an answer", List.of("connection", "start"))),
            Map.entry("S1", new State("established, not ended", List.of("connection", "start"))),
            Map.entry("SF", new State("established and ended normally", List.of("connection", "start", "end"))),
            Map.entry("REJ", new State("attempt rejected", List.of("connection", "start", "denied"))),
            Map.entry("S2", new State("established; the originator wanted to close, no answer", INFO)),
            Map.entry("S3", new State("established; the responder wanted to close, no answer", INFO)),
            Map.entry("RSTO", new State("established, reset by the originator", INFO)),
            Map.entry("RSTR", new State("reset by the responder", INFO)),
            Map.entry("RSTOS0", new State("SYN and RST of the originator, no SYN-ACK seen", INFO)),
            Map.entry("RSTRH", new State("SYN-ACK and RST of the responder, no SYN seen", INFO)),
            Map.entry("SH", new State("SYN and FIN of the originator, no SYN-ACK seen: half open", INFO)),
            Map.entry("SHR", new State("SYN-ACK and FIN of the responder, no SYN seen", INFO)),
            Map.entry("OTH", new State("no SYN seen: traffic in the middle of a connection", INFO)));

    private ZeekConn() {}

    private record State(String message, Object types) {}

    static void describe(JsonObject conn, EventDraft event) {
        State state = STATES.get(String.valueOf(conn.text("conn_state")));
        if (state != null) {
            event.text(STATE_MESSAGE, state.message).put(Fields.EVENT_TYPE, state.types);
        }
        services(conn, event);
        volume(conn, event);
        long duration = ZeekLogs.nanos(conn, "duration");
        event.number(Fields.EVENT_DURATION, duration);
        long start = ZeekLogs.millis(conn.members().get("ts"));
        if (start != Epoch.NONE) {
            event.text(Fields.EVENT_START, Instant.ofEpochMilli(start).toString());
            if (duration >= 0) {
                event.time(start + duration / 1_000_000);
                event.text(
                        Fields.EVENT_END,
                        Instant.ofEpochMilli(start + duration / 1_000_000).toString());
            }
        }
        direction(conn.flag("local_orig"), conn.flag("local_resp"), event);
        event.mac(Fields.SOURCE_MAC, conn.text("orig_l2_addr")).mac(Fields.DESTINATION_MAC, conn.text("resp_l2_addr"));
        event.text(Fields.NETWORK_VLAN_ID, conn.text("vlan")).text(INNER_VLAN, conn.text("inner_vlan"));
        if (event.get(Fields.NETWORK_TRANSPORT) instanceof String transport && transport.endsWith("icmp")) {
            event.put(ICMP_TYPE, event.get(Fields.SOURCE_PORT)).put(ICMP_CODE, event.get(Fields.DESTINATION_PORT));
        }
    }

    /** One name, or several by commas where one protocol carries another: {@code gssapi,ntlm,smb}. */
    private static void services(JsonObject conn, EventDraft event) {
        String service = conn.text("service");
        if (service != null) {
            int last = service.lastIndexOf(',');
            event.text(
                    Fields.NETWORK_PROTOCOL,
                    service.substring(last + 1).equals("ssl") ? "tls" : service.substring(last + 1));
            event.text(Fields.NETWORK_APPLICATION, last > 0 ? service : null);
        }
    }

    private static void volume(JsonObject conn, EventDraft event) {
        long sent = conn.number("orig_ip_bytes", "orig_bytes");
        long received = conn.number("resp_ip_bytes", "resp_bytes");
        long sentPackets = conn.number("orig_pkts");
        long receivedPackets = conn.number("resp_pkts");
        event.number(Fields.SOURCE_BYTES, sent).number(Fields.DESTINATION_BYTES, received);
        event.number(Fields.SOURCE_PACKETS, sentPackets).number(Fields.DESTINATION_PACKETS, receivedPackets);
        event.number(Fields.NETWORK_BYTES, sum(sent, received));
        event.number(Fields.NETWORK_PACKETS, sum(sentPackets, receivedPackets));
    }

    private static long sum(long a, long b) {
        return a < 0 && b < 0 ? -1 : Math.max(0, a) + Math.max(0, b);
    }

    /** By the networks that Zeek was told are local; else by what kind of addresses they are. */
    private static void direction(Boolean from, Boolean to, EventDraft event) {
        if (from != null && to != null) {
            event.text(Fields.NETWORK_DIRECTION, from ? (to ? "internal" : "outbound") : to ? "inbound" : "external");
        }
    }
}
