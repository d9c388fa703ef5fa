package jp.hinomi.ingest.decode.mqtt;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The MQTT broker EMQX (4 and 5): its log as text ({@code time [level] key: value, …}; version 4: {@code time [level]
 * client@address message}) and as JSON, and the events of its rule engine and webhooks as JSON.
 */
public final class EmqxDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.members("event", "clientid", "node")
            .or(Signature.members("time", "level", "msg", "mfa"))
            .or(Signature.members("action", "clientid", "username"))
            .or(EmqxDecoder::likeness);

    static final String FORMAT = "emqx";
    private static final int MAX_KEY = 40;
    private static final int MAX_PAIRS = 100;

    /** Microseconds since the epoch have sixteen digits until the year 2286. */
    private static final int EPOCH_DIGITS = 16;

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final EmqxJson json;

    public EmqxDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.json = new EmqxJson(zone, charset);
    }

    /** A time, a level in brackets, and the broker's own keys behind it. */
    private static Signature.Likeness likeness(Glance glance) {
        // A time at the beginning may have been taken for a syslog header.
        String message = likely(glance.record()) ? glance.record() : glance.message();
        return likely(message) ? Signature.Likeness.LIKELY : Signature.Likeness.NONE;
    }

    private static boolean likely(String message) {
        int level = message.indexOf(" [");
        return level > 18
                && level < 40
                && message.charAt(4) == '-'
                && (message.indexOf("msg: ", level) > 0 || message.indexOf(" [Channel] ", level) > 0);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return json.decode(text, record);
        }
        EventDraft event = draft(text, record, 0);
        TimeScan time = new TimeScan(zone);
        int start = 0;
        int level = stamp(text, 0, time);
        if (level < 0) {
            SyslogHeader header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            if (start < text.length() && text.charAt(start) == '{') {
                return json.decode(text, record);
            }
            header.describe(event);
            level = stamp(text, start, time);
        }
        int levelEnd = level < 0 ? -1 : text.indexOf("] ", level);
        if (levelEnd < 0 || levelEnd - level > 12) {
            return reject(
                    text,
                    start,
                    "not a line of EMQX's log (time [level] message); it begins with " + excerpt(text, start)
                            + ": set its log formatter to text or json");
        }
        event.time(time.millis);
        String message = text.substring(levelEnd + 2);
        Map<String, Object> members = pairs(message);
        members.put("level", text.substring(level, levelEnd));
        if (!members.containsKey("msg")) {
            older(message, members);
        }
        EmqxEvents.describe(JsonObject.of(members), event);
        return event.finish();
    }

    /** @return where the level begins, or -1 */
    private static int stamp(String text, int from, TimeScan time) {
        int end;
        if (time.iso(text, from)) {
            end = time.end;
        } else if (Numbers.endOfDigits(text, from) == from + EPOCH_DIGITS) {
            end = from + EPOCH_DIGITS;
            time.millis = Numbers.parse(text, from, end) / 1000;
        } else {
            return -1;
        }
        return text.startsWith(" [", end) ? end + 2 : -1;
    }

    /** {@code client@192.0.2.1:40000 [Channel] text} of version 4. */
    private static void older(String message, Map<String, Object> members) {
        int space = message.indexOf(' ');
        int at = space < 0 ? -1 : message.lastIndexOf('@', space);
        if (at > 0) {
            members.put("clientid", message.substring(0, at));
            members.put("peername", message.substring(at + 1, space));
            members.put("msg", message.substring(space + 1));
        } else {
            members.put("msg", message);
        }
    }

    /**
     * {@code key: value, key: value}. A value goes on until the next text that looks like a key; the first value of a key
     * counts, and the broker's own keys come before those with values of the client.
     */
    static Map<String, Object> pairs(String message) {
        Map<String, Object> pairs = new HashMap<>(16);
        int at = 0;
        int colon = keyEnd(message, 0);
        while (colon > 0 && pairs.size() < MAX_PAIRS) {
            int from = colon + 2;
            int comma = message.indexOf(", ", from);
            int next = -1;
            while (comma >= 0 && (next = keyEnd(message, comma + 2)) < 0) {
                comma = message.indexOf(", ", comma + 2);
            }
            String value = message.substring(Math.min(from, message.length()), comma < 0 ? message.length() : comma);
            if (!value.isEmpty() && !value.equals("undefined")) {
                pairs.putIfAbsent(message.substring(at, colon), value);
            }
            if (comma < 0) {
                break;
            }
            at = comma + 2;
            colon = next;
        }
        return pairs;
    }

    /** The index of the colon after a key that begins there, or -1. */
    private static int keyEnd(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < MAX_KEY && isKeyChar(text.charAt(at))) {
            at++;
        }
        return at > from && text.startsWith(": ", at) ? at : -1;
    }

    private static boolean isKeyChar(char c) {
        return c >= 'a' && c <= 'z' || c == '_' || c >= '0' && c <= '9';
    }
}
