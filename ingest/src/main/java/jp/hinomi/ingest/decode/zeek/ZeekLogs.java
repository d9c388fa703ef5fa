package jp.hinomi.ingest.decode.zeek;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * What each of Zeek's logs is by ECS. A log that is not in the table keeps its connection and all its fields under {@code
 * zeek.<log>}; connections are under {@code zeek.connection}, as other mappings to ECS have them.
 */
final class ZeekLogs {
    private static final Field SESSION = Fields.of("zeek.session_id");
    private static final String NETWORK = "network";
    private static final List<String> PROTOCOL = List.of("connection", "protocol");
    private static final List<String> DETAILS = List.of("connection", "protocol", "info");
    private static final List<String> WEB = List.of(NETWORK, "web");
    private static final List<String> LOGIN = List.of(NETWORK, "authentication");
    private static final List<String> WEB_TYPES = List.of("connection", "access", "protocol");
    private static final List<String> SEEN = List.of("connection", "info");
    private static final List<String> FILE = List.of(NETWORK, "file");
    private static final List<String> MAIL = List.of(NETWORK, "email");
    private static final int MAX_UNKNOWN = 256;
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    /** In every log; what they say is said in ECS. */
    private static final Set<String> COMMON = Set.of(
            "ts",
            "uid",
            "id",
            "id.orig_h",
            "id.orig_p",
            "id.resp_h",
            "id.resp_p",
            "proto",
            "_path",
            "_system_name",
            "_write_ts");

    private static final Map<String, Log> LOGS = new HashMap<>();
    private static final Map<String, Log> OTHERS = new java.util.concurrent.ConcurrentHashMap<>();

    /** Members that only one log has, for JSON that does not say which it is. */
    private static final String[][] MARKS = {
        {"conn_state", "conn"},
        {"trans_id", "dns"},
        {"qtype_name", "dns"},
        {"status_code", "http"},
        {"resp_mime_types", "http"},
        {"ssl_history", "ssl"},
        {"established", "ssl"},
        {"auth_attempts", "ssh"},
        {"host_key_alg", "ssh"},
        {"seen_bytes", "files"},
        {"certificate.serial", "x509"},
        {"mailfrom", "smtp"},
        {"helo", "smtp"},
        {"data_channel.passive", "ftp"},
        {"reply_code", "ftp"},
        {"suppress_for", "notice"},
        {"msg_types", "dhcp"},
        {"request_type", "kerberos"},
        {"domainname", "ntlm"},
        {"server_nb_computer_name", "ntlm"},
        {"security_protocol", "rdp"},
        {"client_build", "rdp"},
        {"share_type", "smb_mapping"},
        {"seen.indicator", "intel"},
        {"named_pipe", "dce_rpc"},
        {"endpoint", "dce_rpc"},
        {"func", "modbus"},
        {"fc_request", "dnp3"},
        {"fc_reply", "dnp3"},
        {"proto_name", "mqtt_connect"},
        {"payload_len", "mqtt_publish"},
        {"granted_qos_level", "mqtt_subscribe"},
        {"topics", "mqtt_subscribe"},
        {"software_type", "software"},
        {"tunnel_type", "tunnel"},
        {"section_names", "pe"},
        {"is_64bit", "pe"},
        {"community", "snmp"},
        {"get_requests", "snmp"},
        {"framed_addr", "radius"},
        {"tunnel_client", "radius"},
        {"facility", "syslog"},
        {"stratum", "ntp"},
        {"sig_id", "signatures"},
        {"call_id", "sip"},
        {"client_initial_dcid", "quic"},
        {"opcode", "ldap"},
        {"base_object", "ldap_search"},
        {"certStatus", "ocsp"},
        {"percent_lost", "capture_loss"},
        {"failure_reason", "analyzer"},
        {"authentication_method", "rfb"},
        {"cmd", "mysql"},
        {"frontend", "postgresql"},
        {"user_agent", "http"},
        {"method", "http"},
        {"request", "socks"},
        {"port_num", "known_services"},
    };

    // One line a log: its name, categories, types, protocol, transport where there is but one, and who knows the rest.
    static {
        add("conn", NETWORK, "connection", null, null, ZeekConn::describe, ZeekConn.TAKEN, "service");
        add("dns", NETWORK, DETAILS, "dns", null, ZeekDns::describe, ZeekDns.TAKEN);
        add("http", WEB, DETAILS, "http", "tcp", ZeekWeb::describe, ZeekWeb.TAKEN);
        add("websocket", WEB, DETAILS, "websocket", "tcp", ZeekWeb::describe, ZeekWeb.TAKEN);
        add("ssl", NETWORK, PROTOCOL, "tls", "tcp", ZeekTls::handshake, ZeekTls.HANDSHAKE);
        add("quic", NETWORK, PROTOCOL, "quic", "udp", ZeekTls::quic, Set.of("server_name", "client_protocol"));
        add("x509", "file", "info", null, null, ZeekTls::certificate, ZeekTls.CERTIFICATE);
        add("ocsp", "file", "info", null, "tcp", ZeekTls::revocation, Set.of());
        add("files", "file", "info", null, null, ZeekFiles::transfer, ZeekFiles.TRANSFER);
        add("pe", "file", "info", null, null, ZeekFiles::executable, Set.of());
        add("smb_files", FILE, DETAILS, "smb", "tcp", ZeekFiles::share, ZeekFiles.SHARE);
        add("smb_mapping", NETWORK, PROTOCOL, "smb", "tcp", ZeekFiles::mapping, Set.of());
        add("smb_cmd", NETWORK, PROTOCOL, "smb", "tcp", ZeekFiles::command, Set.of());
        add("ssh", NETWORK, PROTOCOL, "ssh", "tcp", ZeekLogins::ssh, Set.of("auth_success", "direction"));
        add("kerberos", LOGIN, WEB_TYPES, "kerberos", null, ZeekLogins::kerberos, ZeekLogins.KERBEROS);
        add("ntlm", LOGIN, SEEN, "ntlm", "tcp", ZeekLogins::ntlm, Set.of("success", "username", "domainname"));
        add("rdp", NETWORK, List.of("protocol", "info"), "rdp", "tcp", ZeekLogins::rdp, Set.of("ssl"));
        add("rfb", LOGIN, SEEN, "rfb", "tcp", ZeekLogins::rfb, Set.of("auth"));
        add("ftp", NETWORK, DETAILS, "ftp", "tcp", ZeekLogins::ftp, ZeekLogins.FTP);
        add(
                "radius",
                LOGIN,
                SEEN,
                "radius",
                "udp",
                ZeekLogins::radius,
                Set.of("username", "mac", "result", "reply_msg"));
        add("ldap", NETWORK, PROTOCOL, "ldap", null, ZeekLogins::ldap, Set.of("result", "diagnostic_message"));
        add("ldap_search", NETWORK, PROTOCOL, "ldap", null, ZeekLogins::ldap, Set.of("result", "diagnostic_message"));
        add("socks", NETWORK, PROTOCOL, "socks", "tcp", ZeekLogins::socks, Set.of("user", "password"));
        add("irc", NETWORK, DETAILS, "irc", "tcp", ZeekLogins::irc, Set.of("user", "command"));
        add(
                "mysql",
                List.of(NETWORK, "database"),
                DETAILS,
                "mysql",
                "tcp",
                ZeekLogins::database,
                Set.of("success", "cmd"));
        add(
                "postgresql",
                List.of(NETWORK, "database"),
                DETAILS,
                "postgresql",
                "tcp",
                ZeekLogins::database,
                Set.of("success", "user"));
        add("redis", List.of(NETWORK, "database"), DETAILS, "redis", "tcp", ZeekLogins::database, Set.of("success"));
        add("smtp", MAIL, PROTOCOL, "smtp", "tcp", ZeekMail::describe, ZeekMail.TAKEN);
        add("sip", NETWORK, PROTOCOL, "sip", null, ZeekWeb::call, ZeekWeb.CALL);
        add("dhcp", NETWORK, DETAILS, "dhcp", "udp", ZeekHosts::lease, ZeekHosts.LEASE);
        add("software", List.of("host", "package"), "info", null, null, ZeekHosts::software, ZeekHosts.SOFTWARE);
        add("known_hosts", List.of("host", NETWORK), "info", null, null, ZeekHosts::known, Set.of("host"));
        add("known_services", NETWORK, "info", null, null, ZeekHosts::service, ZeekHosts.SERVICE);
        add("known_certs", FILE, "info", null, "tcp", ZeekTls::known, ZeekTls.KNOWN);
        add("snmp", NETWORK, PROTOCOL, "snmp", "udp", ZeekHosts::snmp, Set.of("duration"));
        add("ntp", NETWORK, DETAILS, "ntp", "udp", (log, event) -> {}, Set.of());
        add("syslog", NETWORK, PROTOCOL, "syslog", null, ZeekHosts::syslog, Set.of("facility", "severity", "message"));
        add("tunnel", NETWORK, "connection", null, null, ZeekHosts::tunnel, Set.of("action"));
        add("dce_rpc", NETWORK, DETAILS, "dce_rpc", "tcp", ZeekHosts::call, Set.of("operation", "rtt"));
        add("modbus", NETWORK, PROTOCOL, "modbus", "tcp", ZeekHosts::modbus, Set.of("func", "exception"));
        add("dnp3", NETWORK, DETAILS, "dnp3", "tcp", ZeekHosts::dnp3, Set.of());
        add(
                "mqtt_connect",
                NETWORK,
                List.of("connection", "start", "protocol"),
                "mqtt",
                "tcp",
                ZeekHosts::mqtt,
                ZeekHosts.MQTT);
        add("mqtt_publish", NETWORK, PROTOCOL, "mqtt", "tcp", ZeekHosts::mqtt, ZeekHosts.MQTT);
        add("mqtt_subscribe", NETWORK, PROTOCOL, "mqtt", "tcp", ZeekHosts::mqtt, ZeekHosts.MQTT);
        add("notice", "intrusion_detection", "info", null, null, ZeekAlerts::notice, ZeekAlerts.NOTICE);
        add("signatures", "intrusion_detection", "info", null, null, ZeekAlerts::signature, ZeekAlerts.SIGNATURE);
        add("weird", NETWORK, "info", null, null, ZeekAlerts::weird, Set.of("name"));
        add("intel", List.of(NETWORK, "threat"), "indicator", null, null, ZeekAlerts::intel, ZeekAlerts.INTEL);
        add("traceroute", NETWORK, "info", null, null, ZeekAlerts::ends, Set.of("src", "dst"));
        add("analyzer", NETWORK, SEEN, null, null, ZeekHosts::analyzer, Set.of("failure_reason"));
        add("dpd", NETWORK, SEEN, null, null, ZeekHosts::analyzer, Set.of("failure_reason"));
        for (String own : List.of("reporter", "cluster", "broker", "config", "packet_filter", "loaded_scripts")) {
            add(own, "host", "info", null, null, ZeekHosts::own, Set.of("message", "level"));
        }
        for (String metric : List.of("stats", "capture_loss", "telemetry", "telemetry_histogram", "weird_stats")) {
            add(metric, NETWORK, "info", null, null, (log, event) -> event.kind("metric"), Set.of());
        }
    }

    private ZeekLogs() {}

    /** @param transport of the protocol where it has but one, else null */
    private record Log(
            String path,
            Object categories,
            Object types,
            String protocol,
            String transport,
            BiConsumer<JsonObject, EventDraft> details,
            VendorFields rest) {}

    private static void add(
            String path,
            Object categories,
            Object types,
            String protocol,
            String transport,
            BiConsumer<JsonObject, EventDraft> details,
            Set<String> taken,
            String... alsoTaken) {
        Set<String> skipped = new java.util.HashSet<>(COMMON);
        skipped.addAll(taken);
        skipped.addAll(List.of(alsoTaken));
        LOGS.put(path, new Log(path, categories, types, protocol, transport, details, rest(path, skipped)));
    }

    private static VendorFields rest(String path, Set<String> skipped) {
        boolean connections = path.equals("conn");
        return new VendorFields(
                connections ? "zeek.connection" : "zeek." + path,
                skipped,
                connections ? Map.of("conn_state", "zeek.connection.state") : Map.of());
    }

    /** The log that a JSON record without {@code _path} is of; {@code log} if nothing tells it. */
    static String guess(JsonObject zeek) {
        for (String[] mark : MARKS) {
            if (zeek.has(mark[0])) {
                return mark[1];
            }
        }
        if (zeek.has("name")) {
            return zeek.has("action") || zeek.has("path") ? "smb_files" : "weird";
        }
        return "log";
    }

    static void describe(String path, JsonObject zeek, EventDraft event) {
        Log log = LOGS.get(path);
        if (log == null) {
            log = other(path);
        }
        event.module(ZeekDecoder.FORMAT, "zeek." + path).classify(log.categories, log.types);
        event.text(Fields.OBSERVER_VENDOR, "Zeek")
                .text(Fields.OBSERVER_PRODUCT, "Zeek")
                .text(Fields.OBSERVER_TYPE, "ids");
        event.text(SESSION, zeek.text("uid")).text(Fields.NETWORK_PROTOCOL, log.protocol);
        ends(zeek, event);
        String transport = zeek.text("proto");
        transport = transport == null ? log.transport : transport;
        if (transport != null && !transport.startsWith("unknown")) {
            boolean six = transport.equals("icmp")
                    && event.get(Fields.SOURCE_IP) instanceof String ip
                    && ip.indexOf(':') >= 0;
            NetworkFields.transport(six ? "58" : transport, event);
        }
        log.details.accept(zeek, event);
        NetworkFields.type(event);
        if (event.get(Fields.NETWORK_DIRECTION) == null) {
            NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        }
        community(zeek, event);
        if (event.get(Fields.SERVER_IP) == null) {
            event.clientAndServer();
        }
        log.rest.put(zeek, event);
    }

    /** Scripts of others write logs of their own. */
    private static Log other(String path) {
        Log known = OTHERS.get(path);
        if (known == null) {
            known = new Log(path, NETWORK, "info", null, null, (log, event) -> {}, rest(path, COMMON));
            if (OTHERS.size() < MAX_UNKNOWN) {
                OTHERS.put(path, known);
            }
        }
        return known;
    }

    private static void ends(JsonObject zeek, EventDraft event) {
        JsonObject id = zeek.object("id"); // some shippers take the dots for nesting
        event.source(either(zeek, "id.orig_h", id, "orig_h"));
        event.destination(either(zeek, "id.resp_h", id, "resp_h"));
        long from = zeek.number("id.orig_p");
        long to = zeek.number("id.resp_p");
        event.number(Fields.SOURCE_PORT, from >= 0 ? from : id.number("orig_p"));
        event.number(Fields.DESTINATION_PORT, to >= 0 ? to : id.number("resp_p"));
    }

    private static String either(JsonObject zeek, String name, JsonObject id, String inner) {
        String value = zeek.text(name);
        return value == null ? id.text(inner) : value;
    }

    /** Of ICMP, Zeek has type and code in the place of ports. */
    private static void community(JsonObject zeek, EventDraft event) {
        String id = zeek.text("community_id");
        if (id != null) {
            event.text(Fields.NETWORK_COMMUNITY_ID, id);
        } else {
            NetworkFields.communityId(event);
        }
    }

    /** Of {@code ts}, which is seconds, or ISO 8601 in UTC; {@link Epoch#NONE} if it is neither. */
    static long millis(Object stamp) {
        long epoch = stamp == null ? Epoch.NONE : Epoch.millis(stamp);
        if (epoch == Epoch.NONE && stamp instanceof String text) {
            TimeScan scan = new TimeScan(UTC);
            return scan.iso(text, 0) ? scan.millis : Epoch.NONE;
        }
        return epoch;
    }

    /** An interval in seconds, as nanoseconds; -1 if there is none. */
    static long nanos(JsonObject zeek, String name) {
        double seconds = zeek.decimal(name);
        return seconds >= 0 && seconds < 9e9 ? Math.round(seconds * 1e9) : -1;
    }

    /** A time in seconds as ECS writes times; null if there is none. */
    static String time(JsonObject zeek, String name) {
        double seconds = zeek.decimal(name);
        if (seconds > 0 && seconds < 253_402_300_800.0) {
            return Instant.ofEpochMilli((long) (seconds * 1000 + 0.0005)).toString();
        }
        return null;
    }

    static void outcome(Boolean success, EventDraft event) {
        if (success != null) {
            event.outcome(success);
        }
    }
}
