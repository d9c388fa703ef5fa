package jp.hinomi.rules.nearest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.detection.Comparison;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.FieldReference;
import jp.hinomi.rules.detection.FlagTest;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.TimePartTest;
import jp.hinomi.rules.detection.ValueTest;

/**
 * A detection that does not hold for an event, with the fewest things that would have to be otherwise for it to hold.
 *
 * @param obstacles at least one
 * @param fulfilled how many of its questions about fields the event answers as the rule asks
 */
public record Miss(DetectionRule rule, List<Obstacle> obstacles, int fulfilled) {
    private static final int MOST_VALUES = 5;

    /** The nearest first: what needs fewest changes, and of those what holds most. */
    public static final Comparator<Miss> NEAREST = Comparator.comparingInt(
                    (Miss miss) -> miss.obstacles().size())
            .thenComparingInt(miss -> -miss.fulfilled())
            .thenComparing(miss -> miss.rule().info().name());

    public Miss {
        obstacles = List.copyOf(obstacles);
        if (obstacles.isEmpty()) {
            throw new IllegalArgumentException(rule.info().name() + " holds");
        }
    }

    /** Empty if the detection holds for the event. */
    public static Optional<Miss> of(DetectionRule rule, SecurityEvent event) {
        List<Obstacle> obstacles = between(rule.condition(), event, true);
        return obstacles.isEmpty()
                ? Optional.empty()
                : Optional.of(new Miss(rule, obstacles, fulfilled(rule.condition(), event)));
    }

    /** The fewest obstacles between the expression and the wanted outcome; none if it is the outcome. */
    private static List<Obstacle> between(Expression expression, SecurityEvent event, boolean wanted) {
        if (expression.holds(event) == wanted) {
            return List.of();
        }
        if (expression instanceof Expression.Not not) {
            return between(not.of(), event, !wanted);
        }
        if (expression instanceof Expression.Test test) {
            return List.of(obstacle(test.predicate(), event, wanted));
        }
        boolean all = expression instanceof Expression.All;
        List<Expression> parts = all ? ((Expression.All) expression).of() : ((Expression.AtLeast) expression).of();
        int needed = all ? parts.size() : ((Expression.AtLeast) expression).count();
        int holding = (int) parts.stream().filter(part -> part.holds(event)).count();
        // As many more as are missing must hold; or so many fewer that there are too few.
        int changes = wanted ? needed - holding : holding - needed + 1;
        return parts.stream()
                .filter(part -> part.holds(event) != wanted)
                .map(part -> between(part, event, wanted))
                .sorted(Comparator.comparingInt(List::size))
                .limit(changes)
                .flatMap(List::stream)
                .toList();
    }

    private static int fulfilled(Expression expression, SecurityEvent event) {
        if (expression instanceof Expression.Test test) {
            return test.predicate().holds(event) ? 1 : 0;
        }
        List<Expression> parts = expression instanceof Expression.All all
                ? all.of()
                : expression instanceof Expression.AtLeast some ? some.of() : List.of();
        return parts.stream().mapToInt(part -> fulfilled(part, event)).sum();
    }

    private static Obstacle obstacle(Predicate predicate, SecurityEvent event, boolean wanted) {
        Optional<Object> actual = Optional.ofNullable(predicate.field().read(event));
        String asked = predicate instanceof Predicate.FieldTest test ? values(test.anyOf()) : "exists";
        return new Obstacle(predicate.field().name(), actual, asked, !wanted);
    }

    private static String values(List<ValueTest> tests) {
        List<String> words = new ArrayList<>(
                tests.stream().limit(MOST_VALUES).map(Miss::words).distinct().toList());
        if (tests.size() > MOST_VALUES) {
            words.add("… (" + tests.size() + ")");
        }
        return String.join(" | ", words);
    }

    private static String words(ValueTest test) {
        if (test instanceof TextTest text) {
            return text.pattern().parts().stream()
                    .map(part -> part instanceof TextPattern.Literal literal
                            ? literal.text()
                            : part == TextPattern.Wildcard.ANY_TEXT ? "*" : "?")
                    .collect(Collectors.joining("", "'", "'"));
        }
        if (test instanceof NumberTest number) {
            return number.number().toString();
        }
        if (test instanceof FlagTest flag) {
            return Boolean.toString(flag.flag());
        }
        if (test instanceof Comparison comparison) {
            return comparison.operator().name().toLowerCase(java.util.Locale.ROOT) + " " + comparison.bound();
        }
        if (test instanceof RegexTest regex) {
            return "re " + regex.pattern().pattern();
        }
        if (test instanceof NetworkTest network) {
            return "cidr " + network.network();
        }
        if (test instanceof FieldReference reference) {
            return "the value of " + reference.other().name();
        }
        TimePartTest time = (TimePartTest) test;
        return time.part().name().toLowerCase(java.util.Locale.ROOT) + " "
                + time.operator()
                        .map(operator -> operator.name().toLowerCase(java.util.Locale.ROOT) + " ")
                        .orElse("")
                + time.number();
    }
}
