package jp.hinomi.ingest.decode.cef;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Verdicts;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** ArcSight's Common Event Format, versions 0 and 1, with or without a syslog header. */
public final class CefDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            glance -> Envelope.find(glance.message(), "CEF:") >= 0 && Envelope.find(glance.message(), "LEEF:") < 0
                    ? Signature.Likeness.CERTAIN
                    : Signature.Likeness.NONE;

    private static final Field VERSION = Fields.of("cef.version");
    private static final Field VENDOR = Fields.of("cef.device.vendor");
    private static final Field PRODUCT = Fields.of("cef.device.product");
    private static final Field DEVICE_VERSION = Fields.of("cef.device.version");
    private static final Field CLASS = Fields.of("cef.device.event_class_id");
    private static final Field NAME = Fields.of("cef.name");
    private static final Field SEVERITY = Fields.of("cef.severity");
    private static final Field OBSERVER_VERSION = Fields.of("observer.version");

    private final SyslogParser syslog;
    private final Stamp stamp;

    public CefDecoder(ZoneId zone, Charset charset) {
        super("cef", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
        this.stamp = new Stamp(zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int start = Envelope.find(text, "CEF:");
        Envelope envelope = start < 0 ? null : Envelope.read(text, start + 4, 6);
        if (envelope == null) {
            return reject(
                    text,
                    Math.max(start, 0),
                    "not CEF: expected CEF:0|vendor|product|version|event|name|severity|key=value … and found "
                            + excerpt(text, Math.max(start, 0)) + ": choose CEF as the log format on the device");
        }
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        Map<String, String> pairs = Pairs.spaced(text, envelope.end());
        EventDraft event = draft(text, record, millis(pairs, header, record.appendMillis()));
        if (header.present()) {
            header.describe(event);
        }
        device(envelope, event);
        CefPlaces.put(pairs, event);
        times(pairs, record.appendMillis(), event);
        meaning(envelope, pairs, event);
        return event.finish();
    }

    private long millis(Map<String, String> pairs, SyslogHeader header, long appendMillis) {
        for (String key : new String[] {"rt", "end", "start"}) {
            long millis = stamp.millis(pairs.get(key), appendMillis);
            if (millis != Stamp.NONE) {
                return millis;
            }
        }
        return header.hasTime() ? header.millis() : appendMillis;
    }

    private static void device(Envelope envelope, EventDraft event) {
        List<String> fields = envelope.fields();
        event.module("cef", "cef.log");
        event.text(VERSION, envelope.version());
        event.text(VENDOR, fields.get(0)).text(Fields.OBSERVER_VENDOR, fields.get(0));
        event.text(PRODUCT, fields.get(1)).text(Fields.OBSERVER_PRODUCT, fields.get(1));
        event.text(DEVICE_VERSION, fields.get(2)).text(OBSERVER_VERSION, fields.get(2));
        event.text(CLASS, fields.get(3)).text(Fields.EVENT_CODE, fields.get(3));
        event.text(NAME, fields.get(4)).text(Fields.MESSAGE, fields.get(4));
        event.text(SEVERITY, fields.get(5));
        Severity.put(fields.get(5), event);
    }

    private void times(Map<String, String> pairs, long near, EventDraft event) {
        event.text(Fields.EVENT_START, stamp.rfc3339(pairs.get("start"), near));
        event.text(Fields.EVENT_END, stamp.rfc3339(pairs.get("end"), near));
        String receipt = pairs.get("rt");
        if (receipt != null && stamp.millis(receipt, near) == Stamp.NONE) {
            event.text(Fields.of("cef.extensions.rt"), receipt);
        }
    }

    private static void meaning(Envelope envelope, Map<String, String> pairs, EventDraft event) {
        String name = envelope.fields().get(4) + ' ' + pairs.getOrDefault("cat", "");
        Verdicts.classify(name, pairs.get("act"), event);
        Verdicts.outcome(pairs.get("outcome"), event);
        if (event.get(Fields.EVENT_ACTION) == null) {
            event.action(envelope.fields().get(4).toLowerCase(Locale.ROOT));
        }
        if (event.get(Fields.SOURCE_BYTES) instanceof Long sent
                && event.get(Fields.DESTINATION_BYTES) instanceof Long back) {
            event.number(Fields.NETWORK_BYTES, sent + back);
        }
        NetworkFields.type(event);
        if (event.get(Fields.NETWORK_DIRECTION) == null) {
            NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        }
        NetworkFields.communityId(event);
    }
}
