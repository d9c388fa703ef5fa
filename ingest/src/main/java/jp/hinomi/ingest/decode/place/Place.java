package jp.hinomi.ingest.decode.place;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.EcsField;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * Where one value of a record goes in the event, in the form that ECS has there; a value that cannot be of that form is
 * left out, as {@code event.original} keeps it. Immutable and thread-safe.
 */
@FunctionalInterface
public interface Place {
    /** Of values that are read elsewhere or say nothing. */
    Place NOWHERE = (value, event) -> {};

    void put(String value, EventDraft event);

    default Place and(Place other) {
        return (value, event) -> {
            put(value, event);
            other.put(value, event);
        };
    }

    /** Unless the value is one of these, with which a device says that it has none. */
    default Place except(String... nothing) {
        Set<String> none = Set.of(nothing);
        return (value, event) -> {
            if (!none.contains(value)) {
                put(value, event);
            }
        };
    }

    /**
     * The place of an ECS field, or of a field of the vendor's own, which is text. Some bring others with them: {@code
     * source.address} its ip or domain, {@code user.name} its domain, {@code url.original} its parts, {@code
     * network.transport} its number.
     */
    static Place of(String name) {
        Field field = Fields.of(name);
        switch (name) {
            case "source.address":
                return (value, event) -> event.source(value);
            case "destination.address":
                return (value, event) -> event.destination(value);
            case "user.name":
                return (value, event) -> event.user(value);
            case "source.user.name", "destination.user.name", "user.target.name":
                Field domain = Fields.of(name.replace(".name", ".domain"));
                return (value, event) -> event.user(field, domain, value);
            case "host.name":
                return (value, event) -> event.hostName(value);
            case "url.original":
                return (value, event) -> event.url(value);
            case "network.transport":
                return (value, event) -> NetworkFields.transport(value, event);
            case "network.application", "network.protocol":
                return (value, event) -> event.text(field, value.toLowerCase(Locale.ROOT));
            default:
                return typed(name, field);
        }
    }

    private static Place typed(String name, Field field) {
        if (name.contains(".hash.")) {
            return (value, event) -> event.hash(field, value);
        }
        if (name.endsWith(".mac")) {
            return (value, event) -> event.mac(field, value);
        }
        if (name.endsWith(".domain") && !name.contains("user") || name.equals("dns.question.name")) {
            return (value, event) -> event.host(field, value);
        }
        String type = EcsCatalogue.get().field(name).map(EcsField::type).orElse("keyword");
        return switch (type) {
            case "ip" -> (value, event) -> event.ip(field, value);
            case "long" ->
                name.endsWith(".port")
                        ? (value, event) -> port(field, value, event)
                        : (value, event) -> event.number(field, Numbers.parse(value));
            case "keyword", "wildcard", "match_only_text" -> (value, event) -> event.text(field, value);
            default -> throw new IllegalArgumentException(name + " is of the type " + type + ": write its place out");
        };
    }

    /** Devices write 0 for no port. */
    private static void port(Field field, String value, EventDraft event) {
        long port = Numbers.parse(value);
        if (port > 0 && port <= 65_535) {
            event.number(field, port);
        }
    }

    /** @param pairs the record's own name of a value and the field that it goes to, in turn */
    static Map<String, Place> table(String... pairs) {
        Map<String, Place> table = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (table.put(pairs[i], of(pairs[i + 1])) != null) {
                throw new IllegalArgumentException("two places for " + pairs[i]);
            }
        }
        return table;
    }
}
