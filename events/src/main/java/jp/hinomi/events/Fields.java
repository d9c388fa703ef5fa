package jp.hinomi.events;

import static jp.hinomi.events.Field.Type.ADDRESS;
import static jp.hinomi.events.Field.Type.DOUBLE;
import static jp.hinomi.events.Field.Type.FLAG;
import static jp.hinomi.events.Field.Type.LONG;
import static jp.hinomi.events.Field.Type.TEXT;
import static jp.hinomi.events.Field.Type.TIME;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The dictionary of fields that events keep in slots: the ECS 8.17 fields that our decoders fill and rules ask for, and
 * Hinomi's own {@code city.*} and {@code clock.*}.
 *
 * <p>The order of declaration is the slot number and part of the serialised form of state: append, never reorder.
 */
public final class Fields {
    private static final List<Field> DICTIONARY = new ArrayList<>();
    private static final Map<String, Field> BY_NAME = new HashMap<>();

    public static final Field EVENT_ORIGINAL = define("event.original", TEXT);
    public static final Field EVENT_KIND = define("event.kind", TEXT);
    public static final Field EVENT_CATEGORY = define("event.category", TEXT);
    public static final Field EVENT_TYPE = define("event.type", TEXT);
    public static final Field EVENT_ACTION = define("event.action", TEXT);
    public static final Field EVENT_OUTCOME = define("event.outcome", TEXT);
    public static final Field EVENT_MODULE = define("event.module", TEXT);
    public static final Field EVENT_DATASET = define("event.dataset", TEXT);
    public static final Field EVENT_CODE = define("event.code", TEXT);
    public static final Field EVENT_SEVERITY = define("event.severity", LONG);
    public static final Field EVENT_REASON = define("event.reason", TEXT);
    public static final Field EVENT_DURATION = define("event.duration", LONG);
    public static final Field EVENT_START = define("event.start", TIME);
    public static final Field EVENT_END = define("event.end", TIME);
    public static final Field EVENT_PROVIDER = define("event.provider", TEXT);
    public static final Field MESSAGE = define("message", TEXT);
    public static final Field TAGS = define("tags", TEXT);
    public static final Field SOURCE_IP = define("source.ip", ADDRESS);
    public static final Field SOURCE_PORT = define("source.port", LONG);
    public static final Field SOURCE_ADDRESS = define("source.address", TEXT);
    public static final Field SOURCE_DOMAIN = define("source.domain", TEXT);
    public static final Field SOURCE_MAC = define("source.mac", TEXT);
    public static final Field SOURCE_BYTES = define("source.bytes", LONG);
    public static final Field SOURCE_PACKETS = define("source.packets", LONG);
    public static final Field SOURCE_NAT_IP = define("source.nat.ip", ADDRESS);
    public static final Field SOURCE_NAT_PORT = define("source.nat.port", LONG);
    public static final Field SOURCE_USER_NAME = define("source.user.name", TEXT);
    public static final Field SOURCE_GEO_COUNTRY = define("source.geo.country_iso_code", TEXT);
    public static final Field DESTINATION_IP = define("destination.ip", ADDRESS);
    public static final Field DESTINATION_PORT = define("destination.port", LONG);
    public static final Field DESTINATION_ADDRESS = define("destination.address", TEXT);
    public static final Field DESTINATION_DOMAIN = define("destination.domain", TEXT);
    public static final Field DESTINATION_MAC = define("destination.mac", TEXT);
    public static final Field DESTINATION_BYTES = define("destination.bytes", LONG);
    public static final Field DESTINATION_PACKETS = define("destination.packets", LONG);
    public static final Field DESTINATION_NAT_IP = define("destination.nat.ip", ADDRESS);
    public static final Field DESTINATION_NAT_PORT = define("destination.nat.port", LONG);
    public static final Field DESTINATION_GEO_COUNTRY = define("destination.geo.country_iso_code", TEXT);
    public static final Field CLIENT_IP = define("client.ip", ADDRESS);
    public static final Field SERVER_IP = define("server.ip", ADDRESS);
    public static final Field USER_NAME = define("user.name", TEXT);
    public static final Field USER_DOMAIN = define("user.domain", TEXT);
    public static final Field USER_ID = define("user.id", TEXT);
    public static final Field USER_EFFECTIVE_NAME = define("user.effective.name", TEXT);
    public static final Field USER_TARGET_NAME = define("user.target.name", TEXT);
    public static final Field HOST_NAME = define("host.name", TEXT);
    public static final Field HOST_HOSTNAME = define("host.hostname", TEXT);
    public static final Field HOST_IP = define("host.ip", ADDRESS);
    public static final Field HOST_ID = define("host.id", TEXT);
    public static final Field URL_ORIGINAL = define("url.original", TEXT);
    public static final Field URL_FULL = define("url.full", TEXT);
    public static final Field URL_SCHEME = define("url.scheme", TEXT);
    public static final Field URL_DOMAIN = define("url.domain", TEXT);
    public static final Field URL_PORT = define("url.port", LONG);
    public static final Field URL_PATH = define("url.path", TEXT);
    public static final Field URL_QUERY = define("url.query", TEXT);
    public static final Field URL_EXTENSION = define("url.extension", TEXT);
    public static final Field HTTP_REQUEST_METHOD = define("http.request.method", TEXT);
    public static final Field HTTP_REQUEST_REFERRER = define("http.request.referrer", TEXT);
    public static final Field HTTP_REQUEST_BYTES = define("http.request.bytes", LONG);
    public static final Field HTTP_REQUEST_ID = define("http.request.id", TEXT);
    public static final Field HTTP_RESPONSE_STATUS_CODE = define("http.response.status_code", LONG);
    public static final Field HTTP_RESPONSE_BODY_BYTES = define("http.response.body.bytes", LONG);
    public static final Field HTTP_RESPONSE_BYTES = define("http.response.bytes", LONG);
    public static final Field HTTP_RESPONSE_MIME_TYPE = define("http.response.mime_type", TEXT);
    public static final Field HTTP_VERSION = define("http.version", TEXT);
    public static final Field USER_AGENT_ORIGINAL = define("user_agent.original", TEXT);
    public static final Field RULE_ID = define("rule.id", TEXT);
    public static final Field RULE_NAME = define("rule.name", TEXT);
    public static final Field RULE_CATEGORY = define("rule.category", TEXT);
    public static final Field RULE_RULESET = define("rule.ruleset", TEXT);
    public static final Field RULE_UUID = define("rule.uuid", TEXT);
    public static final Field RULE_VERSION = define("rule.version", TEXT);
    public static final Field NETWORK_TRANSPORT = define("network.transport", TEXT);
    public static final Field NETWORK_PROTOCOL = define("network.protocol", TEXT);
    public static final Field NETWORK_TYPE = define("network.type", TEXT);
    public static final Field NETWORK_DIRECTION = define("network.direction", TEXT);
    public static final Field NETWORK_APPLICATION = define("network.application", TEXT);
    public static final Field NETWORK_BYTES = define("network.bytes", LONG);
    public static final Field NETWORK_PACKETS = define("network.packets", LONG);
    public static final Field NETWORK_COMMUNITY_ID = define("network.community_id", TEXT);
    public static final Field NETWORK_IANA_NUMBER = define("network.iana_number", TEXT);
    public static final Field NETWORK_VLAN_ID = define("network.vlan.id", TEXT);
    public static final Field DNS_QUESTION_NAME = define("dns.question.name", TEXT);
    public static final Field DNS_QUESTION_TYPE = define("dns.question.type", TEXT);
    public static final Field DNS_RESPONSE_CODE = define("dns.response_code", TEXT);
    public static final Field DNS_RESOLVED_IP = define("dns.resolved_ip", ADDRESS);
    public static final Field DNS_TYPE = define("dns.type", TEXT);
    public static final Field DNS_ID = define("dns.id", TEXT);
    public static final Field TLS_VERSION = define("tls.version", TEXT);
    public static final Field TLS_CLIENT_SERVER_NAME = define("tls.client.server_name", TEXT);
    public static final Field TLS_CLIENT_JA3 = define("tls.client.ja3", TEXT);
    public static final Field TLS_SERVER_SUBJECT = define("tls.server.subject", TEXT);
    public static final Field TLS_SERVER_ISSUER = define("tls.server.issuer", TEXT);
    public static final Field PROCESS_NAME = define("process.name", TEXT);
    public static final Field PROCESS_PID = define("process.pid", LONG);
    public static final Field PROCESS_EXECUTABLE = define("process.executable", TEXT);
    public static final Field PROCESS_COMMAND_LINE = define("process.command_line", TEXT);
    public static final Field PROCESS_PARENT_EXECUTABLE = define("process.parent.executable", TEXT);
    public static final Field PROCESS_PARENT_COMMAND_LINE = define("process.parent.command_line", TEXT);
    public static final Field FILE_PATH = define("file.path", TEXT);
    public static final Field FILE_NAME = define("file.name", TEXT);
    public static final Field FILE_SIZE = define("file.size", LONG);
    public static final Field FILE_HASH_SHA256 = define("file.hash.sha256", TEXT);
    public static final Field FILE_HASH_MD5 = define("file.hash.md5", TEXT);
    public static final Field OBSERVER_NAME = define("observer.name", TEXT);
    public static final Field OBSERVER_VENDOR = define("observer.vendor", TEXT);
    public static final Field OBSERVER_PRODUCT = define("observer.product", TEXT);
    public static final Field OBSERVER_TYPE = define("observer.type", TEXT);
    public static final Field OBSERVER_SERIAL_NUMBER = define("observer.serial_number", TEXT);
    public static final Field OBSERVER_INGRESS_INTERFACE = define("observer.ingress.interface.name", TEXT);
    public static final Field OBSERVER_EGRESS_INTERFACE = define("observer.egress.interface.name", TEXT);
    public static final Field SERVICE_NAME = define("service.name", TEXT);
    public static final Field RELATED_IP = define("related.ip", ADDRESS);
    public static final Field RELATED_USER = define("related.user", TEXT);
    public static final Field RELATED_HOSTS = define("related.hosts", TEXT);
    public static final Field LOG_SYSLOG_PRIORITY = define("log.syslog.priority", LONG);
    public static final Field CITY_SOURCE = define("city.source", TEXT);
    public static final Field CITY_LAYER = define("city.layer", TEXT);
    public static final Field CITY_RESOURCE = define("city.resource", TEXT);
    public static final Field CITY_STAKEHOLDER = define("city.stakeholder", TEXT);
    public static final Field CITY_DATA_CLASS = define("city.data_class", TEXT);
    public static final Field CLOCK_OFFSET_MS = define("clock.offset_ms", LONG);
    public static final Field CLOCK_SUSPECT = define("clock.suspect", FLAG);
    public static final Field EVENT_RISK_SCORE = define("event.risk_score", DOUBLE);

    /** How many slots an event can have: the width of its presence mask. */
    static final int SLOTS = 128;

    static {
        if (DICTIONARY.size() > SLOTS) {
            throw new ExceptionInInitializerError(
                    DICTIONARY.size() + " fields do not fit into " + SLOTS + " slots: make a rare one an extra field");
        }
    }

    private Fields() {}

    /** The field of that name: with a slot if the dictionary has it, an extra field otherwise. */
    public static Field of(String name) {
        Field known = BY_NAME.get(name);
        return known != null ? known : new Field(name, TEXT, Field.NO_SLOT);
    }

    /** All fields that have a slot, in slot order. Unmodifiable. */
    public static Collection<Field> dictionary() {
        return Collections.unmodifiableList(DICTIONARY);
    }

    static Field atSlot(int slot) {
        return DICTIONARY.get(slot);
    }

    private static Field define(String name, Field.Type type) {
        Field field = new Field(name, type, DICTIONARY.size());
        DICTIONARY.add(field);
        BY_NAME.put(name, field);
        return field;
    }
}
