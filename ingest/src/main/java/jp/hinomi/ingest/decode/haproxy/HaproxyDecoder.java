package jp.hinomi.ingest.decode.haproxy;

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
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The log of HAProxy 1.8 to 3.2 ("Logging" in its configuration manual): HTTP, HTTPS and TCP requests, errors, connections
 * without a log format, and what it says of its servers.
 *
 * <p>The time of a request is that of its acceptance, which is the only one in its line; when it was over is {@code event.end}.
 */
public final class HaproxyDecoder extends TextDecoder {
    static final String FORMAT = "haproxy";

    public static final Signature SIGNATURE = Signature.programs("haproxy").or(HaproxyDecoder::line);

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public HaproxyDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    /** {@code address:port [01/Apr/2026:10:00:00.123] frontend …}. */
    private static Signature.Likeness line(Glance glance) {
        String message = glance.message();
        int open = message.indexOf(" [");
        boolean timed = open > 2
                && message.indexOf(' ') == open
                && message.length() > open + 27
                && message.charAt(open + 4) == '/'
                && message.charAt(open + 13) == ':'
                && message.charAt(open + 22) == '.'
                && message.lastIndexOf(':', open) > 0;
        return timed ? Signature.Likeness.LIKELY : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = header.present() ? header.messageStart() : 0;
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            header.describe(event);
        }
        event.text(Fields.OBSERVER_VENDOR, "HAProxy")
                .text(Fields.OBSERVER_PRODUCT, "HAProxy")
                .text(Fields.OBSERVER_TYPE, "proxy");
        // "address:port [day/month/year:time] …"
        int open = text.indexOf(" [", start);
        TimeScan accepted = new TimeScan(zone);
        boolean timed = open > start && text.indexOf(' ', start) == open && accepted.clf(text, open + 2);
        if (timed && accepted.end < text.length() && text.charAt(accepted.end) == ']') {
            RequestLine line = new RequestLine(text, accepted.end + 2, accepted.millis);
            if (line.describe(text.substring(start, open), event)) {
                return event.finish();
            }
            return reject(
                    text,
                    Math.min(text.length(), accepted.end + 2),
                    "neither 'option httplog', 'httpslog' nor 'tcplog': a log-format of one's own cannot be read; begin it"
                            + " with one of these and add fields behind it, or describe it as a format of your own");
        }
        if (!header.present()) {
            return reject(
                    text,
                    start,
                    "neither 'address:port [time]' nor a syslog header: send HAProxy's log over syslog ('log … local0',"
                            + " 'option httplog'); this begins with " + excerpt(text, start));
        }
        if (!Clf.describe(text, start, zone, event)) {
            ProcessMessages.describe(text.substring(start), event);
        }
        return event.finish();
    }
}
