package jp.hinomi.ingest.decode.f5;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * The application security manager of BIG-IP (ASM, Advanced WAF) and NGINX App Protect: requests, and anomalies such as brute
 * force or denial of service, as key-value pairs ("Key-Value Pairs" of a logging profile, or any storage format whose names
 * are those of the items); and the JSON of Telemetry Streaming, of this and BIG-IP's other modules.
 */
public final class AsmDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            Signature.members(TelemetryJson.CATEGORY).or(AsmDecoder::likeness);

    private static final String TAG = "ASM:";

    private static final Field COUNTRY = Fields.SOURCE_GEO_COUNTRY;
    private static final Field OBSERVER_IP = Fields.of("observer.ip");
    private static final Field OBSERVER_VERSION = Fields.of("observer.version");
    private static final Field SIGNATURES = Fields.of("f5.asm.signature.id");
    private static final Field SIGNATURE_NAMES = Fields.of("f5.asm.signature.name");
    private static final Field VIOLATIONS = Fields.of("f5.asm.violations");
    private static final Field ATTACKS = Fields.of("f5.asm.attack_type");

    /** Items that storage formats of others give shorter names. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("resp_code", "response_code"),
            Map.entry("req_status", "request_status"),
            Map.entry("req", "request"),
            Map.entry("resp", "response"),
            Map.entry("query_str", "query_string"),
            Map.entry("unit_host", "unit_hostname"),
            Map.entry("manage_ip_addr", "management_ip_address"),
            Map.entry("geo_info", "geo_location"),
            Map.entry("http_class", "http_class_name"),
            Map.entry("x_fwd_hdr_val", "x_forwarded_for_header_value"),
            Map.entry("sub_violates", "sub_violations"),
            Map.entry("violate_rate", "violation_rating"),
            Map.entry("violate_details", "violation_details"),
            Map.entry("ip_addr_intelli", "ip_address_intelligence"),
            Map.entry("ip_route_domain", "ip_with_route_domain"),
            Map.entry("is_trunct", "is_truncated"));

    /** What became ECS; the request itself may hold secrets and stays in the original. */
    private static final Set<String> TAKEN = Set.of(
            "attack_type",
            "date_time",
            "dest_ip",
            "dest_port",
            "geo_location",
            "headers",
            "ip_client",
            "method",
            "query_string",
            "request",
            "response",
            "response_code",
            "sig_ids",
            "sig_names",
            "src_port",
            "uri",
            "unit_hostname",
            "management_ip_address",
            "username",
            "violations",
            "violation_details",
            "x_forwarded_for_header_value");

    private static final VendorFields REST = new VendorFields("f5.asm", TAKEN, Map.of());

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final TelemetryJson telemetry;

    public AsmDecoder(ZoneId zone, Charset charset) {
        super("f5-asm", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.telemetry = new TelemetryJson(zone, charset);
    }

    /** The same items by the names that logging profiles have for them. */
    static JsonObject named(JsonObject asm) {
        Map<String, Object> items = new HashMap<>(asm.members());
        ALIASES.forEach((alias, name) -> {
            Object value = items.get(alias);
            if (value != null) {
                items.putIfAbsent(name, value);
            }
        });
        return JsonObject.of(items);
    }

    private static Signature.Likeness likeness(Glance glance) {
        String record = glance.record();
        boolean pairs = record.contains("unit_hostname=\"")
                || record.contains("support_id=\"") && record.contains("policy_name=\"")
                || record.contains("f5_asm=");
        return pairs && !glance.isJson() ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        if (text.charAt(0) == '{') {
            return telemetry.decode(text, record);
        }
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = header.present() ? header.messageStart() : 0;
        if (start < text.length() && text.charAt(start) == '{') {
            return telemetry.decode(text, record);
        }
        if (text.startsWith(TAG, start)) {
            start += TAG.length();
        }
        JsonObject asm = JsonObject.of(AsmPairs.read(text, start, ALIASES));
        if (!asm.has("policy_name") && !asm.has("unit_hostname") && !asm.has("support_id")) {
            return reject(
                    text,
                    start,
                    "no pairs of ASM (policy_name=\"…\",support_id=\"…\"): in the logging profile choose the logging format"
                            + " 'Key-Value Pairs', or a storage format of name=\"%name%\" with commas; this begins with "
                            + excerpt(text, start));
        }
        TimeScan time = new TimeScan(zone);
        String stamp = asm.text("date_time");
        boolean timed = stamp != null && time.iso(stamp, 0);
        EventDraft event =
                draft(text, record, timed ? time.millis : header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            header.describe(event);
        }
        event.module("f5", "f5.asm");
        event.text(Fields.OBSERVER_VENDOR, "F5")
                .text(Fields.OBSERVER_PRODUCT, "BIG-IP ASM")
                .text(Fields.OBSERVER_TYPE, "waf");
        event.host(Fields.OBSERVER_NAME, asm.text("unit_hostname"));
        event.text(OBSERVER_IP, Addresses.canonical(asm.text("management_ip_address")));
        event.text(OBSERVER_VERSION, asm.text("software_version"));
        verdict(asm, event);
        ends(asm, event);
        request(asm, event);
        REST.put(asm, event);
        return event.finish();
    }

    private static void verdict(JsonObject asm, EventDraft event) {
        String status = asm.text("request_status");
        String anomaly = asm.text("anomaly_attack_type");
        boolean denied = status != null && status.equals("blocked");
        boolean alarmed = status != null && !status.equals("passed") || anomaly != null || asm.has("violations");
        event.kind(alarmed ? "alert" : "event");
        event.classify(
                alarmed ? List.of("web", "intrusion_detection") : "web",
                alarmed ? List.of("access", denied ? "denied" : "allowed") : "access");
        event.action(status == null ? asm.text("attack_status") : status);
        if (status != null) {
            event.outcome(!denied);
        }
        findings(asm, event);
    }

    /** What rules of the firewall found in the request. */
    static void findings(JsonObject asm, EventDraft event) {
        String anomaly = asm.text("anomaly_attack_type");
        List<String> attacks = several(asm.text("attack_type"));
        List<String> violations = several(asm.text("violations"));
        List<String> ids = several(asm.text("sig_ids"));
        List<String> names = several(asm.text("sig_names"));
        event.put(ATTACKS, attacks)
                .put(VIOLATIONS, violations)
                .put(SIGNATURES, ids)
                .put(SIGNATURE_NAMES, names);
        event.text(Fields.RULE_ID, ids.isEmpty() ? null : ids.get(0));
        event.text(
                Fields.RULE_NAME,
                !names.isEmpty() ? names.get(0) : !violations.isEmpty() ? violations.get(0) : anomaly);
        event.text(Fields.RULE_RULESET, asm.text("policy_name"));
        event.text(Fields.RULE_CATEGORY, attacks.isEmpty() ? anomaly : attacks.get(0));
        event.text(Fields.EVENT_REASON, asm.text("detection_mode"));
        event.number(Fields.EVENT_SEVERITY, severity(asm.text("severity")));
        event.text(Fields.HTTP_REQUEST_ID, asm.text("support_id"));
    }

    /** By the names of syslog's severities; others leave the field out. */
    private static long severity(String name) {
        return name == null
                ? -1
                : switch (name.toLowerCase(Locale.ROOT)) {
                    case "emergency" -> 0;
                    case "alert" -> 1;
                    case "critical" -> 2;
                    case "error" -> 3;
                    case "warning" -> 4;
                    case "notice" -> 5;
                    case "informational" -> 6;
                    default -> -1;
                };
    }

    private static void ends(JsonObject asm, EventDraft event) {
        event.source(asm.text("ip_client")).number(Fields.SOURCE_PORT, asm.number("src_port"));
        event.destination(asm.text("dest_ip")).number(Fields.DESTINATION_PORT, asm.number("dest_port"));
        event.text(COUNTRY, asm.text("geo_location")).user(asm.text("username"));
        ForwardedFor.describe(asm.text("x_forwarded_for_header_value"), event);
        NetworkFields.transport("tcp", event);
        NetworkFields.type(event);
        NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        NetworkFields.communityId(event);
    }

    static void request(JsonObject asm, EventDraft event) {
        String method = asm.text("method");
        String uri = asm.text("uri");
        String query = asm.text("query_string");
        String protocol = asm.text("protocol");
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        event.text(Fields.NETWORK_PROTOCOL, "http");
        if (uri != null) {
            WebFields.target(query == null ? uri : uri + '?' + query, method, event);
        }
        event.text(Fields.URL_SCHEME, protocol == null ? null : protocol.toLowerCase(Locale.ROOT));
        long status = asm.number("response_code");
        event.number(Fields.HTTP_RESPONSE_STATUS_CODE, status > 0 ? status : -1);
        // The request's text, or its headers: lines that are joined by a written-out \r\n.
        String request = asm.text("request") == null ? asm.text("headers") : asm.text("request");
        if (request != null) {
            header(request, "Host: ", event);
            header(request, "User-Agent: ", event);
            header(request, "Referer: ", event);
        }
    }

    private static void header(String request, String name, EventDraft event) {
        int at = request.startsWith(name) ? 0 : request.indexOf("\\n" + name);
        at = at < 0 ? request.indexOf('\n' + name) : at;
        if (at < 0) {
            return;
        }
        int from = request.indexOf(name, at) + name.length();
        int end = request.indexOf("\\r", from);
        int plain = request.indexOf('\r', from);
        end = end < 0 ? request.length() : end;
        String value = request.substring(from, plain >= 0 && plain < end ? plain : end);
        switch (name) {
            case "Host: " -> {
                WebFields.authority(value, event);
                event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
            }
            case "User-Agent: " -> event.text(Fields.USER_AGENT_ORIGINAL, value);
            default -> event.text(Fields.HTTP_REQUEST_REFERRER, value);
        }
    }

    /** Names that commas join. */
    private static List<String> several(String text) {
        List<String> all = new ArrayList<>(2);
        int from = 0;
        while (text != null && from < text.length() && all.size() < 64) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            String one = text.substring(from, end).strip();
            if (!one.isEmpty() && !all.contains(one)) {
                all.add(one);
            }
            from = end + 1;
        }
        return all;
    }
}
