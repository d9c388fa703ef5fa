package jp.hinomi.ingest.decode.fiware;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * What the broker tells: requests, notifications, forwarded requests ({@code doc/manuals/admin/logs.md} of Orion) and alarms.
 * Stateless.
 */
final class BrokerMessages {
    private static final Field SUBSCRIPTION = Fields.of("fiware.subscription_id");
    private static final Field REGISTRATION = Fields.of("fiware.registration_id");
    private static final Field ALARM = Fields.of("fiware.alarm");
    private static final Field REQUEST_BYTES = Fields.of("http.request.body.bytes");
    private static final Field TOPIC = Fields.of("mqtt.topic");

    private BrokerMessages() {}

    static void describe(String message, EventDraft event) {
        if (message.startsWith("Request received: ")) {
            event.action("ngsi-request");
            request(message, "Request received: ".length(), true, event);
        } else if (message.startsWith("Request forwarded (regId: ")) {
            event.action("ngsi-forward").text(REGISTRATION, bracketed(message, "(regId: "));
            request(message, message.indexOf("): ") + 3, false, event);
        } else if (message.startsWith("Notif delivered (subId: ")) {
            event.action("ngsi-notification").text(SUBSCRIPTION, bracketed(message, "(subId: "));
            request(message, message.indexOf("): ") + 3, false, event);
        } else if (message.contains(" Notif delivered (subId: ") && message.length() > 6) {
            event.action("ngsi-notification").text(SUBSCRIPTION, bracketed(message, "(subId: "));
            messaging(message, event);
        } else if (message.startsWith("Raising alarm ")) {
            alarm(message, "Raising alarm ".length(), "alarm-raised", event);
        } else if (message.startsWith("Repeated ")) {
            alarm(message, "Repeated ".length(), "alarm-repeated", event);
        } else if (message.startsWith("Releasing alarm ")) {
            alarm(message, "Releasing alarm ".length(), "alarm-released", event);
        }
    }

    private static String bracketed(String message, String before) {
        int from = message.indexOf(before) + before.length();
        int end = message.indexOf(')', from);
        return end < 0 ? null : message.substring(from, end);
    }

    /** {@code POST /v2/entities, request payload (34 bytes): {…}, response code: 201, response payload (68 bytes): {…}} */
    private static void request(String message, int from, boolean received, EventDraft event) {
        int space = message.indexOf(' ', from);
        if (from < 3 || space < 0) {
            return;
        }
        String method = message.substring(from, space);
        int payload = after(message, space, received ? ", request payload (" : ", payload (");
        payload = payload < 0 ? after(message, space, ", request payload (") : payload;
        // Of a payload that itself says "response code" the last is the broker's; nothing but digits stands in it.
        int codeAt = message.lastIndexOf(", response code: ");
        int answer = message.lastIndexOf(", response payload (");
        int urlEnd = payload >= 0 ? message.lastIndexOf(", ", payload - 2) : Math.max(codeAt, -1);
        if (payload < 0 && answer >= 0 && answer < urlEnd) {
            urlEnd = answer;
        }
        String url = message.substring(space + 1, urlEnd > space ? urlEnd : message.length());
        if (payload >= 0) {
            event.number(REQUEST_BYTES, Numbers.parse(message, payload, Numbers.endOfDigits(message, payload)));
        }
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        Ngsi.request(method, url, received, event);
        if (received && payload >= 0) {
            int body = message.indexOf("): ", payload);
            Ngsi.payload(message, body < 0 ? message.length() : body, event);
        }
        if (codeAt >= 0) {
            int digits = codeAt + ", response code: ".length();
            int end = Numbers.endOfDigits(message, digits);
            long status = Numbers.parse(message, digits, end);
            event.number(Fields.HTTP_RESPONSE_STATUS_CODE, status);
            event.outcome(status > 0 && status < 400);
            if (status < 0) {
                int stop = message.indexOf(", ", digits);
                event.text(Fields.EVENT_REASON, message.substring(digits, stop < 0 ? message.length() : stop));
            }
        }
    }

    private static int after(String message, int from, String words) {
        int at = message.indexOf(words, from);
        return at < 0 ? -1 : at + words.length();
    }

    /** {@code MQTT Notif delivered (subId: …): broker: localhost:1883, topic: sub2, payload (123 bytes): {…}} */
    private static void messaging(String message, EventDraft event) {
        event.text(Fields.NETWORK_PROTOCOL, message.startsWith("MQTT ") ? "mqtt" : null);
        int broker = after(message, 0, "broker: ");
        int topic = after(message, 0, ", topic: ");
        if (broker > 0 && topic > broker) {
            jp.hinomi.ingest.decode.net.HostPort.destination(
                    message.substring(broker, topic - ", topic: ".length()), event);
            int end = message.indexOf(", payload (", topic);
            event.text(TOPIC, message.substring(topic, end < 0 ? message.length() : end));
        }
        event.classify("network", "protocol");
    }

    /** {@code BadInput 192.0.2.1: JSON Parse Error: …}; of NotificationError and ForwardingError the URL. */
    private static void alarm(String message, int from, String action, EventDraft event) {
        int end = from;
        while (end < message.length() && Character.isLetter(message.charAt(end))) {
            end++;
        }
        String name = message.substring(from, end);
        boolean released = action.equals("alarm-released");
        event.action(action).text(ALARM, name);
        int detail = message.indexOf(": ", end);
        event.text(Fields.EVENT_REASON, detail < 0 ? null : message.substring(detail + 2));
        String subject =
                message.substring(Math.min(end + 1, message.length()), detail < end + 1 ? message.length() : detail);
        switch (name) {
            case "BadInput" -> {
                event.source(jp.hinomi.ingest.decode.text.Addresses.canonical(subject));
                event.classify(List.of("web", "api"), List.of("access", "info"));
            }
            case "NotificationError", "ForwardingError", "MqttConnectionError" -> {
                Ngsi.target(subject, event);
                event.classify("network", List.of("connection", "info"));
            }
            case "DatabaseError" -> event.classify("database", "error");
            default -> {}
        }
        if (!released) {
            event.outcome(false);
        }
    }
}
