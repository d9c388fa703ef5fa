package jp.hinomi.ingest.decode.web;

import java.util.List;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.modsecurity.ModsecurityLine;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * A line of Apache's error log: {@code [Wed Apr 01 10:00:00.123456 2026] [authz_core:error] [pid 1:tid 2] [client
 * 192.0.2.1:40000] AH01630: client denied by server configuration: /var/www/x, referer: http://…}; to syslog without the
 * time. Stateless.
 */
final class ApacheErrorLine {
    static final Set<String> FAULTS = Set.of("emerg", "alert", "crit", "error");
    private static final Set<String> ERRORS = Set.of("emerg", "alert", "crit", "error", "warn");
    private static final List<String> LOGIN = List.of("web", "authentication");
    private static final Field LEVEL = Fields.of("log.level");
    private static final Field MODULE = Fields.of("apache.error.module");
    private static final Field THREAD = Fields.of("process.thread.id");
    private static final Field ERROR_CODE = Fields.of("error.code");
    private static final Field ERROR_MESSAGE = Fields.of("error.message");
    private static final int LONGEST_BRACKET = 160;
    private static final int MAX_BRACKETS = 8;
    private static final String DENIED = "client denied by server configuration: ";

    private ApacheErrorLine() {}

    /** {@code [Wed Apr 01 }, or {@code [module:level] [pid }. */
    static boolean isAt(String text, int from) {
        if (from + 12 > text.length() || text.charAt(from) != '[') {
            return false;
        }
        if (text.charAt(from + 4) == ' '
                && text.charAt(from + 8) == ' '
                && Character.isUpperCase(text.charAt(from + 5))) {
            return true;
        }
        int close = text.indexOf(']', from);
        return close > 0 && close - from < 64 && text.startsWith("] [pid ", close) && text.indexOf(':', from) < close;
    }

    /** @return false if the time is none */
    static boolean describe(String text, int from, ZoneClock zone, EventDraft event) {
        event.module("apache", "apache.error").classify("web", "info");
        int at = from;
        if (text.charAt(from + 4) == ' ' && text.charAt(from + 8) == ' ') {
            int close = text.indexOf(']', from);
            TimeScan time = new TimeScan(zone);
            if (close < from + 5 || close - from > 48 || !time.bsd(text.substring(from + 5, close), 0, 0)) {
                return false;
            }
            event.time(time.millis);
            at = close + 1;
        }
        for (int i = 0; i < MAX_BRACKETS; i++) {
            int open = at < text.length() && text.charAt(at) == ' ' ? at + 1 : at;
            int close = open < text.length() && text.charAt(open) == '[' ? text.indexOf(']', open) : -1;
            if (close < 0 || close - open > LONGEST_BRACKET) {
                break;
            }
            bracket(text.substring(open + 1, close), i, event);
            at = close + 1;
        }
        message(text, Math.min(text.length(), at < text.length() && text.charAt(at) == ' ' ? at + 1 : at), event);
        return true;
    }

    private static void bracket(String content, int index, EventDraft event) {
        if (content.startsWith("pid ")) {
            int end = Numbers.endOfDigits(content, 4);
            event.number(Fields.PROCESS_PID, Numbers.parse(content, 4, end));
            if (content.startsWith(":tid ", end)) {
                event.number(THREAD, Numbers.parse(content, end + 5, Numbers.endOfDigits(content, end + 5)));
            }
        } else if (content.startsWith("client ") || content.startsWith("remote ")) {
            if (event.get(Fields.SOURCE_ADDRESS) == null) {
                client(content.substring(7), event);
            }
        } else if (index == 0) {
            int colon = content.indexOf(':');
            String level = content.substring(colon + 1);
            event.text(MODULE, colon > 0 ? content.substring(0, colon) : null).text(LEVEL, level);
            if (ERRORS.contains(level)) {
                event.put(Fields.EVENT_TYPE, "error");
            }
        }
    }

    /** Version 2.4, which names the module, writes the port always, and no brackets around IPv6. */
    private static void client(String end, EventDraft event) {
        if (event.get(MODULE) != null && end.indexOf(':') != end.lastIndexOf(':')) {
            HostPort.sourceAndPort(end, event);
        } else {
            HostPort.source(end, event);
        }
    }

    private static void message(String text, int from, EventDraft event) {
        int referrer = text.lastIndexOf(", referer: ");
        int end = referrer > from ? referrer : text.length();
        if (referrer > from) {
            event.text(Fields.HTTP_REQUEST_REFERRER, text.substring(referrer + ", referer: ".length()));
        }
        int at = systemError(text, from, end, event);
        if (text.startsWith("AH", at)) {
            int code = Numbers.endOfDigits(text, at + 2);
            if (code > at + 2 && text.startsWith(": ", code)) {
                event.text(Fields.EVENT_CODE, text.substring(at, code));
                at = code + 2;
            }
        }
        String message = text.substring(Math.min(at, end), end);
        event.text(Fields.MESSAGE, text.substring(Math.min(from, end)));
        int rule = ModsecurityLine.in(text, at, end);
        if (rule < 0 || !ModsecurityLine.describe(text, rule, end, event)) {
            meaning(message, event);
        }
    }

    /** {@code (111)Connection refused: }, what the operating system said. @return the index after it */
    private static int systemError(String text, int from, int end, EventDraft event) {
        if (from >= end || text.charAt(from) != '(') {
            return from;
        }
        int close = Numbers.endOfDigits(text, from + 1);
        int colon = text.indexOf(": ", close);
        if (close == from + 1 || close >= end || text.charAt(close) != ')' || colon < 0 || colon >= end) {
            return from;
        }
        event.text(ERROR_CODE, text.substring(from + 1, close)).text(ERROR_MESSAGE, text.substring(close + 1, colon));
        return colon + 2;
    }

    private static void meaning(String message, EventDraft event) {
        if (message.startsWith("user ")) {
            login(message, event);
        } else if (message.startsWith(DENIED)) {
            event.action("access_denied").outcome(false).text(Fields.FILE_PATH, message.substring(DENIED.length()));
        } else if (message.startsWith("File does not exist: ")) {
            event.action("file_not_found").outcome(false);
            event.text(Fields.FILE_PATH, message.substring("File does not exist: ".length()));
        }
    }

    /** {@code user x: authentication failure for "/y": …}, {@code user x not found: /y}, {@code user x: authorization failure …}. */
    private static void login(String message, EventDraft event) {
        int missing = message.indexOf(" not found: ");
        int refused = message.indexOf(": authentication failure for \"");
        int forbidden = message.indexOf(": authorization failure for \"");
        int end = refused > 0 ? refused : missing > 0 ? missing : forbidden;
        if (end < 5) {
            return;
        }
        event.classify(LOGIN, List.of("error", "start")).outcome(false);
        event.action(forbidden == end ? "authorization_failed" : "authentication_failed");
        event.user(message.substring(5, end));
        if (end == missing) {
            event.url(message.substring(missing + " not found: ".length()));
        } else {
            int quote = message.indexOf('"', end) + 1;
            int close = message.indexOf('"', quote);
            event.url(close < 0 ? null : message.substring(quote, close));
            event.text(
                    Fields.EVENT_REASON,
                    close < 0 || close + 3 > message.length() ? null : message.substring(close + 3));
        }
    }
}
