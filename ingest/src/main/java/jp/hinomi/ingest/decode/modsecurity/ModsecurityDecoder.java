package jp.hinomi.ingest.decode.modsecurity;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.ErrorLog;

/** ModSecurity 2.9 and 3 and Coraza: audit log, native (a record is one transaction) or JSON, and lines of the error log. */
public final class ModsecurityDecoder extends TextDecoder {
    static final String FORMAT = "modsecurity";
    static final String AUDIT = "modsecurity.auditlog";

    public static final Signature SIGNATURE = Signature.members("transaction", "transaction.remote_address")
            .or(Signature.members("transaction", "transaction.client_ip", "transaction.host_ip"))
            .or(glance -> AuditLog.boundary(glance.message(), 0, 'A') > 0
                    ? Signature.Likeness.CERTAIN
                    : Signature.Likeness.NONE)
            .or(ModsecurityDecoder::line);

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final AuditJson json;

    public ModsecurityDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.json = new AuditJson(zone, charset);
    }

    /** Of a web server's own error log; the decoders of the servers read these lines as well. */
    private static Signature.Likeness line(Glance glance) {
        return !glance.isJson()
                        && (glance.contains("ModSecurity: ") || glance.contains("Coraza: "))
                        && glance.contains("[id \"")
                ? Signature.Likeness.LIKELY
                : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        if (AuditLog.boundary(text, 0, 'A') > 0) {
            EventDraft event = draft(text, record, record.appendMillis()).module(FORMAT, AUDIT);
            return new AuditLog(text).describe(0, zone, event)
                    ? event.finish()
                    : reject(
                            text,
                            0,
                            "part A holds no '[day/month/year:time zone] id client port host port': a record is a whole"
                                    + " transaction, from its boundary with A to its boundary with Z");
        }
        SyslogHeader header = null;
        int start = 0;
        if (!ErrorLog.isLine(text, 0)) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            if (start < text.length() && text.charAt(start) == '{') {
                return json.decode(text, record);
            }
        }
        int match = ModsecurityLine.in(text, start, text.length());
        if (match < 0) {
            return reject(
                    text,
                    start,
                    "neither an audit record nor a line with 'ModSecurity:' or 'Coraza:': it begins with "
                            + excerpt(text, start)
                            + "; where the shipper sends line by line, set SecAuditLogFormat JSON");
        }
        long millis = header != null && header.hasTime() ? header.millis() : record.appendMillis();
        EventDraft event = draft(text, record, millis).module(FORMAT, "modsecurity.error");
        if (header != null && header.present()) {
            header.describe(event);
        }
        if (!ErrorLog.describe(text, start, zone, event)) {
            ModsecurityLine.describe(text, match, text.length(), event);
        }
        return event.finish();
    }
}
