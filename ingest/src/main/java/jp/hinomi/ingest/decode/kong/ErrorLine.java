package jp.hinomi.ingest.decode.kong;

import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * A line of Kong's error log, which is nginx's: {@code 2026/04/01 10:00:00 [error] 12#0: *34 [kong] handler.lua:12 message,
 * client: 192.0.2.1, server: kong, request: "GET / HTTP/1.1", host: "api.example.jp", request_id: "…"}. Stateless.
 */
final class ErrorLine {
    /** Length of the time. */
    static final int TIME = 19;

    private static final Field LOG_LEVEL = Fields.of("log.level");
    private static final Field THREAD = Fields.of("process.thread.id");
    private static final Set<String> FAULTS = Set.of("error", "crit", "alert", "emerg");
    private static final Field CONNECTION = Fields.of("kong.connection_id");

    private ErrorLine() {}

    static boolean isAt(String text, int from) {
        return text.length() > from + TIME + 2
                && text.charAt(from + 4) == '/'
                && text.charAt(from + 7) == '/'
                && text.charAt(from + 10) == ' '
                && text.startsWith(" [", from + TIME);
    }

    static String time(String text, int from) {
        return text.substring(from, from + TIME).replace('/', '-');
    }

    /** @param from behind the time */
    static void describe(String text, int from, EventDraft event) {
        int level = from + 2;
        int levelEnd = text.indexOf("] ", level);
        if (levelEnd < 0 || levelEnd - level > 12) {
            event.text(Fields.MESSAGE, text.substring(from).strip());
            return;
        }
        event.text(LOG_LEVEL, text.substring(level, levelEnd));
        int pid = levelEnd + 2;
        int pidEnd = Numbers.endOfDigits(text, pid);
        int message = pid;
        if (pidEnd < text.length() && text.charAt(pidEnd) == '#') {
            int thread = Numbers.endOfDigits(text, pidEnd + 1);
            event.number(Fields.PROCESS_PID, Numbers.parse(text, pid, pidEnd));
            event.number(THREAD, Numbers.parse(text, pidEnd + 1, thread));
            message = text.startsWith(": ", thread) ? thread + 2 : pid;
        }
        if (message < text.length() && text.charAt(message) == '*') {
            int end = Numbers.endOfDigits(text, message + 1);
            event.text(CONNECTION, text.substring(message + 1, end));
            message = Math.min(end + 1, text.length());
        }
        int tail = text.lastIndexOf(", client: ");
        event.text(Fields.MESSAGE, text.substring(message, tail < message ? text.length() : tail));
        if (tail >= message) {
            event.classify("web", FAULTS.contains(text.substring(level, levelEnd)) ? "error" : "info");
            request(text, tail, event);
        }
    }

    /** What nginx appends about the request that it was serving. */
    private static void request(String text, int tail, EventDraft event) {
        int client = tail + ", client: ".length();
        int end = text.indexOf(", ", client);
        event.source(text.substring(client, end < 0 ? text.length() : end));
        String request = quoted(text, ", request: \"", client);
        int method = request == null ? -1 : request.indexOf(' ');
        if (method > 0) {
            int protocol = request.lastIndexOf(" HTTP/");
            String verb = request.substring(0, method);
            event.text(Fields.HTTP_REQUEST_METHOD, verb);
            if (protocol > method) {
                WebFields.version(request.substring(protocol + 1), event);
            }
            WebFields.target(
                    request.substring(method + 1, protocol > method ? protocol : request.length()), verb, event);
        }
        String host = quoted(text, ", host: \"", client);
        if (host != null) {
            WebFields.authority(host, event);
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
