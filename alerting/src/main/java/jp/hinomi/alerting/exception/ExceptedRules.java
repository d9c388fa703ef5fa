package jp.hinomi.alerting.exception;

import java.util.LinkedHashSet;
import java.util.Set;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/** Which detections an exception from a rule has to name: filters apply to detections only. Stateless. */
public final class ExceptedRules {
    private ExceptedRules() {}

    /** In the order in which the rule refers to them. */
    public static Set<DetectionRule> of(Rule rule, RuleSet rules) {
        Set<DetectionRule> found = new LinkedHashSet<>();
        collect(rule, rules, found);
        return found;
    }

    private static void collect(Rule rule, RuleSet rules, Set<DetectionRule> found) {
        if (rule instanceof DetectionRule detection) {
            found.add(detection);
        } else if (rule instanceof CorrelationRule correlation) {
            // What is awaited in vain must go on being seen, or more would be missed.
            int named = correlation.type() == CorrelationRule.Type.ABSENCE
                    ? 1
                    : correlation.rules().size();
            correlation.rules().stream()
                    .limit(named)
                    .forEach(name -> collect(rules.byName().get(name), rules, found));
        }
    }

    /** Whether fewer matches can make the rule alert where it did not: it judges that there were few, or another number. */
    public static boolean mayAlertMore(Rule rule, RuleSet rules) {
        if (!(rule instanceof CorrelationRule correlation)) {
            return false;
        }
        boolean itself = switch (correlation.type()) {
            case RATE_CHANGE, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE, NEW_VALUE, EPL -> true;
            case EVENT_COUNT, VALUE_COUNT, VALUE_SUM, TEMPORAL, TEMPORAL_ORDERED ->
                correlation.condition().stream()
                        .flatMap(condition -> condition.criteria().stream())
                        .anyMatch(each -> switch (each.operator()) {
                            case GT, GTE -> false;
                            case EQ, NEQ, LT, LTE -> true;
                        });
            case ABSENCE -> false;
        };
        return itself
                || correlation.rules().stream()
                        .anyMatch(name -> mayAlertMore(rules.byName().get(name), rules));
    }
}
