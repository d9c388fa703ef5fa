package jp.hinomi.ingest.decode.otlp;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonText;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * Logs of OpenTelemetry as OTLP's JSON: an export request, as the Collector's Kafka and file exporters write it, with any
 * number of log records; each becomes an event of its own, and keeps its own part of the request as its original.
 */
public final class OtlpDecoder extends JsonDecoder {
    public static final Signature SIGNATURE = Signature.members("resourceLogs");

    private static final String MODULE = "otel";
    private static final Field LEVEL = Fields.of("log.level");
    private static final Field LOGGER = Fields.of("log.logger");
    private static final Field TRACE = Fields.of("trace.id");
    private static final Field SPAN = Fields.of("span.id");
    private static final Field SCOPE_VERSION = Fields.of("otel.scope.version");
    private static final Field OBSERVED = Fields.of("event.created");
    private static final Field CLIENT = Fields.of("client.address");
    private static final Field CLIENT_PORT = Fields.of("client.port");
    private static final Field SERVER = Fields.of("server.address");
    private static final Field SERVER_PORT = Fields.of("server.port");
    private static final String[] LEVELS = {"trace", "debug", "info", "warn", "error", "fatal"};
    private static final int MAX_MESSAGE = 32_768;

    private static final Attributes RESOURCE = new Attributes("otel.resource");
    private static final Attributes ATTRIBUTES = new Attributes("otel.attributes");
    private static final VendorFields BODY = new VendorFields("otel.body", Set.of(), java.util.Map.of());

    public OtlpDecoder(ZoneId zone, Charset charset) {
        super("otlp", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        List<ExportRequest.Entry> parts = ExportRequest.read(parser);
        if (parts == null) {
            return reject(text, 0, "more text after the object: one export request per record");
        }
        if (parts.isEmpty()) {
            return reject(
                    text,
                    0,
                    "no log record in resourceLogs[].scopeLogs[].logRecords: send logs (not traces or metrics) with"
                            + " 'encoding: otlp_json'");
        }
        List<String> originals = originals(parts, parser, text, header, record);
        List<SecurityEvent> further = new ArrayList<>(parts.size() - 1);
        SecurityEvent first = event(parts.get(0), record.origin(), originals.get(0), record);
        for (int i = 1; i < parts.size(); i++) {
            further.add(event(parts.get(i), record.origin() + '#' + i, originals.get(i), record));
        }
        return new Decoding.Decoded(first, further);
    }

    /** A lone log record keeps the whole request; of several each keeps itself, or together they would grow by the square. */
    private static List<String> originals(
            List<ExportRequest.Entry> parts, JsonParser parser, String text, SyslogHeader header, LogRecord record) {
        if (parts.size() == 1) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>(parts.size());
        if (parser.currentLocation().getByteOffset() >= 0) {
            byte[] bytes = record.value();
            int start = begin(bytes);
            parts.forEach(part ->
                    texts.add(new String(bytes, start + part.from(), part.to() - part.from(), StandardCharsets.UTF_8)));
        } else {
            int start = text.indexOf('{', header != null && header.present() ? header.messageStart() : 0);
            parts.forEach(part -> texts.add(text.substring(start + part.from(), start + part.to())));
        }
        return texts;
    }

    private SecurityEvent event(ExportRequest.Entry part, String id, String original, LogRecord record) {
        JsonObject log = part.values();
        long millis = millis(log, "timeUnixNano");
        long observed = millis(log, "observedTimeUnixNano");
        EventDraft event = EventDraft.of(
                        id,
                        original,
                        millis != Epoch.NONE ? millis : observed != Epoch.NONE ? observed : record.appendMillis())
                .kind("event")
                .text(Fields.CITY_SOURCE, record.sourceId());
        event.module(MODULE, "otel.log");
        if (observed != Epoch.NONE) {
            event.text(OBSERVED, java.time.Instant.ofEpochMilli(observed).toString());
        }
        severity(log, event);
        event.text(TRACE, id(log.text("traceId"))).text(SPAN, id(log.text("spanId")));
        event.text(LOGGER, part.scope().scope.text("name"))
                .text(SCOPE_VERSION, part.scope().scope.text("version"));
        body(part.body(), event);
        event.action(log.text("eventName"));
        ATTRIBUTES.put(part.attributes(), event);
        RESOURCE.put(part.resource().attributes, event);
        meaning(event);
        return ((Decoding.Decoded) event.finish()).event();
    }

    private static long millis(JsonObject log, String name) {
        Object nanos = log.members().get(name);
        if (nanos instanceof String text && text.length() == 19) {
            nanos = text.substring(0, 16); // microseconds; 64 bits are text in protobuf's JSON
        }
        return nanos == null ? Epoch.NONE : Epoch.millis(nanos);
    }

    /** Of all zeros there is none. */
    private static String id(String hex) {
        return hex == null || hex.replace("0", "").isEmpty() ? null : hex.toLowerCase(Locale.ROOT);
    }

    private static void severity(JsonObject log, EventDraft event) {
        long number = log.number("severityNumber");
        String text = log.text("severityText");
        event.number(Fields.EVENT_SEVERITY, number > 0 ? number : -1);
        if (number >= 1 && number <= 24) {
            event.text(LEVEL, LEVELS[(int) (number - 1) / 4]);
        } else if (text != null) {
            event.text(LEVEL, text.toLowerCase(Locale.ROOT));
        }
    }

    private static void body(Object value, EventDraft event) {
        if (value instanceof JsonObject object) {
            String message = object.text("message");
            event.text(Fields.MESSAGE, message == null ? JsonText.of(object, MAX_MESSAGE) : message);
            BODY.put(object, event);
        } else if (value != null) {
            event.text(Fields.MESSAGE, value.toString());
        }
    }

    /** Who is who: the peer is the source; where only the client is named, it is. */
    private static void ends(EventDraft event) {
        if (event.get(CLIENT) instanceof String client) {
            event.ip(Fields.CLIENT_IP, client);
            if (event.get(Fields.SOURCE_ADDRESS) == null) {
                event.source(client).put(Fields.SOURCE_PORT, event.get(CLIENT_PORT));
            }
        }
        if (event.get(SERVER) instanceof String server) {
            event.ip(Fields.SERVER_IP, server);
            if (event.get(Fields.DESTINATION_ADDRESS) == null) {
                event.destination(server).put(Fields.DESTINATION_PORT, event.get(SERVER_PORT));
            }
        }
    }

    /** What the attributes together say the event is. */
    private static void meaning(EventDraft event) {
        ends(event);
        if (event.get(Fields.HTTP_REQUEST_METHOD) != null || event.get(Fields.HTTP_RESPONSE_STATUS_CODE) != null) {
            event.classify("web", "access");
            if (event.get(Fields.HTTP_RESPONSE_STATUS_CODE) instanceof Long status) {
                WebFields.status(status, event);
            }
            event.put(Fields.URL_DOMAIN, event.get(Fields.DESTINATION_DOMAIN));
        }
        NetworkFields.type(event);
    }
}
