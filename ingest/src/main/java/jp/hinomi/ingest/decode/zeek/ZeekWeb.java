package jp.hinomi.ingest.decode.zeek;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.web.WebFields;

/** {@code http.log}, {@code websocket.log}, and {@code sip.log}, whose requests have the same shape. */
final class ZeekWeb {
    /** Passwords are read over: {@code event.original} keeps what it said. */
    static final Set<String> TAKEN = Set.of(
            "method",
            "host",
            "uri",
            "referrer",
            "version",
            "user_agent",
            "request_body_len",
            "response_body_len",
            "status_code",
            "username",
            "password");

    static final Set<String> CALL =
            Set.of("method", "user_agent", "status_code", "request_body_len", "response_body_len");

    private static final Field REQUEST_BODY = Fields.of("http.request.body.bytes");
    private static final Field REQUEST_TYPE = Fields.of("http.request.mime_type");
    private static final Field USERNAME = Fields.of("url.username");

    private ZeekWeb() {}

    static void describe(JsonObject http, EventDraft event) {
        String method = http.text("method");
        event.text(Fields.HTTP_REQUEST_METHOD, method).action(method);
        String host = http.text("host");
        if (host != null) {
            WebFields.authority(host, event);
            event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
        }
        String uri = http.text("uri");
        if (uri != null && !uri.isEmpty()) {
            WebFields.target(uri, method, event);
        }
        event.text(Fields.HTTP_REQUEST_REFERRER, http.text("referrer"));
        event.text(Fields.HTTP_VERSION, http.text("version"));
        event.text(Fields.USER_AGENT_ORIGINAL, http.text("user_agent"));
        event.number(REQUEST_BODY, http.number("request_body_len"));
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, http.number("response_body_len"));
        WebFields.status(http.number("status_code"), event);
        String user = http.text("username");
        event.user(user).text(USERNAME, user);
        event.text(REQUEST_TYPE, first(http.texts("orig_mime_types")));
        event.text(Fields.HTTP_RESPONSE_MIME_TYPE, first(http.texts("resp_mime_types")));
        event.text(Fields.FILE_NAME, first(http.texts("resp_filenames")));
    }

    static void call(JsonObject sip, EventDraft event) {
        event.action(sip.text("method")).text(Fields.USER_AGENT_ORIGINAL, sip.text("user_agent"));
        event.text(Fields.URL_ORIGINAL, sip.text("uri")).text(Fields.URL_FULL, sip.text("uri"));
        transport(first(sip.texts("request_path")), event);
        long status = sip.number("status_code");
        if (status >= 100) {
            event.text(Fields.EVENT_CODE, Long.toString(status)).outcome(status < 400);
        }
        long sent = sip.number("request_body_len");
        long received = sip.number("response_body_len");
        event.number(Fields.SOURCE_BYTES, sent).number(Fields.DESTINATION_BYTES, received);
    }

    /** The log has no protocol, but the way that a request took: {@code SIP/2.0/UDP 192.0.2.10:5060}. */
    private static void transport(String via, EventDraft event) {
        int slash = via == null ? -1 : via.lastIndexOf('/');
        int space = via == null ? -1 : via.indexOf(' ');
        if (slash > 0 && space > slash) {
            String name = via.substring(slash + 1, space);
            NetworkFields.transport(
                    name.equals("TLS") || name.equals("WSS") || name.equals("WS")
                            ? "tcp"
                            : name.toLowerCase(Locale.ROOT),
                    event);
        }
    }

    private static String first(List<String> texts) {
        return texts.isEmpty() ? null : texts.get(0);
    }
}
