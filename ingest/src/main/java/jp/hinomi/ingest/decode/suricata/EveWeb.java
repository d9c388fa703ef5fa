package jp.hinomi.ingest.decode.suricata;

import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.web.WebFields;

/** The object {@code http} of EVE, of HTTP/1 and HTTP/2. */
final class EveWeb {
    private EveWeb() {}

    /** @param isRequest false in alerts and file records, whose outcome is not that of the request */
    static void describe(JsonObject http, boolean isRequest, EventDraft event) {
        if (http.isEmpty()) {
            return;
        }
        String method = http.text("http_method");
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        String host = http.text("hostname");
        if (host != null) {
            WebFields.authority(host, event);
            event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
        }
        event.number(Fields.URL_PORT, http.number("http_port"));
        String url = http.text("url");
        if (url != null) {
            WebFields.target(url, method, event);
        }
        event.text(Fields.USER_AGENT_ORIGINAL, http.text("http_user_agent"));
        event.text(Fields.HTTP_REQUEST_REFERRER, http.text("http_refer"));
        String type = http.text("http_content_type");
        if (type != null) {
            int end = type.indexOf(';');
            event.text(
                    Fields.HTTP_RESPONSE_MIME_TYPE,
                    (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT));
        }
        WebFields.version(http.text("protocol"), event);
        long status = http.number("status");
        if (isRequest) {
            WebFields.status(status, event);
        } else {
            event.number(Fields.HTTP_RESPONSE_STATUS_CODE, status);
        }
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, http.number("length"));
    }
}
