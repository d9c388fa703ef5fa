package jp.hinomi.rules.match;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.ValueTest;

/**
 * Chooses what wakes a rule: a set of predicates of which one must hold whenever the rule does. Of several such sets the
 * one that ordinary traffic is least likely to touch.
 */
final class Triggers {
    /** Fields that every event of a kind fills with one of few values; equality with one of them says little. */
    private static final Set<String> COARSE = Set.of(
            "event.kind",
            "event.category",
            "event.type",
            "event.outcome",
            "event.module",
            "event.dataset",
            "network.transport",
            "network.protocol",
            "network.direction",
            "http.request.method",
            "observer.type",
            "observer.vendor",
            "observer.product",
            "host.os.type",
            "city.layer");

    private static final double COARSE_SHARE = 0.3;
    private static final double PRESENT_SHARE = 0.6;
    private static final double EQUAL_SHARE = 0.02;

    private final Map<Predicate, Integer> numbers;
    private final Map<Integer, Residual> residuals;

    Triggers(Map<Predicate, Integer> numbers, Map<Integer, Residual> residuals) {
        this.numbers = numbers;
        this.residuals = residuals;
    }

    /** Predicates of which one must hold, with the share of events that they let through; null if there is no such set. */
    record Trigger(Set<Predicate> anyOf, double share) {}

    Trigger of(Expression expression) {
        if (expression instanceof Expression.Test test) {
            return new Trigger(Set.of(test.predicate()), share(test.predicate()));
        }
        if (expression instanceof Expression.All all) {
            Trigger best = null;
            for (Expression part : all.of()) {
                Trigger trigger = of(part);
                if (trigger != null && (best == null || trigger.share() < best.share())) {
                    best = trigger;
                }
            }
            return best;
        }
        if (expression instanceof Expression.AtLeast atLeast) {
            Set<Predicate> union = new HashSet<>();
            double share = 0;
            for (Expression part : atLeast.of()) {
                Trigger trigger = of(part);
                if (trigger == null) {
                    return null;
                }
                union.addAll(trigger.anyOf());
                share += trigger.share();
            }
            return new Trigger(union, share);
        }
        return null;
    }

    /** True if the predicate can hold without any of its literals, so that presence of its field must wake the rule. */
    boolean needsPresence(Predicate predicate) {
        Residual residual = residuals.get(numbers.get(predicate));
        return residual != null && !residual.unguarded().isEmpty();
    }

    /** What evaluating costs, for the order inside a condition: look-ups first, regular expressions last. */
    double cost(Expression expression) {
        if (expression instanceof Expression.Test test) {
            Residual residual = residuals.get(numbers.get(test.predicate()));
            return residual == null
                    ? 1
                    : 20.0 * residual.guarded().size()
                            + 100.0 * residual.unguarded().size();
        }
        if (expression instanceof Expression.Not not) {
            return cost(not.of());
        }
        double sum = 0;
        for (Expression part :
                expression instanceof Expression.All all ? all.of() : ((Expression.AtLeast) expression).of()) {
            sum += cost(part);
        }
        return sum;
    }

    private double share(Predicate predicate) {
        if (predicate instanceof Predicate.FieldTest test && !needsPresence(predicate)) {
            double share = 0;
            for (ValueTest value : test.anyOf()) {
                share += share(test, value);
            }
            return share;
        }
        return PRESENT_SHARE;
    }

    private static double share(Predicate.FieldTest test, ValueTest value) {
        boolean coarse = COARSE.contains(test.field().name());
        if (value instanceof RegexTest regex) {
            return RequiredLiterals.share(RequiredLiterals.of(regex.pattern().pattern()));
        }
        if (!(value instanceof TextTest text)) {
            return coarse ? COARSE_SHARE : EQUAL_SHARE;
        }
        return switch (text.pattern().shape()) {
            case ANYTHING -> PRESENT_SHARE;
            case EXACT -> coarse ? COARSE_SHARE : EQUAL_SHARE;
            case PREFIX, SUFFIX, CONTAINS, GENERAL ->
                Rarity.share(text.pattern().literal());
        };
    }
}
