package jp.hinomi.ingest.decode.modsecurity;

import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/** A request and its answer in an audit log. Headers that may hold secrets stay in the original. Stateless. */
final class Exchange {
    private static final Field UNIQUE_ID = Fields.of("modsecurity.unique_id");
    private static final Field REQUEST_TYPE = Fields.of("http.request.mime_type");
    private static final Field REQUEST_BYTES = Fields.of("http.request.bytes");
    private static final Field REQUEST_BODY = Fields.of("http.request.body.bytes");
    private static final Field TRANSACTION = Fields.of("transaction.id");
    private static final Field REQUEST_CONTENT = Fields.of("http.request.body.content");
    private static final Field RESPONSE_CONTENT = Fields.of("http.response.body.content");

    /** Of longer bodies the original alone has the whole. */
    private static final int MAX_CONTENT = 16_384;

    private Exchange() {}

    static void transaction(String id, String client, long clientPort, String host, long hostPort, EventDraft event) {
        event.text(UNIQUE_ID, id).text(Fields.HTTP_REQUEST_ID, id).text(TRANSACTION, id);
        event.source(client).destination(host);
        event.number(Fields.SOURCE_PORT, clientPort > 0 ? clientPort : -1);
        event.number(Fields.DESTINATION_PORT, hostPort > 0 ? hostPort : -1);
        if (hostPort == 80 || hostPort == 443) {
            event.text(Fields.URL_SCHEME, hostPort == 80 ? "http" : "https").number(Fields.URL_PORT, hostPort);
        }
        event.text(Fields.NETWORK_PROTOCOL, "http");
        NetworkFields.transport("tcp", event);
        NetworkFields.type(event);
        NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        NetworkFields.communityId(event);
    }

    /** {@code GET /path HTTP/1.1}; what is not a request line is kept as it is. */
    static void requestLine(String line, EventDraft event) {
        if (!WebFields.requestLine(line, event)) {
            event.text(Fields.URL_ORIGINAL, line);
        }
    }

    static void request(String method, String target, String version, EventDraft event) {
        event.text(Fields.HTTP_REQUEST_METHOD, method).text(Fields.HTTP_VERSION, version);
        if (target != null && !target.isEmpty()) {
            WebFields.target(target, method, event);
        }
    }

    static void requestHeader(String name, String value, EventDraft event) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "host" -> {
                WebFields.authority(value, event);
                event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
            }
            case "user-agent" -> event.text(Fields.USER_AGENT_ORIGINAL, value);
            case "referer" -> event.text(Fields.HTTP_REQUEST_REFERRER, value);
            case "content-type" -> event.text(REQUEST_TYPE, value);
            case "content-length" -> {
                long bytes = Numbers.parse(value);
                event.number(REQUEST_BODY, bytes).number(REQUEST_BYTES, bytes);
            }
            case "remote_user" -> event.user(Fields.USER_NAME, null, value);
            case "x-forwarded-for" -> ForwardedFor.describe(value, event);
            default -> {
                // Others may hold credentials.
            }
        }
    }

    static void responseHeader(String name, String value, EventDraft event) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-type" -> event.text(Fields.HTTP_RESPONSE_MIME_TYPE, value);
            case "content-length" -> {
                long bytes = Numbers.parse(value);
                event.number(Fields.HTTP_RESPONSE_BODY_BYTES, bytes).number(Fields.HTTP_RESPONSE_BYTES, bytes);
            }
            default -> {
                // Others may hold credentials.
            }
        }
    }

    /** What was sent both ways, where the log has the bodies. */
    static void bodies(String request, String response, EventDraft event) {
        event.text(REQUEST_CONTENT, request == null || request.length() > MAX_CONTENT ? null : request);
        event.text(RESPONSE_CONTENT, response == null || response.length() > MAX_CONTENT ? null : response);
    }
}
