package jp.hinomi.correlation.job;

import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleSet;

/** What the operators work by: the city and its rules. Immutable and thread-safe. */
public record Workspace(Optional<City> city, RuleSet rules, Correlations correlations) {
    public static Workspace of(Optional<City> city, RuleSet rules) {
        return new Workspace(city, rules, new Correlations(rules));
    }

    /** Detections that somebody waits for: those that alert themselves or that a running correlation lists. */
    public List<DetectionRule> wanted() {
        return rules.detections().stream()
                .filter(rule -> correlations.alertsAtOnce(rule)
                        || !correlations.routes(rule.info().name()).isEmpty())
                .toList();
    }
}
