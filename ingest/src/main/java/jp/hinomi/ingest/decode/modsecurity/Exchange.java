package jp.hinomi.ingest.decode.modsecurity;

import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/** A request and its answer in an audit log. Headers that may hold secrets stay in the original. Stateless. */
final class Exchange {
    private static final Field UNIQUE_ID = Fields.of("modsecurity.unique_id");
    private static final Field REQUEST_TYPE = Fields.of("http.request.mime_type");
    private static final Field REQUEST_BODY = Fields.of("http.request.body.bytes");

    private Exchange() {}

    static void transaction(String id, String client, long clientPort, String host, long hostPort, EventDraft event) {
        event.text(UNIQUE_ID, id).text(Fields.HTTP_REQUEST_ID, id);
        event.source(client).destination(host);
        event.number(Fields.SOURCE_PORT, clientPort > 0 ? clientPort : -1);
        event.number(Fields.DESTINATION_PORT, hostPort > 0 ? hostPort : -1);
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
            case "content-type" -> event.text(REQUEST_TYPE, mime(value));
            case "content-length" -> event.number(REQUEST_BODY, jp.hinomi.ingest.decode.syslog.Numbers.parse(value));
            case "x-forwarded-for" -> ForwardedFor.describe(value, event);
            default -> {
                // Others may hold credentials.
            }
        }
    }

    static void responseHeader(String name, String value, EventDraft event) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-type" -> event.text(Fields.HTTP_RESPONSE_MIME_TYPE, mime(value));
            case "content-length" ->
                event.number(Fields.HTTP_RESPONSE_BODY_BYTES, jp.hinomi.ingest.decode.syslog.Numbers.parse(value));
            default -> {
                // Others may hold credentials.
            }
        }
    }

    private static String mime(String value) {
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
