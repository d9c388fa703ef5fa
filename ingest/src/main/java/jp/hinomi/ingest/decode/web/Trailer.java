package jp.hinomi.ingest.decode.web;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * What follows the number of bytes: quoted referrer and user agent ({@code combined}), then in any order a quoted
 * X-Forwarded-For, with or without its name, and the time the request took (nginx: seconds with a point; Apache: {@code
 * %D}, microseconds).
 */
final class Trailer {
    private static final int MAX_WORDS = 32;
    private static final Field CONNECTION = Fields.of("tomcat.access.connection_status");
    private static final String FORWARDED = "X-Forwarded-For=";

    private final String text;
    private final AccessLogDecoder.Server server;
    private int at;
    private int quoted;

    Trailer(String text, int from, AccessLogDecoder.Server server) {
        this.text = text;
        this.at = from;
        this.server = server;
    }

    void describe(EventDraft event) {
        for (int words = 0; words < MAX_WORDS && at < text.length(); words++) {
            if (text.charAt(at) == ' ') {
                at++;
            } else if (text.charAt(at) == '"') {
                quoted(event);
            } else if (text.startsWith(FORWARDED, at)) {
                at += FORWARDED.length();
            } else {
                word(event);
            }
        }
    }

    private void quoted(EventDraft event) {
        int end = Quotes.end(text, at + 1);
        // A line that was cut inside the last value: what there is of it is still the value.
        String value = LogEscapes.decode(text.substring(at + 1, end < 0 ? text.length() : end));
        at = end < 0 ? text.length() : end + 1;
        switch (quoted++) {
            case 0 -> event.text(Fields.HTTP_REQUEST_REFERRER, value);
            case 1 -> event.text(Fields.USER_AGENT_ORIGINAL, value);
            default -> {
                if (server == AccessLogDecoder.Server.KONG) {
                    event.text(Fields.HTTP_REQUEST_ID, value);
                } else {
                    ForwardedFor.describe(value, event);
                }
            }
        }
    }

    private void word(EventDraft event) {
        int end = text.indexOf(' ', at);
        end = end < 0 ? text.length() : end;
        if (server == AccessLogDecoder.Server.TOMCAT) {
            local(text.substring(at, end), event);
        }
        long nanos = nanos(at, end);
        if (nanos >= 0 && event.get(Fields.EVENT_DURATION) == null) {
            event.number(Fields.EVENT_DURATION, nanos);
        }
        at = end;
    }

    /** Tomcat's {@code %A}, the address that was asked, and {@code %X}, what became of the connection. */
    private static void local(String word, EventDraft event) {
        if (word.length() == 1 && "X+-".indexOf(word.charAt(0)) >= 0) {
            event.put(CONNECTION, word);
        } else if (Addresses.canonical(word) != null) {
            event.destination(word);
        }
    }

    /** Seconds with a fraction, or Apache's whole microseconds; -1 for anything else. */
    private long nanos(int from, int to) {
        if (to - from > 11 || quoted == 1) {
            return -1;
        }
        long value = 0;
        int decimals = -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.' && decimals < 0 && i > from) {
                decimals = 0;
            } else if (c >= '0' && c <= '9' && decimals < 9) {
                value = value * 10 + (c - '0');
                decimals += decimals < 0 ? 0 : 1;
            } else {
                return -1;
            }
        }
        if (decimals < 0) {
            return server == AccessLogDecoder.Server.APACHE ? value * 1000 : -1;
        }
        for (int i = decimals; i < 9; i++) {
            value *= 10;
        }
        return value;
    }
}
