package jp.hinomi.ingest.decode.juniper;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import jp.hinomi.events.Field;
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
 * Security logs of Junos on SRX: structured data ({@code format sd-syslog}) of RT_FLOW, RT_IDP, RT_IDS, RT_UTM, RT_AAMW and
 * RT_SECINTEL, and RT_FLOW as plain text.
 */
public final class SrxDecoder extends TextDecoder {
    public static final Signature SIGNATURE = glance -> {
        String program = glance.header().program();
        boolean security = program != null && program.startsWith("RT_") || glance.begins("RT_FLOW");
        boolean junos = glance.record().contains("[junos@");
        boolean known = security && (junos || glance.contains("RT_FLOW_SESSION_") || glance.contains("session "));
        return known ? Signature.Likeness.CERTAIN : junos ? Signature.Likeness.LIKELY : Signature.Likeness.NONE;
    };

    private static final Field TAG = Fields.of("juniper.srx.tag");
    private static final Field LEVEL = Fields.of("log.level");

    /** By severity, as Junos calls them. */
    private static final String[] LEVELS = {
        "emergency", "alert", "critical", "error", "warning", "notification", "informational", "debug"
    };

    private static final Field PROCESS = Fields.of("juniper.srx.process");

    private final SyslogParser syslog;

    public SrxDecoder(ZoneId zone, Charset charset) {
        super("juniper-srx", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = header.present() ? header.messageStart() : 0;
        int data = text.indexOf("[junos@");
        Map<String, String> values;
        String tag = header.messageId();
        if (data >= 0) {
            values = header.data() == null ? SrxPairs.read(text, data) : SrxPairs.of(header.data());
        } else {
            boolean pairs = tag != null && text.startsWith("[", start) && text.indexOf("=\"", start) > 0;
            FlowText flow = pairs ? null : FlowText.read(text, start);
            if (flow == null && !pairs && header.version() > 0 && !security(text, start, header)) {
                return other(text, start, header, record);
            }
            if (flow == null && !pairs) {
                return reject(
                        text,
                        start,
                        "not a security log of an SRX: no [junos@… name=\"value\" …] and no RT_FLOW session in "
                                + excerpt(text, start)
                                + ": set security log mode stream, format sd-syslog (or system syslog host … structured-data)");
            }
            // Some relays leave out the name of the structured data.
            values = pairs ? SrxPairs.read(text, start) : flow.values();
            tag = pairs ? tag : flow.tag();
        }
        EventDraft event = begin(text, header, record);
        event.text(TAG, tag).text(Fields.EVENT_CODE, tag);
        SrxPlaces.put(values, event);
        if (event.get(Fields.EVENT_DURATION) instanceof Long nanos && header.hasTime()) {
            // Written when the session ended, or when its counters were read.
            event.put(
                    Fields.EVENT_START,
                    Instant.ofEpochMilli(header.millis() - nanos / 1_000_000).toString());
            event.put(Fields.EVENT_END, Instant.ofEpochMilli(header.millis()).toString());
        }
        SrxMeanings.describe(tag == null ? "" : tag, values, event);
        event.clientAndServer();
        return event.finish();
    }

    /** A security log that cannot be read, of a cut line or a layout unknown here, must not pass for a daemon's remark. */
    private static boolean security(String text, int start, SyslogHeader header) {
        return header.program() != null && header.program().startsWith("RT_")
                || header.messageId() != null && header.messageId().startsWith("RT_")
                || text.startsWith("RT_", start);
    }

    private EventDraft begin(String text, SyslogHeader header, LogRecord record) {
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            header.withoutData().describe(event);
        }
        if (header.priority() >= 0) {
            event.text(LEVEL, LEVELS[header.priority() & 7]).number(Fields.EVENT_SEVERITY, header.priority());
        }
        event.module("juniper", "juniper.srx").text(PROCESS, header.program());
        event.text(Fields.OBSERVER_VENDOR, "Juniper")
                .text(Fields.OBSERVER_PRODUCT, "SRX")
                .text(Fields.OBSERVER_TYPE, "firewall")
                .text(Fields.OBSERVER_NAME, header.host());
        return event;
    }

    /** What other daemons of Junos say keeps program and text. */
    private Decoding other(String text, int start, SyslogHeader header, LogRecord record) {
        EventDraft event = begin(text, header, record);
        event.text(TAG, header.messageId()).text(Fields.EVENT_CODE, header.messageId());
        if (FilterText.put(text, start, event)) {
            event.clientAndServer();
        } else {
            event.text(Fields.MESSAGE, text.substring(start)).text(Fields.EVENT_PROVIDER, header.program());
            event.classify("network", "info");
        }
        return event.finish();
    }
}
