package jp.hinomi.ingest.decode.generic;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Any syslog message (RFC 5424, RFC 3164 and what devices make of them): the envelope's fields and the message as text. */
public final class SyslogDecoder extends TextDecoder {
    private final SyslogParser syslog;

    public SyslogDecoder(ZoneId zone, Charset charset) {
        super("syslog", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        if (!header.present()) {
            return reject(
                    text,
                    0,
                    "no syslog header (priority in angle brackets or a time); it begins with " + excerpt(text, 0)
                            + ": send it as RFC 5424 or RFC 3164, or set the format 'text'");
        }
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        event.module("syslog", "syslog.log");
        header.describe(event);
        event.text(Fields.MESSAGE, text.substring(Math.min(header.messageStart(), text.length())));
        return event.finish();
    }
}
