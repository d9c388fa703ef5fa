package jp.hinomi.ingest.decode.mqtt;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.text.Addresses;

/** Mosquitto's messages, by how they begin (the broker's source, {@code src/} and {@code lib/}, has them all). Stateless. */
final class MosquittoMessages {
    private static final Field TLS_CIPHER = Fields.of("tls.cipher");
    private static final Field SERVICE_VERSION = Fields.of("service.version");

    private MosquittoMessages() {}

    static void describe(String message, EventDraft event) {
        if (message.startsWith("New c") || message.startsWith("New b")) {
            MosquittoClients.connected(message, event);
        } else if (message.startsWith("Client ") || message.startsWith("Socket error on client ")) {
            MosquittoClients.client(message, event);
        } else if (message.startsWith("Denied ") || message.startsWith("Received ") || message.startsWith("Sending ")) {
            MosquittoPackets.describe(message, event);
        } else if (message.startsWith("Connection from ")) {
            connection(message, event);
        } else if (message.startsWith("ACL denying access to client with dangerous ")) {
            int open = message.indexOf('"');
            String name = between(message, open + 1, "\"");
            event.text(MqttFields.CLIENT_ID, message.contains("client id \"") ? name : null);
            event.user(message.contains("username \"") ? name : null);
            MqttFields.decision("acl-denied", false, event);
        } else if (message.startsWith("Bad client ")) {
            HostPort.sourceAndPort(between(message, "Bad client ".length(), " "), event);
            protocolError(message, event);
        } else if (message.startsWith("Protocol error from ")) {
            String who = between(message, "Protocol error from ".length(), ": ");
            peerOrClient(who, event);
            protocolError(message, event);
        } else {
            other(message, event);
        }
    }

    private static void connection(String message, EventDraft event) {
        int from = "Connection from ".length();
        HostPort.sourceAndPort(between(message, from, " "), event);
        NetworkFields.type(event);
        if (message.contains(" negotiated ")) {
            tls(message, event);
        } else {
            refused(message, event);
        }
    }

    /** {@code negotiated TLSv1.3 cipher TLS_AES_256_GCM_SHA384} */
    static void tls(String message, EventDraft event) {
        int at = message.indexOf(" negotiated ") + " negotiated ".length();
        String version = between(message, at, " ");
        if (version != null && version.startsWith("TLSv")) {
            event.text(Fields.TLS_VERSION, version.substring("TLSv".length()));
        }
        int cipher = message.indexOf(" cipher ", at);
        event.text(TLS_CIPHER, cipher < 0 ? null : message.substring(cipher + " cipher ".length()));
        event.action("tls-negotiated").classify("network", "protocol").outcome(true);
    }

    /** The broker did not let a connection in; why stands after a comma or colon. */
    static void refused(String message, EventDraft event) {
        int reason = message.lastIndexOf(": ");
        int comma = message.lastIndexOf(", ");
        int at = Math.max(reason, comma);
        event.text(Fields.EVENT_REASON, at < 0 ? null : withoutDot(message.substring(at + 2)));
        event.action("connection-refused")
                .classify("network", java.util.List.of("connection", "denied"))
                .outcome(false);
    }

    private static void protocolError(String message, EventDraft event) {
        int reason = message.indexOf(": ");
        event.text(Fields.EVENT_REASON, reason < 0 ? withoutDot(message) : withoutDot(message.substring(reason + 2)));
        event.action("protocol-error").classify("network", "protocol").outcome(false);
    }

    static void peerOrClient(String who, EventDraft event) {
        int colon = who == null ? -1 : who.lastIndexOf(':');
        boolean peer = colon > 0 && Addresses.canonical(who, 0, colon) != null;
        if (peer) {
            HostPort.sourceAndPort(who, event);
        } else {
            event.text(MqttFields.CLIENT_ID, who);
        }
    }

    private static void other(String message, EventDraft event) {
        if (message.startsWith("Error")) {
            event.text(MqttFields.LOG_LEVEL, "error");
        } else if (message.startsWith("Warning: ")) {
            event.text(MqttFields.LOG_LEVEL, "warning");
        } else if (message.startsWith("OpenSSL Error")) {
            int at = message.indexOf(": ");
            event.text(Fields.EVENT_REASON, at < 0 ? null : message.substring(at + 2));
            event.action("tls-error").classify("network", "protocol").outcome(false);
        } else if (message.startsWith("mosquitto version ")) {
            version(message, event);
        } else if (message.startsWith("Config loaded from ") || message.startsWith("Reloading config")) {
            event.action("config-loaded").classify("configuration", "info");
        } else if (message.startsWith("Expiring ")) {
            int client = message.indexOf("client ");
            int due = message.lastIndexOf(" due to ");
            if (client > 0 && due > client) {
                event.text(MqttFields.CLIENT_ID, message.substring(client + "client ".length(), due));
            }
            MqttFields.sessionEnds("session-expired", event);
        }
    }

    private static void version(String message, EventDraft event) {
        event.text(SERVICE_VERSION, between(message, "mosquitto version ".length(), " "));
        if (message.endsWith(" terminating")) {
            event.action("broker-stopped").classify("process", "end");
        } else if (message.contains(" starting")) {
            event.action("broker-started").classify("process", "start");
        }
    }

    /** The text from there up to the next occurrence of that, or to the end. */
    static String between(String text, int from, String end) {
        int stop = text.indexOf(end, from);
        return text.substring(Math.min(from, text.length()), stop < 0 ? text.length() : stop);
    }

    static String withoutDot(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
