package jp.hinomi.ingest.decode.pf;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.InnerMessages;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The packet filter's log of pfSense (2.2 and later) and OPNsense: {@code filterlog: 5,,,1000000103,em0,match,block,in,4,…}.
 * Logins to the web interface, leases, names asked for, tunnels and proxied requests are told as such; HAProxy, nginx, sshd, sudo
 * and Snort become the events of their own formats; other messages of the same machine keep program and text.
 */
public final class PfsenseDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.programs("filterlog", "pf");

    private static final Set<String> DELEGATED = Set.of("haproxy", "nginx", "sshd", "sshd-session", "sudo", "snort");

    private final InnerMessages messages;
    private final SyslogParser syslog;

    public PfsenseDecoder(ZoneId zone, Charset charset) {
        super("pfsense", charset);
        this.messages = new InnerMessages(zone);
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
        long millis = header.hasTime() ? header.millis() : record.appendMillis();
        SecurityEvent own = row == null ? ofProgram(header, millis, text.substring(start), record) : null;
        EventDraft event = own == null ? draft(text, record, millis) : EventDraft.continuing(own, text);
        if (header.present() && own == null) {
            header.describe(event);
        }
        if (own == null) {
            event.module("pfsense", "pfsense.log");
        }
        event.text(Fields.OBSERVER_VENDOR, "netgate")
                .text(Fields.OBSERVER_TYPE, "firewall")
                .text(Fields.OBSERVER_NAME, header.host());
        event.text(Fields.EVENT_PROVIDER, row == null ? header.program() : "filterlog");
        if (own != null) {
            return event.finish();
        }
        String message = text.substring(start);
        event.text(Fields.MESSAGE, message);
        if (row != null) {
            row.describe(event);
        } else if (!WebConfigurator.describe(text, start, event)
                && !SquidLine.describe(header.program(), message, event)
                && !Services.describe(header.program(), message, event)) {
            event.classify("host", "info");
        }
        return event.finish();
    }

    /** Packages such as HAProxy, and sshd, write what they write everywhere. */
    private SecurityEvent ofProgram(SyslogHeader header, long millis, String message, LogRecord record) {
        if (header.program() == null || !DELEGATED.contains(header.program())) {
            return null;
        }
        long pid = header.processId() == null ? -1 : Numbers.parse(header.processId());
        return messages.ofProgram(
                header.program(), Math.max(header.priority(), 13), millis, header.host(), pid, message, record);
    }
}
