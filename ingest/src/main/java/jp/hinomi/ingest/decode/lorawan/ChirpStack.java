package jp.hinomi.ingest.decode.lorawan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.device.DeviceReadings;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;

/**
 * An event of ChirpStack: version 4 as {@code integration.proto} has it, with the device in {@code deviceInfo}; version 3
 * with everything flat. Stateless.
 */
final class ChirpStack {
    private static final VendorFields REST =
            new VendorFields("chirpstack", Set.of("data", "time", "deviceInfo.devEui", "devEUI"), Map.of());
    private static final Set<String> EVENTS =
            Set.of("join", "up", "ack", "txack", "log", "error", "status", "location", "integration");

    private ChirpStack() {}

    /** @return when it happened, or null if it does not say */
    static String describe(JsonObject object, EventDraft event) {
        JsonObject info = object.object("deviceInfo");
        boolean flat = info.isEmpty();
        event.text(LorawanFields.DEVICE_ID, LorawanFields.eui(flat ? object.text("devEUI") : info.text("devEui")));
        JsonObject device = flat ? object : info;
        event.text(LorawanFields.DEVICE_NAME, device.text("deviceName"));
        event.text(Fields.NETWORK_APPLICATION, device.text("applicationName"));
        event.text(LorawanFields.APPLICATION_ID, device.text(flat ? "applicationID" : "applicationId"));
        event.text(LorawanFields.ORGANIZATION_ID, info.text("tenantId"));
        event.text(LorawanFields.ORGANIZATION_NAME, info.text("tenantName"));
        event.text(LorawanFields.DEVICE_ADDRESS, object.text("devAddr"));
        event.number(LorawanFields.FRAME_COUNTER, object.number("fCnt"));
        event.number(LorawanFields.FRAME_PORT, object.number("fPort"));
        String name = name(object);
        event.module("chirpstack", "chirpstack.event");
        LorawanFields.classify(name, event);
        switch (name) {
            case "ack" -> event.outcome("true".equals(object.text("acknowledged")));
            case "log", "error" -> log(object, event);
            default -> {}
        }
        JsonObject gateway = bestGateway(object);
        String id = gateway.text("gatewayId");
        id = id == null ? gateway.text("gatewayID") : id;
        event.text(LorawanFields.GATEWAY_ID, LorawanFields.eui(id == null ? object.text("gatewayId") : id));
        event.put(LorawanFields.RSSI, gateway.members().get("rssi"));
        Object snr = gateway.members().get("snr");
        event.put(LorawanFields.SNR, number(snr == null ? gateway.members().get("loRaSNR") : snr));
        // Battery and signal of the event itself are the network's; those of the decoded payload the device's own.
        DeviceReadings.describe(object.object("object"), event);
        REST.put(object, event);
        String time = object.text("time");
        time = time == null ? object.text("publishedAt") : time;
        return time == null ? gateway.text("time") : time;
    }

    private static Object number(Object value) {
        return value instanceof Number number ? (Object) number.doubleValue() : null;
    }

    /** Of the gateways that heard a frame the one that heard it best. */
    private static JsonObject bestGateway(JsonObject object) {
        JsonObject best = JsonObject.of(Map.of());
        double strongest = Double.NEGATIVE_INFINITY;
        List<Object> gateways = object.list("rxInfo");
        for (int i = 0; i < gateways.size() && i < 64; i++) {
            if (gateways.get(i) instanceof JsonObject gateway) {
                double rssi = gateway.members().get("rssi") instanceof Number number ? number.doubleValue() : -1000;
                if (rssi > strongest) {
                    strongest = rssi;
                    best = gateway;
                }
            }
        }
        return best;
    }

    private static String name(JsonObject object) {
        String told = object.text("event");
        String topic = object.text("topic");
        if (told == null && topic != null) {
            told = topic.substring(topic.lastIndexOf('/') + 1);
        }
        if (told != null && EVENTS.contains(told)) {
            return told;
        }
        if (object.has("acknowledged")) {
            return "ack";
        } else if (object.has("description") || object.has("level") && object.has("code")) {
            return "log";
        } else if (object.has("error")) {
            return "error";
        } else if (object.has("margin") || object.has("batteryLevel")) {
            return "status";
        } else if (object.has("location")) {
            return "location";
        } else if (object.has("downlinkId") || object.has("gatewayId")) {
            return "txack";
        } else if (object.has("fCnt") || object.has("rxInfo") || object.has("dr")) {
            return "up";
        }
        return object.has("devAddr") ? "join" : "integration";
    }

    /** Codes of a failed join or a forged or replayed frame say who could not authenticate. */
    private static void log(JsonObject object, EventDraft event) {
        String code = object.text("code");
        code = code == null ? object.text("type") : code;
        String description = object.text("description");
        event.text(Fields.EVENT_CODE, code)
                .text(Fields.EVENT_REASON, description == null ? object.text("error") : description);
        event.text(LorawanFields.LOG_LEVEL, object.text("level"));
        if (code == null) {
            return;
        }
        switch (code) {
            case "OTAA",
                    "UPLINK_MIC",
                    "UPLINK_F_CNT_RESET",
                    "UPLINK_F_CNT_RETRANSMISSION",
                    "DATA_UP_MIC",
                    "UPLINK_FCNT_RESET" ->
                event.classify("authentication", "info").outcome(false);
            default -> {}
        }
    }
}
