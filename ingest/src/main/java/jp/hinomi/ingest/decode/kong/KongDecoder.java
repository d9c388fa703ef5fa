package jp.hinomi.ingest.decode.kong;

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
import jp.hinomi.ingest.decode.web.AccessLogDecoder;
import jp.hinomi.ingest.decode.web.NginxErrorLine;

/**
 * The API gateway Kong: JSON of its logging plugins (http-log, file-log, tcp-log, udp-log, syslog, kafka-log), its access
 * log and its error log.
 */
public final class KongDecoder extends TextDecoder {
    static final String FORMAT = "kong";

    public static final Signature SIGNATURE = Signature.members("request.uri", "latencies.kong", "client_ip")
            .or(Signature.members("session.received", "latencies.kong"))
            .or(Signature.programs("kong"))
            .or(KongDecoder::accessLine);

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final KongJson json;
    private final AccessLogDecoder access;

    public KongDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.json = new KongJson(zone, charset);
        this.access = new AccessLogDecoder(AccessLogDecoder.Server.KONG, zone, charset);
    }

    private static Signature.Likeness accessLine(Glance glance) {
        return glance.contains("\" kong_request_id: \"") ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        int start = 0;
        SyslogHeader header = null;
        if (!NginxErrorLine.isAt(text, 0)) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            if (start < text.length() && text.charAt(start) == '{') {
                return json.decode(text, record);
            }
            if (!NginxErrorLine.isAt(text, start)) {
                return access.decode(record);
            }
        }
        EventDraft event = draft(text, record, record.appendMillis());
        if (header != null) {
            header.describe(event);
        }
        event.text(Fields.SERVICE_NAME, "kong");
        if (!NginxErrorLine.describe(text, start, "kong", zone, event)) {
            return reject(text, start, "the time " + excerpt(text, start) + " is none");
        }
        return event.finish();
    }
}
