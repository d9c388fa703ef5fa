package jp.hinomi.ingest.decode.suricata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.WebFields;

/** What each EVE event type says. An alert carries the objects of the protocol it was raised in as well. */
final class EveEvents {
    private static final String NETWORK = "network";
    private static final List<String> INTRUSION = List.of(NETWORK, "intrusion_detection");
    private static final List<String> PROTOCOL = List.of("connection", "protocol");
    private static final List<String> PROTOCOL_INFO = List.of("protocol", "info");
    private static final Field MIME = Fields.HTTP_RESPONSE_MIME_TYPE;
    private static final Field ANOMALY_TYPE = Fields.of("suricata.eve.anomaly.type");
    private static final Field ANOMALY_LAYER = Fields.of("suricata.eve.anomaly.layer");
    private static final Field SSH_CLIENT = Fields.of("suricata.eve.ssh.client.software_version");
    private static final Field SSH_SERVER = Fields.of("suricata.eve.ssh.server.software_version");
    private static final Field FILE_SHA1 = Fields.of("file.hash.sha1");
    private static final Field FILE_MIME = Fields.of("file.mime_type");
    private static final Field FLOW_STATE = Fields.of("suricata.eve.flow.state");
    private static final Field JA3S = Fields.of("tls.server.ja3s");
    private static final Field JA4 = Fields.of("tls.client.ja4");
    private static final Field CERTIFICATE_SHA1 = Fields.of("tls.server.hash.sha1");
    private static final Field XFF = Fields.of("network.forwarded_ip");
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    private EveEvents() {}

    static void describe(String type, JsonObject eve, EventDraft event) {
        event.action(type);
        switch (type) {
            case "alert" -> EveAlert.describe(eve.object("alert"), eve.text("pkt_src"), event);
            case "dns" -> event.classify(NETWORK, PROTOCOL_INFO).text(Fields.NETWORK_PROTOCOL, "dns");
            case "http", "http2" ->
                event.classify(List.of(NETWORK, "web"), List.of("access", "protocol"))
                        .text(Fields.NETWORK_PROTOCOL, "http");
            case "tls" -> event.classify(NETWORK, PROTOCOL).text(Fields.NETWORK_PROTOCOL, "tls");
            case "ssh" -> event.classify(NETWORK, PROTOCOL).text(Fields.NETWORK_PROTOCOL, "ssh");
            case "flow", "netflow" -> event.classify(NETWORK, List.of("connection", "end"));
            case "fileinfo" -> event.classify(List.of(NETWORK, "file"), "info");
            case "anomaly" -> event.classify(INTRUSION, List.of("protocol", "error"));
            case "drop" ->
                event.classify(NETWORK, List.of("connection", "denied")).outcome(false);
            case "stats" -> event.kind("metric");
            default -> event.classify(NETWORK, PROTOCOL_INFO);
        }
        dns(type, eve, event);
        http(eve.object("http"), event);
        tls(eve.object("tls"), event);
        ssh(eve.object("ssh"), event);
        file(fileOf(eve), event);
        anomaly(eve.object("anomaly"), event);
        // Counters of a flow that is still open, as alerts carry them, are not the flow's result.
        flow(eve.object(type.equals("netflow") ? "netflow" : "flow"), type, event);
        String forwarded = eve.text("xff");
        if (forwarded != null) {
            event.ip(XFF, forwarded);
        }
    }

    private static void dns(String type, JsonObject eve, EventDraft event) {
        JsonObject dns = eve.object("dns");
        if (!dns.isEmpty()) {
            EveDns.describe(dns, type.equals("dns"), event);
        }
    }

    private static void http(JsonObject http, EventDraft event) {
        if (http.isEmpty()) {
            return;
        }
        String method = http.text("http_method");
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        String host = http.text("hostname");
        if (host != null) {
            WebFields.authority(host, event);
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
            event.text(MIME, (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT));
        }
        WebFields.version(http.text("protocol"), event);
        WebFields.status(http.number("status"), event);
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, http.number("length"));
    }

    private static void tls(JsonObject tls, EventDraft event) {
        if (tls.isEmpty()) {
            return;
        }
        String name = tls.text("sni");
        event.host(Fields.TLS_CLIENT_SERVER_NAME, name).host(Fields.DESTINATION_DOMAIN, name);
        String version = tls.text("version");
        if (version != null) {
            event.text(
                    Fields.TLS_VERSION,
                    version.startsWith("TLS ") || version.startsWith("TLSv")
                            ? version.substring(4).strip()
                            : version);
        }
        event.text(Fields.TLS_SERVER_SUBJECT, tls.text("subject"));
        event.text(Fields.TLS_SERVER_ISSUER, tls.text("issuerdn"));
        event.text(CERTIFICATE_SHA1, hash(tls.text("fingerprint")));
        event.text(Fields.TLS_CLIENT_JA3, tls.object("ja3").text("hash"));
        event.text(JA3S, tls.object("ja3s").text("hash"));
        event.text(JA4, tls.text("ja4"));
    }

    private static String hash(String fingerprint) {
        return fingerprint == null ? null : fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static void ssh(JsonObject ssh, EventDraft event) {
        event.text(SSH_CLIENT, ssh.object("client").text("software_version"));
        event.text(SSH_SERVER, ssh.object("server").text("software_version"));
    }

    /** {@code fileinfo}, or the first of an alert's {@code files}. */
    private static JsonObject fileOf(JsonObject eve) {
        List<Object> files = eve.list("files");
        return !files.isEmpty() && files.get(0) instanceof JsonObject file ? file : eve.object("fileinfo");
    }

    private static void file(JsonObject file, EventDraft event) {
        if (file.isEmpty()) {
            return;
        }
        String path = file.text("filename");
        if (path != null) {
            event.text(Fields.FILE_PATH, path);
            event.text(Fields.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
        }
        event.number(Fields.FILE_SIZE, file.number("size"));
        event.text(Fields.FILE_HASH_SHA256, file.text("sha256"));
        event.text(FILE_SHA1, file.text("sha1"));
        event.text(Fields.FILE_HASH_MD5, file.text("md5"));
        event.text(FILE_MIME, file.text("mimetype"));
    }

    private static void anomaly(JsonObject anomaly, EventDraft event) {
        event.text(Fields.EVENT_REASON, anomaly.text("event"));
        event.text(ANOMALY_TYPE, anomaly.text("type"));
        event.text(ANOMALY_LAYER, anomaly.text("layer"));
    }

    private static void flow(JsonObject flow, String type, EventDraft event) {
        if (flow.isEmpty()) {
            return;
        }
        long sent = first(flow, "bytes_toserver", "bytes");
        long received = flow.number("bytes_toclient");
        long sentPackets = first(flow, "pkts_toserver", "pkts");
        long receivedPackets = flow.number("pkts_toclient");
        event.number(Fields.SOURCE_BYTES, sent).number(Fields.DESTINATION_BYTES, received);
        event.number(Fields.SOURCE_PACKETS, sentPackets).number(Fields.DESTINATION_PACKETS, receivedPackets);
        event.number(Fields.NETWORK_BYTES, sum(sent, received));
        event.number(Fields.NETWORK_PACKETS, sum(sentPackets, receivedPackets));
        event.text(FLOW_STATE, flow.text("state"));
        if (type.equals("flow") || type.equals("netflow")) {
            TimeScan scan = new TimeScan(UTC);
            long start = time(flow.text("start"), scan, Fields.EVENT_START, event);
            long end = time(flow.text("end"), scan, Fields.EVENT_END, event);
            event.text(Fields.EVENT_REASON, flow.text("reason"));
            if (start >= 0 && end >= start) {
                event.number(Fields.EVENT_DURATION, (end - start) * 1_000_000);
            }
        }
    }

    private static long time(String stamp, TimeScan scan, Field field, EventDraft event) {
        if (stamp == null || !scan.iso(stamp, 0)) {
            return -1;
        }
        event.text(field, java.time.Instant.ofEpochMilli(scan.millis).toString());
        return scan.millis;
    }

    private static long first(JsonObject flow, String name, String other) {
        long value = flow.number(name);
        return value >= 0 ? value : flow.number(other);
    }

    private static long sum(long a, long b) {
        return a < 0 && b < 0 ? -1 : Math.max(0, a) + Math.max(0, b);
    }

    /** Values of an array as text, each once. */
    static List<Object> texts(List<Object> values) {
        List<Object> all = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!(value instanceof JsonObject) && !(value instanceof List<?>)) {
                all.add(value.toString());
            }
        }
        return all;
    }
}
