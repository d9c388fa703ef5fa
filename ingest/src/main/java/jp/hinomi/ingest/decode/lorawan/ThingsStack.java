package jp.hinomi.ingest.decode.lorawan;

import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.device.DeviceReadings;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;

/** A message of The Things Stack 3: {@code end_device_ids} and one of uplink_message, join_accept, downlink_*. Stateless. */
final class ThingsStack {
    private static final VendorFields REST = new VendorFields(
            "ttn", Set.of("uplink_message.frm_payload", "received_at", "end_device_ids.dev_eui"), Map.of());
    private static final Map<String, String> EVENTS = Map.of(
            "uplink_message", "up",
            "join_accept", "join",
            "downlink_ack", "ack",
            "downlink_nack", "ack",
            "downlink_sent", "txack",
            "downlink_queued", "down",
            "downlink_failed", "error",
            "location_solved", "location",
            "service_data", "integration");

    private ThingsStack() {}

    /** @return when the server received it, or null if it does not say */
    static String describe(JsonObject object, EventDraft event) {
        JsonObject ids = object.object("end_device_ids");
        String eui = LorawanFields.eui(ids.text("dev_eui"));
        event.text(LorawanFields.DEVICE_ID, eui == null ? ids.text("device_id") : eui);
        event.text(LorawanFields.DEVICE_NAME, ids.text("device_id"));
        event.text(LorawanFields.DEVICE_ADDRESS, ids.text("dev_addr"));
        event.text(LorawanFields.JOIN_EUI, LorawanFields.eui(ids.text("join_eui")));
        String application = ids.object("application_ids").text("application_id");
        event.text(LorawanFields.APPLICATION_ID, application).text(Fields.NETWORK_APPLICATION, application);
        event.module("ttn", "ttn.event");
        String kind = "uplink_message";
        for (String name : object.members().keySet()) {
            if (EVENTS.containsKey(name)) {
                kind = name;
                break;
            }
        }
        LorawanFields.classify(EVENTS.get(kind), event);
        if (kind.equals("downlink_nack") || kind.equals("downlink_failed")) {
            event.outcome(false);
            event.text(Fields.EVENT_REASON, object.object(kind).object("error").text("name"));
        } else if (kind.equals("downlink_ack")) {
            event.outcome(true);
        }
        uplink(object.object("uplink_message"), event);
        DeviceReadings.describe(object.object("uplink_message").object("decoded_payload"), event);
        REST.put(object, event);
        return object.text("received_at");
    }

    private static void uplink(JsonObject uplink, EventDraft event) {
        event.number(LorawanFields.FRAME_COUNTER, uplink.number("f_cnt"));
        event.number(LorawanFields.FRAME_PORT, uplink.number("f_port"));
        if (!uplink.list("rx_metadata").isEmpty() && uplink.list("rx_metadata").get(0) instanceof JsonObject gateway) {
            event.text(LorawanFields.GATEWAY_ID, gateway.object("gateway_ids").text("gateway_id"));
            event.put(LorawanFields.RSSI, gateway.members().get("rssi"));
            Object snr = gateway.members().get("snr");
            event.put(LorawanFields.SNR, snr instanceof Number number ? (Object) number.doubleValue() : null);
        }
    }
}
