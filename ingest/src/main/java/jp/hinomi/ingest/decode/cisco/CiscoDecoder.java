package jp.hinomi.ingest.decode.cisco;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.Ascii;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Messages of ASA and FTD: {@code %ASA-6-302013: …}, {@code %FTD-1-430003: …}, also of PIX and FWSM. */
public final class CiscoDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            glance -> Label.find(glance.message(), 0) == null ? Signature.Likeness.NONE : Signature.Likeness.CERTAIN;

    private static final Messages ASA = new Messages("cisco.asa.");
    private static final Messages FTD = new Messages("cisco.ftd.");
    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field INGRESS_ZONE = Fields.of("observer.ingress.zone");
    private static final Field EGRESS_ZONE = Fields.of("observer.egress.zone");
    private static final Field ASA_ID = Fields.of("cisco.asa.message_id");
    private static final Field FTD_ID = Fields.of("cisco.ftd.message_id");
    private static final Field ASA_ICMP_TYPE = Fields.of("cisco.asa.icmp_type");
    private static final Field FTD_ICMP_TYPE = Fields.of("cisco.ftd.icmp_type");
    private static final Field ASA_ICMP_CODE = Fields.of("cisco.asa.icmp_code");
    private static final Field FTD_ICMP_CODE = Fields.of("cisco.ftd.icmp_code");

    /** By severity, as the devices' guides call them. */
    private static final String[] LEVELS = {
        "emergency", "alert", "critical", "error", "warning", "notification", "informational", "debug"
    };

    private static final Field OBSERVER_HOSTNAME = Fields.of("observer.hostname");

    private final SyslogParser syslog;

    public CiscoDecoder(ZoneId zone, Charset charset) {
        super("cisco-asa", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = header.present() ? header.messageStart() : 0;
        Label label = Label.find(text, start);
        if (label == null) {
            Decoding other = unlabelled(text, start, header, record);
            return other != null
                    ? other
                    : reject(
                            text,
                            start,
                            "not a message of ASA or FTD: no %ASA-level-number: or %FTD-level-number: in "
                                    + excerpt(text, start)
                                    + ": send syslog from the firewall itself (logging host INTERFACE ADDRESS)");
        }
        long millis = header.hasTime() ? header.millis() : record.appendMillis();
        EventDraft event = draft(text, record, millis);
        if (header.present()) {
            header.describe(event);
        }
        boolean ftd = label.product().equals("FTD") || label.product().equals("NGIPS");
        event.module("cisco", ftd ? "cisco.ftd" : "cisco.asa");
        event.text(Fields.EVENT_CODE, label.number()).text(ftd ? FTD_ID : ASA_ID, label.number());
        event.number(Fields.EVENT_SEVERITY, label.severity()).text(LOG_LEVEL, LEVELS[label.severity()]);
        observer(ftd ? "ftd" : Ascii.lower(label.product()), ftd ? "idps" : "firewall", header, event);
        event.text(Fields.MESSAGE, text.substring(label.textStart()));
        describe(label, ftd, text, event);
        if (event.get(Fields.HOST_HOSTNAME) == null) {
            event.text(Fields.HOST_HOSTNAME, header.host());
        }
        direction(text, label.textStart(), event);
        span(millis, event);
        network(ftd, event);
        return event.finish();
    }

    /**
     * What Firepower writes without a label: the management centre's audit log, and the security events of versions before
     * 6.3. Null if it is neither.
     */
    private Decoding unlabelled(String text, int start, SyslogHeader header, LogRecord record) {
        if (!header.present()) {
            return null;
        }
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        boolean audit = header.program() != null && ManagementAudit.describe(text, start, event);
        String number = audit ? null : SecurityEvents.number(text, start);
        if (!audit && (number == null || !SecurityEvents.describe(number, text, start, event))) {
            return null;
        }
        (audit ? header.withoutHost() : header).describe(event);
        event.module("cisco", "cisco.ftd").text(Fields.EVENT_CODE, number).text(FTD_ID, number);
        // They have no severity: the lowest.
        event.number(Fields.EVENT_SEVERITY, 7).text(LOG_LEVEL, LEVELS[7]);
        observer("ftd", "idps", audit ? header.withoutHost() : header, event);
        span(header.hasTime() ? header.millis() : record.appendMillis(), event);
        network(true, event);
        return event.finish();
    }

    private static void observer(String product, String type, SyslogHeader header, EventDraft event) {
        event.text(Fields.OBSERVER_VENDOR, "Cisco")
                .text(Fields.OBSERVER_PRODUCT, product)
                .text(Fields.OBSERVER_TYPE, type)
                .text(Fields.OBSERVER_NAME, header.host())
                .text(OBSERVER_HOSTNAME, header.host());
    }

    private static void describe(Label label, boolean ftd, String text, EventDraft event) {
        boolean security = label.number().startsWith("43000") && label.number().length() == 6;
        boolean known = security
                ? SecurityEvents.describe(label.number(), text, label.textStart(), event)
                : (ftd ? FTD : ASA).describe(label.number(), text, label.textStart(), event);
        if (!known && event.get(Fields.EVENT_CATEGORY) == null) {
            event.classify("host", "info");
        }
    }

    /** Of a connection that is built the device says it. */
    private static void direction(String text, int from, EventDraft event) {
        if (text.startsWith("Built ", from)) {
            String way = text.startsWith("inbound ", from + 6)
                    ? "inbound"
                    : text.startsWith("outbound ", from + 6) ? "outbound" : null;
            event.text(Fields.NETWORK_DIRECTION, way);
        }
    }

    /** What lasted some time is logged when it is over. */
    private static void span(long millis, EventDraft event) {
        if (event.get(Fields.EVENT_DURATION) instanceof Long nanos) {
            if (event.get(Fields.EVENT_START) == null) {
                event.text(
                        Fields.EVENT_START,
                        Instant.ofEpochMilli(millis - nanos / 1_000_000).toString());
            }
            event.text(Fields.EVENT_END, Instant.ofEpochMilli(millis).toString());
        }
    }

    private static void network(boolean ftd, EventDraft event) {
        if (event.get(Fields.SOURCE_IP) == null && event.get(Fields.DESTINATION_IP) == null) {
            return;
        }
        NetworkFields.type(event);
        // Who began what is over is not said.
        boolean over = "flow-expiration".equals(event.get(Fields.EVENT_ACTION));
        if (event.get(Fields.NETWORK_DIRECTION) == null && !over) {
            boolean zones = event.get(INGRESS_ZONE) != null;
            NetworkFields.direction(
                    text(event, zones ? INGRESS_ZONE : Fields.OBSERVER_INGRESS_INTERFACE),
                    text(event, zones ? EGRESS_ZONE : Fields.OBSERVER_EGRESS_INTERFACE),
                    event);
        }
        Object type = event.get(ftd ? FTD_ICMP_TYPE : ASA_ICMP_TYPE);
        Object code = event.get(ftd ? FTD_ICMP_CODE : ASA_ICMP_CODE);
        if (type != null && code != null) {
            NetworkFields.communityId(event, number(type), number(code));
        } else {
            NetworkFields.communityId(event);
        }
    }

    private static String text(EventDraft event, Field field) {
        return event.get(field) instanceof String text ? text : null;
    }

    private static int number(Object text) {
        long value = Numbers.parse(text.toString());
        return value > 255 ? -1 : (int) value;
    }
}
