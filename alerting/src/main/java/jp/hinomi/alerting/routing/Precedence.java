package jp.hinomi.alerting.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Responsibility;

/**
 * In which order the responsible are told: who acts before who only has to know, and of those with one duty whoever stands
 * nearest to the thing before those above them. It does not depend on the order of files.
 */
final class Precedence {
    private Precedence() {}

    /** The responsibilities of each resource, in order. */
    static Map<String, List<Responsibility>> byResource(List<Responsibility> all) {
        Map<String, List<Responsibility>> byResource = new HashMap<>();
        all.forEach(each -> byResource
                .computeIfAbsent(each.resource(), any -> new ArrayList<>())
                .add(each));
        byResource.replaceAll((resource, entries) -> sorted(entries));
        return byResource;
    }

    private static List<Responsibility> sorted(List<Responsibility> entries) {
        ToIntFunction<Responsibility> depth = entry -> depth(entry, entries);
        return entries.stream()
                .sorted(Comparator.comparingInt((Responsibility entry) -> rank(entry.duty()))
                        .thenComparing(Comparator.comparingInt(depth).reversed())
                        .thenComparing(Responsibility::stakeholder)
                        // Of one stakeholder and duty no two are valid on one day.
                        .thenComparing(
                                entry -> entry.validFrom().map(Object::toString).orElse(""))
                        .thenComparing(
                                entry -> entry.validTo().map(Object::toString).orElse("~"))
                        .thenComparing(Responsibility::toString))
                .toList();
    }

    private static int rank(Duty duty) {
        return switch (duty) {
            case OPERATOR -> 0;
            case RESPONDER -> 1;
            case DATA_CONTROLLER -> 2;
            case OWNER -> 3;
            case INFORMED -> 4;
        };
    }

    /** How many stand above; the longest way up, and never twice through the same. */
    private static int depth(Responsibility entry, List<Responsibility> entries) {
        int depth = 0;
        Set<String> seen = new HashSet<>(Set.of(entry.stakeholder()));
        Set<String> above = new HashSet<>();
        entry.under().ifPresent(above::add);
        while (seen.addAll(above)) {
            depth++;
            Set<String> next = new HashSet<>();
            for (Responsibility each : entries) {
                if (above.contains(each.stakeholder())) {
                    each.under().ifPresent(next::add);
                }
            }
            above = next;
        }
        return depth;
    }
}
