package jp.hinomi.ingest.decode.spring;

import java.util.function.BiConsumer;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Which library wrote the object. */
enum Shape {
    /** Spring Boot's {@code logstash}, logstash-logback-encoder, Log4j's LogstashJsonEventLayoutV1. */
    LOGSTASH("@timestamp", Application::logstash),
    LOGBACK("timestamp", Application::logback),
    LOG4J("instant", Application::log4j) {
        @Override
        long millis(JsonObject log, ZoneClock zone) {
            JsonObject instant = log.object("instant");
            long seconds = instant.number("epochSecond");
            long nanos = Math.max(0, instant.number("nanoOfSecond"));
            return seconds > 0 && seconds < 253_402_300_800L ? seconds * 1000 + nanos / 1_000_000 % 1000 : Epoch.NONE;
        }
    },
    GELF("timestamp", Application::gelf),
    TOMCAT_ACCESS("time", TomcatAccess::describe),
    TOMCAT_LOG("time", Application::tomcat),
    AUDIT_EVENT("timestamp", Actuator::audit),
    EXCHANGE("timestamp", Actuator::exchange);

    private final String stamp;
    private final BiConsumer<JsonObject, EventDraft> details;

    Shape(String stamp, BiConsumer<JsonObject, EventDraft> details) {
        this.stamp = stamp;
        this.details = details;
    }

    /** @return null if it is none of these */
    static Shape of(JsonObject log) {
        if (log.has("short_message")) {
            return GELF;
        }
        if (log.has("loggerName")) {
            return log.has("instant") ? LOG4J : LOGBACK;
        }
        if (log.has("@timestamp") && (log.has("logger_name") || log.has("level"))) {
            return LOGSTASH;
        }
        if (log.has("time")) {
            boolean access = log.has("statusCode") || log.has("request") || log.has("method") && log.has("path");
            return access && !log.has("level") ? TOMCAT_ACCESS : log.has("level") ? TOMCAT_LOG : null;
        }
        if (log.has("timestamp")) {
            boolean exchange = log.has("response") && log.object("request").has("uri");
            return exchange ? EXCHANGE : log.has("principal") && log.text("type") != null ? AUDIT_EVENT : null;
        }
        return null;
    }

    /** Milliseconds, or {@link Epoch#NONE}. */
    long millis(JsonObject log, ZoneClock zone) {
        Object value = log.members().get(stamp);
        long epoch = value == null ? Epoch.NONE : Epoch.millis(value);
        if (epoch != Epoch.NONE || !(value instanceof String text)) {
            return epoch;
        }
        TimeScan scan = new TimeScan(zone);
        int bracket = text.startsWith("[") ? 1 : 0;
        return scan.iso(text, 0) || scan.clf(text, bracket) ? scan.millis : Epoch.NONE;
    }

    void describe(JsonObject log, EventDraft event) {
        details.accept(log, event);
    }
}
