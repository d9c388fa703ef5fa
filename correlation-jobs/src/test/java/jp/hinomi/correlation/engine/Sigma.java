package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Condition;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.detection.Expression;

/** Rules without files. */
public final class Sigma {
    private Sigma() {}

    public static RuleSet set(Rule... rules) {
        return set(List.of(rules));
    }

    public static RuleSet set(List<? extends Rule> rules) {
        Map<String, Rule> byName = new LinkedHashMap<>();
        rules.forEach(rule -> byName.put(rule.info().name(), rule));
        return new RuleSet(byName);
    }

    public static DetectionRule detection(String name) {
        return detection(name, Optional.empty());
    }

    public static DetectionRule detection(String name, Optional<Duration> suppress) {
        return new DetectionRule(
                info(name, suppress, false),
                new Logsource(Optional.empty(), Optional.empty(), Optional.empty()),
                new Expression.All(List.of()));
    }

    public static CorrelationRule correlation(
            String name,
            CorrelationRule.Type type,
            List<String> rules,
            List<String> groupBy,
            Duration timespan,
            List<Criterion> criteria,
            Optional<Duration> suppress) {
        return correlation(name, type, rules, groupBy, Map.of(), timespan, criteria, suppress);
    }

    public static CorrelationRule correlation(
            String name,
            CorrelationRule.Type type,
            List<String> rules,
            List<String> groupBy,
            Map<String, Map<String, String>> aliases,
            Duration timespan,
            List<Criterion> criteria,
            Optional<Duration> suppress) {
        return correlation(
                name, type, rules, groupBy, aliases, timespan, criteria, suppress, Optional.empty(), Optional.empty());
    }

    /** Types that take a field take {@code n} or, those that take no numbers, {@code b}. */
    public static CorrelationRule correlation(
            String name,
            CorrelationRule.Type type,
            List<String> rules,
            List<String> groupBy,
            Map<String, Map<String, String>> aliases,
            Duration timespan,
            List<Criterion> criteria,
            Optional<Duration> suppress,
            Optional<Duration> learning,
            Optional<CorrelationRule.Baseline> baseline) {
        return new CorrelationRule(
                info(name, suppress, true),
                type,
                rules,
                groupBy,
                aliases,
                timespan,
                criteria.isEmpty() ? Optional.empty() : Optional.of(new Condition(criteria, percentile(type))),
                type.takesField() ? List.of(type.takesNumbers() ? "n" : "b") : List.of(),
                learning,
                baseline,
                Optional.empty());
    }

    /** A statement over other rules. */
    public static CorrelationRule epl(
            String name,
            List<String> rules,
            List<String> groupBy,
            Duration timespan,
            Optional<Duration> suppress,
            String epl) {
        return new CorrelationRule(
                info(name, suppress, true),
                CorrelationRule.Type.EPL,
                rules,
                groupBy,
                Map.of(),
                timespan,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new EplText(epl, Location.ofFile(name + ".yml"))));
    }

    private static Optional<Double> percentile(CorrelationRule.Type type) {
        return type == CorrelationRule.Type.VALUE_PERCENTILE ? Optional.of(70.0) : Optional.empty();
    }

    /** Every correlation alerts on its own, so that tests see the inner ones of a chain too. */
    private static RuleInfo info(String name, Optional<Duration> suppress, boolean generate) {
        return new RuleInfo(
                name,
                name,
                "0",
                Map.of("en", name),
                Map.of(),
                "",
                Severity.MEDIUM,
                List.of(),
                suppress,
                Map.of(),
                Map.of(),
                List.of(),
                generate,
                Location.ofFile(name + ".yml"));
    }
}
