package jp.hinomi.ingest.decode.mqtt;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The log of the MQTT broker Mosquitto (versions 1.4 to 2.1), from a file, standard error or syslog. A line begins with
 * seconds since the epoch, with a time as {@code log_timestamp_format} writes it in the form of ISO 8601, or, with {@code
 * log_timestamp false}, with nothing: then the time of arrival counts.
 */
public final class MosquittoDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.programs("mosquitto").or(MosquittoDecoder::likeness);

    private static final int MAX_EPOCH_DIGITS = 12;

    /** From 2001 to 2286. */
    private static final int SECONDS_DIGITS = 10;

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public MosquittoDecoder(ZoneId zone, Charset charset) {
        super("mosquitto", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    /** Seconds since the epoch and a colon; or a time, a colon and how the broker's sentences begin. */
    private static Signature.Likeness likeness(Glance glance) {
        // A time at the beginning may have been taken for a syslog header.
        Signature.Likeness whole = likeness(glance.record());
        return whole == Signature.Likeness.NONE ? likeness(glance.message()) : whole;
    }

    private static Signature.Likeness likeness(String message) {
        int end = message.indexOf(": ");
        if (end < SECONDS_DIGITS || end > 30) {
            return Signature.Likeness.NONE;
        }
        if (end == SECONDS_DIGITS && Numbers.endOfDigits(message, 0) == end) {
            return Signature.Likeness.LIKELY;
        }
        int from = end + 2;
        boolean known = message.charAt(4) == '-'
                && (message.startsWith("New ", from)
                        || message.startsWith("Client ", from)
                        || message.startsWith("Denied PUBLISH ", from)
                        || message.startsWith("Error: ", from)
                        || message.startsWith("Warning: ", from)
                        || message.startsWith("mosquitto version ", from));
        return known ? Signature.Likeness.LIKELY : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        EventDraft event = draft(text, record, record.appendMillis());
        event.module("mosquitto", "mosquitto.log");
        int start = stamp(text, 0, event);
        if (start < 0) {
            SyslogHeader header = syslog.parse(text, record.appendMillis());
            start = 0;
            if (header.present()) {
                header.describe(event);
                if (header.hasTime()) {
                    event.time(header.millis());
                }
                start = header.messageStart();
                int inner = stamp(text, start, event);
                start = inner < 0 ? start : inner;
            }
        }
        if (start >= text.length()) {
            return reject(text, start, "no message after the time: this line was cut");
        }
        String message = text.substring(start);
        event.text(Fields.MESSAGE, message)
                .text(Fields.NETWORK_PROTOCOL, "mqtt")
                .text(Fields.SERVICE_NAME, "mosquitto");
        MosquittoMessages.describe(message, event);
        return event.finish();
    }

    /** {@code 1775005200: } or {@code 2026-04-01T10:00:00+0900: }. @return where the message begins, or -1 */
    private int stamp(String text, int from, EventDraft event) {
        int digits = Numbers.endOfDigits(text, from);
        if (digits > from && digits - from <= MAX_EPOCH_DIGITS && text.startsWith(": ", digits)) {
            event.time(Numbers.parse(text, from, digits) * 1000);
            return digits + 2;
        }
        TimeScan time = new TimeScan(zone);
        if (time.iso(text, from) && text.startsWith(": ", time.end)) {
            event.time(time.millis);
            return time.end + 2;
        }
        return -1;
    }
}
