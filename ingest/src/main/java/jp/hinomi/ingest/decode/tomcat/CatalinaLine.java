package jp.hinomi.ingest.decode.tomcat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * An entry of {@code catalina.*.log} or {@code localhost.*.log}, as Tomcat's {@code OneLineFormatter} writes it: {@code
 * 01-Apr-2026 10:00:00.123 SEVERE [main] org.apache.catalina.core.StandardService.initInternal Failed …}, with the stack of an
 * exception in the lines after it. Also Java's own {@code SimpleFormatter}, of older installations and of embedded ones, in two
 * lines: {@code Apr 01, 2026 10:00:00 AM org.apache.catalina.startup.Catalina start} and {@code INFO: Server startup …}.
 * Levels and months may be Japanese, as the locale of the machine has them. Stateless.
 */
final class CatalinaLine {
    /** {@code 01-Apr-2026 10:00:00.123}. */
    private static final int STAMP = 24;

    private static final int MAX_LEVEL = 12;
    private static final int MAX_THREAD = 256;

    private static final Field LEVEL = Fields.of("log.level");
    private static final Field LOGGER = Fields.of("log.logger");
    private static final Field FUNCTION = Fields.of("log.origin.function");
    private static final Field THREAD = Fields.of("process.thread.name");
    private static final Field STACK = Fields.of("error.stack_trace");
    private static final Field ERROR_TYPE = Fields.of("error.type");
    private static final Field ERROR_MESSAGE = Fields.of("error.message");

    /** Of the class {@code java.util.logging.Level}, and what its Japanese resources call them. */
    private static final Map<String, String> LEVELS = Map.ofEntries(
            Map.entry("SEVERE", "severe"),
            Map.entry("WARNING", "warning"),
            Map.entry("INFO", "info"),
            Map.entry("CONFIG", "config"),
            Map.entry("FINE", "fine"),
            Map.entry("FINER", "finer"),
            Map.entry("FINEST", "finest"),
            Map.entry("重大", "severe"),
            Map.entry("警告", "warning"),
            Map.entry("情報", "info"),
            Map.entry("構成", "config"),
            Map.entry("普通", "fine"),
            Map.entry("詳細", "finer"),
            Map.entry("最も詳細", "finest"));

    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private CatalinaLine() {}

    static boolean isAt(String text, int from) {
        return text.length() > from + STAMP
                && text.charAt(from + 2) == '-'
                && text.charAt(from + 6) == '-'
                && text.charAt(from + 11) == ' '
                && text.charAt(from + 20) == '.'
                && text.charAt(from + STAMP) == ' ';
    }

    /** {@code Apr 01, 2026 10:00:00 AM }, or with Japanese words. */
    static boolean isSimple(String text) {
        int comma = text.indexOf(", ");
        int halfOfDay = comma < 5 || comma > 6 ? -1 : text.indexOf(' ', comma + 7);
        return halfOfDay > 0
                && halfOfDay - comma <= 16
                && (text.startsWith(" AM ", halfOfDay)
                        || text.startsWith(" PM ", halfOfDay)
                        || text.startsWith(" 午前 ", halfOfDay)
                        || text.startsWith(" 午後 ", halfOfDay));
    }

    /** @return false if the time is none */
    static boolean describe(String text, int from, ZoneClock zone, EventDraft event) {
        String stamp =
                text.substring(from, from + 11).replace('-', '/') + ':' + text.substring(from + 12, from + STAMP);
        TimeScan time = new TimeScan(zone);
        if (!time.clf(stamp, 0)) {
            return false;
        }
        event.time(time.millis);
        int at = from + STAMP + 1;
        int level = text.indexOf(" [", at);
        int thread = level < 0 || level - at > MAX_LEVEL ? -1 : text.indexOf("] ", level);
        if (thread > 0 && thread - level <= MAX_THREAD) {
            level(text.substring(at, level), event);
            event.text(THREAD, text.substring(level + 2, thread));
            at = thread + 2;
        }
        int end = endOfLine(text, at);
        String message = text.substring(at, end);
        int space = message.indexOf(' ');
        if (thread > 0 && space > 0) {
            origin(message.substring(0, space), event);
        }
        message(message, text, end, event);
        return true;
    }

    /** The form in two lines; of a shipper that sends line by line, the first of them alone. @return false if it is none */
    static boolean simple(String text, int from, ZoneClock zone, EventDraft event) {
        int end = endOfLine(text, from);
        String[] words = text.substring(from, end).split(" ", 7);
        String stamp = words.length < 6 ? null : stamp(words);
        TimeScan time = new TimeScan(zone);
        if (stamp == null || !time.iso(stamp, 0)) {
            return false;
        }
        event.time(time.millis).text(LOGGER, words[5]).text(FUNCTION, words.length > 6 ? words[6] : null);
        if (end == text.length()) {
            message(words[5] + (words.length > 6 ? "." + words[6] : ""), text, end, event);
            return true;
        }
        levelled(text, end + 1, event);
        return true;
    }

    /** {@code INFO: Server startup in [1234] milliseconds}, or a line of a stack. */
    static void levelled(String text, int from, EventDraft event) {
        int end = endOfLine(text, from);
        int colon = text.indexOf(": ", from);
        boolean named = colon > 0 && colon - from <= MAX_LEVEL && LEVELS.containsKey(text.substring(from, colon));
        if (named) {
            level(text.substring(from, colon), event);
        }
        message(text.substring(named ? colon + 2 : from, end), text, end, event);
    }

    /** {@code Apr 01, 2026 1:02:03 PM …}, in Japanese {@code 4月 01, 2026 1:02:03 午後 …}, as ISO 8601; null if it is none. */
    private static String stamp(String[] words) {
        int month = words[0].endsWith("月")
                ? number(words[0].substring(0, words[0].length() - 1))
                : MONTHS.indexOf(words[0]) + 1;
        int day = number(words[1].endsWith(",") ? words[1].substring(0, words[1].length() - 1) : "");
        int year = number(words[2]);
        String[] clock = words[3].split(":", 4);
        boolean afternoon = words[4].equals("PM") || words[4].equals("午後");
        if (month < 1
                || day < 1
                || year < 1970
                || clock.length != 3
                || !afternoon && !words[4].equals("AM") && !words[4].equals("午前")) {
            return null;
        }
        int hour = number(clock[0]) % 12 + (afternoon ? 12 : 0);
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d",
                year,
                month,
                day,
                hour,
                number(clock[1]),
                number(clock[2]));
    }

    private static int number(String digits) {
        boolean plain =
                !digits.isEmpty() && digits.length() <= 4 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : -1;
    }

    private static void level(String name, EventDraft event) {
        event.text(LEVEL, LEVELS.getOrDefault(name, name.toLowerCase(Locale.ROOT)));
    }

    /** {@code org.apache.catalina.startup.Catalina.start}. */
    private static void origin(String name, EventDraft event) {
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            event.text(LOGGER, name.substring(0, dot)).text(FUNCTION, name.substring(dot + 1));
        }
    }

    private static void message(String message, String text, int end, EventDraft event) {
        event.module("tomcat", "tomcat.catalina").classify("web", "info").text(Fields.MESSAGE, message);
        String stack = text.substring(end);
        if (!stack.isBlank()) {
            event.text(STACK, stack).put(Fields.EVENT_TYPE, "error");
            exception(stack, event);
        }
        meaning(message, event);
    }

    /** The first line that names one: {@code org.apache.catalina.LifecycleException: Protocol handler initialization failed}. */
    private static void exception(String stack, EventDraft event) {
        int from = 0;
        while (from < stack.length()) {
            int end = endOfLine(stack, from);
            String line = stack.substring(from, end).strip();
            int colon = line.indexOf(':');
            String type = colon < 0 ? line : line.substring(0, colon);
            if (type.indexOf(' ') < 0 && (type.endsWith("Exception") || type.endsWith("Error"))) {
                event.text(ERROR_TYPE, type);
                event.text(
                        ERROR_MESSAGE,
                        colon < 0 ? null : line.substring(colon + 1).strip());
                return;
            }
            from = end + 1;
        }
    }

    private static void meaning(String message, EventDraft event) {
        if (message.contains("An attempt was made to authenticate the locked user")) {
            event.classify(List.of("web", "authentication"), "info")
                    .action("account_locked")
                    .outcome(false);
            event.user(bracketed(message));
        } else if (message.contains("HostConfig.deploy") && message.contains("Deploying ")) {
            event.action("application_deployed").text(Fields.FILE_PATH, bracketed(message));
        } else if (message.contains("HostConfig.undeploy")) {
            event.action("application_undeployed");
        } else if (message.contains("Server startup in")) {
            event.action("server_started");
        }
    }

    /** What stands in the last brackets; null if there are none. */
    private static String bracketed(String message) {
        int open = message.lastIndexOf('[');
        int close = open < 0 ? -1 : message.indexOf(']', open);
        return close < 0 ? null : message.substring(open + 1, close);
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
