package jp.hinomi.ingest.decode.fortigate;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** FortiGate logs in the default format ({@code key=value}), FortiOS 6.0 to 7.6, with or without a syslog header. */
public final class FortigateDecoder extends TextDecoder {
    public static final Signature SIGNATURE = glance -> {
        boolean pairs = glance.begins("date=") || glance.begins("logver=") || glance.begins("timestamp=");
        boolean device = glance.contains(" devid=") || glance.contains(" logid=") || glance.contains(" eventtime=");
        boolean type = glance.contains(" type=") && glance.contains(" subtype=");
        return pairs && device && type ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    };

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public FortigateDecoder(ZoneId zone, Charset charset) {
        super("fortigate", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int start = 0;
        SyslogHeader header = null;
        if (!text.startsWith("date=") && !text.startsWith("logver=")) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
        }
        KeyValues values = KeyValues.read(text, start);
        if (values.get(Key.TYPE) == null || values.get(Key.SUBTYPE) == null && values.get(Key.LOGID) == null) {
            return reject(text, start, notFortigate(text, start));
        }
        if (values.badAt() >= 0) {
            return reject(
                    text,
                    values.badAt(),
                    values.pairs() == KeyValues.MAX_PAIRS
                            ? "more than " + KeyValues.MAX_PAIRS + " fields: not a log line of a FortiGate"
                            : "expected key=value here and found " + excerpt(text, values.badAt())
                                    + ": use the default log format (config log syslogd setting, set format default)");
        }
        long millis = FortigateTime.millis(values, zone, header, record.appendMillis());
        if (millis == FortigateTime.UNREADABLE) {
            return reject(
                    text,
                    start,
                    "date, time or eventtime is not a time: date="
                            + values.get(Key.DATE) + " time=" + values.get(Key.TIME) + " eventtime="
                            + values.get(Key.EVENTTIME)
                            + "; check the device's clock and log format");
        }
        EventDraft event = draft(text, record, millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        long began = FortigateTime.eventMillis(values);
        if (began != FortigateTime.NONE) {
            event.text(Fields.EVENT_START, Instant.ofEpochMilli(began).toString());
        }
        FortigateFields.describe(values, event);
        if (event.get(Fields.OBSERVER_NAME) == null && header != null) {
            event.text(Fields.OBSERVER_NAME, header.host());
        }
        return event.finish();
    }

    private static String notFortigate(String text, int start) {
        if (text.startsWith("CEF:", start)) {
            return "this is CEF, not FortiGate's own format: on the device, config log syslogd setting, set format default";
        }
        if (text.startsWith("date=", start) && text.indexOf(",time=", start) > 0) {
            return "this is CSV, not FortiGate's default format: on the device, config log syslogd setting,"
                    + " set format default";
        }
        return "not a FortiGate log line: no type= with subtype= or logid=; it begins with " + excerpt(text, start)
                + ": point this source at a FortiGate that logs in the default format";
    }
}
