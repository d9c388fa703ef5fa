package jp.hinomi.ingest.decode.mqtt;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What every MQTT broker tells of its clients, under one prefix, so that a rule holds for all brokers. ECS has no names for it. */
final class MqttFields {
    static final Field CLIENT_ID = Fields.of("mqtt.client_id");
    static final Field TOPIC = Fields.of("mqtt.topic");
    static final Field QOS = Fields.of("mqtt.qos");
    static final Field RETAIN = Fields.of("mqtt.retain");
    static final Field DUPLICATE = Fields.of("mqtt.duplicate");
    static final Field MESSAGE_ID = Fields.of("mqtt.message_id");
    static final Field PACKET = Fields.of("mqtt.packet_type");
    static final Field VERSION = Fields.of("mqtt.protocol_version");
    static final Field KEEP_ALIVE = Fields.of("mqtt.keep_alive");
    static final Field CLEAN_SESSION = Fields.of("mqtt.clean_session");
    static final Field PAYLOAD_BYTES = Fields.of("mqtt.payload_bytes");
    static final Field BRIDGE = Fields.of("mqtt.bridge");
    static final Field LOG_LEVEL = Fields.of("log.level");

    private MqttFields() {}

    /** An attempt to log in, whatever came of it. */
    static void login(String action, boolean success, EventDraft event) {
        event.action(action).classify("authentication", "start").outcome(success);
    }

    static void sessionBegins(String action, EventDraft event) {
        event.action(action)
                .classify(java.util.List.of("authentication", "session"), "start")
                .outcome(true);
    }

    static void sessionEnds(String action, EventDraft event) {
        event.action(action).classify("session", "end");
    }

    /** What a client may do with a topic was decided. */
    static void decision(String action, boolean allowed, EventDraft event) {
        event.action(action).classify("network", allowed ? "allowed" : "denied").outcome(allowed);
    }

    static void traffic(String action, EventDraft event) {
        event.action(action).classify("network", "protocol");
    }
}
