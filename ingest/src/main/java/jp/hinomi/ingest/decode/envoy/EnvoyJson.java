package jp.hinomi.ingest.decode.envoy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;

/** Entries as JSON: with Istio's names or Envoy Gateway's, or a text entry in a collector's {@code message} or {@code log}. */
final class EnvoyJson extends JsonDecoder {
    private static final JsonTree TREE = new JsonTree(Set.of());
    private static final VendorFields KUBERNETES = new VendorFields("kubernetes", Set.of(), Map.of());

    EnvoyJson(ZoneId zone, Charset charset) {
        super(EnvoyDecoder.FORMAT, zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject object = TREE.read(parser);
        if (object == null) {
            return reject(text, 0, "more text after the object: one entry per line");
        }
        EventDraft event = draft(text, record, 0);
        if (header != null && header.present()) {
            header.describe(event);
        }
        String line = object.text("message", "log");
        TimeScan time = new TimeScan(zone);
        AccessEntry entry;
        if (line != null && !object.has("start_time")) {
            entry = EnvoyText.read(line.stripTrailing(), 0, time);
            KUBERNETES.put(object.object("kubernetes"), event);
            if (entry == null) {
                return reject(text, 0, EnvoyDecoder.notAnEntry(excerpt(line, 0)));
            }
        } else {
            String start = object.text("start_time", "timestamp");
            if (start == null || !time.iso(start, 0)) {
                return reject(
                        text,
                        0,
                        "no start_time: use Istio's JSON access log, or a json_format with Envoy Gateway's names");
            }
            entry = entry(object);
            entry.millis = time.millis;
        }
        entry.describe(event);
        return event.finish();
    }

    private static AccessEntry entry(JsonObject object) {
        AccessEntry entry = new AccessEntry();
        entry.istio = !object.has(":authority") && !object.has("x-request-id") && !object.has("user-agent");
        entry.method = object.text("method");
        entry.path = object.text("path", "x-envoy-origin-path");
        entry.protocol = object.text("protocol");
        entry.code = object.text("response_code");
        entry.flags = object.text("response_flags");
        entry.codeDetails = object.text("response_code_details");
        entry.terminationDetails = object.text("connection_termination_details");
        entry.transportFailure = object.text("upstream_transport_failure_reason");
        entry.received = object.text("bytes_received");
        entry.sent = object.text("bytes_sent");
        entry.duration = object.text("duration");
        entry.serviceTime = object.text("upstream_service_time", "x-envoy-upstream-service-time");
        entry.forwardedFor = object.text("x_forwarded_for", "x-forwarded-for");
        entry.userAgent = object.text("user_agent", "user-agent");
        entry.requestId = object.text("request_id", "x-request-id");
        entry.authority = object.text("authority", ":authority");
        entry.upstreamHost = object.text("upstream_host");
        entry.upstreamCluster = object.text("upstream_cluster");
        entry.upstreamLocal = object.text("upstream_local_address");
        entry.downstreamLocal = object.text("downstream_local_address");
        entry.downstreamRemote = object.text("downstream_remote_address");
        entry.serverName = object.text("requested_server_name");
        entry.routeName = object.text("route_name");
        return entry;
    }
}
