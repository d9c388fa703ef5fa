package jp.hinomi.ingest.decode.paloalto;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** Where the columns go: to ECS where it has a field for them, else below {@code panw.panos}. */
final class Places {
    private static final String PREFIX = "panw.panos.";
    private static final Field CERTIFICATE_SHA256 = Fields.of("tls.server.hash.sha256");
    private static final Field CERTIFICATE_SHA1 = Fields.of("tls.server.hash.sha1");
    private static final Field CERTIFICATE_MD5 = Fields.of("tls.server.hash.md5");

    private static final Map<String, Place> ECS = new HashMap<>(Place.table(
            "app", "network.application",
            "protocol", "network.transport",
            "source.zone", "observer.ingress.zone",
            "destination.zone", "observer.egress.zone",
            "inbound_interface", "observer.ingress.interface.name",
            "outbound_interface", "observer.egress.interface.name",
            "network.bytes", "network.bytes",
            "bytes_sent", "source.bytes",
            "bytes_received", "destination.bytes",
            "network.packets", "network.packets",
            "packets_sent", "source.packets",
            "packets_received", "destination.packets",
            "srcloc", "source.geo.name",
            "dstloc", "destination.geo.name",
            "rule_uuid", "rule.uuid",
            "severity", "log.level",
            "http_content_type", "http.response.mime_type",
            "user_agent", "user_agent.original",
            "file.type", "file.type",
            "http_method", "http.request.method",
            "referrer", "http.request.referrer",
            "sender", "email.from.address",
            "recipient", "email.to.address",
            "subject", "email.subject",
            "event.id", "event.code",
            "event.reason", "event.reason",
            "description", "message",
            "client.os", "host.os.family",
            "client.os_version", "host.os.full",
            "machine.os", "host.os.full",
            "machine.mac_address", "host.mac",
            "location", "observer.geo.name",
            "tls.encryption", "tls.cipher",
            "elliptic_curve", "tls.curve",
            "certificate.serial_number", "tls.server.x509.serial_number",
            "certificate.version", "tls.server.x509.version_number",
            "certificate.size", "tls.server.x509.public_key_size",
            "subject_common_name.value", "tls.server.x509.subject.common_name",
            "issuer_common_name.value", "tls.server.x509.issuer.common_name"));

    static {
        for (String port :
                new String[] {"source.port", "destination.port", "source.nat.port", "destination.nat.port"}) {
            ECS.put(port, port(port));
        }
        ECS.put("source.ip", Place.of("source.address").except("0.0.0.0"));
        ECS.put("destination.ip", Place.of("destination.address").except("0.0.0.0"));
        ECS.put("source.ipv6", Place.of("source.address").except("0.0.0.0", "::"));
        ECS.put("source.nat.ip", Place.of("source.nat.ip").except("0.0.0.0", "::"));
        ECS.put("destination.nat.ip", Place.of("destination.nat.ip").except("0.0.0.0", "::"));
        ECS.put("client_host", Place.of("source.address").except("0.0.0.0"));
        ECS.put("ruleset", Place.of("rule.name").and(Place.of(PREFIX + "ruleset")));
        ECS.put("srcuser", Place.of("user.name").and(Place.of("source.user.name")));
        ECS.put("user", Place.of("user.name").and(Place.of("source.user.name")));
        ECS.put("admin", Place.of("user.name").and(Place.of("source.user.name")));
        ECS.put("dstuser", Place.of("destination.user.name"));
        ECS.put("device_name", Place.of("observer.hostname").and(Place.of("observer.name")));
        ECS.put("machine.name", Place.of("host.name"));
        ECS.put("host.id", Place.of("host.id"));
        ECS.put("server_name_indication.value", (value, event) -> TlsFields.serverName(value, event));
        ECS.put("tls.version", (value, event) -> TlsFields.version(value, event));
        ECS.put("certificate.hash", Places::certificateHash);
        ECS.put("xff.ip", address("xff.ip"));
        ECS.put("remote_user.ip", address("remote_user.ip"));
        ECS.put("src.host", host("src.host"));
        ECS.put("dst.host", host("dst.host"));
        ECS.put("src.mac", Place.of(PREFIX + "src.mac"));
        ECS.put("dst.mac", Place.of(PREFIX + "dst.mac"));
        ECS.put("http2_connection", Places::http2);
        // Read by Session, Threats and the like.
        for (String elsewhere : new String[] {
            "high_res_timestamp",
            "start_time",
            "elapsed_time",
            "flags",
            "misc",
            "threat",
            "file.hash",
            "login_duration",
            "public.ip",
            "public.ipv6",
            "private.ip",
            "private.ipv6",
            "certificate.not_before",
            "certificate.not_after",
            "event.status",
            "logged_time",
            "forwarded_for",
            "url_category_list",
            "-"
        }) {
            ECS.put(elsewhere, Place.NOWHERE);
        }
    }

    /** Columns in which a zero, or what stands for it, says that there is none. */
    private static final Set<String> ZERO_IS_NONE = Set.of(
            "action_flags",
            "device_group_hierarchy1",
            "device_group_hierarchy2",
            "device_group_hierarchy3",
            "device_group_hierarchy4",
            "flow_id",
            "imei",
            "imsi",
            "link.change_count",
            "network.pcap_id",
            "parent_session.id",
            "payload_protocol_id",
            "sctp.assoc_id",
            "sctp.chunks",
            "sctp.chunks_received",
            "sctp.chunks_sent",
            "url_idx",
            "wildfire.report_id");

    private Places() {}

    static Place of(String column) {
        Place place = ECS.get(column);
        if (place != null) {
            return place;
        }
        Place own = Place.of(PREFIX + column);
        return ZERO_IS_NONE.contains(column) ? own.except("0", "0x0", "N/A", "4294967295") : own.except("N/A");
    }

    /** Zero of protocols without ports, and of what is not translated. */
    private static Place port(String name) {
        Field field = Fields.of(name);
        return (value, event) -> {
            long port = Numbers.parse(value);
            event.number(field, port <= 65_535 ? port : -1);
        };
    }

    private static Place address(String column) {
        Field field = Fields.of(PREFIX + column);
        return (value, event) -> event.ip(field, value);
    }

    private static Place host(String column) {
        Field field = Fields.of(PREFIX + column);
        return (value, event) -> event.host(field, value);
    }

    private static void http2(String value, EventDraft event) {
        if (Numbers.parse(value) > 0) {
            event.text(Fields.HTTP_VERSION, "2").text(Fields.of(PREFIX + "http2_connection"), value);
        }
    }

    private static void certificateHash(String value, EventDraft event) {
        switch (value.length()) {
            case 64 -> TlsFields.certificateHash(CERTIFICATE_SHA256, value, event);
            case 40 -> TlsFields.certificateHash(CERTIFICATE_SHA1, value, event);
            case 32 -> TlsFields.certificateHash(CERTIFICATE_MD5, value, event);
            default -> event.text(Fields.of(PREFIX + "certificate.hash"), value);
        }
    }
}
