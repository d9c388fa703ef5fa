package jp.hinomi.ingest.decode.modsecurity;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
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
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.web.WebFields;

/** The audit log as JSON, in the three shapes of ModSecurity 2.9, ModSecurity 3 and Coraza. */
final class AuditJson extends JsonDecoder {
    private static final Field SERVER_ID = Fields.of("modsecurity.server_id");

    /** The text of every rule that ran: tens of kilobytes that say nothing. */
    private static final JsonTree TREE = new JsonTree(Set.of("matched_rules"));

    AuditJson(ZoneId zone, Charset charset) {
        super(ModsecurityDecoder.FORMAT, zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject log = TREE.read(parser);
        if (log == null) {
            return reject(text, 0, "more text after the object: one transaction per line");
        }
        JsonObject transaction = log.object("transaction");
        long millis = millis(transaction);
        if (millis == Epoch.NONE) {
            return reject(
                    text,
                    0,
                    "no transaction with its time ('time', 'time_stamp' or 'unix_timestamp'): set SecAuditLogFormat JSON"
                            + " and keep A in SecAuditLogParts");
        }
        EventDraft event = draft(text, record, millis).module(ModsecurityDecoder.FORMAT, ModsecurityDecoder.AUDIT);
        if (header != null && header.present()) {
            header.describe(event);
        }
        if (transaction.has("remote_address")) {
            version2(log, transaction, event);
        } else {
            version3(log, transaction, event);
        }
        return event.finish();
    }

    private long millis(JsonObject transaction) {
        Object nanos = transaction.members().get("unix_timestamp");
        long epoch = nanos == null ? Epoch.NONE : Epoch.millis(nanos);
        if (epoch != Epoch.NONE) {
            return epoch;
        }
        TimeScan scan = new TimeScan(zone);
        String stamp = transaction.text("time");
        if (stamp != null && scan.clf(stamp, 0)) {
            return scan.millis;
        }
        // "Wed Apr  1 10:00:00 2026", in the zone of the server
        stamp = transaction.text("time_stamp");
        return stamp != null && stamp.length() > 20 && scan.bsd(stamp, 4, 0) ? scan.millis : Epoch.NONE;
    }

    private static void version2(JsonObject log, JsonObject transaction, EventDraft event) {
        Exchange.transaction(
                transaction.text("transaction_id"),
                transaction.text("remote_address"),
                transaction.number("remote_port"),
                transaction.text("local_address"),
                transaction.number("local_port"),
                event);
        JsonObject request = log.object("request");
        String line = request.text("request_line");
        if (line != null) {
            Exchange.requestLine(line, event);
        }
        headers(request.object("headers"), true, event);
        JsonObject response = log.object("response");
        WebFields.status(response.number("status"), event);
        headers(response.object("headers"), false, event);
        bodies(request, response, event);
        JsonObject audit = log.object("audit_data");
        boolean denied = Boolean.TRUE.equals(audit.object("action").flag("intercepted"));
        event.text(AuditLog.ACTION, audit.object("action").text("message"));
        event.put(AuditLog.PRODUCER, audit.texts("producer")).text(AuditLog.ENGINE, audit.text("engine_mode"));
        List<RuleMatch> matches = new ArrayList<>();
        for (String message : audit.texts("messages")) {
            RuleMatch match = RuleMatch.read(message, 0, message.length());
            if (match.id() != null) {
                matches.add(match);
            }
        }
        RuleFields.transaction(matches, denied, event);
    }

    private static void version3(JsonObject log, JsonObject transaction, EventDraft event) {
        boolean coraza = transaction.has("unix_timestamp");
        Exchange.transaction(
                transaction.text(coraza ? "id" : "unique_id"),
                transaction.text("client_ip"),
                transaction.number("client_port"),
                transaction.text("host_ip"),
                transaction.number("host_port"),
                event);
        event.text(SERVER_ID, transaction.text("server_id"));
        JsonObject request = transaction.object("request");
        String version = request.text("http_version");
        if (version == null || version.isEmpty()) {
            version = request.text("protocol");
        }
        Exchange.request(
                request.text("method"),
                request.text("uri"),
                version != null && version.startsWith("HTTP/") ? version.substring(5) : version,
                event);
        headers(request.object("headers"), true, event);
        JsonObject response = transaction.object("response");
        WebFields.status(response.number(coraza ? "status" : "http_code"), event);
        headers(response.object("headers"), false, event);
        bodies(request, response, event);
        producer(transaction.object("producer"), coraza, event);
        List<RuleMatch> matches = new ArrayList<>();
        for (Object message : (coraza ? log : transaction).list("messages")) {
            if (message instanceof JsonObject object) {
                matches.add(coraza ? RuleMatch.ofCoraza(object) : RuleMatch.ofV3(object));
            }
        }
        boolean denied = coraza
                ? Boolean.TRUE.equals(transaction.flag("is_interrupted"))
                : response.number("http_code") >= 400 && evaluated(matches);
        RuleFields.transaction(matches, denied, event);
    }

    /** Version 2 has the request's in an array of parts. */
    private static void bodies(JsonObject request, JsonObject response, EventDraft event) {
        Exchange.bodies(body(request), body(response), event);
    }

    private static String body(JsonObject message) {
        List<String> parts = message.texts("body");
        return parts.isEmpty() ? null : parts.size() == 1 ? parts.get(0) : String.join("", parts);
    }

    /** Version 3 does not say whether it refused; that the blocking evaluation matched and the answer is an error does. */
    private static boolean evaluated(List<RuleMatch> matches) {
        return matches.stream().anyMatch(match -> match.denied() || match.sums());
    }

    private static void producer(JsonObject producer, boolean coraza, EventDraft event) {
        event.text(AuditLog.PRODUCER, producer.text(coraza ? "connector" : "modsecurity"));
        event.text(AuditLog.ENGINE, producer.text(coraza ? "rule_engine" : "secrules_engine"));
    }

    private static void headers(JsonObject headers, boolean request, EventDraft event) {
        for (Map.Entry<String, Object> header : headers.members().entrySet()) {
            String value = headers.text(header.getKey());
            if (value != null && !value.isEmpty()) {
                if (request) {
                    Exchange.requestHeader(header.getKey(), value, event);
                } else {
                    Exchange.responseHeader(header.getKey(), value, event);
                }
            }
        }
    }
}
