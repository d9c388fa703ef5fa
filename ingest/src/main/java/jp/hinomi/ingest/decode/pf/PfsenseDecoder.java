package jp.hinomi.ingest.decode.pf;

import java.nio.charset.Charset;
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

/**
 * The packet filter's log of pfSense (2.2 and later) and OPNsense: {@code filterlog: 5,,,1000000103,em0,match,block,in,4,…}.
 * Logins to the web interface are told as such; other messages of the same machine keep program and text.
 */
public final class PfsenseDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.programs("filterlog", "pf");

    private final SyslogParser syslog;

    public PfsenseDecoder(ZoneId zone, Charset charset) {
        super("pfsense", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = header.present() ? header.messageStart() : 0;
        boolean filter = header.program() == null
                || header.program().equals("filterlog")
                || header.program().equals("pf");
        // "filterlog:" alone, as a forwarder without header leaves it.
        if (header.program() == null && text.startsWith("filterlog: ", start)) {
            start += 11;
        }
        FilterRow row = filter ? FilterRow.read(text, start) : null;
        if (filter && row == null) {
            return reject(
                    text,
                    start,
                    "not a line of filterlog: expected rule,,anchor,tracker,interface,reason,action,direction,4 or 6,…"
                            + " and found " + excerpt(text, start)
                            + ": send the firewall's own log (Status > System Logs > Settings > Remote Logging)");
        }
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            header.describe(event);
        }
        event.module("pfsense", "pfsense.log");
        event.text(Fields.OBSERVER_VENDOR, "netgate")
                .text(Fields.OBSERVER_TYPE, "firewall")
                .text(Fields.OBSERVER_NAME, header.host());
        event.text(Fields.MESSAGE, text.substring(start));
        event.text(Fields.EVENT_PROVIDER, row == null ? header.program() : "filterlog");
        if (row != null) {
            row.describe(event);
        } else if (!WebConfigurator.describe(text, start, event)) {
            event.classify("host", "info");
        }
        return event.finish();
    }
}
