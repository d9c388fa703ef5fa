package jp.hinomi.ingest.decode.spring;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * What the endpoints of Spring Boot's Actuator answer, one element a record: {@code auditevents}, and the requests of {@code
 * httpexchanges} (since 3.0) or {@code httptrace}. Stateless.
 */
final class Actuator {
    private static final Field SESSION = Fields.of("spring.session.id");
    private static final Field REASON = Fields.EVENT_REASON;

    /** Headers may hold credentials; the useful ones have ECS fields. */
    private static final VendorFields AUDIT =
            new VendorFields("spring.audit", Set.of("timestamp", "principal", "data.details"), Map.of());

    private Actuator() {}

    /** {@code {"timestamp":…,"principal":"user","type":"AUTHENTICATION_FAILURE","data":{"details":{"remoteAddress":…}}}}. */
    static void audit(JsonObject log, EventDraft event) {
        event.module(SpringDecoder.FORMAT, "spring.audit_events").classify("web", "info");
        JsonObject data = log.object("data");
        JsonObject details = data.object("details");
        String type = log.text("type");
        event.text(SESSION, details.text("sessionId"));
        event.source(details.text("remoteAddress")).user(log.text("principal"));
        AuditEvents.type(type, event);
        event.text(REASON, data.text("message"));
        AUDIT.put(log, event);
    }

    /** {@code {"timestamp":…,"principal":…,"request":{"method":"GET","uri":…},"response":{"status":200},"timeTaken":…}}. */
    static void exchange(JsonObject log, EventDraft event) {
        event.module(SpringDecoder.FORMAT, "spring.http_trace").classify("web", "info");
        event.text(Fields.NETWORK_PROTOCOL, "http").user(named(log, "principal", "name"));
        event.text(SESSION, named(log, "session", "id"));
        JsonObject request = log.object("request");
        String method = request.text("method");
        String uri = request.text("uri");
        event.source(request.text("remoteAddress")).text(Fields.HTTP_REQUEST_METHOD, method);
        NetworkFields.type(event);
        if (uri != null && !uri.isEmpty()) {
            WebFields.target(uri, method, event);
        }
        JsonObject headers = request.object("headers");
        for (String name : headers.members().keySet()) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "user-agent" -> event.text(Fields.USER_AGENT_ORIGINAL, headers.text(name));
                case "referer" -> event.text(Fields.HTTP_REQUEST_REFERRER, headers.text(name));
                default -> {
                    // Others may hold credentials.
                }
            }
        }
        WebFields.status(log.object("response").number("status"), event);
        event.number(Fields.EVENT_DURATION, nanos(log.text("timeTaken")));
    }

    /** A text, or an object with its name, as newer versions write it. */
    private static String named(JsonObject log, String name, String member) {
        JsonObject object = log.object(name);
        return object.isEmpty() ? log.text(name) : object.text(member);
    }

    /** Milliseconds as a number, since 3.0 a duration as ISO 8601 has it; -1 if it is none. */
    private static long nanos(String taken) {
        if (taken == null || taken.isEmpty() || taken.length() > 24) {
            return -1;
        }
        if (taken.startsWith("PT")) {
            try {
                Duration duration = Duration.parse(taken);
                return duration.getSeconds() > Integer.MAX_VALUE ? -1 : duration.toNanos();
            } catch (DateTimeException e) {
                return -1;
            }
        }
        long millis = Numbers.parse(taken);
        return millis < 0 || millis > Integer.MAX_VALUE ? -1 : millis * 1_000_000;
    }
}
