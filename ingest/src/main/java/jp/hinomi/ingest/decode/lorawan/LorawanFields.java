package jp.hinomi.ingest.decode.lorawan;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What all network servers tell, under one prefix where ECS has no name. Stateless. */
final class LorawanFields {
    static final Field DEVICE_ID = Fields.of("device.id");
    static final Field ORGANIZATION_ID = Fields.of("organization.id");
    static final Field ORGANIZATION_NAME = Fields.of("organization.name");
    static final Field DEVICE_NAME = Fields.of("lorawan.device_name");
    static final Field DEVICE_ADDRESS = Fields.of("lorawan.device_address");
    static final Field APPLICATION_ID = Fields.of("lorawan.application_id");
    static final Field JOIN_EUI = Fields.of("lorawan.join_eui");
    static final Field EVENT = Fields.of("lorawan.event");
    static final Field FRAME_COUNTER = Fields.of("lorawan.frame_counter");
    static final Field FRAME_PORT = Fields.of("lorawan.frame_port");
    static final Field GATEWAY_ID = Fields.of("lorawan.gateway_id");
    static final Field RSSI = Fields.of("lorawan.rssi");
    static final Field SNR = Fields.of("lorawan.snr");
    static final Field LOG_LEVEL = Fields.of("log.level");

    private static final int EUI_BYTES = 8;

    private LorawanFields() {}

    /** An EUI as sixteen lower-case digits; ChirpStack 3 may write it in base 64. Other texts stay as they are. */
    static String eui(String text) {
        if (text == null || text.length() != 12 || text.charAt(11) != '=') {
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        }
        for (int i = 0; i < 11; i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/')) {
                return text;
            }
        }
        byte[] bytes = Base64.getDecoder().decode(text);
        StringBuilder hex = new StringBuilder(2 * EUI_BYTES);
        for (byte b : bytes) {
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return hex.toString();
    }

    /** @param event as ChirpStack calls it: join, up, ack, txack, log, error, status, location */
    static void classify(String event, EventDraft draft) {
        draft.text(EVENT, event).action("lorawan-" + event);
        switch (event) {
            case "join" ->
                draft.classify(List.of("authentication", "session"), "start").outcome(true);
            case "up", "down", "txack", "ack" -> draft.classify("network", "protocol");
            default -> draft.classify("network", "info");
        }
    }
}
