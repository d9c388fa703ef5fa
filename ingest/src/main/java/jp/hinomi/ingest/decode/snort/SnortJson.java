package jp.hinomi.ingest.decode.snort;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;

/** {@code alert_json} of Snort 3, whichever of its fields are chosen. */
final class SnortJson extends JsonDecoder {
    private static final JsonTree TREE = new JsonTree(Set.of("b64_data"));

    private static final Set<String> TAKEN = Set.of(
            "timestamp",
            "seconds",
            "rule",
            "gid",
            "sid",
            "rev",
            "msg",
            "class",
            "priority",
            "action",
            "src_addr",
            "src_port",
            "dst_addr",
            "dst_port",
            "src_ap",
            "dst_ap",
            "eth_src",
            "eth_dst",
            "iface",
            "proto",
            "service",
            "vlan",
            "appid",
            "client_bytes",
            "server_bytes",
            "client_pkts",
            "server_pkts");

    private static final VendorFields REST = new VendorFields("snort", TAKEN, Map.of());

    SnortJson(ZoneId zone, Charset charset) {
        super(SnortDecoder.FORMAT, zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject alert = TREE.read(parser);
        if (alert == null) {
            return reject(text, 0, "more text after the object: one alert per line");
        }
        boolean numbered = alert.has("rule") || alert.has("sid");
        long millis = millis(alert, record.appendMillis());
        if (!numbered || millis < 0) {
            return reject(
                    text,
                    0,
                    numbered
                            ? "neither 'seconds' nor 'timestamp' says when: add one to alert_json.fields"
                            : "an alert without its rule: add 'rule', or 'gid sid rev', to alert_json.fields");
        }
        EventDraft event = draft(text, record, millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        SnortFields.common(event);
        rule(alert, event);
        event.text(Fields.OBSERVER_INGRESS_INTERFACE, alert.text("iface"));
        event.number(Fields.NETWORK_BYTES, alert.number("pkt_len"));
        String vlan = alert.text("vlan");
        event.text(Fields.NETWORK_VLAN_ID, "0".equals(vlan) ? null : vlan);
        SnortFields.transport(alert.text("proto"), event);
        String service = alert.text("service");
        event.text(Fields.NETWORK_PROTOCOL, "unknown".equals(service) ? null : service);
        event.text(Fields.NETWORK_APPLICATION, "none".equals(alert.text("appid")) ? null : alert.text("appid"));
        ends(alert, event);
        SnortFields.finish(event);
        if (alert.has("icmp_type")) {
            NetworkFields.communityId(event, (int) alert.number("icmp_type"), (int) alert.number("icmp_code"));
        }
        REST.put(alert, event);
        return event.finish();
    }

    private long millis(JsonObject alert, long near) {
        String stamp = alert.text("timestamp");
        SnortTime time = stamp == null ? null : SnortTime.read(stamp, 0, zone, near);
        long seconds = alert.number("seconds");
        if (time == null) {
            return seconds < 0 || seconds > Integer.MAX_VALUE * 2L ? -1 : seconds * 1000;
        }
        // The seconds know year and zone, the stamp the fraction.
        return seconds > 0 && seconds <= Integer.MAX_VALUE * 2L
                ? seconds * 1000 + Math.floorMod(time.millis(), 1000)
                : time.millis();
    }

    private static void rule(JsonObject alert, EventDraft event) {
        String rule = alert.text("rule");
        if (alert.has("sid")) {
            SnortFields.rule(alert.number("gid"), alert.text("sid"), alert.text("rev"), event);
        } else if (rule != null) {
            SnortFields.rule(rule, 0, rule.length(), event);
        }
        SnortFields.message(alert.text("msg"), event);
        String category = alert.text("class");
        event.text(Fields.RULE_CATEGORY, "none".equals(category) ? null : category);
        event.number(Fields.EVENT_SEVERITY, alert.number("priority"));
        SnortFields.action(alert.text("action"), event);
    }

    private static void ends(JsonObject alert, EventDraft event) {
        if (alert.has("src_ap") && alert.has("dst_ap")) {
            SnortFields.endsWithPorts(alert.text("src_ap"), alert.text("dst_ap"), event);
        }
        event.source(alert.text("src_addr")).destination(alert.text("dst_addr"));
        event.number(Fields.SOURCE_PORT, alert.number("src_port"));
        event.number(Fields.DESTINATION_PORT, alert.number("dst_port"));
        event.mac(Fields.SOURCE_MAC, alert.text("eth_src")).mac(Fields.DESTINATION_MAC, alert.text("eth_dst"));
        // The bytes are those of the flow, whose client is not always the packet's sender.
        boolean fromServer = "S2C".equals(alert.text("dir"));
        String from = fromServer ? "server_" : "client_";
        String to = fromServer ? "client_" : "server_";
        event.number(Fields.SOURCE_BYTES, alert.number(from + "bytes"));
        event.number(Fields.DESTINATION_BYTES, alert.number(to + "bytes"));
        event.number(Fields.SOURCE_PACKETS, alert.number(from + "pkts"));
        event.number(Fields.DESTINATION_PACKETS, alert.number(to + "pkts"));
    }
}
