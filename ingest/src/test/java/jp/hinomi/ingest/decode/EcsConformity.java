package jp.hinomi.ingest.decode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.EcsField;
import jp.hinomi.events.ecs.OwnFields;
import jp.hinomi.ingest.decode.text.Addresses;

/** What is wrong with an event by the Elastic Common Schema: names, types, arrays, and the values of the classification. */
final class EcsConformity {
    private static final EcsCatalogue ECS = EcsCatalogue.get();

    private EcsConformity() {}

    /** @return empty if nothing is */
    static List<String> faults(SecurityEvent event) {
        List<String> faults = new ArrayList<>();
        event.forEach((name, value) -> field(name, value, faults));
        for (String name : List.of("event.kind", "event.category", "event.type", "event.outcome")) {
            Set<String> allowed = ECS.values(name);
            values(event, name).stream()
                    .filter(value -> !allowed.contains(value))
                    .forEach(value -> faults.add(name + ": '" + value + "' is none of " + allowed));
        }
        pairing(event, faults);
        return faults;
    }

    /** Every type has to be one that a category of the event may have. */
    private static void pairing(SecurityEvent event, List<String> faults) {
        Set<String> allowed = new TreeSet<>();
        Collection<String> categories = values(event, "event.category");
        categories.forEach(category -> allowed.addAll(ECS.typesOf(category)));
        if (!categories.isEmpty()) {
            values(event, "event.type").stream()
                    .filter(type -> !allowed.contains(type))
                    .forEach(type -> faults.add("event.type: '" + type + "' cannot stand beside " + categories
                            + ", which allow " + allowed));
        }
    }

    private static void field(String name, Object value, List<String> faults) {
        EcsField field = ECS.field(name).orElse(null);
        if (field == null) {
            if (ECS.claims(name) && !ECS.allows(name)) {
                faults.add(name + ": ECS " + EcsCatalogue.VERSION
                        + " has no such field; use the right one, or one under the vendor's prefix");
            } else if (!ECS.allows(name) && !OwnFields.allows(name)) {
                faults.add(name
                        + ": neither of ECS nor under a word of own.csv, so rules that ask for it are warned about");
            }
            return;
        }
        if (value instanceof List<?> && ECS.isSingle(name)) {
            faults.add(name + ": holds " + value + ", and by ECS one value");
        }
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            if (!fits(field.type(), one)) {
                faults.add(name + ": '" + one + "' (" + one.getClass().getSimpleName() + ") is no " + field.type());
            }
        }
    }

    private static boolean fits(String type, Object value) {
        return switch (type) {
            case "keyword", "wildcard", "match_only_text", "constant_keyword" -> value instanceof String;
            case "long" -> value instanceof Long;
            case "float", "scaled_float" -> value instanceof Double || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "ip" -> value instanceof String text && text.equals(Addresses.canonical(text));
            case "date" -> value instanceof String text && isTime(text);
            case "object", "flattened", "nested", "geo_point" -> true;
            default -> throw new IllegalStateException("a type that this check does not know: " + type);
        };
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Collection<String> values(SecurityEvent event, String field) {
        Object value = event.get(Fields.of(field));
        return value == null
                ? List.of()
                : (value instanceof List<?> list ? list : List.of(value))
                        .stream().map(Object::toString).toList();
    }
}
