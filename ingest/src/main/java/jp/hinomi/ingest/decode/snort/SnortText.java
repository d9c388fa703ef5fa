package jp.hinomi.ingest.decode.snort;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * {@code [drop] [**] [1:2003:8] message [**] [Classification: …] [Priority: 2] [AppID: …] <eth0> {TCP} 192.0.2.1:1 ->
 * 192.0.2.2:80}, all after the rule's number optional; in {@code alert_full} the rest stands on further lines of the record.
 */
final class SnortText {
    private static final String MARK = "[**]";
    private static final String[] AFTER_MESSAGE = {" [Classification:", " [Priority:", " {", "\n"};

    private SnortText() {}

    /** @return false if there is no rule's number */
    static boolean describe(String text, int from, ZoneClock zone, long nearMillis, EventDraft event) {
        int at = from;
        if (at < text.length() && text.charAt(at) == '[' && !text.startsWith(MARK, at) && !isRule(text, at + 1)) {
            int close = text.indexOf(']', at);
            if (close < 0 || close - at > 20) {
                return false;
            }
            SnortFields.action(text.substring(at + 1, close), event);
            at = close + 1;
        }
        at = spaces(text, at);
        if (text.startsWith(MARK, at)) {
            at = spaces(text, at + MARK.length());
        }
        int close = at < text.length() && text.charAt(at) == '[' ? text.indexOf(']', at) : -1;
        if (close < 0 || close - at > 48 || !SnortFields.rule(text, at + 1, close, event)) {
            return false;
        }
        at = spaces(text, close + 1);
        if (at < text.length() && text.charAt(at) == '<') {
            at = networkInterface(text, at, event);
        }
        int end = endOfMessage(text, at);
        SnortFields.message(text.substring(at, end), event);
        rest(text, end, zone, nearMillis, event);
        return true;
    }

    /** Where the mark is, it ends the message, whatever brackets are in it; syslog has none. */
    private static int endOfMessage(String text, int from) {
        int mark = text.indexOf(" [**]", from);
        if (mark >= 0) {
            return mark;
        }
        int end = text.length();
        for (String other : AFTER_MESSAGE) {
            int found = text.indexOf(other, from);
            end = found >= 0 && found < end ? found : end;
        }
        return end;
    }

    private static void rest(String text, int from, ZoneClock zone, long nearMillis, EventDraft event) {
        event.text(Fields.RULE_CATEGORY, bracketed(text, "[Classification: ", from));
        String priority = bracketed(text, "[Priority: ", from);
        event.number(Fields.EVENT_SEVERITY, priority == null ? -1 : Numbers.parse(priority, 0, priority.length()));
        event.text(Fields.NETWORK_APPLICATION, bracketed(text, "[AppID: ", from));
        int open = text.indexOf('{', from);
        int close = open < 0 ? -1 : text.indexOf('}', open);
        int arrow = text.indexOf(" -> ", Math.max(from, close));
        if (arrow < 0) {
            return;
        }
        int begin;
        if (close > 0 && close < arrow) {
            SnortFields.transport(text.substring(open + 1, close), event);
            int angle = text.lastIndexOf('<', open);
            if (angle >= from) {
                networkInterface(text, angle, event);
            }
            begin = close + 1;
        } else {
            begin = text.lastIndexOf('\n', arrow) + 1;
            SnortTime time = SnortTime.read(text, begin, zone, nearMillis);
            if (time != null) {
                event.time(time.millis());
                begin = time.end();
            }
            full(text, arrow, event);
        }
        int to = arrow + 4;
        SnortFields.ends(
                text.substring(Math.min(begin, arrow), arrow).strip(), text.substring(to, word(text, to)), event);
    }

    /** The line after the addresses begins with the protocol: {@code TCP TTL:64 TOS:0x0 …}. */
    private static void full(String text, int arrow, EventDraft event) {
        int line = text.indexOf('\n', arrow);
        if (line >= 0) {
            int end = word(text, line + 1);
            if (end - line <= 12) {
                SnortFields.transport(text.substring(line + 1, end), event);
            }
        }
    }

    private static int networkInterface(String text, int at, EventDraft event) {
        int close = text.indexOf('>', at);
        if (close < 0 || close - at > 64) {
            return at;
        }
        event.text(Fields.OBSERVER_INGRESS_INTERFACE, text.substring(at + 1, close));
        return spaces(text, close + 1);
    }

    private static String bracketed(String text, String name, int from) {
        int at = text.indexOf(name, from);
        int close = at < 0 ? -1 : text.indexOf(']', at);
        return close < 0 ? null : text.substring(at + name.length(), close);
    }

    private static boolean isRule(String text, int from) {
        int digits = Numbers.endOfDigits(text, from);
        return digits > from && digits < text.length() && text.charAt(digits) == ':';
    }

    private static int spaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int word(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) > ' ') {
            at++;
        }
        return at;
    }
}
