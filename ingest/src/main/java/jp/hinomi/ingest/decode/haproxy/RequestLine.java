package jp.hinomi.ingest.decode.haproxy;

import java.time.Instant;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.tls.TlsFields;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * A line of {@code option httplog}, {@code httpslog} or {@code tcplog}, or of the error log, after client and time. Not
 * thread-safe: one per line.
 */
final class RequestLine {
    private static final Field[] HTTP_TIMES = {
        Fields.of("haproxy.http.request.time_wait_ms"),
        Fields.of("haproxy.total_waiting_time_ms"),
        Fields.of("haproxy.connection_wait_time_ms"),
        Fields.of("haproxy.http.request.time_wait_without_data_ms")
    };
    private static final Field[] TCP_TIMES = {
        Fields.of("haproxy.total_waiting_time_ms"), Fields.of("haproxy.connection_wait_time_ms")
    };
    /** ECS knows no refusal of the web alone. */
    private static final List<String> REFUSED = List.of("web", "network");

    private static final Field REQUEST_COOKIE = Fields.of("haproxy.http.request.captured_cookie");
    private static final Field RESPONSE_COOKIE = Fields.of("haproxy.http.response.captured_cookie");
    private static final Field REQUEST_HEADERS = Fields.of("haproxy.http.request.captured_headers");
    private static final Field RESPONSE_HEADERS = Fields.of("haproxy.http.response.captured_headers");
    private static final Field BYTES_READ = Fields.of("haproxy.bytes_read");
    private static final Field BIND = Fields.of("haproxy.bind_name");
    private static final Field ERROR = Fields.of("haproxy.error_message");
    private static final Field TLS_ERROR = Fields.of("haproxy.tls.error");
    private static final Field CONNECTION_ERROR = Fields.of("haproxy.connections.fc_err");

    private final String text;
    private final long accepted;
    private int at;

    RequestLine(String text, int from, long accepted) {
        this.text = text;
        this.at = Math.min(from, text.length());
        this.accepted = accepted;
    }

    /** @return false if it is none of these forms */
    boolean describe(String client, EventDraft event) {
        event.time(accepted)
                .text(Fields.EVENT_START, Instant.ofEpochMilli(accepted).toString());
        HaproxyFields.client(client, event);
        NetworkFields.transport("tcp", event);
        String frontend = word();
        if (frontend.endsWith(":")) {
            return error(frontend, event);
        }
        HaproxyFields.frontend(frontend, event);
        String backend = word();
        if (slashes(backend) != 1) {
            return false;
        }
        String times = word();
        if (isNumber(backend, 0, backend.indexOf('/'))) {
            return tlsError(times, event);
        }
        HaproxyFields.backend(backend, event);
        int parts = slashes(times);
        if (parts == 0 && slashes(peek()) == 4) {
            // A log-format with the server's name or address in front of the times
            event.destination(times);
            times = word();
            parts = 4;
        }
        if (parts == 4) {
            return http(times, event);
        }
        return parts == 2 && tcp(times, event);
    }

    /** {@code frontend/bind: message}. */
    private boolean error(String names, EventDraft event) {
        int slash = names.lastIndexOf('/');
        event.module(HaproxyDecoder.FORMAT, "haproxy.error").classify("network", List.of("connection", "denied"));
        HaproxyFields.frontend(names.substring(0, slash < 0 ? names.length() - 1 : slash), event);
        event.text(BIND, slash < 0 ? null : names.substring(slash + 1, names.length() - 1));
        String message = text.substring(Math.min(at, text.length()));
        event.text(ERROR, message)
                .text(Fields.MESSAGE, message)
                .text(Fields.EVENT_REASON, message)
                .outcome(false);
        return true;
    }

    /** The error-log-format of the manual: {@code frontend ac/fc fc_err/tls/…/…/resumed sni/version/cipher}. */
    private boolean tlsError(String codes, EventDraft event) {
        if (slashes(codes) < 4) {
            return false;
        }
        event.module(HaproxyDecoder.FORMAT, "haproxy.error").classify("network", List.of("connection", "denied"));
        event.outcome(false);
        tls(codes, word(), event);
        return true;
    }

    private boolean http(String times, EventDraft event) {
        long status = Numbers.parse(word());
        long bytes = bytes();
        String requestCookie = word();
        String responseCookie = word();
        String state = word();
        if (state.length() != 4) {
            return false;
        }
        event.module(HaproxyDecoder.FORMAT, "haproxy.http").text(HaproxyFields.MODE, "HTTP");
        boolean refused = HaproxyFields.refused(state) && status >= 400;
        event.classify(refused ? REFUSED : "web", refused ? List.of("access", "denied") : "access");
        times(times, HTTP_TIMES, event);
        WebFields.status(status, event);
        if (status <= 0) {
            event.outcome(false);
        }
        event.number(BYTES_READ, bytes)
                .number(Fields.HTTP_RESPONSE_BYTES, bytes)
                .number(Fields.DESTINATION_BYTES, bytes);
        event.text(REQUEST_COOKIE, requestCookie).text(RESPONSE_COOKIE, responseCookie);
        HaproxyFields.state(state, event);
        HaproxyFields.connections(word(), event);
        HaproxyFields.queues(word(), event);
        headers(event);
        if (at < text.length() && text.charAt(at) == '"') {
            quoted(event);
        }
        if (at < text.length() && slashes(peek()) >= 4) {
            tls(word(), word(), event);
        }
        return true;
    }

    private boolean tcp(String times, EventDraft event) {
        long bytes = bytes();
        String state = word();
        if (state.length() != 2) {
            return false;
        }
        event.module(HaproxyDecoder.FORMAT, "haproxy.tcp").text(HaproxyFields.MODE, "TCP");
        event.classify(
                "network",
                HaproxyFields.refused(state) ? List.of("connection", "denied") : List.of("connection", "end"));
        event.outcome(state.equals("--") || state.charAt(0) == 'C' || state.charAt(0) == 'c');
        times(times, TCP_TIMES, event);
        event.number(BYTES_READ, bytes).number(Fields.DESTINATION_BYTES, bytes);
        HaproxyFields.state(state, event);
        HaproxyFields.connections(word(), event);
        HaproxyFields.queues(word(), event);
        return true;
    }

    /** The last of the times is that of all; a -1 says that the phase was not reached. */
    private void times(String times, Field[] fields, EventDraft event) {
        HaproxyFields.numbers(times, fields, event);
        long total = HaproxyFields.number(times, times.lastIndexOf('/') + 1, times.length());
        if (total >= 0 && total <= Integer.MAX_VALUE) {
            event.number(Fields.EVENT_DURATION, total * 1_000_000);
            event.text(Fields.EVENT_END, Instant.ofEpochMilli(accepted + total).toString());
        }
    }

    private long bytes() {
        String word = word();
        return HaproxyFields.number(word, 0, word.length());
    }

    /** {@code {request} {response}}; with one pair of braces it is the request's. */
    private void headers(EventDraft event) {
        for (Field field : new Field[] {REQUEST_HEADERS, RESPONSE_HEADERS}) {
            int close = at < text.length() && text.charAt(at) == '{' ? text.indexOf('}', at) : -1;
            if (close < 0) {
                return;
            }
            String inside = text.substring(at + 1, close);
            event.put(field, inside.isEmpty() ? null : HaproxyFields.captured(inside));
            at = Math.min(text.length(), close + 2);
        }
    }

    /** The request; a line that was cut has no closing quote. */
    private void quoted(EventDraft event) {
        int close = text.indexOf('"', at + 1);
        HaproxyFields.request(text.substring(at + 1, close < 0 ? text.length() : close), event);
        at = close < 0 ? text.length() : Math.min(text.length(), close + 2);
    }

    /** {@code fc_err/ssl_fc_err/ssl_c_err/ssl_c_ca_err/resumed} and {@code sni/version/cipher}. */
    private static void tls(String codes, String handshake, EventDraft event) {
        String[] code = codes.split("/", 6);
        event.number(CONNECTION_ERROR, Numbers.parse(code[0]));
        boolean failed = code.length > 1 && !code[1].replace("0", "").isEmpty();
        event.text(TLS_ERROR, failed ? code[1] : null);
        String[] parts = handshake.split("/", 3);
        if (parts.length == 3) {
            TlsFields.serverName(parts[0], event);
            event.host(Fields.DESTINATION_DOMAIN, parts[0]).host(Fields.URL_DOMAIN, parts[0]);
            TlsFields.version(parts[1], event);
            boolean established = !parts[2].equals("-") && !parts[2].equals("(NONE)");
            event.text(TlsFields.CIPHER, established ? parts[2] : null).put(TlsFields.ESTABLISHED, established);
            event.put(TlsFields.RESUMED, code.length > 4 && code[4].equals("1"));
        }
    }

    private String word() {
        String word = peek();
        at = Math.min(text.length(), at + word.length() + 1);
        return word;
    }

    private String peek() {
        int space = text.indexOf(' ', at);
        return text.substring(at, space < 0 ? text.length() : space);
    }

    private static int slashes(String word) {
        int count = 0;
        for (int i = 0; i < word.length(); i++) {
            count += word.charAt(i) == '/' ? 1 : 0;
        }
        return count;
    }

    private static boolean isNumber(String word, int from, int to) {
        return Numbers.parse(word, from, to) >= 0;
    }
}
