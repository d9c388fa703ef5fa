package jp.hinomi.ingest.decode.keycloak;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;

/**
 * Keycloak's JSON: log records of Quarkus in its own and in its ECS form, whose message is what a text line has; user and
 * admin events as the REST interface and webhook listeners give them.
 */
final class KeycloakJson extends JsonDecoder {
    private static final JsonTree TREE = new JsonTree(Set.of());

    KeycloakJson(ZoneId zone, Charset charset) {
        super("keycloak", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject object = TREE.read(parser);
        if (object == null) {
            return reject(text, 0, "more text after the object: one object per line");
        }
        EventDraft event = draft(text, record, record.appendMillis());
        event.module("keycloak", "keycloak.log");
        if (header != null && header.present()) {
            header.describe(event);
        }
        String stamp = object.text("@timestamp");
        stamp = stamp == null ? object.text("timestamp") : stamp;
        long epoch = object.number("time");
        TimeScan time = new TimeScan(zone);
        if (stamp != null && time.iso(stamp, 0)) {
            event.time(time.millis);
        } else if (epoch > 0) {
            event.time(epoch);
        } else if (header == null || !header.hasTime()) {
            return reject(
                    text,
                    0,
                    "no time: a record of Keycloak has 'timestamp' or '@timestamp', an event has 'time' in milliseconds");
        } else {
            event.time(header.millis());
        }
        String message = object.text("message");
        if (message != null) {
            logRecord(object, event);
            KeycloakMessages.describe(message, event);
        } else {
            KeycloakEvent.describe(flat(object), event);
        }
        return event.finish();
    }

    private static void logRecord(JsonObject object, EventDraft event) {
        event.text(KeycloakDecoder.LOG_LEVEL, object.text("level", "log.level"));
        event.text(KeycloakDecoder.LOGGER, object.text("loggerName", "log.logger"));
        event.text(KeycloakDecoder.THREAD, object.text("threadName", "process.thread.name"));
        event.hostName(object.text("hostName", "host.hostname"));
        String process = object.text("processName", "process.name");
        if (process != null && process.startsWith("/")) {
            event.text(Fields.PROCESS_EXECUTABLE, process);
            process = process.substring(process.lastIndexOf('/') + 1);
        }
        event.text(Fields.PROCESS_NAME, process);
        long pid = object.number("processId");
        event.number(Fields.PROCESS_PID, pid >= 0 ? pid : object.number("process.pid"));
    }

    /** Who did it and the details stand in objects of their own; the logging listener writes them flat. */
    private static JsonObject flat(JsonObject object) {
        Map<String, Object> members = new HashMap<>(object.object("details").members());
        members.putAll(object.object("authDetails").members());
        // The realm that was changed, not the one that the administrator logged in to.
        members.putAll(object.members());
        members.remove("details");
        members.remove("authDetails");
        members.remove("time");
        webhook(object.text("type"), members);
        return JsonObject.of(members);
    }

    /** Webhooks of the event extension prefix the type: {@code access.LOGIN}, {@code admin.USER-CREATE}. */
    private static void webhook(String type, Map<String, Object> members) {
        if (type == null) {
            return;
        }
        if (type.startsWith("access.")) {
            members.put("type", type.substring("access.".length()));
        } else if (type.startsWith("admin.")) {
            members.remove("type");
            int dash = type.lastIndexOf('-');
            if (dash > 0) {
                members.putIfAbsent("resourceType", type.substring("admin.".length(), dash));
                members.putIfAbsent("operationType", type.substring(dash + 1));
            }
        }
    }
}
