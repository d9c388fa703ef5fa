package jp.hinomi.correlation.detect;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/** Rules as a user writes them. A detection holds for events that have a field of its name. */
public final class RuleFile {
    private RuleFile() {}

    public static String of(RuleSet rules) {
        StringBuilder yaml = new StringBuilder();
        for (Rule rule : rules.byName().values()) {
            yaml.append(document(rule)).append("---\n");
        }
        return yaml.toString();
    }

    public static String document(Rule rule) {
        StringBuilder yaml = new StringBuilder();
        String name = rule.info().name();
        yaml.append("title: ")
                .append(name)
                .append("\nid: ")
                .append(name)
                .append("\nname: ")
                .append(name);
        if (rule instanceof CorrelationRule correlation) {
            yaml.append("\nalways_alert: true\n");
            rule.info()
                    .suppress()
                    .ifPresent(suppress ->
                            yaml.append("suppress: ").append(seconds(suppress)).append('\n'));
            yaml.append("correlation:\n");
            correlation(correlation)
                    .forEach((key, value) -> yaml.append("  ")
                            .append(key)
                            .append(": ")
                            .append(value)
                            .append('\n'));
        } else {
            yaml.append("\nlogsource: {category: authentication}\ndetection: {it: {")
                    .append(name)
                    .append(": 'yes'}, condition: it}\n");
        }
        return yaml.toString();
    }

    /** Without what files refuse: a rule listed twice, or a criterion that can never hold; and what builds on those. */
    public static RuleSet possible(RuleSet rules) {
        Map<String, Rule> kept = new LinkedHashMap<>(rules.byName());
        boolean changed = true;
        while (changed) {
            changed = kept.values()
                    .removeIf(rule -> rule instanceof CorrelationRule correlation
                            && (!kept.keySet().containsAll(correlation.rules())
                                    || Set.copyOf(correlation.rules()).size()
                                            < correlation.rules().size()
                                    || (correlation.type() == CorrelationRule.Type.TEMPORAL && !canHold(correlation))));
        }
        return new RuleSet(kept);
    }

    private static boolean canHold(CorrelationRule rule) {
        return rule.condition().isEmpty()
                || rule.condition().get().criteria().stream().allMatch(criterion -> {
                    for (int different = 1; different <= rule.rules().size(); different++) {
                        if (criterion.holds(different)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    private static Map<String, String> correlation(CorrelationRule rule) {
        Map<String, String> section = new TreeMap<>();
        section.put("type", rule.type().word());
        section.put("rules", rule.rules().toString());
        section.put("timespan", seconds(rule.timespan()));
        if (!rule.groupBy().isEmpty()) {
            section.put("group-by", rule.groupBy().toString());
        }
        if (!rule.aliases().isEmpty()) {
            section.put("aliases", rule.aliases().toString().replace("=", ": "));
        }
        rule.epl().ifPresent(epl -> section.put("epl", '"' + epl.text() + '"'));
        rule.learning().ifPresent(learning -> section.put("learning", seconds(learning)));
        rule.baseline().ifPresent(baseline -> {
            section.put("baseline", seconds(rule.timespan().multipliedBy(baseline.intervals())));
            section.put("at_least", Long.toString(baseline.atLeast()));
        });
        Map<String, String> condition = new TreeMap<>();
        rule.condition().ifPresent(of -> {
            of.criteria().forEach(each -> condition.put(each.operator().word(), number(each.value())));
            of.percentile().ifPresent(percentile -> condition.put("percentile", number(percentile)));
        });
        if (!rule.fields().isEmpty() && rule.epl().isEmpty()) {
            condition.put("field", rule.fields().size() == 1 ? rule.fields().get(0) : list(rule.fields()));
        }
        if (!condition.isEmpty()) {
            section.put("condition", condition.toString().replace("=", ": "));
        }
        return section;
    }

    private static String list(List<String> texts) {
        return texts.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
