package jp.hinomi.correlation.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.events.Alert;

/** What an alert says in the end, in a form that the model and the engine can both give. */
public record Outcome(
        String rule,
        Map<String, String> group,
        String id,
        int revision,
        long time,
        long first,
        long last,
        long count,
        Map<String, Set<String>> evidence) {

    /** An alert as the engine leaves it. */
    public static Outcome of(Correlation correlation, GroupKey group, OpenAlert alert) {
        return new Outcome(
                correlation.info().name(),
                new TreeMap<>(correlation.named(group)),
                alert.id(),
                alert.revision(),
                alert.time(),
                alert.first(),
                alert.last(),
                alert.count(),
                evidence(alert.evidence()));
    }

    /** An alert as it leaves the job. */
    public static Outcome of(Alert alert) {
        return new Outcome(
                alert.rule().name(),
                new TreeMap<>(alert.group()),
                alert.id(),
                alert.revision(),
                alert.time(),
                alert.first(),
                alert.last(),
                alert.count(),
                evidence(alert.evidence()));
    }

    private static Map<String, Set<String>> evidence(List<Alert.Evidence> items) {
        Map<String, Set<String>> evidence = new TreeMap<>();
        items.forEach(item -> evidence.put(item.event().id(), new TreeSet<>(item.matched())));
        return evidence;
    }

    /** Consumers keep the highest revision of an id. */
    public static void keepNewest(Map<String, Outcome> kept, Outcome next) {
        kept.merge(next.id(), next, (old, now) -> now.revision() >= old.revision() ? now : old);
    }

    private static final Comparator<Outcome> BY_TIME = Comparator.comparingLong(Outcome::time)
            .thenComparing(Outcome::rule)
            .thenComparing(outcome -> outcome.group().toString())
            .thenComparing(Outcome::id);

    public static List<Outcome> sorted(Collection<Outcome> outcomes) {
        return outcomes.stream().sorted(BY_TIME).toList();
    }

    /** What a consumer keeps: of alerts that happen to have one id, the highest revision that was sent last. */
    public static List<Outcome> kept(List<Outcome> outcomes) {
        Map<String, Outcome> kept = new HashMap<>();
        outcomes.stream().sorted(BY_TIME).forEach(outcome -> Outcome.keepNewest(kept, outcome));
        return sorted(kept.values());
    }
}
