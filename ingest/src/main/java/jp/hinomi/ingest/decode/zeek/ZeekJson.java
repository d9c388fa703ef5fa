package jp.hinomi.ingest.decode.zeek;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;

/** One record as Zeek's JSON writer has it: names with dots, times as seconds, milliseconds or ISO 8601. */
final class ZeekJson extends JsonDecoder {
    private static final int MAX_PATH = 64;
    private static final JsonTree TREE = new JsonTree(Set.of());

    ZeekJson(ZoneId zone, Charset charset) {
        super(ZeekDecoder.FORMAT, zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject zeek = TREE.read(parser);
        if (zeek == null) {
            return reject(text, 0, "more text after the object: one record per line");
        }
        Object stamp = zeek.members().get("ts");
        long millis = ZeekLogs.millis(stamp);
        if (millis == Epoch.NONE) {
            return reject(
                    text,
                    0,
                    stamp == null
                            ? "not a record of Zeek: it has no 'ts'; point this source at Zeek's logs, written as JSON"
                            : "'ts' " + excerpt(stamp.toString(), 0)
                                    + " is no time: leave LogAscii::json_timestamps at JSON::TS_EPOCH or JSON::TS_ISO8601");
        }
        EventDraft event = draft(text, record, millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        event.text(Fields.OBSERVER_NAME, zeek.text("_system_name"));
        String path = zeek.text("_path");
        ZeekLogs.describe(path == null ? ZeekLogs.guess(zeek) : name(path), zeek, event);
        return event.finish();
    }

    /** The log's name as it may stand in a data set's name. */
    private static String name(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.length() > MAX_PATH ? lower.substring(0, MAX_PATH) : lower;
    }
}
