package jp.hinomi.ingest.decode.mqtt;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;

/** What EMQX's log records and events mean. Both carry the same names, so one reading serves both. Stateless. */
final class EmqxEvents {
    private static final Field ERROR = Fields.of("error.message");
    private static final String LOGIN_FAILED = " login failed for ";
    private static final int MAX_NAME = 100;
    private static final Set<String> TAKEN = Set.of(
            "msg",
            "level",
            "time",
            "timestamp",
            "clientid",
            "username",
            "peername",
            "peerhost",
            "sockname",
            "ipaddress",
            "topic",
            "qos",
            "keepalive",
            "password",
            "payload");
    private static final VendorFields REST = new VendorFields("emqx", TAKEN, Map.of());

    private EmqxEvents() {}

    static void describe(JsonObject emqx, EventDraft event) {
        String name = emqx.text("event");
        boolean log = emqx.has("msg");
        event.module("emqx", log ? "emqx.log" : "emqx.event");
        event.text(Fields.NETWORK_PROTOCOL, "mqtt").text(Fields.SERVICE_NAME, "emqx");
        event.text(MqttFields.LOG_LEVEL, emqx.text("level")).text(Fields.MESSAGE, emqx.text("msg"));
        common(emqx, event);
        if (log) {
            record(emqx.text("msg"), event);
        } else {
            String action = name == null ? webhook(emqx.text("action")) : name;
            event(action == null ? "" : action, emqx, event);
        }
        String reason = emqx.text("reason");
        event.text(Fields.EVENT_REASON, reason == null ? emqx.text("reason_code") : reason);
        REST.put(emqx, event);
    }

    private static void common(JsonObject emqx, EventDraft event) {
        event.text(MqttFields.CLIENT_ID, emqx.text("clientid")).user(name(emqx.text("username")));
        String peer = emqx.text("peername");
        if (peer != null) {
            HostPort.sourceAndPort(peer, event);
        } else {
            String host = emqx.text("ipaddress");
            event.source(host == null ? emqx.text("peerhost") : host);
        }
        HostPort.destinationAndPort(emqx.text("sockname"), event);
        NetworkFields.type(event);
        event.text(MqttFields.TOPIC, emqx.text("topic")).number(MqttFields.QOS, emqx.number("qos"));
        event.number(MqttFields.KEEP_ALIVE, emqx.number("keepalive"));
        String version = emqx.text("proto_ver");
        event.text(
                MqttFields.VERSION,
                version == null
                        ? null
                        : switch (version) {
                            case "3" -> "3.1";
                            case "4" -> "3.1.1";
                            case "5" -> "5.0";
                            default -> version;
                        });
        event.text(ERROR, emqx.text("error"));
    }

    /** A client without a user name has "undefined" in logs and events. */
    private static String name(String user) {
        return "undefined".equals(user) || "null".equals(user) ? null : user;
    }

    /** {@code client_connected} of webhooks in version 4 is {@code client.connected} of events. */
    private static String webhook(String action) {
        int dash = action == null ? -1 : action.indexOf('_');
        return dash < 0 ? action : action.substring(0, dash) + '.' + action.substring(dash + 1);
    }

    private static void event(String name, JsonObject emqx, EventDraft event) {
        switch (name) {
            case "client.connected" -> MqttFields.sessionBegins(name, event);
            case "client.disconnected" -> MqttFields.sessionEnds(name, event);
            case "client.connack" ->
                MqttFields.login(name, succeeded(emqx, "reason_code", "conn_ack", "reason"), event);
            case "client.check_authn_complete", "client.authenticate" ->
                MqttFields.login(name, succeeded(emqx, "reason_code", "result"), event);
            case "client.check_authz_complete", "client.authorize", "client.check_acl_complete" -> {
                String packet = emqx.text("action");
                event.text(MqttFields.PACKET, packet == null ? null : packet.toUpperCase(Locale.ROOT));
                MqttFields.decision(name, !"deny".equals(emqx.text("result")), event);
            }
            case "message.dropped", "delivery.dropped" -> {
                MqttFields.traffic(name, event);
                event.outcome(false);
            }
            case "session.created", "session.resumed" -> event.action(name).classify("session", "start");
            case "session.terminated", "session.takenover", "session.discarded" -> MqttFields.sessionEnds(name, event);
            default -> MqttFields.traffic(name, event);
        }
    }

    /** The first of these that there is says whether it went well. */
    private static boolean succeeded(JsonObject emqx, String... names) {
        for (String name : names) {
            String value = emqx.text(name);
            if (value != null) {
                return value.equals("success") || value.equals("ok") || value.equals("0") || value.equals("allow");
            }
        }
        return true;
    }

    private static void record(String message, EventDraft event) {
        switch (message) {
            case "authentication_failure", "authn_failed", "client_login_failed" ->
                MqttFields.login(message, false, event);
            case "authorization_permission_denied", "cannot_publish_to_topic_due_to_not_authorized" ->
                MqttFields.decision(message, false, event);
            case "authorization_permission_allowed" -> MqttFields.decision(message, true, event);
            case "socket_force_closed", "emqx_connection_terminated", "terminate" ->
                MqttFields.sessionEnds(message, event);
            case "malformed_mqtt_message", "invalid_publish_packet", "unexpected_connect_packet" -> {
                MqttFields.traffic(message, event);
                event.outcome(false);
            }
            default -> {
                int failed = message.indexOf(LOGIN_FAILED);
                if (failed >= 0) {
                    olderLogin(message, failed, event);
                } else {
                    event.action(message.indexOf(' ') < 0 && message.length() <= MAX_NAME ? message : null);
                }
            }
        }
    }

    /** {@code Client id (Username: 'name') login failed for bad_username_or_password} of version 4. */
    private static void olderLogin(String message, int failed, EventDraft event) {
        int user = message.indexOf(" (Username: '");
        int end = message.lastIndexOf("')", failed);
        int from = user + " (Username: '".length();
        if (user > 0 && end >= from) {
            event.user(name(message.substring(from, end)));
        }
        event.text(Fields.EVENT_REASON, message.substring(failed + LOGIN_FAILED.length()));
        MqttFields.login("authentication_failure", false, event);
    }
}
