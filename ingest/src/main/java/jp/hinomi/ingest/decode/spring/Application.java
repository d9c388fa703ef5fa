package jp.hinomi.ingest.decode.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;

/** Log records of an application, by the names that each library gives the parts. Stateless. */
final class Application {
    private static final Field LEVEL = Fields.of("log.level");
    private static final Field LOGGER = Fields.of("log.logger");
    private static final Field FUNCTION = Fields.of("log.origin.function");
    private static final Field FILE = Fields.of("log.origin.file.name");
    private static final Field LINE = Fields.of("log.origin.file.line");
    private static final Field THREAD = Fields.of("process.thread.name");
    private static final Field THREAD_ID = Fields.of("process.thread.id");
    private static final Field ERROR_TYPE = Fields.of("error.type");
    private static final Field ERROR_MESSAGE = Fields.of("error.message");
    private static final Field STACK = Fields.of("error.stack_trace");
    private static final Field SERVICE_VERSION = Fields.of("service.version");
    private static final Field SERVICE_ENVIRONMENT = Fields.of("service.environment");
    private static final Field TRACE = Fields.of("trace.id");
    private static final Field SPAN = Fields.of("span.id");
    private static final int MAX_STACK = 65_536;

    /** What an application puts into the diagnostic context, under names that many share. */
    private static final Map<String, Field> CONTEXT = Map.ofEntries(
            Map.entry("traceId", TRACE),
            Map.entry("trace_id", TRACE),
            Map.entry("trace.id", TRACE),
            Map.entry("spanId", SPAN),
            Map.entry("span_id", SPAN),
            Map.entry("span.id", SPAN),
            Map.entry("transaction.id", Fields.of("transaction.id")),
            Map.entry("requestId", Fields.HTTP_REQUEST_ID),
            Map.entry("request_id", Fields.HTTP_REQUEST_ID),
            Map.entry("req.method", Fields.HTTP_REQUEST_METHOD),
            Map.entry("req.userAgent", Fields.USER_AGENT_ORIGINAL));

    private static final Set<String> ADDRESSES =
            Set.of("clientIp", "client_ip", "remoteAddr", "remoteAddress", "req.remoteHost");
    private static final Set<String> USERS = Set.of("user", "userName", "username", "userId", "user_id", "principal");

    /** What the formats of Logstash say beside the context, which they may put on the same level. */
    private static final Set<String> LOGSTASH = Set.of(
            "@timestamp",
            "@version",
            "message",
            "logger_name",
            "thread_name",
            "level",
            "level_value",
            "stack_trace",
            "tags",
            "caller_class_name",
            "caller_method_name",
            "caller_file_name",
            "caller_line_number",
            "HOSTNAME",
            "exception",
            "mdc");

    private static final VendorFields REST = new VendorFields("spring.context", Set.of(), Map.of());

    private Application() {}

    static void logstash(JsonObject log, EventDraft event) {
        common(
                log.text("level"),
                log.text("logger_name", "logger"),
                log.text("thread_name", "thread"),
                log.text("message"),
                event);
        JsonObject exception = log.object("exception");
        stack(log.text("stack_trace", "stacktrace"), event);
        event.text(ERROR_TYPE, exception.text("exception_class"))
                .text(ERROR_MESSAGE, exception.text("exception_message"));
        stack(exception.text("stacktrace"), event);
        event.text(FUNCTION, log.text("caller_method_name", "method")).text(FILE, log.text("caller_file_name", "file"));
        event.number(LINE, Math.max(log.number("caller_line_number"), log.number("line_number")));
        event.hostName(log.text("HOSTNAME", "source_host"));
        event.put(Fields.TAGS, log.texts("tags"));
        JsonObject mdc = log.object("mdc");
        if (mdc.isEmpty()) {
            context(without(log, LOGSTASH), event);
        } else {
            context(mdc, event);
        }
    }

    static void logback(JsonObject log, EventDraft event) {
        common(
                log.text("level"),
                log.text("loggerName"),
                log.text("threadName"),
                log.text("formattedMessage", "message"),
                event);
        JsonObject throwable = log.object("throwable");
        event.text(ERROR_TYPE, throwable.text("className")).text(ERROR_MESSAGE, throwable.text("message"));
        stack(steps(throwable), event);
        context(log.object("mdc"), event);
        Map<String, Object> pairs = new HashMap<>();
        for (Object element : log.list("kvpList")) {
            if (element instanceof JsonObject pair) {
                pairs.putAll(pair.members());
            }
        }
        context(JsonObject.of(pairs), event);
    }

    /** Logback writes the stack as an array. */
    private static String steps(JsonObject throwable) {
        StringBuilder out = new StringBuilder();
        for (Object element : throwable.list("stepArray")) {
            if (element instanceof JsonObject step && out.length() < MAX_STACK) {
                out.append(out.isEmpty() ? "" : "\n")
                        .append("at ")
                        .append(step.text("className"))
                        .append('.')
                        .append(step.text("methodName"))
                        .append('(')
                        .append(step.text("fileName"))
                        .append(':')
                        .append(step.text("lineNumber"))
                        .append(')');
            }
        }
        return out.isEmpty() ? null : out.toString();
    }

    static void log4j(JsonObject log, EventDraft event) {
        common(log.text("level"), log.text("loggerName"), log.text("thread"), log.text("message"), event);
        event.number(THREAD_ID, log.number("threadId"));
        JsonObject thrown = log.object("thrown");
        event.text(ERROR_TYPE, thrown.text("name")).text(ERROR_MESSAGE, thrown.text("message"));
        stack(thrown.text("extendedStackTrace"), event);
        JsonObject source = log.object("source");
        event.text(FUNCTION, source.text("method"))
                .text(FILE, source.text("file"))
                .number(LINE, source.number("line"));
        context(log.object("contextMap"), event);
    }

    static void gelf(JsonObject log, EventDraft event) {
        common(
                log.text("_level_name"),
                log.text("_log_logger"),
                log.text("_process_thread_name", "_thread_name"),
                log.text("short_message"),
                event);
        event.number(Fields.PROCESS_PID, log.number("_process_pid"));
        event.text(Fields.SERVICE_NAME, log.text("host")).text(SERVICE_VERSION, log.text("_service_version"));
        event.text(ERROR_TYPE, log.text("_error_type")).text(ERROR_MESSAGE, log.text("_error_message"));
        stack(log.text("_error_stack_trace"), event);
        event.put(Fields.TAGS, log.texts("_tags"));
        Map<String, Object> context = new HashMap<>();
        log.members().forEach((name, value) -> {
            boolean known = name.startsWith("_process_")
                    || name.startsWith("_error_")
                    || name.startsWith("_level_")
                    || name.startsWith("_log_")
                    || name.startsWith("_service_")
                    || name.equals("_tags");
            if (name.startsWith("_") && !known) {
                context.put(name.substring(1), value);
            }
        });
        context(JsonObject.of(context), event);
    }

    static void tomcat(JsonObject log, EventDraft event) {
        common(log.text("level"), log.text("class"), log.text("thread"), log.text("message"), event);
        event.module("tomcat", "tomcat.log").text(FUNCTION, log.text("method"));
        List<String> stack = log.texts("throwable");
        stack(stack.isEmpty() ? null : String.join("\n", stack), event);
    }

    private static void common(String level, String logger, String thread, String message, EventDraft event) {
        event.module(SpringDecoder.FORMAT, "spring.log");
        event.text(LEVEL, level == null ? null : level.toLowerCase(Locale.ROOT))
                .text(LOGGER, logger)
                .text(THREAD, thread);
        event.text(Fields.MESSAGE, message);
        AuditEvents.describe(message, event);
    }

    /** {@code type: message} in its first line, where nothing else names them. */
    private static void stack(String stack, EventDraft event) {
        if (stack == null || stack.isEmpty()) {
            return;
        }
        event.text(STACK, stack.length() > MAX_STACK ? stack.substring(0, MAX_STACK) : stack);
        if (event.get(ERROR_TYPE) == null && !stack.startsWith("at ")) {
            int line = stack.indexOf('\n');
            String first = (line < 0 ? stack : stack.substring(0, line)).strip();
            int colon = first.indexOf(": ");
            String type = colon < 0 ? first : first.substring(0, colon);
            if (type.indexOf(' ') < 0) {
                event.text(ERROR_TYPE, type).text(ERROR_MESSAGE, colon < 0 ? null : first.substring(colon + 2));
            }
        }
    }

    private static void context(JsonObject context, EventDraft event) {
        Map<String, Object> rest = new HashMap<>();
        context.members().forEach((name, value) -> {
            Field field = CONTEXT.get(name);
            if (field != null) {
                event.text(field, context.text(name));
            } else if (ADDRESSES.contains(name)) {
                event.source(context.text(name));
            } else {
                if (USERS.contains(name)) {
                    event.user(context.text(name));
                }
                rest.put(name, value);
            }
        });
        event.text(SERVICE_ENVIRONMENT, context.text("environment"));
        REST.put(JsonObject.of(rest), event);
    }

    private static JsonObject without(JsonObject log, Set<String> names) {
        Map<String, Object> rest = new HashMap<>(log.members());
        rest.keySet().removeAll(names);
        return JsonObject.of(rest);
    }
}
