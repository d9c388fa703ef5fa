package jp.hinomi.ingest.decode.tomcat;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.spring.SpringDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.AccessLogDecoder;

/**
 * Apache Tomcat 7 to 11: entries of its own log ({@link CatalinaLine}; a record may hold the stack of an exception), lines of the
 * access log valve, and both as JSON. Where a shipper sends stacks line by line, each line is an event at the time of its
 * arrival.
 */
public final class TomcatDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.programs(
                    "tomcat", "tomcat9", "tomcat10", "tomcat11", "catalina")
            .or(glance -> CatalinaLine.isAt(glance.message(), 0) || CatalinaLine.isSimple(glance.message())
                    ? Signature.Likeness.LIKELY
                    : Signature.Likeness.NONE);

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final AccessLogDecoder access;
    private final SpringDecoder json;

    public TomcatDecoder(ZoneId zone, Charset charset) {
        super("tomcat", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.access = new AccessLogDecoder(AccessLogDecoder.Server.TOMCAT, zone, charset);
        this.json = new SpringDecoder(zone, charset);
    }

    @Override
    public Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        SyslogHeader header = text.charAt(0) == '<' ? syslog.parse(text, record.appendMillis()) : null;
        boolean behind = header != null && header.present();
        int start = behind ? header.messageStart() : 0;
        EventDraft event = draft(text, record, behind && header.hasTime() ? header.millis() : record.appendMillis());
        if (behind) {
            header.describe(event);
        }
        if (CatalinaLine.isAt(text, start)) {
            return CatalinaLine.describe(text, start, zone, event)
                    ? event.finish()
                    : reject(text, start, "its time is none: " + excerpt(text, start));
        }
        if (CatalinaLine.simple(text, start, zone, event)) {
            return event.finish();
        }
        Decoding request = access.decode(text, record);
        if (request instanceof Decoding.Decoded || text.indexOf("] \"", start) > 0) {
            return request;
        }
        CatalinaLine.levelled(text, start, event);
        return event.finish();
    }
}
