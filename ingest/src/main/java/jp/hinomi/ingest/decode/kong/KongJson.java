package jp.hinomi.ingest.decode.kong;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/** One request, or one stream session, as Kong's logging plugins serialise it ({@code kong.log.serialize}). */
final class KongJson extends JsonDecoder {
    private static final Field USER_AUTHENTICATED = Fields.of("kong.authenticated_entity.id");
    private static final Field REQUEST_BYTES = Fields.of("http.request.bytes");
    private static final Field CIPHER = Fields.of("tls.cipher");

    private static final long FIRST_MILLIS = 100_000_000_000L;

    /** Headers may hold credentials under any name; the useful ones have ECS fields. */
    private static final Set<String> TAKEN = Set.of(
            "request.headers",
            "request.querystring",
            "request.url",
            "request.uri",
            "request.method",
            "request.size",
            "request.id",
            "response.headers",
            "response.status",
            "response.size",
            "started_at",
            "client_ip");

    private static final JsonTree TREE = new JsonTree(Set.of());
    private static final VendorFields REST = new VendorFields("kong", TAKEN, Map.of());

    KongJson(ZoneId zone, Charset charset) {
        super(KongDecoder.FORMAT, zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject kong = TREE.read(parser);
        if (kong == null) {
            return reject(
                    text, 0, "more text after the object: one object per line (http-log: queue.max_batch_size 1)");
        }
        if (!kong.has("request") && !kong.has("session")) {
            return reject(
                    text, 0, "neither 'request' nor 'session': use one of Kong's logging plugins with its own fields");
        }
        long started = kong.number("started_at");
        EventDraft event = draft(
                text, record, started <= 0 ? record.appendMillis() : started < FIRST_MILLIS ? started * 1000 : started);
        if (header != null && header.present()) {
            header.describe(event);
        }
        event.module("kong", "kong.access");
        event.source(kong.text("client_ip"));
        JsonObject service = kong.object("service");
        event.text(Fields.SERVICE_NAME, service.text("name"));
        upstream(kong, service, event);
        consumer(kong, event);
        if (kong.has("request")) {
            request(kong, event);
        } else {
            session(kong.object("session"), event);
        }
        duration(kong.object("latencies"), event);
        NetworkFields.type(event);
        REST.put(kong, event);
        return event.finish();
    }

    /** The server that answered: the last that was tried. */
    private static void upstream(JsonObject kong, JsonObject service, EventDraft event) {
        List<Object> tries = kong.list("tries");
        if (!tries.isEmpty() && tries.get(tries.size() - 1) instanceof JsonObject last && last.has("ip")) {
            event.destination(last.text("ip")).number(Fields.DESTINATION_PORT, last.number("port"));
            event.host(Fields.DESTINATION_DOMAIN, service.text("host"));
        } else {
            event.destination(service.text("host")).number(Fields.DESTINATION_PORT, service.number("port"));
        }
    }

    private static void consumer(JsonObject kong, EventDraft event) {
        JsonObject consumer = kong.object("consumer");
        String name = consumer.text("username");
        event.user(name == null ? consumer.text("custom_id") : name).text(Fields.USER_ID, consumer.text("id"));
        event.text(USER_AUTHENTICATED, kong.object("authenticated_entity").text("id"));
    }

    private static void request(JsonObject kong, EventDraft event) {
        JsonObject request = kong.object("request");
        JsonObject headers = request.object("headers");
        JsonObject response = kong.object("response");
        String method = request.text("method");
        event.classify("web", "access").text(Fields.HTTP_REQUEST_METHOD, method);
        event.text(Fields.NETWORK_PROTOCOL, "http");
        String url = request.text("url");
        url = url == null ? request.text("uri") : url;
        if (url != null) {
            WebFields.target(url, method, event);
        }
        event.text(Fields.URL_ORIGINAL, request.text("uri"));
        event.text(Fields.USER_AGENT_ORIGINAL, headers.text("user-agent"));
        event.text(Fields.HTTP_REQUEST_REFERRER, headers.text("referer"));
        event.text(Fields.HTTP_REQUEST_ID, request.text("id"));
        event.number(REQUEST_BYTES, request.number("size"));
        event.number(Fields.HTTP_RESPONSE_BYTES, response.number("size"));
        String mime = response.object("headers").text("content-type");
        int semicolon = mime == null ? -1 : mime.indexOf(';');
        event.text(
                Fields.HTTP_RESPONSE_MIME_TYPE,
                semicolon < 0 ? mime : mime.substring(0, semicolon).strip());
        WebFields.status(response.number("status"), event);
        tls(request.object("tls"), event);
        ForwardedFor.describe(headers.text("x-forwarded-for"), event);
    }

    private static void session(JsonObject session, EventDraft event) {
        event.classify("network", "connection");
        event.number(Fields.SOURCE_BYTES, session.number("received"));
        event.number(Fields.DESTINATION_BYTES, session.number("sent"));
        long status = session.number("status");
        if (status > 0) {
            event.text(Fields.EVENT_CODE, Long.toString(status)).outcome(status < 400);
        }
        tls(session.object("tls"), event);
    }

    private static void tls(JsonObject tls, EventDraft event) {
        String version = tls.text("version");
        event.text(Fields.TLS_VERSION, version != null && version.startsWith("TLSv") ? version.substring(4) : version);
        event.text(CIPHER, tls.text("cipher"));
    }

    private static void duration(JsonObject latencies, EventDraft event) {
        long millis = latencies.number("request");
        millis = millis < 0 ? latencies.number("session") : millis;
        event.number(Fields.EVENT_DURATION, millis < 0 || millis > Integer.MAX_VALUE ? -1 : millis * 1_000_000);
    }
}
