package jp.hinomi.alerting.suppress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.City;

/** Which escalations the responsibilities for a resource name: looked up per notice, so found once per map. Thread-safe. */
final class NamedEscalations {
    private record Found(City city, Map<String, Set<String>> byResource) {}

    private volatile Found found;

    Map<String, Set<String>> of(City city) {
        Found known = found;
        if (known == null || known.city() != city) {
            Map<String, Set<String>> named = new HashMap<>();
            city.responsibilities()
                    .forEach(entry -> entry.escalation()
                            .ifPresent(id -> named.computeIfAbsent(entry.resource(), any -> new HashSet<>())
                                    .add(id)));
            known = new Found(city, named);
            found = known;
        }
        return known.byResource();
    }
}
