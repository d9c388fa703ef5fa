package jp.hinomi.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules that were read and checked together: every reference leads to a rule of the set, without cycles. Immutable. */
public record RuleSet(Map<String, Rule> byName) {
    public RuleSet {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    public List<DetectionRule> detections() {
        return of(DetectionRule.class).toList();
    }

    public List<CorrelationRule> correlations() {
        return of(CorrelationRule.class).toList();
    }

    private <R extends Rule> Stream<R> of(Class<R> kind) {
        return byName.values().stream().filter(kind::isInstance).map(kind::cast);
    }
}
