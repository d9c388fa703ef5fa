package jp.hinomi.ingest.decode.zeek;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Logs of Zeek 3 to 8: JSON, with {@code _path} (JSON streaming logs) or without, and tab-separated text. Text that comes
 * line by line has lost the header with the names of its columns, so the log is known by the columns that Zeek's own
 * scripts write ({@link ZeekColumns}).
 */
public final class ZeekDecoder extends TextDecoder {
    static final String FORMAT = "zeek";

    public static final Signature SIGNATURE = Signature.members("_path", "ts")
            .or(Signature.members("ts", "uid", "id.orig_h"))
            .or(Signature.members("ts", "fuid", "seen_bytes"))
            .or(Signature.members("ts", "certificate.serial", "certificate.subject"))
            .or(Signature.members("ts", "note", "actions", "suppress_for"))
            .or(Signature.members("ts", "uids", "msg_types"))
            .or(Signature.members("ts", "host", "software_type"))
            .or(Signature.members("ts", "name", "notice", "peer"))
            .or(Signature.begins("#separator \\x09", "#fields\tts\t", "#path\t", "#open\t", "#close\t"))
            .or(ZeekDecoder::line);

    private static final Field HEADER = Fields.of("zeek.header");
    private static final int MAX_HEADER = 4096;

    private final SyslogParser syslog;
    private final ZeekJson json;

    public ZeekDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
        this.json = new ZeekJson(zone, charset);
    }

    /** Seconds with six decimals and a tab: no other log begins so. */
    private static Signature.Likeness line(Glance glance) {
        return isLine(glance.message(), 0) ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    }

    private static boolean isLine(String text, int from) {
        int point = from;
        while (point < text.length() && point - from <= 12 && text.charAt(point) >= '0' && text.charAt(point) <= '9') {
            point++;
        }
        return point > from && text.length() > point + 7 && text.charAt(point) == '.' && text.charAt(point + 7) == '\t';
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int start = 0;
        SyslogHeader header = null;
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        if (text.charAt(0) != '#' && !isLine(text, 0)) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
        }
        if (start < text.length() && text.charAt(start) == '#') {
            return header(text, start, header, record);
        }
        return isLine(text, start) ? line(text, start, header, record) : json.decode(text, record);
    }

    /** What stands above and below the lines of a file: kept, so that nothing is lost, but it says nothing of the network. */
    private Decoding header(String text, int start, SyslogHeader header, LogRecord record) {
        EventDraft event = draft(text, record, record.appendMillis()).module(FORMAT, "zeek.header");
        if (header != null) {
            header.describe(event);
        }
        String line = text.substring(start, Math.min(text.length(), start + MAX_HEADER));
        return event.text(Fields.MESSAGE, line).text(HEADER, line).finish();
    }

    private Decoding line(String text, int start, SyslogHeader header, LogRecord record) {
        String named = header == null ? null : header.program();
        ZeekColumns.Line line = ZeekColumns.read(text, start, named);
        if (line == null) {
            return reject(
                    text,
                    start,
                    "a tab-separated line of which Zeek log it is cannot be told from its columns (scripts that add"
                            + " columns change them): write JSON ('redef LogAscii::use_json = T;'), best with the"
                            + " package json-streaming-logs, which names the log in every record");
        }
        Map<String, Object> members = line.members();
        long millis = Epoch.millis(members.get("ts"));
        EventDraft event = draft(text, record, millis == Epoch.NONE ? record.appendMillis() : millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        ZeekLogs.describe(line.path(), JsonObject.of(members), event);
        return event.finish();
    }
}
