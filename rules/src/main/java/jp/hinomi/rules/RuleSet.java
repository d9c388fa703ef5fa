package jp.hinomi.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules that were read and checked together: every reference leads to a rule of the set that stands before the one that
 * refers to it. Immutable.
 */
public record RuleSet(Map<String, Rule> byName) {
    public static final RuleSet EMPTY = new RuleSet(Map.of());

    public RuleSet {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    public List<DetectionRule> detections() {
        return of(DetectionRule.class).toList();
    }

    public List<CorrelationRule> correlations() {
        return of(CorrelationRule.class).toList();
    }

    /** Names of the rules that some correlation refers to. */
    public Set<String> referenced() {
        Set<String> names = new HashSet<>();
        correlations().forEach(correlation -> names.addAll(correlation.rules()));
        return names;
    }

    /** The rules whose matches or firings are alerts: those that no correlation uses, and those it lets alert as well. */
    public Set<String> alertsOnItsOwn() {
        Set<String> used = referenced();
        Set<String> names = new HashSet<>();
        byName.forEach((name, rule) -> {
            if (!used.contains(name) || rule.info().generate()) {
                names.add(name);
            }
        });
        return names;
    }

    /** The filters that apply to detections of the set, each with the names of those, in the order of the rules. */
    public Map<RuleFilter, List<String>> filters() {
        Map<RuleFilter, List<String>> filters = new LinkedHashMap<>();
        for (DetectionRule rule : detections()) {
            rule.filters()
                    .forEach(filter -> filters.computeIfAbsent(filter, any -> new ArrayList<>())
                            .add(rule.info().name()));
        }
        return filters;
    }

    private <R extends Rule> Stream<R> of(Class<R> kind) {
        return byName.values().stream().filter(kind::isInstance).map(kind::cast);
    }
}
