package jp.hinomi.ingest.decode.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.web.WebFields;

/** Names and parts that the forms of HAProxy's log share. Stateless. */
final class HaproxyFields {
    static final Field FRONTEND = Fields.of("haproxy.frontend_name");
    static final Field BACKEND = Fields.of("haproxy.backend_name");
    static final Field SERVER = Fields.of("haproxy.server_name");
    static final Field STATE = Fields.of("haproxy.termination_state");
    static final Field MODE = Fields.of("haproxy.mode");
    private static final Field[] CONNECTIONS = {
        Fields.of("haproxy.connections.active"),
        Fields.of("haproxy.connections.frontend"),
        Fields.of("haproxy.connections.backend"),
        Fields.of("haproxy.connections.server"),
        Fields.of("haproxy.connections.retries")
    };
    private static final Field[] QUEUES = {Fields.of("haproxy.server_queue"), Fields.of("haproxy.backend_queue")};

    /** Who ended the session, by the first character of the termination state. */
    private static final Map<Character, String> ENDED = Map.ofEntries(
            Map.entry('C', "client aborted"),
            Map.entry('S', "server aborted or refused"),
            Map.entry('P', "refused by the proxy"),
            Map.entry('L', "answered by the proxy itself"),
            Map.entry('R', "a resource of the proxy was exhausted"),
            Map.entry('I', "internal error of the proxy"),
            Map.entry('D', "killed because the server went down"),
            Map.entry('U', "killed because a better server came up"),
            Map.entry('K', "killed by an administrator"),
            Map.entry('c', "client timed out"),
            Map.entry('s', "server timed out"));

    /** In which phase, by the second. */
    private static final Map<Character, String> PHASE = Map.of(
            'R', "before a complete request",
            'Q', "waiting in the queue",
            'C', "while connecting to the server",
            'H', "before complete headers of the answer",
            'D', "while data were transferred",
            'L', "while the last data were sent",
            'T', "in the tarpit");

    private HaproxyFields() {}

    static void client(String end, EventDraft event) {
        if (end.startsWith("unix:")) {
            return;
        }
        HostPort.sourceAndPort(end, event);
        NetworkFields.type(event);
    }

    static void frontend(String name, EventDraft event) {
        boolean tls = name.endsWith("~");
        event.text(FRONTEND, tls ? name.substring(0, name.length() - 1) : name);
        if (tls) {
            event.text(Fields.URL_SCHEME, "https");
        }
    }

    /** {@code backend/server}. */
    static void backend(String names, EventDraft event) {
        int slash = names.lastIndexOf('/');
        event.text(BACKEND, slash < 0 ? names : names.substring(0, slash));
        event.text(SERVER, slash < 0 ? null : names.substring(slash + 1));
    }

    static void state(String state, EventDraft event) {
        event.put(STATE, state);
        if (state.length() < 2 || state.charAt(0) == '-') {
            return;
        }
        String who = ENDED.get(state.charAt(0));
        String when = PHASE.get(state.charAt(1));
        event.text(Fields.EVENT_REASON, who == null ? null : when == null ? who : who + ' ' + when);
    }

    static boolean refused(String state) {
        return state.startsWith("P") && !state.startsWith("PC") && !state.startsWith("PD");
    }

    /** {@code 1/1/0/0/3}; retries after a redispatch begin with a plus. */
    static void connections(String text, EventDraft event) {
        numbers(text, CONNECTIONS, event);
    }

    static void queues(String text, EventDraft event) {
        numbers(text, QUEUES, event);
    }

    static void numbers(String text, Field[] fields, EventDraft event) {
        int from = 0;
        for (int i = 0; i < fields.length && from <= text.length(); i++) {
            int slash = text.indexOf('/', from);
            int end = slash < 0 ? text.length() : slash;
            event.number(fields[i], number(text, from, end));
            from = end + 1;
        }
    }

    /** Without a plus in front, which says that the number was still growing; -1 if there is none. */
    static long number(String text, int from, int to) {
        return Numbers.parse(text, from < to && text.charAt(from) == '+' ? from + 1 : from, to);
    }

    static void request(String line, EventDraft event) {
        event.text(Fields.NETWORK_PROTOCOL, "http");
        if (line.equals("<BADREQ>")) {
            if (event.get(Fields.EVENT_REASON) == null) {
                event.text(Fields.EVENT_REASON, "request is not HTTP");
            }
            return;
        }
        if (!WebFields.requestLine(line, event)) {
            event.text(Fields.URL_ORIGINAL, line);
        }
    }

    /** Captured headers in the order of the configuration; empty ones hold their place, so that rules can tell them apart. */
    static List<String> captured(String text) {
        List<String> values = new ArrayList<>(4);
        int from = 0;
        while (from <= text.length() && values.size() < 32) {
            int bar = text.indexOf('|', from);
            int end = bar < 0 ? text.length() : bar;
            values.add(end > from ? text.substring(from, end) : "-");
            from = end + 1;
        }
        return values;
    }
}
