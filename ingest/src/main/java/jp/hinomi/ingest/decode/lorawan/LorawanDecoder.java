package jp.hinomi.ingest.decode.lorawan;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;

/**
 * Events of LoRaWAN network servers as JSON, as their MQTT and HTTP integrations publish them: ChirpStack 3 and 4, and The
 * Things Stack 3. ChirpStack names the event only in the topic or URL; without a member {@code event} or {@code topic} that
 * repeats it, it is told from what the object has.
 */
public final class LorawanDecoder extends JsonDecoder {
    public static final Signature SIGNATURE = Signature.members("deviceInfo.devEui")
            .or(Signature.members("devEUI", "applicationID"))
            .or(Signature.members("end_device_ids.device_id"));

    private static final JsonTree TREE = new JsonTree(Set.of());

    public LorawanDecoder(ZoneId zone, Charset charset) {
        super("lorawan", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject object = TREE.read(parser);
        if (object == null) {
            return reject(text, 0, "more text after the object: one event per line");
        }
        EventDraft event = draft(text, record, record.appendMillis());
        if (header != null && header.present()) {
            header.describe(event);
        }
        event.text(Fields.NETWORK_PROTOCOL, "lorawan");
        String stamp;
        if (object.has("end_device_ids")) {
            stamp = ThingsStack.describe(object, event);
        } else if (object.has("deviceInfo") || object.has("devEUI")) {
            stamp = ChirpStack.describe(object, event);
        } else {
            return reject(
                    text,
                    0,
                    "no device: an event of ChirpStack has deviceInfo (version 4) or devEUI (3), of The Things Stack"
                            + " end_device_ids; switch the integration's marshaler to JSON");
        }
        TimeScan time = new TimeScan(zone);
        if (stamp != null && time.iso(stamp, 0)) {
            event.time(time.millis);
        }
        return event.finish();
    }
}
