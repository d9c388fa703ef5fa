package jp.hinomi.ingest.decode.fiware;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The log of FIWARE's context brokers Orion and Orion-LD: {@code time=… | lvl=… | corr=… | trans=… | from=… | srv=… |
 * subsrv=… | comp=… | op=… | msg=…}. FIWARE's IoT agents and other components write the same form; keys that one of them
 * leaves out are missing.
 */
public final class OrionDecoder extends TextDecoder {
    public static final Signature SIGNATURE = glance ->
            glance.begins("time=") && glance.contains(" | lvl=") ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;

    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field FILE = Fields.of("log.origin.file.name");
    private static final Field LINE = Fields.of("log.origin.file.line");
    private static final Field FUNCTION = Fields.of("log.origin.function");
    private static final Field TRACE = Fields.of("trace.id");
    private static final Field TRANSACTION = Fields.of("transaction.id");
    private static final Field SERVICE = Fields.of("fiware.service");
    private static final Field SERVICE_PATH = Fields.of("fiware.service_path");
    private static final Field COMPONENT = Fields.of("fiware.component");

    private static final int MAX_KEY = 20;
    private static final int MAX_KEYS = 32;

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public OrionDecoder(ZoneId zone, Charset charset) {
        super("orion", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        EventDraft event = draft(text, record, 0).module("orion", "orion.log");
        int start = 0;
        if (!text.startsWith("time=")) {
            SyslogHeader header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            header.describe(event);
        }
        if (!text.startsWith("time=", start)) {
            return reject(
                    text,
                    start,
                    "not a line of Orion's log (time=… | lvl=… | … | msg=…); it begins with " + excerpt(text, start)
                            + ": point this source at contextBroker.log or the container's output");
        }
        BrokerTime time = new BrokerTime(new TimeScan(zone));
        if (!time.read(text, start + "time=".length())) {
            return reject(
                    text,
                    start + "time=".length(),
                    "the time " + excerpt(text, start + "time=".length())
                            + " is not one such as 2026-04-01T01:00:00.000Z");
        }
        event.time(time.millis());
        pairs(text, start, event);
        return event.finish();
    }

    /** Up to {@code msg}, which takes the rest. A line without it keeps what it says. */
    private static void pairs(String text, int start, EventDraft event) {
        int at = start;
        for (int keys = 0; at < text.length() && keys < MAX_KEYS; keys++) {
            int equals = text.indexOf('=', at);
            if (equals < 0 || equals - at > MAX_KEY) {
                return;
            }
            String key = text.substring(at, equals);
            if (key.equals("msg")) {
                String message = text.substring(equals + 1);
                event.text(Fields.MESSAGE, message);
                BrokerMessages.describe(message, event);
                return;
            }
            int bar = text.indexOf("| ", equals);
            String value =
                    text.substring(equals + 1, bar < 0 ? text.length() : bar).strip();
            put(key, value, event);
            at = bar < 0 ? text.length() : bar + 2;
        }
    }

    private static void put(String key, String value, EventDraft event) {
        if (value.isEmpty()
                || value.equals("N/A")
                || value.equals("<none>")
                || value.equals("<unset>")
                || value.equals("pending")) {
            return;
        }
        switch (key) {
            case "lvl" -> event.text(LOG_LEVEL, value);
            case "corr" -> event.text(TRACE, value);
            case "trans" -> event.text(TRANSACTION, value);
            // What X-Real-IP or X-Forwarded-For say, where the client sent them; 0.0.0.0 is the broker itself.
            case "from" -> event.source(value.equals("0.0.0.0") ? null : value);
            case "srv" -> event.text(SERVICE, value);
            case "subsrv" -> event.text(SERVICE_PATH, value);
            case "comp" ->
                event.text(COMPONENT, value).text(Fields.SERVICE_NAME, value.toLowerCase(java.util.Locale.ROOT));
            case "op" -> origin(value, event);
            default -> {}
        }
    }

    /** {@code logTracing.cpp[79]:logInfoRequestWithoutPayload} */
    private static void origin(String value, EventDraft event) {
        int open = value.indexOf('[');
        int close = value.indexOf("]:", Math.max(open, 0));
        if (open <= 0 || close < 0) {
            event.text(FUNCTION, value);
            return;
        }
        event.text(FILE, value.substring(0, open)).number(LINE, Numbers.parse(value, open + 1, close));
        event.text(FUNCTION, value.substring(close + 2));
    }
}
