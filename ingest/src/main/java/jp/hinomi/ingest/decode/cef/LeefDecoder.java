package jp.hinomi.ingest.decode.cef;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashMap;
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
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.place.Verdicts;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** QRadar's Log Event Extended Format, versions 1.0 and 2.0, with or without a syslog header. */
public final class LeefDecoder extends TextDecoder {
    public static final Signature SIGNATURE = glance ->
            Envelope.find(glance.message(), "LEEF:") >= 0 ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;

    private static final String PREFIX = "leef.";
    private static final Field VERSION = Fields.of("leef.version");
    private static final Field OBSERVER_VERSION = Fields.of("observer.version");

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "src", "source.address",
            "dst", "destination.address",
            "srcPort", "source.port",
            "dstPort", "destination.port",
            "proto", "network.transport",
            "srcPostNAT", "source.nat.ip",
            "dstPostNAT", "destination.nat.ip",
            "srcPostNATPort", "source.nat.port",
            "dstPostNATPort", "destination.nat.port",
            "usrName", "user.name",
            "srcMAC", "source.mac",
            "dstMAC", "destination.mac",
            "srcBytes", "source.bytes",
            "dstBytes", "destination.bytes",
            "srcPackets", "source.packets",
            "dstPackets", "destination.packets",
            "totalPackets", "network.packets",
            "identHostName", "host.name",
            "identMAC", "host.mac",
            "identGrpName", "user.group.name",
            "groupID", "user.group.id",
            "policy", "rule.name",
            "url", "url.original",
            "action", "event.action",
            "act", "event.action",
            "reason", "event.reason",
            "msg", "message",
            "fname", "file.name"));

    static {
        PLACES.put("identSrc", Place.of(PREFIX + "identSrc").and((value, event) -> event.ip(Fields.HOST_IP, value)));
        PLACES.put("accountName", LeefDecoder::account);
        PLACES.put("devTime", Place.NOWHERE);
        PLACES.put("devTimeFormat", Place.NOWHERE);
        PLACES.put("sev", (value, event) -> Severity.put(value, event));
    }

    private final SyslogParser syslog;
    private final Stamp stamp;

    public LeefDecoder(ZoneId zone, Charset charset) {
        super("leef", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
        this.stamp = new Stamp(zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int start = Envelope.find(text, "LEEF:");
        Envelope envelope = start < 0 ? null : Envelope.read(text, start + 5, 4);
        if (envelope == null) {
            return reject(
                    text,
                    Math.max(start, 0),
                    "not LEEF: expected LEEF:1.0|vendor|product|version|event|key=value … and found "
                            + excerpt(text, Math.max(start, 0)) + ": choose LEEF as the log format on the device");
        }
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        Map<String, String> pairs = pairs(text, envelope);
        long millis = stamp.millis(pairs.get("devTime"), pairs.get("devTimeFormat"), record.appendMillis());
        boolean read = millis != Stamp.NONE;
        EventDraft event =
                draft(text, record, read ? millis : header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            header.describe(event);
        }
        event.module("leef", "leef.log").text(VERSION, envelope.version());
        event.text(Fields.OBSERVER_VENDOR, envelope.fields().get(0));
        event.text(Fields.OBSERVER_PRODUCT, envelope.fields().get(1));
        event.text(OBSERVER_VERSION, envelope.fields().get(2));
        event.text(Fields.EVENT_CODE, envelope.fields().get(3));
        pairs.forEach((key, value) -> {
            Place place = PLACES.get(key);
            if (place == null) {
                event.text(Fields.of(PREFIX + key), value);
            } else {
                place.put(value, event);
            }
        });
        if (!read) {
            event.text(Fields.of(PREFIX + "devTime"), pairs.get("devTime"));
        }
        meaning(envelope.fields().get(3), pairs, event);
        return event.finish();
    }

    /** LEEF 2.0 may name its delimiter behind the event; else it is a tab, which some relays turn into spaces. */
    private static Map<String, String> pairs(String text, Envelope envelope) {
        int from = envelope.end();
        int bar = text.indexOf('|', from);
        char delimiter = '\t';
        if (bar >= from && bar - from <= 6 && text.indexOf('=', from) > bar) {
            delimiter = delimiter(text.substring(from, bar));
            from = bar + 1;
        }
        return delimiter == '\t' && text.indexOf('\t', from) < 0
                ? Pairs.spaced(text, from)
                : Pairs.delimited(text, from, delimiter);
    }

    /** The character itself or its number: {@code ^}, {@code 0x5E}, {@code x5e}. */
    private static char delimiter(String text) {
        String number = text.startsWith("0x") ? text.substring(2) : text.startsWith("x") ? text.substring(1) : "";
        int value = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = Character.digit(number.charAt(i), 16);
            value = digit < 0 ? 0x10000 : value * 16 + digit;
        }
        if (!number.isEmpty() && value > 0 && value < 0x10000) {
            return (char) value;
        }
        return text.length() == 1 ? text.charAt(0) : '\t';
    }

    private static void account(String value, EventDraft event) {
        event.text(Fields.of(PREFIX + "accountName"), value);
        if (event.get(Fields.USER_NAME) == null) {
            event.user(value);
        }
    }

    private static void meaning(String id, Map<String, String> pairs, EventDraft event) {
        String action = pairs.getOrDefault("action", pairs.get("act"));
        Verdicts.classify(id + ' ' + pairs.getOrDefault("cat", ""), action == null ? id : action, event);
        if ("true".equalsIgnoreCase(pairs.get("isLoginEvent"))) {
            event.classify("authentication", "start");
        } else if ("true".equalsIgnoreCase(pairs.get("isLogoutEvent"))) {
            event.classify("authentication", "end");
        }
        if (event.get(Fields.EVENT_ACTION) == null) {
            event.action(id.toLowerCase(Locale.ROOT));
        }
        if (event.get(Fields.SOURCE_BYTES) instanceof Long sent
                && event.get(Fields.DESTINATION_BYTES) instanceof Long back) {
            event.number(Fields.NETWORK_BYTES, sent + back);
        }
        NetworkFields.type(event);
        NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        NetworkFields.communityId(event);
    }
}
