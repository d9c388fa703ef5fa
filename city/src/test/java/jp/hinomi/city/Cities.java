package jp.hinomi.city;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;

/** Cities in memory that have only what resolving needs. */
final class Cities {
    private Cities() {}

    static City of(List<Resource> resources, List<Source> sources) {
        Map<Severity, Map<Criticality, Severity>> cells = new EnumMap<>(Severity.class);
        for (Severity level : Severity.values()) {
            cells.put(level, new EnumMap<>(Criticality.class));
            for (Criticality criticality : Criticality.values()) {
                cells.get(level).put(criticality, level);
            }
        }
        return new City(
                "test",
                Map.of("en", "Test"),
                ZoneOffset.UTC,
                Map.of(),
                City.byId(resources, Resource::id),
                List.of(),
                Map.of(),
                City.byId(sources, Source::id),
                new SeverityMatrix(cells),
                Map.of(),
                List.of(),
                Map.of(),
                Notification.standard(),
                List.of(),
                Map.of(),
                Map.of());
    }

    /** @param selectors {@code cidr=10.0.0.0/8 host=*.a.example.jp …} */
    static Resource resource(String id, String selectors) {
        List<Selector> parsed = new ArrayList<>();
        for (String selector : selectors.isEmpty() ? new String[0] : selectors.split(" ")) {
            String[] parts = selector.split("=", 2);
            for (Selector.Kind kind : Selector.Kind.values()) {
                if (kind.word().equals(parts[0])) {
                    parsed.add(new Selector(kind, parts[1]));
                }
            }
        }
        return new Resource(id, Map.of("en", id), Layer.SERVICE, Criticality.MEDIUM, parsed);
    }

    static Source source(String id, String topic, String resource) {
        return new Source(
                id,
                topic,
                "nginx",
                ZoneOffset.UTC,
                StandardCharsets.UTF_8,
                Optional.empty(),
                Optional.ofNullable(resource),
                List.of());
    }
}
