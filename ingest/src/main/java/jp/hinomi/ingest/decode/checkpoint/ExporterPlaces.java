package jp.hinomi.ingest.decode.checkpoint;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Epoch;

/** Where the exporter's fields go; those without a place in ECS stay below {@code checkpoint.} under their names. */
final class ExporterPlaces {
    private static final String PREFIX = "checkpoint.";

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "src", "source.address",
            "dst", "destination.address",
            "s_port", "source.port",
            "sport_svc", "source.port",
            "service", "destination.port",
            "svc", "destination.port",
            "d_port", "destination.port",
            "proto", "network.transport",
            "service_id", "network.protocol",
            "xlatesport", "source.nat.port",
            "xlatesport_svc", "source.nat.port",
            "xlatedport", "destination.nat.port",
            "xlatedport_svc", "destination.nat.port",
            "mac_source_address", "source.mac",
            "mac_destination_address", "destination.mac",
            "inzone", "observer.ingress.zone",
            "outzone", "observer.egress.zone",
            "client_inbound_interface", "observer.ingress.interface.name",
            "server_outbound_interface", "observer.egress.interface.name",
            "bytes", "network.bytes",
            "packets", "network.packets",
            "client_inbound_bytes", "source.bytes",
            "sent_bytes", "source.bytes",
            "client_inbound_packets", "source.packets",
            "server_inbound_bytes", "destination.bytes",
            "received_bytes", "destination.bytes",
            "server_inbound_packets", "destination.packets",
            "rule", "rule.id",
            "rule_name", "rule.name",
            "rule_uid", "rule.uuid",
            "product", "observer.product",
            "ProductName", "observer.product",
            "appi_name", "network.application",
            "app_name", "network.application",
            "user", "user.name",
            "administrator", "user.name",
            "src_user_name", "source.user.name",
            "dst_user_name", "destination.user.name",
            "src_user_group", "user.group.name",
            "resource", "url.original",
            "http_host", "url.domain",
            "method", "http.request.method",
            "user_agent", "user_agent.original",
            "referrer", "http.request.referrer",
            "file_name", "file.name",
            "file_size", "file.size",
            "file_type", "file.type",
            "file_md5", "file.hash.md5",
            "file_sha1", "file.hash.sha1",
            "file_sha256", "file.hash.sha256",
            "from", "email.from.address",
            "to", "email.to.address",
            "email_subject", "email.subject",
            "email_message_id", "email.message_id",
            "reason", "event.reason",
            "description", "message",
            "message_info", "message",
            "os_name", "host.os.name",
            "os_version", "host.os.version",
            "domain", "dns.question.name",
            "dns_query", "dns.question.name",
            "dns_type", "dns.question.type",
            "sequencenum", PREFIX + "sequencenum",
            "vlan", "network.vlan.id"));

    static {
        PLACES.put("xlatesrc", Place.of("source.nat.ip").except("0.0.0.0"));
        PLACES.put("xlatedst", Place.of("destination.nat.ip").except("0.0.0.0"));
        PLACES.put(
                "src_machine_name",
                Place.of(PREFIX + "src_machine_name")
                        .and((value, event) -> machine(Fields.SOURCE_DOMAIN, value, event)));
        PLACES.put(
                "dst_machine_name",
                Place.of(PREFIX + "dst_machine_name")
                        .and((value, event) -> machine(Fields.DESTINATION_DOMAIN, value, event)));
        PLACES.put("origin", ExporterPlaces::origin);
        PLACES.put("client_ip", ExporterPlaces::client);
        PLACES.put("protection_name", Place.of("rule.name").and(Place.of(PREFIX + "protection_name")));
        PLACES.put("protection_id", Place.of("rule.id").and(Place.of(PREFIX + "protection_id")));
        PLACES.put("elapsed", ExporterPlaces::duration);
        PLACES.put("duration", ExporterPlaces::duration);
        PLACES.put("start_time", ExporterPlaces::start);
        for (String elsewhere :
                new String[] {"time", "ifname", "ifdir", "severity", "action", "__nsons", "__p_dport", "__pos"}) {
            PLACES.put(elsewhere, Place.NOWHERE);
        }
    }

    private ExporterPlaces() {}

    static void put(Map<String, String> values, EventDraft event) {
        values.forEach((name, value) -> {
            Place place = PLACES.get(name);
            if (place == null) {
                event.text(Fields.of(PREFIX + (name.startsWith("__") ? name.substring(2) : name)), value);
            } else {
                place.put(value, event);
            }
        });
        String way = values.get("ifdir");
        Field side = "outbound".equals(way) ? Fields.OBSERVER_EGRESS_INTERFACE : Fields.OBSERVER_INGRESS_INTERFACE;
        event.text(side, values.get("ifname"));
        total(Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES, Fields.NETWORK_BYTES, event);
    }

    private static void total(Field one, Field other, Field total, EventDraft event) {
        if (event.get(total) == null && event.get(one) instanceof Long a && event.get(other) instanceof Long b) {
            event.number(total, a + b);
        }
    }

    /** The gateway that the log is from, which may not be the sender. */
    private static void origin(String value, EventDraft event) {
        if (event.ip(Fields.of("observer.ip"), value) == null) {
            event.text(Fields.OBSERVER_NAME, value);
        }
    }

    /** {@code pc-7@city.example}: machine and domain. */
    private static void machine(Field field, String value, EventDraft event) {
        event.host(field, value.replace('@', '.'));
    }

    private static void client(String value, EventDraft event) {
        event.ip(Fields.of(PREFIX + "client_ip"), value);
        if (event.get(Fields.SOURCE_IP) == null) {
            event.source(value);
        }
    }

    private static void duration(String value, EventDraft event) {
        long seconds = Numbers.parse(value);
        if (seconds >= 0 && seconds < 1_000_000_000) {
            event.number(Fields.EVENT_DURATION, seconds * 1_000_000_000);
        }
    }

    private static void start(String value, EventDraft event) {
        long millis = Epoch.millis(value);
        if (millis != Epoch.NONE) {
            event.text(
                    Fields.EVENT_START, java.time.Instant.ofEpochMilli(millis).toString());
        }
    }
}
