package jp.hinomi.ingest.decode.suricata;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.net.MacAddress;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;

/** Suricata's EVE JSON (versions 4 to 8), from a file or over syslog. Event types that we do not know stay generic. */
public final class SuricataDecoder extends JsonDecoder {
    public static final Signature SIGNATURE = Signature.members("timestamp", "event_type", "flow_id")
            .or(Signature.members("timestamp", "event_type", "src_ip", "proto"))
            .or(Signature.members("timestamp", "event_type", "stats"));

    private static final Field FLOW_ID = Fields.of("suricata.eve.flow_id");
    private static final Field INNER_VLAN = Fields.of("network.inner.vlan.id");

    private static final int MAX_TYPE = 64;

    /** Large and of no use to a rule; {@code event.original} keeps them. */
    private static final JsonTree TREE =
            new JsonTree(Set.of("payload", "payload_printable", "packet", "packet_info", "capture_file"));

    public SuricataDecoder(ZoneId zone, Charset charset) {
        super("suricata-eve", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject eve = TREE.read(parser);
        if (eve == null) {
            return reject(text, 0, "more text after the object: one EVE object per line");
        }
        String type = eve.text("event_type");
        String stamp = eve.text("timestamp");
        TimeScan time = new TimeScan(zone);
        if (type == null || stamp == null) {
            return reject(
                    text,
                    0,
                    "not an EVE record: it has no " + (type == null ? "event_type" : "timestamp")
                            + "; point this source at Suricata's eve.json");
        }
        if (!time.iso(stamp, 0) || time.end != stamp.length()) {
            return reject(
                    text,
                    0,
                    "timestamp " + excerpt(stamp, 0) + " is not a time such as 2026-04-01T10:00:00.000000+0900");
        }
        EventDraft event = draft(text, record, time.millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        type = name(type);
        common(eve, type, event);
        EveEvents.describe(type, eve, event);
        return event.finish();
    }

    /** The event type as it may stand in a data set's name: short, in lower case. */
    private static String name(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.length() > MAX_TYPE ? lower.substring(0, MAX_TYPE) : lower;
    }

    private static void common(JsonObject eve, String type, EventDraft event) {
        event.module("suricata", "suricata." + type);
        event.text(FLOW_ID, eve.text("flow_id"));
        event.text(Fields.OBSERVER_NAME, eve.text("host"));
        event.text(Fields.OBSERVER_VENDOR, "OISF")
                .text(Fields.OBSERVER_PRODUCT, "Suricata")
                .text(Fields.OBSERVER_TYPE, "ids");
        event.text(Fields.OBSERVER_INGRESS_INTERFACE, eve.text("in_iface"));
        event.source(eve.text("src_ip")).number(Fields.SOURCE_PORT, eve.number("src_port"));
        event.destination(eve.text("dest_ip")).number(Fields.DESTINATION_PORT, eve.number("dest_port"));
        JsonObject frame = eve.object("ether");
        event.text(Fields.SOURCE_MAC, MacAddress.ecs(frame.text("src_mac")));
        event.text(Fields.DESTINATION_MAC, MacAddress.ecs(frame.text("dest_mac")));
        String protocol = eve.text("proto");
        if (protocol != null) {
            NetworkFields.transport(protocol, event);
        }
        String application = eve.text("app_proto");
        if (application != null && !application.equals("failed") && !application.startsWith("template")) {
            event.text(Fields.NETWORK_PROTOCOL, application.toLowerCase(Locale.ROOT));
        }
        List<Object> vlans = eve.list("vlan");
        if (!vlans.isEmpty()) {
            event.text(Fields.NETWORK_VLAN_ID, vlans.get(0).toString());
            event.text(INNER_VLAN, vlans.size() > 1 ? vlans.get(1).toString() : null);
        }
        ends(eve, event);
        NetworkFields.type(event);
        communityId(eve, event);
    }

    /** Suricata computes it when it is told to ({@code community-id: true}). */
    private static void communityId(JsonObject eve, EventDraft event) {
        String id = eve.text("community_id");
        if (id != null) {
            event.text(Fields.NETWORK_COMMUNITY_ID, id);
        } else if (eve.has("icmp_type")) {
            NetworkFields.communityId(event, (int) eve.number("icmp_type"), (int) eve.number("icmp_code"));
        } else {
            NetworkFields.communityId(event);
        }
    }

    /**
     * Who began the flow. EVE's source is the sender of the packet; where the packet went to the client, the client is the
     * destination.
     */
    private static void ends(JsonObject eve, EventDraft event) {
        JsonObject flow = eve.object("flow");
        String direction = eve.text("direction");
        Object client = event.get(Fields.SOURCE_IP);
        Object server = event.get(Fields.DESTINATION_IP);
        if (flow.text("src_ip") != null && flow.text("dest_ip") != null) {
            event.ip(Fields.CLIENT_IP, flow.text("src_ip"));
            event.ip(Fields.SERVER_IP, flow.text("dest_ip"));
        } else {
            boolean swapped = "to_client".equals(direction);
            event.put(Fields.CLIENT_IP, swapped ? server : client).put(Fields.SERVER_IP, swapped ? client : server);
        }
        NetworkFields.direction(event.get(Fields.CLIENT_IP), event.get(Fields.SERVER_IP), event);
    }
}
