package jp.hinomi.ingest.decode.spring;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.web.WebFields;

/** Tomcat's JsonAccessLogValve; its names are those that the valve gives the codes of the pattern. Stateless. */
final class TomcatAccess {
    private static final Field THREAD = Fields.of("process.thread.name");

    /** Headers and cookies may hold credentials; the useful ones have ECS fields. */
    private static final Set<String> TAKEN = Set.of(
            "time",
            "host",
            "remoteAddr",
            "localAddr",
            "port",
            "logicalUserName",
            "user",
            "request",
            "method",
            "path",
            "query",
            "protocol",
            "statusCode",
            "size",
            "byteSentNC",
            "elapsedTime",
            "elapsedTimeS",
            "requestHeaders",
            "responseHeaders",
            "cookies",
            "threadName",
            "localServerName");

    private static final VendorFields REST = new VendorFields("tomcat.access", TAKEN, Map.of());

    private TomcatAccess() {}

    static void describe(JsonObject log, EventDraft event) {
        event.module("tomcat", "tomcat.access").classify("web", "access").text(Fields.NETWORK_PROTOCOL, "http");
        String address = log.text("remoteAddr");
        event.source(address == null ? log.text("host") : address);
        event.destination(log.text("localAddr")).number(Fields.DESTINATION_PORT, log.number("port"));
        event.user(log.text("user")).text(THREAD, log.text("threadName"));
        request(log, event);
        JsonObject headers = log.object("requestHeaders");
        headers.members().keySet().forEach(name -> header(name.toLowerCase(Locale.ROOT), headers.text(name), event));
        if (event.get(Fields.URL_DOMAIN) == null && log.text("localServerName") != null) {
            WebFields.authority(log.text("localServerName"), event);
        }
        event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
        WebFields.status(log.number("statusCode"), event);
        long size = log.number("size");
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, size >= 0 ? size : log.number("byteSentNC"));
        duration(log, event);
        NetworkFields.type(event);
        REST.put(log, event);
    }

    private static void request(JsonObject log, EventDraft event) {
        String line = log.text("request");
        String method = log.text("method");
        String target = log.text("path");
        String protocol = log.text("protocol");
        if (line != null) {
            int first = line.indexOf(' ');
            int last = line.lastIndexOf(" HTTP/");
            if (first > 0) {
                method = line.substring(0, first);
                target = line.substring(first + 1, last > first ? last : line.length());
                protocol = last > first ? line.substring(last + 1) : null;
            }
        } else if (target != null
                && log.text("query") != null
                && !log.text("query").isEmpty()) {
            String query = log.text("query"); // Tomcat writes the question mark with it
            target += query.startsWith("?") ? query : '?' + query;
        }
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        WebFields.version(protocol, event);
        if (target != null && !target.isEmpty()) {
            WebFields.target(target, method, event);
        }
    }

    private static void header(String name, String value, EventDraft event) {
        if (value == null || value.isEmpty()) {
            return;
        }
        switch (name) {
            case "user-agent" -> event.text(Fields.USER_AGENT_ORIGINAL, value);
            case "referer" -> event.text(Fields.HTTP_REQUEST_REFERRER, value);
            case "host" -> WebFields.authority(value, event);
            default -> {
                // Others may hold credentials.
            }
        }
    }

    /** {@code elapsedTime} is in milliseconds, from Tomcat 10.1 on in microseconds: only the form in seconds is certain. */
    private static void duration(JsonObject log, EventDraft event) {
        double seconds = log.decimal("elapsedTimeS");
        if (seconds >= 0 && seconds < 9e9) {
            event.number(Fields.EVENT_DURATION, Math.round(seconds * 1e9));
        }
    }
}
