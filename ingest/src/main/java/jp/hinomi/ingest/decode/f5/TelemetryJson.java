package jp.hinomi.ingest.decode.f5;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
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
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.web.ForwardedFor;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * Events of F5's Telemetry Streaming: a flat object per event, whose {@code telemetryEventCategory} says what module it is
 * of: ASM (web application firewall), LTM (requests), AFM (network firewall), APM (access), AVR (statistics).
 */
final class TelemetryJson extends JsonDecoder {
    static final String CATEGORY = "telemetryEventCategory";

    private static final JsonTree TREE = new JsonTree(Set.of());
    private static final VendorFields REST = new VendorFields(
            "f5.telemetry",
            Set.of(
                    "application",
                    "attack_type",
                    "client_ip",
                    "ClientIP",
                    "date_time",
                    "dest_ip",
                    "dest_port",
                    "event_timestamp",
                    "hostname",
                    "http_method",
                    "http_uri",
                    "ip_client",
                    "method",
                    "query_string",
                    "sig_ids",
                    "sig_names",
                    "source_ip",
                    "source_port",
                    "src_port",
                    "uri",
                    "username",
                    "violations",
                    // What was sent may hold secrets and stays in the original.
                    "cookie",
                    "headers",
                    "req",
                    "request",
                    "resp",
                    "response"),
            Map.of(CATEGORY, "f5.telemetry.category"));

    private static final Field HOST_ID = Fields.of("host.id");
    private static final Field OPERATING_SYSTEM = Fields.of("host.os.name");
    private static final Field APPLICATION = Fields.of("network.application");
    private static final Field LEVEL = Fields.of("log.level");
    private static final Field BYTES = Fields.of("network.bytes");
    private static final Field GROUP = Fields.of("source.user.group.name");
    private static final Field QUESTION = Fields.of("dns.question.name");
    private static final Field QUESTION_TYPE = Fields.of("dns.question.type");

    /** When it happened, by the first of these that is a time. */
    private static final String[] STAMPS = {
        "f5telemetry_timestamp", "event_timestamp", "date_time", "EOCTimestamp", "epoch_time", "req_start_time"
    };

    /** Addresses that take part without being an end of the connection. */
    private static final String[] ADDRESSES = {
        "bigip_mgmt_ip",
        "management_ip_address",
        "management_ip_address_2",
        "manage_ip_addr",
        "vip",
        "Virtual_IP",
        "node",
        "SubnetIP",
        "translated_dest_ip",
        "translated_source_ip"
    };

    /** Names of machines, and of route domains where an administrator gave them some. */
    private static final String[] HOSTS = {
        "unit_host",
        "unit_hostname",
        "route_domain",
        "ip_route_domain",
        "ip_with_route_domain",
        "translated_route_domain",
        "ClientIPRouteDomain",
        "POOLIPRouteDomain",
        "SubnetRouteDomain",
        "SourceIpRouteDomain"
    };

    TelemetryJson(ZoneId zone, Charset charset) {
        super("f5-asm", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject read = TREE.read(parser);
        String category = read == null ? null : read.text(CATEGORY);
        if (category == null) {
            return reject(
                    text,
                    0,
                    "no event of Telemetry Streaming: it lacks 'telemetryEventCategory'; one event a line, as its consumers"
                            + " 'Generic_HTTP' and 'Kafka' send them");
        }
        EventDraft event = draft(text, record, millis(read, header, record));
        if (header != null && header.present()) {
            header.describe(event);
        }
        event.module("f5", "f5." + category.toLowerCase(Locale.ROOT)).classify("network", "info");
        event.text(Fields.OBSERVER_VENDOR, "F5").text(Fields.OBSERVER_PRODUCT, "BIG-IP " + category);
        String application = read.text("application");
        event.text(APPLICATION, application == null ? null : application.toLowerCase(Locale.ROOT));
        event.hostName(read.text("hostname"));
        switch (category) {
            case "ASM" -> firewall(AsmDecoder.named(read), event);
            case "AFM" -> packet(read, event);
            default -> request(read, event);
        }
        related(read, event);
        REST.put(read, event);
        return event.finish();
    }

    private long millis(JsonObject read, SyslogHeader header, LogRecord record) {
        TimeScan time = new TimeScan(zone);
        for (String name : STAMPS) {
            String stamp = read.text(name);
            if (stamp == null || stamp.isEmpty()) {
                continue;
            }
            if (time.iso(stamp.replace('/', '-'), 0) || time.bsd(stamp, 0, record.appendMillis())) {
                return time.millis;
            }
            long epoch = Epoch.millis(stamp);
            if (epoch != Epoch.NONE) {
                return epoch;
            }
        }
        return header != null && header.hasTime() ? header.millis() : record.appendMillis();
    }

    /** A request that the web application firewall looked at. What became of it is {@code event.action}. */
    private static void firewall(JsonObject asm, EventDraft event) {
        event.text(Fields.OBSERVER_TYPE, "waf");
        client(asm.text("ip_client"), event);
        event.number(Fields.SOURCE_PORT, asm.number("src_port"));
        ForwardedFor.describe(Addresses.canonical(asm.text("x_forwarded_for_header_value")), event);
        event.ip(Fields.CLIENT_IP, asm.text("ip_client"));
        event.destination(asm.text("dest_ip")).number(Fields.DESTINATION_PORT, asm.number("dest_port"));
        event.user(value(asm.text("username"))).text(HOST_ID, asm.text("device_id"));
        host(asm.text("device_id"), event);
        event.text(LEVEL, lower(asm.text("severity")));
        AsmDecoder.findings(asm, event);
        String status = asm.text("request_status");
        event.action(status);
        if (status != null && !status.isEmpty()) {
            event.outcome(!status.equals("blocked"));
        }
        AsmDecoder.request(asm, event);
        event.text(Fields.NETWORK_PROTOCOL, lower(asm.text("protocol")));
        NetworkFields.type(event);
    }

    private static void packet(JsonObject afm, EventDraft event) {
        event.text(Fields.OBSERVER_TYPE, "firewall");
        event.source(afm.text("source_ip")).number(Fields.SOURCE_PORT, afm.number("source_port"));
        event.destination(afm.text("dest_ip")).number(Fields.DESTINATION_PORT, afm.number("dest_port"));
        event.host(Fields.SOURCE_DOMAIN, afm.text("source_fqdn"))
                .host(Fields.DESTINATION_DOMAIN, afm.text("dest_fqdn"));
        event.user(Fields.SOURCE_USER_NAME, null, afm.text("source_user")).text(GROUP, afm.text("source_user_group"));
        NetworkFields.transport(lower(afm.text("ip_protocol")), event);
        NetworkFields.type(event);
        event.action(afm.text("action")).number(Fields.EVENT_SEVERITY, afm.number("severity"));
        event.text(Fields.EVENT_REASON, afm.text("drop_reason")).text(Fields.RULE_NAME, afm.text("acl_rule_name"));
        event.text(Fields.RULE_RULESET, afm.text("acl_policy_name"));
        NetworkFields.communityId(event);
    }

    /** What LTM, APM and AVR say of requests; each has names of its own. */
    private static void request(JsonObject read, EventDraft event) {
        client(read.text("client_ip", "Client_IP"), event);
        client(read.text("ClientIP"), event);
        event.source(read.text("src_ip", "SourceIP")).ip(Fields.SERVER_IP, read.text("server_ip"));
        event.destination(read.text("POOLIP")).number(Fields.DESTINATION_PORT, read.number("POOLPort"));
        event.user(value(read.text("user", "UserName"))).text(HOST_ID, read.text("DeviceId"));
        host(read.text("DeviceId"), event);
        event.text(OPERATING_SYSTEM, value(read.text("OsName"))).action(read.text("Action"));
        event.text(LEVEL, lower(read.text("Severity")));
        String method = read.text("http_method", "Method");
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        event.text(Fields.NETWORK_PROTOCOL, lower(read.text("NetworkProtocol")));
        if (read.has("http_method")) {
            event.text(Fields.NETWORK_PROTOCOL, "http");
        }
        String url = read.text("http_url", "http_uri");
        url = url == null ? read.text("URL") : url;
        if (url != null && !url.isEmpty()) {
            WebFields.target(url, method, event);
        }
        long status = read.number("http_status", "ResponseCode");
        event.number(Fields.HTTP_RESPONSE_STATUS_CODE, status > 0 ? status : -1);
        event.text(Fields.HTTP_VERSION, read.text("http_version"));
        event.text(Fields.HTTP_REQUEST_REFERRER, read.text("http_referrer"));
        String agent = read.text("http_user_agent", "User_Agent");
        event.text(Fields.USER_AGENT_ORIGINAL, agent == null ? read.text("UserAgent") : agent);
        event.host(QUESTION, read.text("QueryName")).text(QUESTION_TYPE, read.text("QueryType"));
        bytes(read.number("bytes_in", "Bytes_In"), read.number("bytes_out", "Bytes_Out"), event);
    }

    private static void bytes(long in, long out, EventDraft event) {
        if (in < 0 || out < 0) {
            return;
        }
        event.number(BYTES, in + out).number(Fields.SOURCE_BYTES, in).number(Fields.DESTINATION_BYTES, out);
        if (in == 0 ^ out == 0) {
            event.text(Fields.NETWORK_DIRECTION, out == 0 ? "ingress" : "egress");
        }
    }

    /** Rules look for who sent a request in {@code source.ip}, other mappings to ECS in {@code client.ip}. */
    private static void client(String address, EventDraft event) {
        if (event.ip(Fields.CLIENT_IP, address) != null) {
            event.source(address);
        }
    }

    private static void related(JsonObject read, EventDraft event) {
        for (String name : ADDRESSES) {
            String address = Addresses.canonical(read.text(name));
            if (address != null) {
                event.relatedIp(address);
            }
        }
        for (String name : HOSTS) {
            host(read.text(name), event);
        }
    }

    /** Route domains without a name are numbers. */
    private static void host(String name, EventDraft event) {
        String host = EventDraft.hostForm(value(name));
        if (host != null && Addresses.canonical(host) == null && !host.chars().allMatch(Character::isDigit)) {
            event.relatedHost(host);
        }
    }

    private static String value(String text) {
        return "N/A".equals(text) ? null : text;
    }

    private static String lower(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
