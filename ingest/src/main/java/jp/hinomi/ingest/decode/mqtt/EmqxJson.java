package jp.hinomi.ingest.decode.mqtt;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;

/** EMQX's JSON: log records (time as text or in microseconds) and events (in milliseconds; webhooks of version 4 in seconds). */
final class EmqxJson extends JsonDecoder {
    private static final long FIRST_MILLIS = 100_000_000_000L;
    private static final long FIRST_MICROS = FIRST_MILLIS * 1000;

    private static final JsonTree TREE = new JsonTree(Set.of());

    EmqxJson(ZoneId zone, Charset charset) {
        super(EmqxDecoder.FORMAT, zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject object = TREE.read(parser);
        if (object == null) {
            return reject(text, 0, "more text after the object: one object per line");
        }
        if (!object.has("msg") && !object.has("event") && !object.has("action")) {
            return reject(
                    text,
                    0,
                    "neither a record of EMQX's log ('msg') nor an event of it ('event', 'action'):"
                            + " select the column event in the rule (SELECT * FROM \"$events/…\")");
        }
        EventDraft event = draft(text, record, record.appendMillis());
        if (header != null && header.present()) {
            header.describe(event);
        }
        String stamp = object.text("time");
        long epoch = first(object, "timestamp", "time", "ts", "connected_at", "disconnected_at");
        TimeScan time = new TimeScan(zone);
        if (stamp != null && time.iso(stamp, 0)) {
            event.time(time.millis);
        } else if (epoch > 0) {
            event.time(epoch >= FIRST_MICROS ? epoch / 1000 : epoch >= FIRST_MILLIS ? epoch : epoch * 1000);
        }
        EmqxEvents.describe(object, event);
        return event.finish();
    }

    private static long first(JsonObject object, String... names) {
        for (String name : names) {
            long value = object.number(name);
            if (value > 0) {
                return value;
            }
        }
        return -1;
    }
}
