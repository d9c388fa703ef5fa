package jp.hinomi.alerting.incident.join;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;

/** What an alert names. Names that everybody uses are no names. Stateless. */
public final class Mentions {
    /** Of one alert; what the rule grouped by comes first. */
    static final int MOST = 40;

    private static final Map<String, Entity.Kind> FIELDS = Map.ofEntries(
            Map.entry("user.name", Entity.Kind.USER),
            Map.entry("source.user.name", Entity.Kind.USER),
            Map.entry("user.target.name", Entity.Kind.USER),
            Map.entry("user.effective.name", Entity.Kind.USER),
            Map.entry("host.name", Entity.Kind.HOST),
            Map.entry("host.hostname", Entity.Kind.HOST),
            Map.entry("source.ip", Entity.Kind.ADDRESS),
            Map.entry("client.ip", Entity.Kind.ADDRESS),
            Map.entry("destination.ip", Entity.Kind.ADDRESS),
            Map.entry("host.id", Entity.Kind.DEVICE),
            Map.entry("device.id", Entity.Kind.DEVICE),
            Map.entry("source.mac", Entity.Kind.DEVICE));

    /** Accounts that exist everywhere: two alerts about root are about two roots. */
    private static final Set<String> EVERYBODY = Set.of(
            "root",
            "admin",
            "administrator",
            "system",
            "guest",
            "anonymous",
            "nobody",
            "daemon",
            "test",
            "user",
            "ubuntu",
            "ec2-user",
            "postgres",
            "mysql",
            "oracle",
            "www-data",
            "apache",
            "nginx",
            "local service",
            "network service",
            "anonymous logon",
            "none",
            "null",
            "unknown",
            "(unknown)",
            "-",
            "n/a",
            "localhost",
            "localhost.localdomain");

    private Mentions() {}

    /** In a fixed order: what the rule grouped by, what the evidence names, resources. */
    public static List<Mention> of(Alert alert) {
        Map<Entity, Integer> counts = new LinkedHashMap<>();
        alert.group()
                .forEach((field, value) ->
                        entity(field, value).ifPresent(entity -> counts.put(entity, Integer.MAX_VALUE)));
        int events = alert.evidence().size();
        for (Alert.Evidence piece : alert.evidence()) {
            for (Entity entity : of(piece.event())) {
                counts.merge(entity, 1, (had, one) -> had == Integer.MAX_VALUE ? had : had + one);
            }
        }
        List<Mention> mentions = new ArrayList<>();
        counts.forEach((entity, count) -> mentions.add(new Mention(entity, count >= events)));
        alert.resources().stream()
                // Whoever only saw it happen is not concerned.
                .filter(resource -> resource.part() != Alert.Part.OBSERVER)
                .map(Alert.AffectedResource::id)
                .map(id -> VisibleText.plain(id, Entity.LONGEST + 1))
                .filter(id -> !id.isEmpty() && id.length() <= Entity.LONGEST)
                .distinct()
                .forEach(id -> mentions.add(new Mention(new Entity(Entity.Kind.RESOURCE, id), true)));
        return List.copyOf(mentions.size() > MOST ? mentions.subList(0, MOST) : mentions);
    }

    private static Set<Entity> of(SecurityEvent event) {
        Set<Entity> found = new LinkedHashSet<>();
        event.forEach((field, value) -> {
            if (FIELDS.containsKey(field)) {
                List<?> values = value instanceof List<?> list ? list : List.of(value);
                values.forEach(one -> entity(field, String.valueOf(one)).ifPresent(found::add));
            }
        });
        return found;
    }

    private static Optional<Entity> entity(String field, String value) {
        Entity.Kind kind = FIELDS.get(field);
        if (kind == null) {
            return Optional.empty();
        }
        String name = kind == Entity.Kind.ADDRESS ? address(value) : name(kind, value);
        return name.isEmpty() || name.length() > Entity.LONGEST || EVERYBODY.contains(name)
                ? Optional.empty()
                : Optional.of(new Entity(kind, name));
    }

    private static String name(Entity.Kind kind, String value) {
        String name = VisibleText.plain(value, Entity.LONGEST + 1).strip().toLowerCase(Locale.ROOT);
        if (kind == Entity.Kind.USER) {
            // MINATO\alice and alice are one person.
            name = name.substring(name.lastIndexOf('\\') + 1);
        }
        return kind == Entity.Kind.HOST && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** As it is written canonically; empty if it is none, or one that every machine has. */
    private static String address(String value) {
        IPAddress address = new IPAddressString(value).getAddress();
        return address == null
                        || address.isMultiple()
                        || address.isLoopback()
                        || address.isUnspecified()
                        || address.isLinkLocal()
                        || address.isMulticast()
                ? ""
                : address.toCanonicalString();
    }
}
