package jp.hinomi.ingest.decode.zeek;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.net.NetworkFields;

/** What Zeek learns of hosts (leases, software, services), the protocols of devices, and what it says of itself. */
final class ZeekHosts {
    static final Set<String> LEASE = Set.of("client_addr", "server_addr", "mac", "duration", "domain");
    static final Set<String> SERVICE = Set.of("host", "port_num", "port_proto", "service");
    static final Set<String> SOFTWARE = Set.of("host", "host_p", "name", "unparsed_version");
    static final Set<String> MQTT = Set.of("client_id", "topic", "connect_status");

    private static final Field NETWORK_NAME = Fields.of("network.name");
    private static final Field CLIENT_MAC = Fields.of("client.mac");
    private static final Field PACKAGE = Fields.of("package.name");
    private static final Field PACKAGE_VERSION = Fields.of("package.version");
    private static final Field PACKAGE_TYPE = Fields.of("package.type");
    private static final Field FACILITY = Fields.of("log.syslog.facility.name");
    private static final Field SEVERITY = Fields.of("log.syslog.severity.name");
    private static final Field LEVEL = Fields.of("log.level");
    private static final Field MQTT_CLIENT = Fields.of("mqtt.client_id");
    private static final Field MQTT_TOPIC = Fields.of("mqtt.topic");

    private ZeekHosts() {}

    /** Client and server of DHCP have the same ports everywhere (RFC 2131 section 4.1); the log leaves them out. */
    static void lease(JsonObject dhcp, EventDraft event) {
        event.source(dhcp.text("client_addr")).destination(dhcp.text("server_addr"));
        event.number(Fields.SOURCE_PORT, 68).number(Fields.DESTINATION_PORT, 67);
        event.text(NETWORK_NAME, dhcp.text("domain"));
        event.mac(Fields.SOURCE_MAC, dhcp.text("mac")).mac(CLIENT_MAC, dhcp.text("mac"));
        String name = dhcp.text("client_fqdn");
        event.host(Fields.SOURCE_DOMAIN, name == null ? dhcp.text("host_name") : name);
        event.number(Fields.EVENT_DURATION, ZeekLogs.nanos(dhcp, "duration"));
        String assigned = jp.hinomi.ingest.decode.text.Addresses.canonical(dhcp.text("assigned_addr"));
        event.relatedIp(assigned);
        List<String> types = dhcp.texts("msg_types");
        String last = types.isEmpty() ? null : types.get(types.size() - 1);
        event.action(last == null ? null : last.toLowerCase(Locale.ROOT));
        if (last != null && (last.equals("ACK") || last.equals("NAK"))) {
            event.outcome(last.equals("ACK"));
        }
    }

    static void software(JsonObject software, EventDraft event) {
        event.source(software.text("host")).number(Fields.SOURCE_PORT, software.number("host_p"));
        event.ip(Fields.HOST_IP, software.text("host"));
        event.text(PACKAGE, software.text("name")).text(PACKAGE_VERSION, software.text("unparsed_version"));
        event.text(PACKAGE_TYPE, software.text("software_type"));
    }

    static void known(JsonObject known, EventDraft event) {
        event.source(known.text("host"));
        event.ip(Fields.HOST_IP, known.text("host"));
    }

    /** The host is the one that offers the service, so it is the server and not the source of anything. */
    static void service(JsonObject known, EventDraft event) {
        event.ip(Fields.HOST_IP, known.text("host"));
        event.destination(known.text("host")).number(Fields.DESTINATION_PORT, known.number("port_num"));
        List<String> services = known.texts("service");
        event.text(Fields.NETWORK_APPLICATION, services.isEmpty() ? null : services.get(0));
        String transport = known.text("port_proto");
        if (transport != null) {
            NetworkFields.transport(transport, event);
        }
    }

    static void snmp(JsonObject snmp, EventDraft event) {
        event.number(Fields.EVENT_DURATION, ZeekLogs.nanos(snmp, "duration"));
    }

    static void syslog(JsonObject syslog, EventDraft event) {
        event.text(FACILITY, syslog.text("facility")).text(SEVERITY, syslog.text("severity"));
        event.text(Fields.MESSAGE, syslog.text("message"));
    }

    static void tunnel(JsonObject tunnel, EventDraft event) {
        String action = last(tunnel.text("action"));
        event.action(tunnel.text("action"));
        String type = last(tunnel.text("tunnel_type"));
        event.text(Fields.NETWORK_PROTOCOL, type == null ? null : type.toLowerCase(Locale.ROOT));
        if ("DISCOVER".equals(action)) {
            event.put(Fields.EVENT_TYPE, List.of("connection", "start"));
        } else if ("CLOSE".equals(action) || "EXPIRE".equals(action)) {
            event.put(Fields.EVENT_TYPE, List.of("connection", "end"));
        }
    }

    static void call(JsonObject rpc, EventDraft event) {
        event.action(rpc.text("operation")).number(Fields.EVENT_DURATION, ZeekLogs.nanos(rpc, "rtt"));
        event.text(Fields.SERVICE_NAME, rpc.text("endpoint"));
    }

    static void modbus(JsonObject modbus, EventDraft event) {
        event.action(modbus.text("func"));
        String exception = modbus.text("exception");
        event.outcome(exception == null);
        if (exception != null) {
            event.text(Fields.EVENT_REASON, exception);
        }
    }

    static void dnp3(JsonObject dnp3, EventDraft event) {
        String function = dnp3.text("fc_request");
        function = function == null ? dnp3.text("fc_reply") : function;
        event.action(function == null ? null : function.toLowerCase(Locale.ROOT));
    }

    static void mqtt(JsonObject mqtt, EventDraft event) {
        event.text(MQTT_CLIENT, mqtt.text("client_id"));
        List<String> topics = mqtt.texts("topics");
        event.put(MQTT_TOPIC, topics.isEmpty() ? mqtt.texts("topic") : topics);
        String status = mqtt.text("connect_status");
        if (status != null) {
            event.action("mqtt-connect")
                    .outcome(status.equals("Connection Accepted"))
                    .text(Fields.EVENT_REASON, status);
        } else if (!topics.isEmpty()) {
            event.action(last(mqtt.text("action")));
        } else if (mqtt.has("topic")) {
            event.action("mqtt-publish");
        }
    }

    /** A protocol that was not what it seemed. */
    static void analyzer(JsonObject log, EventDraft event) {
        event.text(Fields.EVENT_REASON, log.text("failure_reason"));
        String name = log.text("analyzer_name");
        name = name == null ? log.text("analyzer") : name;
        event.text(Fields.NETWORK_PROTOCOL, name == null ? null : name.toLowerCase(Locale.ROOT));
    }

    static void own(JsonObject log, EventDraft event) {
        event.text(Fields.MESSAGE, log.text("message"));
        String level = last(log.text("level"));
        event.text(LEVEL, level == null ? null : level.toLowerCase(Locale.ROOT));
    }

    /** {@code Tunnel::DISCOVER} → {@code DISCOVER}. */
    private static String last(String name) {
        return name == null ? null : name.substring(name.lastIndexOf(':') + 1);
    }
}
