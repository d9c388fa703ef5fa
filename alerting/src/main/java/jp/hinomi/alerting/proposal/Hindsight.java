package jp.hinomi.alerting.proposal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import jp.hinomi.alerting.exception.Bound;
import jp.hinomi.alerting.exception.ExceptedRules;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleSet;

/**
 * What an exception would have done to alerts of the past, as far as their stored evidence says. Events are compared by the
 * filters as the engine has read them. Immutable and thread-safe.
 */
public final class Hindsight {
    /** What would have become of an alert. */
    public enum Effect {
        /** It would surely not have come. */
        HIDDEN,
        /** Some of its events would not have counted; whether the others would have sufficed is not stored. */
        PERHAPS,
        /** It would have come all the same, maybe with fewer events. */
        KEPT
    }

    private final Rule rule;
    private final RuleSet rules;
    private final ZoneId zone;
    /** The exception's own filters, by the name of the detection that they apply to. */
    private final Map<String, List<RuleFilter>> filters = new HashMap<>();

    /**
     * @param rule whose alerts are looked at
     * @param rules read together with the exception
     * @param file in which the exception was read
     * @param zone in which the last day of an exception is a day
     */
    public Hindsight(Rule rule, RuleSet rules, String file, ZoneId zone) {
        this.rule = rule;
        this.rules = rules;
        this.zone = zone;
        for (DetectionRule detection : ExceptedRules.of(rule, rules)) {
            filters.put(
                    detection.info().name(),
                    detection.filters().stream()
                            .filter(filter -> filter.at().file().equals(file))
                            .toList());
        }
    }

    public Effect of(PastAlert alert) {
        int covered = 0;
        boolean unknown = alert.count() > alert.evidence().size();
        List<Set<String>> remaining = new ArrayList<>();
        for (PastAlert.Evidence evidence : alert.evidence()) {
            Set<String> matched = new HashSet<>(evidence.matched());
            if (filters.keySet().stream().noneMatch(matched::contains)) {
                // Of a chain of correlations the evidence is a firing, or the rule was another then: its events are not
                // here.
                unknown = true;
                continue;
            }
            boolean touched = matched.removeIf(name -> covers(name, evidence));
            covered += touched ? 1 : 0;
            matched.retainAll(filters.keySet());
            if (!matched.isEmpty()) {
                remaining.add(matched);
            }
        }
        if (covered == 0) {
            return Effect.KEPT;
        }
        if (rule instanceof DetectionRule && !remaining.isEmpty()) {
            return Effect.KEPT; // each event by itself is enough
        }
        return !unknown && isTooLittle(remaining) ? Effect.HIDDEN : Effect.PERHAPS;
    }

    private boolean covers(String detection, PastAlert.Evidence evidence) {
        return filters.getOrDefault(detection, List.of()).stream()
                .anyMatch(filter -> filter.covers(evidence.event(), zone));
    }

    /** @param remaining of each event that would still have counted, the detections that it would have matched */
    private boolean isTooLittle(List<Set<String>> remaining) {
        if (remaining.isEmpty()) {
            return true;
        }
        if (!(rule instanceof CorrelationRule correlation)) {
            return false;
        }
        OptionalLong fewest = fewest(correlation);
        if (fewest.isPresent() && remaining.size() < fewest.getAsLong()) {
            return true;
        }
        boolean needsEach = correlation.condition().isEmpty()
                && (correlation.type() == CorrelationRule.Type.TEMPORAL
                        || correlation.type() == CorrelationRule.Type.TEMPORAL_ORDERED);
        return needsEach
                && correlation.rules().stream()
                        .filter(name -> rules.byName().get(name) instanceof DetectionRule)
                        .anyMatch(name -> remaining.stream().noneMatch(matched -> matched.contains(name)));
    }

    /** Without that many events a rule that counts them, or their values, does not fire; absent if that says nothing. */
    private static OptionalLong fewest(CorrelationRule rule) {
        boolean counts =
                rule.type() == CorrelationRule.Type.EVENT_COUNT || rule.type() == CorrelationRule.Type.VALUE_COUNT;
        return counts ? Bound.of(rule) : OptionalLong.empty();
    }
}
