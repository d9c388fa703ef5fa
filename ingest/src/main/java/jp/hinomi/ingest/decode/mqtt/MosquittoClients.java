package jp.hinomi.ingest.decode.mqtt;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** Clients that come and go. Client ids and user names are what the client says and may contain anything. Stateless. */
final class MosquittoClients {
    private static final String NOT_AUTHORISED = "not authorised";

    /** Who left before it gave its id. */
    private static final String UNKNOWN = "<unknown>";

    private MosquittoClients() {}

    /**
     * {@code New connection from 192.0.2.1:40000 on port 1883.} and {@code New client connected from 192.0.2.1:40000 as id
     * (p2, c1, k60, u'name').}
     */
    static void connected(String message, EventDraft event) {
        int from = message.indexOf(" from ");
        if (from < 0) {
            return;
        }
        from += " from ".length();
        HostPort.sourceAndPort(MosquittoMessages.between(message, from, " "), event);
        NetworkFields.transport("tcp", event);
        NetworkFields.type(event);
        if (message.startsWith("New connection ")) {
            int port = message.indexOf(" on port ", from);
            int digits = port + " on port ".length();
            event.number(
                    Fields.DESTINATION_PORT,
                    port < 0 ? -1 : Numbers.parse(message, digits, Numbers.endOfDigits(message, digits)));
            event.action("new-connection").classify("network", List.of("connection", "start"));
            return;
        }
        event.put(MqttFields.BRIDGE, message.startsWith("New bridge "));
        MqttFields.sessionBegins("client-connected", event);
        int id = message.indexOf(" as ", from);
        if (id > 0) {
            parameters(message, id + " as ".length(), event);
        }
    }

    /**
     * The first text that looks like parameters is taken: a client that writes such into its id gets a user name that
     * nobody has, never one of somebody else.
     */
    private static void parameters(String message, int id, EventDraft event) {
        int open = message.indexOf(" (p", id);
        if (open < 0) {
            event.text(MqttFields.CLIENT_ID, MosquittoMessages.withoutDot(message.substring(id)));
            return;
        }
        event.text(MqttFields.CLIENT_ID, message.substring(id, open));
        String protocol = MosquittoMessages.between(message, open + 3, ",");
        event.text(MqttFields.VERSION, version(protocol));
        int clean = message.indexOf(", c", open);
        if (clean > 0 && clean + 3 < message.length()) {
            event.put(MqttFields.CLEAN_SESSION, message.charAt(clean + 3) != '0');
        }
        int keep = message.indexOf(", k", open);
        if (keep > 0) {
            event.number(
                    MqttFields.KEEP_ALIVE, Numbers.parse(message, keep + 3, Numbers.endOfDigits(message, keep + 3)));
        }
        int user = message.indexOf(", u'", open);
        int end = message.lastIndexOf("')");
        if (user > 0 && end >= user + 4) {
            event.user(message.substring(user + 4, end));
        }
    }

    /** Mosquitto counts MQTT 3.1 as 1, 3.1.1 as 2 (the standard as 4), and 5.0 as 5. */
    private static String version(String number) {
        return switch (number) {
            case "1", "3" -> "3.1";
            case "2", "4" -> "3.1.1";
            case "5" -> "5.0";
            default -> number.length() > 3 ? null : number;
        };
    }

    /**
     * {@code Client id disconnected, not authorised.}, {@code Client id [192.0.2.1:40000] disconnected: protocol error.},
     * {@code Client id closed its connection.}, {@code Client connection from 192.0.2.1 failed: …}
     */
    static void client(String message, EventDraft event) {
        if (message.startsWith("Client connection from ")) {
            HostPort.source(MosquittoMessages.between(message, "Client connection from ".length(), " "), event);
            MosquittoMessages.refused(message, event);
            return;
        }
        if (message.startsWith("Client from ") && message.endsWith("non-TLS listener.")) {
            HostPort.sourceAndPort(MosquittoMessages.between(message, "Client from ".length(), " "), event);
            event.text(Fields.EVENT_REASON, "TLS on a listener without TLS");
            event.action("connection-refused")
                    .classify("network", List.of("connection", "denied"))
                    .outcome(false);
            return;
        }
        if (message.startsWith("Socket error on client ")) {
            int end = message.lastIndexOf(", disconnecting");
            int from = "Socket error on client ".length();
            event.text(MqttFields.CLIENT_ID, message.substring(from, end < from ? message.length() : end));
            event.text(Fields.EVENT_REASON, "socket error");
            MqttFields.sessionEnds("client-disconnected", event);
            return;
        }
        int from = "Client ".length();
        if (ended(message, from, " disconnected: ", event)
                || ended(message, from, " disconnected, ", event)
                || ended(message, from, " disconnected due to ", event)
                || ended(message, from, " has exceeded timeout, ", event)
                || ended(message, from, " already connected, ", event)
                || ended(message, from, " closed its connection", event)
                || ended(message, from, " disconnected", event)) {
            return;
        }
        int negotiated = message.lastIndexOf(" negotiated ");
        if (negotiated > from) {
            event.text(MqttFields.CLIENT_ID, message.substring(from, negotiated));
            MosquittoMessages.tls(message, event);
        }
    }

    private static boolean ended(String message, int from, String how, EventDraft event) {
        int at = message.lastIndexOf(how);
        if (at < from) {
            return false;
        }
        int open = message.charAt(at - 1) == ']' ? message.lastIndexOf(" [", at) : -1;
        if (open > from) {
            HostPort.sourceAndPort(message.substring(open + 2, at - 1), event);
            NetworkFields.type(event);
        }
        String id = message.substring(from, open > from ? open : at);
        event.text(MqttFields.CLIENT_ID, id.equals(UNKNOWN) ? null : id);
        String reason = reason(message.substring(at), how);
        event.text(Fields.EVENT_REASON, reason);
        if (reason != null && (reason.startsWith(NOT_AUTHORISED) || reason.startsWith("bad user"))) {
            MqttFields.login("client-refused", false, event);
        } else {
            MqttFields.sessionEnds("client-disconnected", event);
        }
        return true;
    }

    private static String reason(String tail, String how) {
        return switch (how) {
            case " has exceeded timeout, " -> "exceeded timeout";
            case " already connected, " -> "session taken over";
            case " closed its connection" -> "connection closed by client";
            case " disconnected" -> null;
            default -> MosquittoMessages.withoutDot(tail.substring(how.length()));
        };
    }
}
