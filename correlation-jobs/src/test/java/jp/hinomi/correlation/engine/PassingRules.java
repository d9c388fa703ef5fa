package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/**
 * Rules that stay, and others beside them that come and go. The names of those begin with an {@code x}.
 *
 * @param passing rules that may be there or not
 */
public record PassingRules(RuleSet staying, List<CorrelationRule> passing) {
    /** They list the detections and each other under other names, and some list a rule that stays. */
    public static PassingRules random(RuleSet staying, long seed) {
        RuleSet more = Scenario.random(seed ^ 0x5DEECE66DL).rules();
        List<CorrelationRule> passing = new ArrayList<>();
        Random random = new Random(seed + 1);
        for (CorrelationRule rule : more.correlations()) {
            List<String> listed = new ArrayList<>();
            for (String name : rule.rules()) {
                listed.add(name.startsWith("c") ? "x" + name.substring(1) : name);
            }
            List<CorrelationRule> known = staying.correlations();
            if (random.nextInt(3) == 0) {
                listed.set(0, known.get(random.nextInt(known.size())).info().name());
            }
            passing.add(Sigma.correlation(
                    "x" + rule.info().name().substring(1),
                    rule.type(),
                    listed,
                    rule.groupBy().contains("who") ? List.of() : rule.groupBy(),
                    Map.of(),
                    rule.timespan(),
                    rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of()),
                    rule.info().suppress(),
                    rule.learning(),
                    rule.baseline()));
        }
        return new PassingRules(staying, passing);
    }

    /** Some of the passing rules, and whatever they need. */
    public RuleSet some(Random random) {
        List<Rule> all = new ArrayList<>(staying.byName().values());
        List<String> names = new ArrayList<>(staying.byName().keySet());
        for (CorrelationRule rule : passing) {
            if (random.nextBoolean() && names.containsAll(rule.rules())) {
                all.add(rule);
                names.add(rule.info().name());
            }
        }
        return Sigma.set(all);
    }

    public RuleSet all() {
        List<Rule> all = new ArrayList<>(staying.byName().values());
        all.addAll(passing);
        return Sigma.set(all);
    }
}
