package jp.hinomi.ingest.decode.spring;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.ecs.EcsJsonDecoder;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;

/**
 * JSON logs of Spring Boot and Tomcat: structured logging in the formats {@code ecs}, {@code gelf} and {@code logstash}
 * (Spring Boot 3.4 and later), logstash-logback-encoder, Logback's JsonEncoder, Log4j's JsonLayout and JsonTemplateLayout,
 * Tomcat's JsonAccessLogValve and JsonFormatter.
 */
public final class SpringDecoder extends JsonDecoder {
    static final String FORMAT = "spring";

    /** Libraries of logging serve other programs too. */
    public static final Signature SIGNATURE = likely("@version", "logger_name", "level")
            .or(likely("loggerName", "threadName", "level"))
            .or(likely("loggerName", "instant", "level"))
            .or(likely("short_message", "_log_logger"))
            .or(likely("short_message", "_process_thread_name"))
            .or(likely("timestamp", "principal", "type", "data"))
            .or(likely("timestamp", "request", "response", "timeTaken"))
            .or(likely("statusCode", "request", "logicalUserName"))
            .or(likely("thread", "class", "method", "level", "time"));

    private static final JsonTree TREE = new JsonTree(Set.of());

    private final EcsJsonDecoder ecs;

    public SpringDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, zone, charset);
        this.ecs = new EcsJsonDecoder(zone, charset);
    }

    private static Signature likely(String... members) {
        Signature certain = Signature.members(members);
        return glance ->
                certain.of(glance) == Signature.Likeness.CERTAIN ? Signature.Likeness.LIKELY : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject log = TREE.read(parser);
        if (log == null) {
            return reject(text, 0, "more text after the object: one object per line");
        }
        if (log.has("ecs") || log.has("ecs.version")) {
            return ecs(record);
        }
        Shape shape = Shape.of(log);
        if (shape == null) {
            return reject(
                    text,
                    0,
                    "none of the JSON forms of Spring Boot and Tomcat: set logging.structured.format.console to ecs, gelf or"
                            + " logstash, or use JsonAccessLogValve; any other JSON is read by the format 'json'");
        }
        long millis = shape.millis(log, zone);
        if (millis == Epoch.NONE) {
            return reject(text, 0, "its time is none: leave the form of time stamps at the library's default");
        }
        EventDraft event = draft(text, record, millis);
        if (header != null && header.present()) {
            header.describe(event);
        }
        shape.describe(log, event);
        return event.finish();
    }

    /** What is ECS already is taken as it is. */
    private Decoding ecs(LogRecord record) {
        Decoding decoding = ecs.decode(record);
        if (!(decoding instanceof Decoding.Decoded decoded)) {
            return decoding instanceof Decoding.Rejected why
                    ? new Decoding.Rejected(FORMAT, why.reason(), why.byteOffset())
                    : decoding;
        }
        SecurityEvent event = decoded.event();
        EventDraft draft = EventDraft.continuing(event, event.text(Fields.EVENT_ORIGINAL));
        if (!event.has(Fields.EVENT_KIND)) {
            draft.kind("event");
        }
        if (!event.has(Fields.EVENT_DATASET)) {
            draft.module(FORMAT, "spring.log");
        }
        AuditEvents.describe(event.text(Fields.MESSAGE), draft);
        return draft.finish();
    }
}
