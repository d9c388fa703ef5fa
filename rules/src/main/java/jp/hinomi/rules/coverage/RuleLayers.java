package jp.hinomi.rules.coverage;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.TextTest;

/**
 * Which layers of the city a rule looks at: those it asks for ({@code city.layer}), itself or through the rules it correlates;
 * else the one that its folder is named after; else any.
 */
final class RuleLayers {
    private static final String FIELD = "city.layer";

    private RuleLayers() {}

    /** Empty for any layer. */
    static Set<String> of(Rule rule, RuleSet rules) {
        Set<String> layers = new TreeSet<>();
        asked(rule, rules, layers);
        if (layers.isEmpty()) {
            Path folder = Path.of(rule.info().at().file()).getParent();
            if (folder != null && folder.getFileName() != null) {
                layers.add(folder.getFileName().toString());
            }
        }
        layers.retainAll(Guideline.LAYERS);
        return layers;
    }

    private static void asked(Rule rule, RuleSet rules, Set<String> layers) {
        if (rule instanceof CorrelationRule correlation) {
            correlation.rules().forEach(inner -> asked(rules.byName().get(inner), rules, layers));
        } else if (rule instanceof DetectionRule detection) {
            asked(detection.condition(), layers);
        }
    }

    /** What is negated asks for all other layers, which says nothing of one. */
    private static void asked(Expression expression, Set<String> layers) {
        if (expression instanceof Expression.All all) {
            all.of().forEach(part -> asked(part, layers));
        } else if (expression instanceof Expression.AtLeast some) {
            some.of().forEach(part -> asked(part, layers));
        } else if (expression instanceof Expression.Test test
                && test.predicate() instanceof Predicate.FieldTest field
                && field.field().name().equals(FIELD)) {
            field.anyOf().forEach(value -> {
                if (value instanceof TextTest text) {
                    layers.add(text.pattern().literal());
                }
            });
        }
    }
}
