package jp.hinomi.ingest.decode.juniper;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Ascii;

/** Where the values go that Junos names; those without a place in ECS stay below {@code juniper.srx.} under their names. */
final class SrxPlaces {
    private static final String PREFIX = "juniper.srx.";
    private static final Field RISK = Fields.of("event.risk_score");
    private static final Field APPLICATION_RISK = Fields.of("juniper.srx.application_risk");
    private static final Set<String> NOTHING = Set.of("N/A", "None", "UNKNOWN", "unknown-user", "No ", "-", "unset");

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "protocol-id", "network.transport",
            "source-zone-name", "observer.ingress.zone",
            "source-zone", "observer.ingress.zone",
            "destination-zone-name", "observer.egress.zone",
            "destination-zone", "observer.egress.zone",
            "packet-incoming-interface", "observer.ingress.interface.name",
            "source-interface-name", "observer.ingress.interface.name",
            "interface-name", "observer.ingress.interface.name",
            "destination-interface-name", "observer.egress.interface.name",
            "packets-from-client", "source.packets",
            "bytes-from-client", "source.bytes",
            "packets-from-server", "destination.packets",
            "bytes-from-server", "destination.bytes",
            "inbound-packets", "source.packets",
            "inbound-bytes", "source.bytes",
            "outbound-packets", "destination.packets",
            "outbound-bytes", "destination.bytes",
            "reason", "event.reason",
            "message", "message",
            "error-message", "message",
            "http-host", "url.domain",
            "sample-sha256", "file.hash.sha256",
            "client-ip", "source.address",
            "source-name", "source.domain",
            "file-name", "file.name"));

    static {
        PLACES.put("source-port", port("source.port"));
        PLACES.put("destination-port", port("destination.port"));
        PLACES.put("nat-source-port", port("source.nat.port"));
        PLACES.put("nat-destination-port", port("destination.nat.port"));
        PLACES.put("source-address", Place.of("source.address").except("0.0.0.0"));
        PLACES.put("destination-address", Place.of("destination.address").except("0.0.0.0"));
        PLACES.put("nat-source-address", Place.of("source.nat.ip").except("0.0.0.0"));
        PLACES.put("nat-destination-address", Place.of("destination.nat.ip").except("0.0.0.0"));
        PLACES.put("username", Place.of("user.name").and(Place.of("source.user.name")));
        PLACES.put("application-risk", SrxPlaces::risk);
        PLACES.put("urlcategory-risk", SrxPlaces::risk);
        PLACES.put("local-address", Place.of("source.address").except("0.0.0.0"));
        PLACES.put("remote-address", Place.of("destination.address").except("0.0.0.0"));
        PLACES.put("protocol-name", Place.of("network.transport"));
        PLACES.put("protocol", Place.of("network.protocol"));
        PLACES.put("service-name", SrxPlaces::service);
        PLACES.put("application", Place.of("network.application"));
        PLACES.put("nested-application", Place.of("network.application").and(Place.of(PREFIX + "nested_application")));
        PLACES.put("application-name", Place.of("network.application"));
        PLACES.put("elapsed-time", SrxPlaces::duration);
        PLACES.put("epoch-time", Place.NOWHERE);
        PLACES.put("filename", SrxPlaces::file);
        PLACES.put("hostname", (value, event) -> event.host(Fields.SOURCE_DOMAIN, value));
        for (String elsewhere : new String[] {"url", "obj"}) {
            PLACES.put(elsewhere, Place.NOWHERE);
        }
    }

    private SrxPlaces() {}

    static void put(Map<String, String> values, EventDraft event) {
        values.forEach((name, value) -> {
            if (!NOTHING.contains(value)) {
                Place place = PLACES.get(name);
                if (place == null) {
                    event.text(Fields.of(PREFIX + name.replace('-', '_')), value);
                } else {
                    place.put(value, event);
                }
            }
        });
        sum(Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES, Fields.NETWORK_BYTES, event);
        sum(Fields.SOURCE_PACKETS, Fields.DESTINATION_PACKETS, Fields.NETWORK_PACKETS, event);
    }

    /** Zero of protocols without ports, and of what is not translated. */
    private static Place port(String name) {
        Field field = Fields.of(name);
        return (value, event) -> {
            long port = Numbers.parse(value);
            event.number(field, port <= 65_535 ? port : -1);
        };
    }

    /** -1 says that Junos knows none. */
    private static void risk(String value, EventDraft event) {
        long risk = Numbers.parse(value);
        if (risk >= 0) {
            event.put(RISK, (double) risk).text(APPLICATION_RISK, value);
        }
    }

    private static void sum(Field one, Field other, Field total, EventDraft event) {
        if (event.get(one) instanceof Long a && event.get(other) instanceof Long b) {
            event.number(total, a + b);
        }
    }

    /** {@code junos-http} is the service that Junos has of that name. */
    private static void service(String value, EventDraft event) {
        event.text(Fields.of(PREFIX + "service_name"), value);
        if (value.startsWith("junos-")) {
            event.text(Fields.NETWORK_PROTOCOL, Ascii.lower(value.substring(6)));
        }
    }

    private static void duration(String value, EventDraft event) {
        long seconds = Numbers.parse(value);
        if (seconds >= 0 && seconds < 1_000_000_000) {
            event.number(Fields.EVENT_DURATION, seconds * 1_000_000_000);
        }
    }

    private static void file(String value, EventDraft event) {
        event.text(Fields.FILE_NAME, value.substring(value.lastIndexOf('/') + 1).strip());
        event.text(Fields.of(PREFIX + "filename"), value);
    }
}
