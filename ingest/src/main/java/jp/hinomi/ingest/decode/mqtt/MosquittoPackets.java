package jp.hinomi.ingest.decode.mqtt;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * Packets, logged with {@code log_type debug}: {@code Denied PUBLISH from id (d0, q1, r0, m2, 'topic', ... (5 bytes))},
 * {@code Sending CONNACK to id (0, 5)}, {@code Received SUBSCRIBE from id}. Stateless.
 */
final class MosquittoPackets {
    private static final int FIRST_ERROR = 128;

    private MosquittoPackets() {}

    static void describe(String message, EventDraft event) {
        int packet = message.indexOf(' ') + 1;
        int packetEnd = message.indexOf(' ', packet);
        boolean sent = packetEnd > 0 && message.startsWith(" to ", packetEnd);
        if (packetEnd < 0 || !sent && !message.startsWith(" from ", packetEnd)) {
            return;
        }
        String type = message.substring(packet, packetEnd);
        event.text(MqttFields.PACKET, type.length() <= 16 ? type : null);
        int who = packetEnd + (sent ? " to ".length() : " from ".length());
        int open = type.equals("PUBLISH") ? message.indexOf(" (d", who) : message.lastIndexOf(" (");
        open = open < who ? message.indexOf(" (q", who) : open;
        String whom = message.substring(who, open < who ? message.length() : open);
        boolean connack = type.equals("CONNACK") && open >= who;
        long code = connack ? returnCode(message, open) : -1;
        if (connack && code > 0 && Addresses.canonical(whom) != null) {
            // Whom the broker refuses has no id yet and is called by its address. Whom it accepts is called by its id.
            event.source(whom);
        } else {
            event.text(MqttFields.CLIENT_ID, whom);
        }
        boolean denied = message.startsWith("Denied ");
        if (type.equals("PUBLISH") && open > 0) {
            publish(message, open, event);
        }
        if (code >= 0) {
            event.text(Fields.EVENT_CODE, Long.toString(code));
            MqttFields.login(code == 0 ? "connection-accepted" : "connection-refused", code == 0, event);
        } else if (denied) {
            MqttFields.decision(
                    sent ? "delivery-denied" : type.equals("PUBLISH") ? "publish-denied" : "denied", false, event);
        } else {
            MqttFields.traffic(sent ? "packet-sent" : "packet-received", event);
            reason(message, open, event);
        }
    }

    private static void publish(String message, int open, EventDraft event) {
        int topic = message.indexOf(", '", open);
        int topicEnd = message.lastIndexOf("', ...");
        if (topic < 0 || topicEnd < topic + ", '".length()) {
            return;
        }
        String flags = message.substring(open + 2, topic);
        event.number(MqttFields.QOS, flag(flags, 'q')).number(MqttFields.MESSAGE_ID, flag(flags, 'm'));
        put(MqttFields.RETAIN, flag(flags, 'r'), event);
        put(MqttFields.DUPLICATE, flag(flags, 'd'), event);
        event.text(MqttFields.TOPIC, message.substring(topic + ", '".length(), topicEnd));
        int bytes = message.indexOf('(', topicEnd);
        if (bytes > 0) {
            event.number(
                    MqttFields.PAYLOAD_BYTES,
                    Numbers.parse(message, bytes + 1, Numbers.endOfDigits(message, bytes + 1)));
        }
    }

    private static void put(jp.hinomi.events.Field field, long flag, EventDraft event) {
        if (flag >= 0) {
            event.put(field, flag != 0);
        }
    }

    /** The number after a letter in {@code d0, q1, r0, m2}; -1 if there is none. */
    private static long flag(String flags, char letter) {
        int at = 0;
        while (at < flags.length()) {
            if (flags.charAt(at) == letter) {
                return Numbers.parse(flags, at + 1, Numbers.endOfDigits(flags, at + 1));
            }
            int comma = flags.indexOf(", ", at);
            at = comma < 0 ? flags.length() : comma + 2;
        }
        return -1;
    }

    /** {@code (session present, return code)}: 0 lets the client in; MQTT 3.1.1 section 3.2.2.3, MQTT 5 section 3.2.2.2. */
    private static long returnCode(String message, int open) {
        int comma = message.indexOf(", ", open);
        return comma < 0 ? -1 : Numbers.parse(message, comma + 2, Numbers.endOfDigits(message, comma + 2));
    }

    /** {@code (m1, rc135)} of an acknowledgement: from 128 on the broker did not do it. */
    private static void reason(String message, int open, EventDraft event) {
        int rc = open < 0 ? -1 : message.indexOf(", rc", open);
        int from = rc + ", rc".length();
        long code = rc < 0 ? -1 : Numbers.parse(message, from, Numbers.endOfDigits(message, from));
        if (code >= 0) {
            event.text(Fields.EVENT_CODE, Long.toString(code)).outcome(code < FIRST_ERROR);
        }
    }
}
