package jp.hinomi.ingest.decode.checkpoint;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.Ascii;
import jp.hinomi.ingest.decode.text.Epoch;

/** Where the exporter's fields go; those without a place in ECS stay below {@code checkpoint.} under their names. */
final class ExporterPlaces {
    private static final String PREFIX = "checkpoint.";
    private static final Field RISK = Fields.of("event.risk_score");
    private static final Field DNS_TYPE = Fields.of("dns.type");
    private static final Field OBSERVER_IP = Fields.of("observer.ip");

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "src", "source.address",
            "dst", "destination.address",
            "s_port", "source.port",
            "sport_svc", "source.port",
            "service", "destination.port",
            "svc", "destination.port",
            "d_port", "destination.port",
            "proto", "network.transport",
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
            "malware_rule_id", "rule.id",
            "product", "observer.product",
            "ProductName", "observer.product",
            "appi_name", "network.application",
            "app_name", "network.application",
            "dst_user_name", "destination.user.name",
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
            "description", "message",
            "message_info", "message",
            "message", "message",
            "usercheck_incident_uid", "destination.user.id",
            "service_name", "destination.service.name",
            "file_id", "file.inode",
            "web_client_type", "user_agent.name",
            "os_name", "host.os.name",
            "os_version", "host.os.version",
            "dns_query", "dns.question.name",
            "dns_type", "dns.question.type",
            "domain_name", "dns.question.name",
            "tid", "dns.id",
            "user_group", "group.name",
            "bcc", "email.bcc.address",
            "cc", "email.cc.address",
            "email_queue_id", "email.local_id",
            "operation_number", "event.code",
            "packet_capture", "event.url",
            "dlp_file_name", "file.name",
            "client_outbound_interface", "observer.egress.interface.name",
            "mac_address", "observer.mac",
            "update_version", "observer.version",
            "process_name", "process.name",
            "process_md5", "process.hash.md5",
            "parent_process_name", "process.parent.name",
            "parent_process_md5", "process.parent.hash.md5",
            "destination_dns_hostname", "destination.domain",
            "smartdefence_profile", "rule.ruleset",
            "industry_reference", "vulnerability.id",
            "vlan", "network.vlan.id"));

    /** Names of one thing by blade, the more exact first: a later one stands only where none before it did. */
    private static final String[] OTHERWISE = {
        "sent_byte", "source.bytes",
        "client_outbound_bytes", "source.bytes",
        "server_outbound_bytes", "destination.bytes",
        "client_outbound_packets", "source.packets",
        "server_outbound_packets", "destination.packets",
        "mime_from", "email.from.address",
        "mime_to", "email.to.address",
        "protection_id", "rule.id",
        "app_rule_id", "rule.id",
        "rule", "rule.id",
        "protection_name", "rule.name",
        "objectname", "rule.name",
        "malware_rule_name", "rule.name",
        "app_rule_name", "rule.name",
        "dlp_rule_name", "rule.name",
        "dlp_rule_uid", "rule.uuid",
        "matched_category", "rule.category",
        "categories", "rule.category",
        "policy", "rule.ruleset",
        "security_inzone", "observer.ingress.zone",
        "security_outzone", "observer.egress.zone",
        "url", "url.original",
        "reason", "message",
        "subject", "message"
    };

    static {
        Place named = Place.of("user.name").and(Place.of("source.user.name"));
        Place person = (value, event) -> named.put(value.strip(), event);
        PLACES.put("user", person);
        PLACES.put("administrator", person);
        PLACES.put("src_user_name", person);
        PLACES.put("uid", Place.of("user.id").and(Place.of("source.user.id")));
        PLACES.put("src_user_group", Place.of("user.group.name").and(Place.of("source.user.group.name")));
        PLACES.put("rule_name", several("rule.name"));
        PLACES.put("rule_uid", several("rule.uuid"));
        PLACES.put("layer_name", several("network.name"));
        PLACES.put("reason", Place.of("event.reason"));
        PLACES.put("lastupdatetime", (value, event) -> time(Fields.EVENT_END, value, event));
        PLACES.put("origin_ip", ExporterPlaces::observer);
        PLACES.put("service_id", Place.of("network.protocol").and(ExporterPlaces::application));
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
        PLACES.put("origin", Place.of("observer.name"));
        PLACES.put("client_ip", ExporterPlaces::client);
        PLACES.put("subject", Place.of(PREFIX + "subject"));
        PLACES.put("protection_name", Place.of(PREFIX + "protection_name"));
        PLACES.put("protection_id", Place.of(PREFIX + "protection_id"));
        PLACES.put("elapsed", ExporterPlaces::duration);
        PLACES.put("duration", ExporterPlaces::duration);
        PLACES.put("start_time", (value, event) -> time(Fields.EVENT_START, value, event));
        PLACES.put("first_detection", (value, event) -> time(Fields.EVENT_START, value, event));
        PLACES.put("last_detection", (value, event) -> time(Fields.EVENT_END, value, event));
        PLACES.put("app_risk", ExporterPlaces::risk);
        PLACES.put("dns_message_type", ExporterPlaces::message);
        PLACES.put("sequencenum", Place.of("event.sequence").and(Place.of(PREFIX + "sequencenum")));
        PLACES.put("malware_action", Place.of("rule.description").and(Place.of(PREFIX + "malware_action")));
        for (int i = 0; i < OTHERWISE.length; i += 2) {
            PLACES.putIfAbsent(OTHERWISE[i], Place.NOWHERE);
        }
        for (String elsewhere : new String[] {
            "time", "ifname", "ifdir", "severity", "action", "__nsons", "__p_dport", "__pos", "endpoint_ip"
        }) {
            PLACES.put(elsewhere, Place.NOWHERE);
        }
    }

    private static final Map<String, Place> OTHERS = new HashMap<>();

    static {
        for (int i = 0; i < OTHERWISE.length; i += 2) {
            OTHERS.putIfAbsent(OTHERWISE[i + 1], Place.of(OTHERWISE[i + 1]));
            OTHERS.put(PREFIX + OTHERWISE[i], Place.of(PREFIX + OTHERWISE[i]));
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
        for (int i = 0; i < OTHERWISE.length; i += 2) {
            String value = values.get(OTHERWISE[i]);
            if (value != null) {
                boolean free = event.get(Fields.of(OTHERWISE[i + 1])) == null;
                String field = free ? OTHERWISE[i + 1] : PREFIX + OTHERWISE[i];
                OTHERS.get(field).put(value, event);
            }
        }
        String way = values.get("ifdir");
        Field side = "outbound".equals(way) ? Fields.OBSERVER_EGRESS_INTERFACE : Fields.OBSERVER_INGRESS_INTERFACE;
        event.text(side, event.get(side) == null ? values.get("ifname") : null);
        if (event.get(OBSERVER_IP) == null) {
            observer(values.getOrDefault("endpoint_ip", values.get("origin")), event);
        }
        total(Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES, Fields.NETWORK_BYTES, event);
        total(Fields.SOURCE_PACKETS, Fields.DESTINATION_PACKETS, Fields.NETWORK_PACKETS, event);
    }

    /** The service, where the blades name no application. */
    private static void application(String service, EventDraft event) {
        if (event.get(Fields.NETWORK_APPLICATION) == null) {
            event.text(Fields.NETWORK_APPLICATION, Ascii.lower(service));
        }
    }

    private static void total(Field one, Field other, Field total, EventDraft event) {
        if (event.get(total) == null && event.get(one) instanceof Long a && event.get(other) instanceof Long b) {
            event.number(total, a + b);
        }
    }

    /** What may be there once for each layer of the policy. */
    private static Place several(String name) {
        Field field = Fields.of(name);
        return (value, event) -> {
            boolean one = value.indexOf(ExporterPairs.FURTHER) < 0;
            event.put(field, one ? value : List.of(value.split(Character.toString(ExporterPairs.FURTHER))));
        };
    }

    /** The address of the gateway that the log is from, which is none of what the log is about. */
    private static void observer(String value, EventDraft event) {
        event.text(OBSERVER_IP, Addresses.canonical(value));
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

    private static void time(Field field, String value, EventDraft event) {
        long millis = Epoch.millis(value);
        if (millis != Epoch.NONE) {
            event.text(field, Instant.ofEpochMilli(millis).toString());
        }
    }

    /** From 0, unknown, to 5, critical. */
    private static void risk(String value, EventDraft event) {
        long risk = Numbers.parse(value);
        if (risk >= 0 && risk <= 5) {
            event.put(RISK, (double) risk);
        }
    }

    private static void message(String value, EventDraft event) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "query" -> event.put(DNS_TYPE, "query");
            case "response" -> event.put(DNS_TYPE, "answer");
            default -> event.text(Fields.of(PREFIX + "dns_message_type"), value);
        }
    }
}
