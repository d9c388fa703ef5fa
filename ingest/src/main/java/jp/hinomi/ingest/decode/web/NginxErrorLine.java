package jp.hinomi.ingest.decode.web;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.modsecurity.ModsecurityLine;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * A line of nginx's error log, and of products that are nginx inside: {@code 2026/04/01 10:00:00 [error] 12#0: *34 message,
 * client: 192.0.2.1, server: portal, request: "GET / HTTP/1.1", upstream: "…", host: "api.example.jp", referrer: "…"}. Stateless.
 */
public final class NginxErrorLine {
    /** Length of the time. */
    private static final int TIME = 19;

    private static final String NGINX = "nginx";
    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field THREAD = Fields.of("process.thread.id");
    private static final List<String> LOGIN = List.of("web", "authentication");
    private static final Field NGINX_CONNECTION = Fields.of("nginx.error.connection_id");
    private static final Field KONG_CONNECTION = Fields.of("kong.connection_id");
    private static final Field UPSTREAM = Fields.of("nginx.error.upstream");
    private static final Field SERVER = Fields.of("nginx.error.server");

    private NginxErrorLine() {}

    public static boolean isAt(String text, int from) {
        return text.length() > from + TIME + 2
                && text.charAt(from + 4) == '/'
                && text.charAt(from + 7) == '/'
                && text.charAt(from + 10) == ' '
                && text.startsWith(" [", from + TIME);
    }

    /**
     * @param product whose the line is: {@code nginx} or {@code kong}
     * @return false if the time is none
     */
    public static boolean describe(String text, int from, String product, ZoneClock zone, EventDraft event) {
        TimeScan time = new TimeScan(zone);
        if (!time.iso(text.substring(from, from + TIME).replace('/', '-'), 0)) {
            return false;
        }
        event.time(time.millis).module(product, product + ".error");
        boolean nginx = product.equals(NGINX);
        int level = from + TIME + 2;
        int levelEnd = text.indexOf("] ", level);
        if (levelEnd < 0 || levelEnd - level > 12) {
            event.text(Fields.MESSAGE, text.substring(from + TIME).strip());
            return true;
        }
        String word = text.substring(level, levelEnd);
        event.text(LOG_LEVEL, word);
        int message = ids(text, levelEnd + 2, nginx ? NGINX_CONNECTION : KONG_CONNECTION, event);
        int tail = text.lastIndexOf(", client: ");
        int end = tail < message ? text.length() : tail;
        event.text(Fields.MESSAGE, text.substring(message));
        if (nginx || tail >= message) {
            event.classify("web", ApacheErrorLine.FAULTS.contains(word) ? "error" : "info");
        }
        if (tail >= message) {
            request(text, tail, event);
        }
        int rule = ModsecurityLine.in(text, message, end);
        if (rule < 0 || !ModsecurityLine.describe(text, rule, end, event)) {
            meaning(text.substring(message, end), event);
        }
        return true;
    }

    /** {@code 12#0: *34 }. @return the index after it */
    private static int ids(String text, int from, Field connection, EventDraft event) {
        int pidEnd = Numbers.endOfDigits(text, from);
        int message = from;
        if (pidEnd < text.length() && text.charAt(pidEnd) == '#') {
            int thread = Numbers.endOfDigits(text, pidEnd + 1);
            event.number(Fields.PROCESS_PID, Numbers.parse(text, from, pidEnd));
            event.number(THREAD, Numbers.parse(text, pidEnd + 1, thread));
            message = text.startsWith(": ", thread) ? thread + 2 : from;
        }
        if (message < text.length() && text.charAt(message) == '*') {
            int end = Numbers.endOfDigits(text, message + 1);
            event.text(connection, text.substring(message + 1, end));
            message = Math.min(end + 1, text.length());
        }
        return message;
    }

    /** {@code user "x": password mismatch}, {@code user "x" was not found in "/y"}, {@code access forbidden by rule} … */
    private static void meaning(String message, EventDraft event) {
        if (message.startsWith("user \"")) {
            int close = message.indexOf('"', 6);
            boolean login = close > 0
                    && (message.startsWith(": password mismatch", close + 1)
                            || message.startsWith(" was not found", close + 1));
            if (login) {
                event.classify(LOGIN, List.of("error", "start"))
                        .action("authentication_failed")
                        .outcome(false);
                event.user(message.substring(6, close));
            }
        } else if (message.startsWith("access forbidden by rule") || message.contains(" is forbidden")) {
            event.action("access_denied").outcome(false);
        } else if (message.startsWith("limiting requests") || message.startsWith("limiting connections")) {
            event.action("rate_limited").outcome(false);
        }
    }

    /** What nginx appends about the request that it was serving. */
    private static void request(String text, int tail, EventDraft event) {
        int client = tail + ", client: ".length();
        int end = text.indexOf(", ", client);
        String address = text.substring(client, end < 0 ? text.length() : end);
        event.source(address.startsWith("unix:") ? null : address);
        int server = text.indexOf(", server: ", client);
        if (server >= 0 && NGINX.equals(event.get(Fields.EVENT_MODULE))) {
            int comma = text.indexOf(", ", server + 10);
            event.text(SERVER, text.substring(server + 10, comma < 0 ? text.length() : comma));
            event.text(UPSTREAM, quoted(text, ", upstream: \"", client));
        }
        String request = quoted(text, ", request: \"", client);
        if (request != null) {
            WebFields.requestLine(request, event);
        }
        String host = quoted(text, ", host: \"", client);
        if (host != null) {
            WebFields.authority(host, event);
            if (NGINX.equals(event.get(Fields.EVENT_MODULE))) {
                event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
            }
        }
        event.text(Fields.HTTP_REQUEST_ID, quoted(text, ", request_id: \"", client));
        event.text(Fields.HTTP_REQUEST_REFERRER, quoted(text, ", referrer: \"", client));
    }

    private static String quoted(String text, String name, int from) {
        int at = text.indexOf(name, from);
        if (at < 0) {
            return null;
        }
        int begin = at + name.length();
        int end = text.indexOf('"', begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }
}
