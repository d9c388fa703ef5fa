package jp.hinomi.ingest.decode.snort;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Alerts of Snort 2.9 and 3 as {@code alert_fast}, {@code alert_full}, {@code alert_syslog}, {@code alert_csv} (its default
 * columns) and {@code alert_json}; Suricata's {@code fast.log}, which has the same form, is read as Suricata's.
 */
public final class SnortDecoder extends TextDecoder {
    static final String FORMAT = "snort";

    public static final Signature SIGNATURE = Signature.programs("snort", "snort3")
            .or(Signature.members("src_ap", "dst_ap", "rule"))
            .or(Signature.members("gid", "sid", "rev"))
            .or(SnortDecoder::line);

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final SnortJson json;

    public SnortDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.json = new SnortJson(zone, charset);
    }

    /** Snort's time is like no other: {@code 04/01-10:00:00.123456}. */
    private static Signature.Likeness line(Glance glance) {
        String message = glance.message();
        boolean snort = message.startsWith("[**] [") || SnortTime.at(message, 0) > 0;
        return snort ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        int start = 0;
        SyslogHeader header = null;
        if (SnortTime.at(text, 0) == 0 && text.charAt(0) != '[') {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            if (start < text.length() && text.charAt(start) == '{') {
                return json.decode(text, record);
            }
        }
        long millis = header != null && header.hasTime() ? header.millis() : record.appendMillis();
        EventDraft event = draft(text, record, millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        SnortTime time = SnortTime.read(text, start, zone, record.appendMillis());
        int at = time == null ? start : time.end();
        if (time != null) {
            event.time(time.millis());
        }
        SnortFields.common(event);
        event.text(Fields.OBSERVER_NAME, header == null ? null : header.host());
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        boolean known = at < text.length() && text.charAt(at) == ','
                ? SnortCsv.describe(text, at + 1, event)
                : SnortText.describe(text, at, zone, record.appendMillis(), event);
        if (!known) {
            return reject(
                    text,
                    at,
                    "no alert of Snort: '[generator:signature:revision] message' is expected here, and there is "
                            + excerpt(text, at)
                            + "; use alert_fast, alert_syslog, alert_json or alert_csv with its default columns"
                            + " (of alert_full only the first line stands for the alert)");
        }
        if (time != null && time.longYear()) {
            SnortFields.suricata(event);
        }
        SnortFields.finish(event);
        return event.finish();
    }
}
