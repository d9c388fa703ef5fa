package jp.hinomi.ingest.decode.aws;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * VPC flow logs as text: the default format (version 2), and the formats that AWS's documentation shows with fields of version
 * 3 to 5. A record is read by itself, so a custom format must begin with fields that tell which it is; see {@link FlowLayout}.
 */
public final class VpcFlowDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            glance -> FlowLayout.of(glance.message()) == null ? Signature.Likeness.NONE : Signature.Likeness.CERTAIN;

    private static final Field ACTION = Fields.of("aws.vpcflow.action");

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "account-id", "cloud.account.id",
            "srcaddr", "source.address",
            "dstaddr", "destination.address",
            "protocol", "network.transport",
            "instance-id", "cloud.instance.id",
            "region", "cloud.region",
            "az-id", "cloud.availability_zone",
            "packets", "source.packets",
            "bytes", "source.bytes",
            "interface-id", "aws.vpcflow.interface_id",
            "log-status", "aws.vpcflow.log_status",
            "version", "aws.vpcflow.version",
            "vpc-id", "aws.vpcflow.vpc_id",
            "subnet-id", "aws.vpcflow.subnet_id",
            "type", "aws.vpcflow.type",
            "sublocation-type", "aws.vpcflow.sublocation.type",
            "sublocation-id", "aws.vpcflow.sublocation.id",
            "pkt-src-aws-service", "aws.vpcflow.pkt_src_service",
            "pkt-dst-aws-service", "aws.vpcflow.pkt_dst_service",
            "traffic-path", "aws.vpcflow.traffic_path",
            "reject-reason", "event.reason"));

    static {
        PLACES.put("srcport", port(Fields.SOURCE_PORT));
        PLACES.put("dstport", port(Fields.DESTINATION_PORT));
        PLACES.put("pkt-srcaddr", address("aws.vpcflow.pkt_srcaddr"));
        PLACES.put("pkt-dstaddr", address("aws.vpcflow.pkt_dstaddr"));
        for (String elsewhere : new String[] {"start", "end", "action", "flow-direction", "tcp-flags"}) {
            PLACES.put(elsewhere, Place.NOWHERE);
        }
    }

    private static final Set<String> UNSEEN = Set.of("NODATA", "SKIPDATA");

    public VpcFlowDecoder(ZoneId zone, Charset charset) {
        super("vpc-flow", charset);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        FlowLayout layout = FlowLayout.of(text);
        if (layout == null) {
            return reject(
                    text,
                    0,
                    "not a record of a VPC flow log in a known format: it begins with " + excerpt(text, 0)
                            + "; known are the default format and, for custom ones, the order of fields in the guide");
        }
        Map<String, String> values = layout.values();
        boolean timed = values.containsKey("start") || values.containsKey("end");
        long start = seconds(values.get("start"));
        long end = seconds(values.get("end"));
        if (timed && (start < 0 || end < start)) {
            return reject(
                    text,
                    layout.offset("start"),
                    "start and end are not seconds since 1970: '" + values.get("start") + "', '" + values.get("end")
                            + "'; keep both in the flow log's format");
        }
        EventDraft event = draft(text, record, timed ? end * 1000 : record.appendMillis());
        event.module("aws", "aws.vpcflow").text(Fields.of("cloud.provider"), "aws");
        if (timed) {
            event.text(Fields.EVENT_START, Instant.ofEpochSecond(start).toString());
            event.text(Fields.EVENT_END, Instant.ofEpochSecond(end).toString());
            event.number(Fields.EVENT_DURATION, (end - start) * 1_000_000_000);
        }
        values.forEach((name, value) -> {
            if (!value.equals("-")) {
                Place place = PLACES.get(name);
                if (place == null) {
                    event.text(Fields.of("aws.vpcflow." + name.replace('-', '_')), value);
                } else {
                    place.put(value, event);
                }
            }
        });
        meaning(values, event);
        return event.finish();
    }

    private static long seconds(String text) {
        long value = Numbers.parse(text);
        return value < 10_000_000_000L ? value : -1;
    }

    private static void meaning(Map<String, String> values, EventDraft event) {
        String action = values.getOrDefault("action", "-");
        boolean unseen = UNSEEN.contains(values.getOrDefault("log-status", "OK"));
        event.classify("network", "connection");
        if (unseen || action.equals("-") && event.get(Fields.SOURCE_IP) == null) {
            event.action(values.getOrDefault("log-status", "flow").toLowerCase(Locale.ROOT));
            return;
        }
        if (!action.equals("-")) {
            boolean allowed = action.equals("ACCEPT");
            event.action(action.toLowerCase(Locale.ROOT)).text(ACTION, action).outcome(allowed);
            event.put(Fields.EVENT_TYPE, List.of("connection", allowed ? "allowed" : "denied"));
        }
        event.put(Fields.NETWORK_BYTES, event.get(Fields.SOURCE_BYTES));
        event.put(Fields.NETWORK_PACKETS, event.get(Fields.SOURCE_PACKETS));
        flags(values.get("tcp-flags"), event);
        NetworkFields.type(event);
        direction(values.get("flow-direction"), event);
        // Of ICMP, whose type is not logged, there is none.
        if (event.get(Fields.SOURCE_PORT) instanceof Long port && port > 0) {
            NetworkFields.communityId(event);
        }
    }

    private static void direction(String way, EventDraft event) {
        if ("ingress".equals(way) || "egress".equals(way)) {
            event.text(Fields.NETWORK_DIRECTION, way);
        } else {
            NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        }
    }

    /** The flags that were seen while the record was open, as a sum. */
    private static void flags(String sum, EventDraft event) {
        long bits = Numbers.parse(sum);
        if (bits <= 0 || bits > 255) {
            return;
        }
        List<String> names = new java.util.ArrayList<>(4);
        String[] all = {"fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr"};
        for (int i = 0; i < all.length; i++) {
            if ((bits >> i & 1) == 1) {
                names.add(all[i]);
            }
        }
        event.text(Fields.of("aws.vpcflow.tcp_flags"), sum).put(Fields.of("aws.vpcflow.tcp_flags_array"), names);
    }

    /** Zero where the protocol has no ports. */
    private static Place port(Field field) {
        return (value, event) -> {
            long port = Numbers.parse(value);
            event.number(field, port <= 65_535 ? port : -1);
        };
    }

    private static Place address(String name) {
        Field field = Fields.of(name);
        return (value, event) -> event.ip(field, value);
    }
}
