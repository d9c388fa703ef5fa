package jp.hinomi.ingest.decode.generic;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.device.DeviceReadings;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.MacAddress;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;

/**
 * One JSON object of any device or program: members whose names say what they are (time, message, level, addresses, user,
 * device) go to their ECS fields, all members stay under {@code json.*}.
 */
public final class GenericJsonDecoder extends JsonDecoder {
    private static final JsonTree TREE = new JsonTree(Set.of());
    private static final VendorFields REST = new VendorFields("json", Set.of(), Map.of());

    private static final List<String> TIMES = List.of(
            "@timestamp",
            "timestamp",
            "time",
            "ts",
            "datetime",
            "eventTime",
            "event_time",
            "date",
            "created_at",
            "dateObserved",
            "observedAt",
            "t");
    private static final List<String> MESSAGES = List.of("message", "msg", "log", "text", "description");
    private static final List<String> LEVELS = List.of("level", "severity", "loglevel", "log_level", "lvl");
    private static final List<String> HOSTS = List.of("hostname", "host", "host_name");
    private static final List<String> DEVICES =
            List.of("device_id", "deviceId", "deviceID", "dev_id", "devEUI", "device", "sensor_id", "sensorId");
    private static final List<String> SOURCES =
            List.of("src_ip", "source_ip", "srcip", "client_ip", "clientIp", "remote_addr", "remote_ip", "ip");
    private static final List<String> SOURCE_PORTS = List.of("src_port", "source_port", "srcport", "remote_port");
    private static final List<String> DESTINATIONS =
            List.of("dst_ip", "dest_ip", "destination_ip", "dstip", "server_ip", "serverIp");
    private static final List<String> DESTINATION_PORTS =
            List.of("dst_port", "dest_port", "destination_port", "dstport");
    private static final List<String> USERS = List.of("user", "username", "user_name", "userName", "login");
    private static final List<String> ACTIONS = List.of("action", "event", "event_type", "eventType", "event_name");
    private static final List<String> MACS = List.of("mac", "mac_address", "macAddress");

    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field LOG_LOGGER = Fields.of("log.logger");
    private static final Field DEVICE_ID = Fields.of("device.id");
    private static final Field HOST_MAC = Fields.of("host.mac");

    public GenericJsonDecoder(ZoneId zone, Charset charset) {
        super("json", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject object = TREE.read(parser);
        if (object == null) {
            return reject(text, 0, "not one JSON object: one object per line");
        }
        boolean headed = header != null && header.present();
        EventDraft event = draft(text, record, headed && header.hasTime() ? header.millis() : record.appendMillis());
        event.module("json", "json.log");
        if (headed) {
            header.describe(event);
        }
        time(object, event, record.appendMillis());
        describe(object, event);
        DeviceReadings.describe(object, event);
        REST.put(object, event);
        return event.finish();
    }

    private static void describe(JsonObject object, EventDraft event) {
        event.text(Fields.MESSAGE, first(object, MESSAGES)).action(first(object, ACTIONS));
        String level = first(object, LEVELS);
        event.text(LOG_LEVEL, level == null ? null : level.toLowerCase(Locale.ROOT))
                .text(LOG_LOGGER, first(object, List.of("logger", "logger_name")))
                .text(DEVICE_ID, first(object, DEVICES))
                .text(HOST_MAC, MacAddress.ecs(first(object, MACS)))
                .hostName(first(object, HOSTS))
                .source(first(object, SOURCES))
                .destination(first(object, DESTINATIONS))
                .user(first(object, USERS));
        port(Fields.SOURCE_PORT, object, SOURCE_PORTS, event);
        port(Fields.DESTINATION_PORT, object, DESTINATION_PORTS, event);
    }

    private static void port(Field field, JsonObject object, List<String> names, EventDraft event) {
        for (String name : names) {
            long port = object.number(name);
            if (port >= 0 && port <= 65535) {
                event.number(field, port);
                return;
            }
        }
    }

    private static String first(JsonObject object, List<String> names) {
        for (String name : names) {
            String text = object.text(name);
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    /** The first member that is a time; what only looks like one in name is passed over. */
    private void time(JsonObject object, EventDraft event, long nearMillis) {
        for (String name : TIMES) {
            Object value = object.members().get(name);
            if (value instanceof Number) {
                long millis = Epoch.millis(value);
                if (millis != Epoch.NONE) {
                    event.time(millis);
                    return;
                }
            } else if (value instanceof String spelled && !spelled.isEmpty()) {
                TimeScan time = new TimeScan(zone);
                if (time.iso(spelled, 0) || time.bsd(spelled, 0, nearMillis) || time.clf(spelled, 0)) {
                    event.time(time.millis);
                    return;
                }
            }
        }
    }
}
