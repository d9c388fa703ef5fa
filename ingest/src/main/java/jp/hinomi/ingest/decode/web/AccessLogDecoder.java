package jp.hinomi.ingest.decode.web;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.function.BiFunction;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoder;
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
 * The access log of nginx and of Apache httpd, {@code combined} or {@code common}, with an optional virtual host in front
 * and optional fields behind ({@link Trailer}), from a file or over syslog.
 */
public final class AccessLogDecoder extends TextDecoder {
    /** Whose log it is; they differ in what an integer behind the user agent means. */
    public enum Server {
        NGINX("nginx"),
        APACHE("apache"),
        /** nginx with the id of the request at the end. */
        KONG("kong"),
        /** Its access log valve. */
        TOMCAT("tomcat");

        final String word;

        Server(String word) {
            this.word = word;
        }
    }

    /** Through syslog the program tells the two apart; the lines themselves do not. */
    public static final Signature APACHE_SIGNATURE = Signature.programs("apache", "apache2", "httpd")
            .or(AccessLogDecoder::likeness)
            .or(glance ->
                    ApacheErrorLine.isAt(glance.message(), 0) ? Signature.Likeness.POSSIBLE : Signature.Likeness.NONE)
            .or(glance ->
                    SslRequestLine.isAt(glance.message(), 0) ? Signature.Likeness.LIKELY : Signature.Likeness.NONE);

    public static final Signature NGINX_SIGNATURE = Signature.programs("nginx")
            .or(AccessLogDecoder::likeness)
            .or(glance ->
                    NginxErrorLine.isAt(glance.message(), 0) ? Signature.Likeness.POSSIBLE : Signature.Likeness.NONE);

    private final Server server;
    private final String dataset;
    private final ZoneClock zone;
    private final SyslogParser syslog;

    public AccessLogDecoder(Server server, ZoneId zone, Charset charset) {
        super(server.word, charset);
        this.server = server;
        this.dataset = server.word + ".access";
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    /** As the catalogue of formats wants it. */
    public static BiFunction<ZoneId, Charset, Decoder> of(Server server) {
        return (zone, charset) -> new AccessLogDecoder(server, zone, charset);
    }

    /** A bracketed time of the form {@code 01/Apr/2026:10:00:00 +0900}, and a quote right behind it. */
    private static Signature.Likeness likeness(Glance glance) {
        return likeness(glance.message());
    }

    private static Signature.Likeness likeness(String message) {
        int request = message.indexOf("] \"");
        int open = request < 0 ? -1 : message.lastIndexOf('[', request);
        boolean timed = open > 0
                && request - open >= 21
                && message.charAt(open + 3) == '/'
                && message.charAt(open + 7) == '/'
                && message.charAt(open + 12) == ':';
        return timed ? Signature.Likeness.LIKELY : Signature.Likeness.NONE;
    }

    @Override
    public Decoding decode(String text, LogRecord record) {
        int start = 0;
        SyslogHeader header = null;
        if (mayHaveSyslogHeader(text)) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
        }
        if (ErrorLog.isLine(text, start)) {
            return errorLine(text, start, header, record);
        }
        if (server == Server.APACHE && SslRequestLine.isAt(text, start)) {
            EventDraft event = access(text, 0, header, record);
            return SslRequestLine.describe(text, start, zone, event)
                    ? event.finish()
                    : reject(text, start, notAnAccessLine(text, start));
        }
        // A remote user may contain anything but a quote, so the time is found from the quote that follows it.
        int request = text.indexOf("] \"", start);
        int open = request < 0 ? -1 : text.lastIndexOf('[', request);
        TimeScan time = new TimeScan(zone);
        if (open <= start || !(time.clf(text, open + 1) || time.iso(text, open + 1)) || time.end != request) {
            return reject(text, start, notAnAccessLine(text, start));
        }
        EventDraft event = access(text, time.millis, header, record);
        if (!client(text, start, open, event)) {
            return reject(text, start, notAnAccessLine(text, start));
        }
        int at = request(text, request + 3, event);
        if (at < 0) {
            return reject(
                    text,
                    request + 2,
                    "the quote around the request does not end: the sender cut the line;"
                            + " raise its maximum message size");
        }
        return rest(text, at, event);
    }

    private EventDraft access(String text, long millis, SyslogHeader header, LogRecord record) {
        EventDraft event = draft(text, record, millis);
        event.module(server.word, dataset).classify("web", "access").text(Fields.NETWORK_PROTOCOL, "http");
        if (header != null && header.present()) {
            header.describe(event);
        }
        return event;
    }

    /** Of the error log, which syslog and forwarders bring in one stream with the access log. */
    private Decoding errorLine(String text, int start, SyslogHeader header, LogRecord record) {
        long millis = header != null && header.hasTime() ? header.millis() : record.appendMillis();
        EventDraft event = draft(text, record, millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        return ErrorLog.describe(text, start, zone, event)
                ? event.finish()
                : reject(text, start, "a line of the error log whose time is none: " + excerpt(text, start));
    }

    private static boolean mayHaveSyslogHeader(String text) {
        char first = text.charAt(0);
        return first == '<'
                || first >= 'A' && first <= 'Z' && text.length() > 3 && text.charAt(3) == ' '
                || first == '2' && text.length() > 10 && text.charAt(4) == '-' && text.charAt(7) == '-';
    }

    private String notAnAccessLine(String text, int start) {
        return "not a line of " + server.word + "'s access log in the format \"combined\" or \"common\""
                + " (address - user [day/month/year:time zone] \"request\" status bytes …), and not of its error log; it begins with "
                + excerpt(text, start)
                + ": point this source at these logs, and use one of these formats";
    }

    /** {@code vhost:port address ident user}; the first and its port are optional, the address may be a list of them. */
    private static boolean client(String text, int start, int end, EventDraft event) {
        int first = text.indexOf(' ', start);
        while (first > start && first < end && text.charAt(first - 1) == ',') {
            first = text.indexOf(' ', first + 1);
        }
        int second = first < 0 ? -1 : text.indexOf(' ', first + 1);
        int third = second < 0 ? -1 : text.indexOf(' ', second + 1);
        if (second < 0 || second >= end || third < 0 || third >= end && third != end - 1) {
            return false;
        }
        int address = start;
        int afterAddress = first;
        int afterIdent = second;
        boolean plain = text.startsWith(" - ", first);
        if (!plain
                && third < end
                && text.startsWith(" - ", second)
                && text.indexOf(' ', third + 1) > 0
                && text.indexOf(' ', third + 1) < end) {
            virtualHost(text.substring(start, first), event);
            address = first + 1;
            afterAddress = second;
            afterIdent = third;
        }
        String client = text.substring(address, afterAddress);
        event.source(client.indexOf(',') < 0 ? client : ForwardedFor.client(client, event));
        int user = afterIdent + 1;
        int userEnd = end - 1;
        if (userEnd > user && text.charAt(userEnd) == ' ') {
            String name = LogEscapes.decode(text.substring(user, userEnd));
            event.user(
                    name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")
                            ? name.substring(1, name.length() - 1)
                            : name);
        }
        return true;
    }

    private static void virtualHost(String name, EventDraft event) {
        WebFields.authority(name, event);
        Object port = event.get(Fields.URL_PORT);
        Object host = event.get(Fields.URL_DOMAIN);
        event.put(Fields.DESTINATION_DOMAIN, host).put(Fields.DESTINATION_PORT, port);
    }

    /** @return the index after the closing quote and its space, or -1 */
    static int request(String text, int from, EventDraft event) {
        int end = Quotes.end(text, from);
        if (end < 0) {
            return -1;
        }
        String request = LogEscapes.decode(text.substring(from, end));
        int method = request.indexOf(' ');
        if (method > 0 && isMethod(request, method)) {
            event.text(Fields.HTTP_REQUEST_METHOD, request.substring(0, method));
            int protocol = request.lastIndexOf(' ');
            boolean versioned = protocol > method && request.startsWith("HTTP/", protocol + 1);
            String target = request.substring(method + 1, versioned ? protocol : request.length());
            if (!target.isEmpty()) {
                WebFields.target(target, request.substring(0, method), event);
            }
            if (versioned) {
                WebFields.version(request.substring(protocol + 1), event);
            }
        } else if (!request.isEmpty() && !request.equals("-")) {
            // Not HTTP at all, such as a TLS greeting on the plain port: a finding in itself, so it stays visible.
            event.text(Fields.URL_ORIGINAL, request).text(Fields.EVENT_REASON, "request line is not HTTP");
        }
        return Math.min(end + 2, text.length());
    }

    private static boolean isMethod(String request, int end) {
        for (int i = 0; i < end; i++) {
            char c = request.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return end <= 32;
    }

    private Decoding rest(String text, int at, EventDraft event) {
        int statusEnd = wordEnd(text, at);
        long status = Numbers.parse(text, at, statusEnd);
        if (status < 0 || statusEnd - at != 3) {
            return reject(text, at, "no status code after the request: use the format \"combined\" or \"common\"");
        }
        WebFields.status(status, event);
        int bytes = Math.min(statusEnd + 1, text.length());
        int bytesEnd = wordEnd(text, bytes);
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, Numbers.parse(text, bytes, bytesEnd));
        if (server == Server.TOMCAT) {
            event.number(Fields.DESTINATION_BYTES, Numbers.parse(text, bytes, bytesEnd));
        }
        new Trailer(text, bytesEnd, server).describe(event);
        return event.finish();
    }

    private static int wordEnd(String text, int from) {
        int space = text.indexOf(' ', from);
        return space < 0 ? text.length() : space;
    }
}
