package jp.hinomi.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.detection.Comparison;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.ValueTest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What is called a contradiction is one: no event of a world that is small enough to try them all satisfies it. And of plain
 * values on single fields none is missed.
 */
class SatisfiabilityProperties {
    /** One value each, and one that may have several. */
    private static final Map<String, List<Object>> WORLD = Map.of(
            "user.name", List.of("", "adm", "admin", "Root", "bad"),
            "source.ip", List.of("192.0.2.1", "198.51.100.7"),
            "source.port", List.of(21L, 22L, 23L),
            "event.category", List.of("file", "web", List.of("file", "web")));

    private static final List<SecurityEvent> EVENTS = events();

    private static List<SecurityEvent> events() {
        List<Map<String, Object>> all = new ArrayList<>(List.of(Map.of()));
        WORLD.forEach((field, values) -> {
            List<Map<String, Object>> more = new ArrayList<>(all);
            all.forEach(event -> values.forEach(value -> {
                Map<String, Object> with = new java.util.HashMap<>(event);
                with.put(field, value);
                more.add(with);
            }));
            all.clear();
            all.addAll(more);
        });
        return all.stream().map(SatisfiabilityProperties::event).toList();
    }

    private static SecurityEvent event(Map<String, Object> fields) {
        SecurityEvent.Builder builder = new SecurityEvent.Builder("e", 0);
        fields.forEach((name, value) -> builder.put(Fields.of(name), value));
        return builder.build();
    }

    @Property(tries = 2000)
    void aContradictionIsSatisfiedByNoEvent(@ForAll("expressions") Expression expression) {
        if (Satisfiability.contradiction(expression, new Satisfiability.Budget(100_000))
                .isPresent()) {
            assertThat(EVENTS).noneMatch(expression::holds);
        }
    }

    @Property(tries = 2000)
    void whatIsImpliedHoldsWhereverTheOtherDoes(
            @ForAll("expressions") Expression a, @ForAll("expressions") Expression b) {
        if (Satisfiability.implies(a, b, new Satisfiability.Budget(100_000))) {
            assertThat(EVENTS).noneMatch(event -> a.holds(event) && !b.holds(event));
        }
    }

    /** Every value that a rule names is in the world, so what no event satisfies is a contradiction. */
    @Property(tries = 1000)
    void ofPlainValuesNoContradictionIsMissed(@ForAll("plain") Expression expression) {
        if (EVENTS.stream().noneMatch(expression::holds)) {
            assertThat(Satisfiability.contradiction(expression, new Satisfiability.Budget(100_000)))
                    .isPresent();
        }
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return compound(Arbitraries.oneOf(
                test(
                        "user.name",
                        Arbitraries.of("adm", "admin", "root", "a*", "*m*", "*n", "ad?in", "*")
                                .map(SatisfiabilityProperties::text)),
                test(
                        "source.ip",
                        Arbitraries.of("192.0.2.0/24", "192.0.2.1", "198.51.100.0/24", "0.0.0.0/0")
                                .map(network -> NetworkTest.parse(network).orElseThrow())),
                test(
                        "source.port",
                        Arbitraries.oneOf(
                                Arbitraries.of(21L, 22L, 23L).map(NumberTest::new),
                                Arbitraries.of(Comparison.Operator.values())
                                        .flatMap(operator -> Arbitraries.of(20L, 22L, 24L)
                                                .map(bound -> new Comparison(operator, bound))))),
                test("event.category", Arbitraries.of("file", "web").map(SatisfiabilityProperties::text)),
                Arbitraries.of(WORLD.keySet())
                        .map(field -> new Expression.Test(new Predicate.Present(EventField.of(field))))));
    }

    @Provide
    Arbitrary<Expression> plain() {
        return compound(Arbitraries.oneOf(
                test("user.name", Arbitraries.of("adm", "admin", "root").map(SatisfiabilityProperties::text)),
                test("source.port", Arbitraries.of(21L, 22L).map(NumberTest::new))));
    }

    private static ValueTest text(String pattern) {
        return new TextTest(TextPattern.parse(pattern), false);
    }

    private static Arbitrary<Expression> test(String field, Arbitrary<? extends ValueTest> tests) {
        return tests.list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(anyOf -> new Expression.Test(
                        new Predicate.FieldTest(EventField.of(field), List.<ValueTest>copyOf(anyOf))));
    }

    private static Arbitrary<Expression> compound(Arbitrary<Expression> leaves) {
        Arbitrary<Expression> one = Arbitraries.oneOf(leaves, leaves.map(Expression.Not::new));
        return joined(joined(one));
    }

    private static Arbitrary<Expression> joined(Arbitrary<Expression> parts) {
        Arbitrary<List<Expression>> some = parts.list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Expression> joined = Arbitraries.oneOf(
                some.map(Expression.All::new),
                some.flatMap(list -> Arbitraries.integers()
                        .between(1, list.size())
                        .map(count -> new Expression.AtLeast(count, list))));
        return Arbitraries.oneOf(parts, joined, joined.map(Expression.Not::new));
    }
}
