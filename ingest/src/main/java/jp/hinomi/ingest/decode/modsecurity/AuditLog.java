package jp.hinomi.ingest.decode.modsecurity;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * A record of the native serial audit log: parts from {@code --id-A--} to {@code --id-Z--} (ModSecurity 3: {@code
 * ---id---A--}). Read are A (transaction), B (request), F (response), H (what the rules found); bodies and the text of the
 * rules stay in the original.
 */
final class AuditLog {
    static final Field PRODUCER = Fields.of("modsecurity.producer");
    static final Field ENGINE = Fields.of("modsecurity.engine_mode");
    static final Field ACTION = Fields.of("modsecurity.action");
    private static final int MAX_MATCHES = 256;
    private static final int MAX_ID = 64;

    private final String text;
    private final List<RuleMatch> matches = new ArrayList<>();
    private boolean denied;

    AuditLog(String text) {
        this.text = text;
    }

    /** @return the length of the boundary of part {@code part} at that index, or 0 if there is none */
    static int boundary(String text, int from, char part) {
        if (!text.startsWith("--", from)) {
            return 0;
        }
        int dashes = text.startsWith("---", from) ? 3 : 2;
        int at = from + dashes;
        while (at < text.length() && at - from <= MAX_ID && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String tail = (dashes == 3 ? "---" : "-") + part + "--";
        return at > from + dashes && text.startsWith(tail, at) ? at - from + tail.length() : 0;
    }

    /** @return false if the transaction's line cannot be read */
    boolean describe(int from, ZoneClock zone, EventDraft event) {
        int at = from;
        boolean begun = false;
        while (at < text.length()) {
            int lineEnd = endOfLine(at);
            char part = partAt(at, lineEnd);
            int body = Math.min(lineEnd + 1, text.length());
            int end = part == 0 ? body : nextBoundary(body);
            switch (part) {
                case 'A' -> begun = transaction(body, zone, event);
                case 'B' -> headers(body, end, true, event);
                case 'F' -> headers(body, end, false, event);
                case 'H' -> trailer(body, end, event);
                default -> {
                    // bodies, and the rules' own text
                }
            }
            at = end;
        }
        RuleFields.transaction(matches, denied, event);
        return begun;
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private char partAt(int from, int lineEnd) {
        int end = lineEnd > from && text.charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
        if (end - from < 6 || !text.startsWith("--", from) || !text.startsWith("--", end - 2)) {
            return 0;
        }
        char part = text.charAt(end - 3);
        return part >= 'A' && part <= 'Z' && boundary(text, from, part) == end - from ? part : 0;
    }

    private int nextBoundary(int from) {
        int at = from;
        while (at < text.length()) {
            int end = endOfLine(at);
            if (partAt(at, end) != 0) {
                return at;
            }
            at = end + 1;
        }
        return text.length();
    }

    /** {@code [01/Apr/2026:10:00:00.123456 +0900] id client port host port}. */
    private boolean transaction(int from, ZoneClock zone, EventDraft event) {
        int end = endOfLine(from);
        int close = text.indexOf(']', from);
        TimeScan time = new TimeScan(zone);
        if (close < 0 || close > end || from >= text.length() || !time.clf(text, from + 1)) {
            return false;
        }
        event.time(time.millis);
        String[] words = text.substring(close + 1, end).strip().split(" +", 6);
        if (words.length < 5) {
            return false;
        }
        Exchange.transaction(words[0], words[1], Numbers.parse(words[2]), words[3], Numbers.parse(words[4]), event);
        return true;
    }

    private void headers(int from, int to, boolean request, EventDraft event) {
        int at = from;
        boolean first = true;
        while (at < to) {
            int end = Math.min(endOfLine(at), to);
            String line = text.substring(at, end).strip();
            int colon = line.indexOf(": ");
            if (first && !line.isEmpty()) {
                if (request) {
                    Exchange.requestLine(line, event);
                } else {
                    status(line, event);
                }
                first = false;
            } else if (colon > 0 && request) {
                Exchange.requestHeader(line.substring(0, colon), line.substring(colon + 2), event);
            } else if (colon > 0) {
                Exchange.responseHeader(line.substring(0, colon), line.substring(colon + 2), event);
            }
            at = end + 1;
        }
    }

    private static void status(String line, EventDraft event) {
        int space = line.indexOf(' ');
        if (space > 0) {
            WebFields.status(Numbers.parse(line, space + 1, Numbers.endOfDigits(line, space + 1)), event);
        }
    }

    private void trailer(int from, int to, EventDraft event) {
        int at = from;
        while (at < to) {
            int end = Math.min(endOfLine(at), to);
            int colon = colon(at, end);
            if (colon > at && colon < end && text.startsWith(": ", colon)) {
                line(text.substring(at, colon), colon + 2, end, event);
            }
            at = end + 1;
        }
    }

    private int colon(int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) != ':') {
            at++;
        }
        return at;
    }

    private void line(String name, int from, int to, EventDraft event) {
        switch (name) {
            case "Message", "ModSecurity" -> {
                RuleMatch match = RuleMatch.read(text, from, to);
                denied |= match.denied();
                if (matches.size() < MAX_MATCHES && match.id() != null) {
                    matches.add(match);
                }
            }
            case "Action" -> {
                String action = text.substring(from, to).strip();
                denied |= action.startsWith("Intercepted");
                event.text(ACTION, action);
            }
            case "Producer" -> event.text(PRODUCER, text.substring(from, to).strip());
            case "Engine-Mode" ->
                event.text(ENGINE, text.substring(from, to).replace("\"", "").strip());
            default -> {
                // Stopwatch and what the server itself logged
            }
        }
    }
}
