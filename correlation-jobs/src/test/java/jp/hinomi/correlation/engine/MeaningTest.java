package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.Rule;
import org.junit.jupiter.api.Test;

/**
 * What a correlation means, clause by clause, in examples worked out by hand: a model and an engine by the same people can
 * share a mistake. Both have to say what stands here. Timespans are 10 ms; an alert reads {@code rule@time[events]} with the
 * time of its first firing, and {@code xN} for N firings.
 */
class MeaningTest {
    private static final Duration T = Duration.ofMillis(10);
    private static final List<Criterion> NONE = List.of();

    private static CorrelationRule rule(String name, Type type, String listed, List<Criterion> criteria) {
        return rule(name, type, listed, List.of(), criteria, Optional.empty());
    }

    private static CorrelationRule rule(
            String name,
            Type type,
            String listed,
            List<String> groupBy,
            List<Criterion> criteria,
            Optional<Duration> suppress) {
        return Sigma.correlation(name, type, List.of(listed.split(" ")), groupBy, T, criteria, suppress);
    }

    private static List<Criterion> is(Operator operator, double value) {
        return List.of(new Criterion(operator, value));
    }

    /** @param matched names of detections @param fields {@code name=value} */
    private static Happening on(long time, String id, String matched, String... fields) {
        Map<String, String> all = new TreeMap<>();
        for (String field : fields) {
            all.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
        }
        return new Happening(id, time, List.of(matched.split(" ")), all);
    }

    /** The alerts when time has come to {@code end}. */
    private static List<String> alerts(long end, List<CorrelationRule> correlations, Happening... events) {
        List<Rule> rules = new ArrayList<>();
        List.of("d0", "d1", "d2").forEach(name -> rules.add(Sigma.detection(name)));
        rules.addAll(correlations);
        List<Outcome> modelled = Outcome.sorted(new Model(Sigma.set(rules), List.of(events), end).outcomes());
        try (EngineRun engine = new EngineRun(Sigma.set(rules))) {
            for (int i = events.length - 1; i >= 0; i--) {
                engine.add(events[i]);
            }
            engine.advance(end);
            assertThat(Outcome.sorted(engine.alerts.values())).isEqualTo(modelled);
        }
        return modelled.stream()
                .map(alert -> alert.rule() + "@" + alert.time()
                        + alert.evidence().keySet()
                        + (alert.revision() == 1 ? "" : "x" + alert.revision()))
                .toList();
    }

    private static List<String> alerts(CorrelationRule correlation, Happening... events) {
        long end = Arrays.stream(events).mapToLong(Happening::time).max().orElseThrow();
        return alerts(end, List.of(correlation), events);
    }

    @Test
    void withinIsHalfOpen() {
        CorrelationRule two = rule("c", Type.EVENT_COUNT, "d0", is(Operator.GTE, 2));
        assertThat(alerts(two, on(100, "a", "d0"), on(109, "b", "d0"))).containsExactly("c@109[a, b]");
        assertThat(alerts(two, on(100, "a", "d0"), on(110, "b", "d0"))).isEmpty();
        CorrelationRule sequence = rule("c", Type.TEMPORAL_ORDERED, "d0 d1", NONE);
        assertThat(alerts(sequence, on(100, "a", "d0"), on(109, "b", "d1"))).containsExactly("c@109[a, b]");
        assertThat(alerts(sequence, on(100, "a", "d0"), on(110, "b", "d1"))).isEmpty();
    }

    @Test
    void atOneTimeEventsComeInOrderOfTheirIds() {
        CorrelationRule sequence = rule("c", Type.TEMPORAL_ORDERED, "d0 d1", NONE);
        assertThat(alerts(sequence, on(100, "a", "d0"), on(100, "b", "d1"))).containsExactly("c@100[a, b]");
        assertThat(alerts(sequence, on(100, "b", "d0"), on(100, "a", "d1"))).isEmpty();
        assertThat(alerts(sequence, on(100, "e9", "d0"), on(100, "e10", "d1")))
                .as("as texts, not as numbers")
                .isEmpty();
    }

    @Test
    void atOneTimeDetectionsComeBeforeCorrelationsAndThoseInOrderOfTheirNames() {
        CorrelationRule c0 = rule("c0", Type.EVENT_COUNT, "d0", is(Operator.GTE, 1));
        CorrelationRule c1 = rule("c1", Type.EVENT_COUNT, "d0", is(Operator.GTE, 1));
        Happening first = on(100, "z", "d0");
        Happening second = on(100, "a", "d1");
        assertThat(alerts(100, List.of(c0, rule("c", Type.TEMPORAL_ORDERED, "c0 d1", NONE)), first, second))
                .containsExactly("c0@100[z]");
        assertThat(alerts(100, List.of(c0, rule("c", Type.TEMPORAL_ORDERED, "d1 c0", NONE)), first, second))
                .containsExactly("c@100[a, z]", "c0@100[z]");
        assertThat(alerts(100, List.of(c0, c1, rule("c", Type.TEMPORAL_ORDERED, "c0 c1", NONE)), first))
                .contains("c@100[z]");
        assertThat(alerts(100, List.of(c0, c1, rule("c", Type.TEMPORAL_ORDERED, "c1 c0", NONE)), first))
                .hasSize(2);
    }

    @Test
    void whatLacksAFieldOfTheGroupBelongsToNone() {
        CorrelationRule by = rule("c", Type.EVENT_COUNT, "d0", List.of("a"), is(Operator.GTE, 2), Optional.empty());
        assertThat(alerts(
                        by,
                        on(100, "e1", "d0", "a=x"),
                        on(101, "e2", "d0"),
                        on(102, "e3", "d0"),
                        on(103, "e4", "d0", "a=y"),
                        on(104, "e5", "d0", "a=x")))
                .containsExactly("c@104[e1, e5]");
        CorrelationRule all = rule("c", Type.EVENT_COUNT, "d0", is(Operator.GTE, 2));
        assertThat(alerts(all, on(100, "e1", "d0", "a=x"), on(101, "e2", "d0"))).containsExactly("c@101[e1, e2]");
    }

    @Test
    void aliasesNameTheFieldForEachRule() {
        CorrelationRule who = Sigma.correlation(
                "c",
                Type.TEMPORAL,
                List.of("d0", "d1"),
                List.of("who"),
                Map.of("who", Map.of("d0", "a", "d1", "b")),
                T,
                NONE,
                Optional.empty());
        assertThat(alerts(who, on(100, "e1", "d0", "a=x", "b=y"), on(101, "e2", "d1", "a=y", "b=x")))
                .containsExactly("c@101[e1, e2]");
        assertThat(alerts(who, on(100, "e1", "d0", "a=x", "b=y"), on(101, "e2", "d1", "a=x", "b=y")))
                .isEmpty();
    }

    @Test
    void eventsAreCountedOnce() {
        CorrelationRule two = rule("c", Type.EVENT_COUNT, "d0 d1", is(Operator.GTE, 2));
        assertThat(alerts(two, on(100, "a", "d0 d1"))).as("of both rules").isEmpty();
        assertThat(alerts(two, on(100, "a", "d0"), on(100, "a", "d0")))
                .as("twice")
                .isEmpty();
        assertThat(alerts(two, on(100, "a", "d0"), on(100, "b", "d1"))).containsExactly("c@100[a, b]");
    }

    @Test
    void valuesAreCountedOnceAndWhatHasNoneDoesNotContribute() {
        CorrelationRule two = rule("c", Type.VALUE_COUNT, "d0", is(Operator.GTE, 2));
        assertThat(alerts(
                        two,
                        on(100, "e1", "d0", "b=x"),
                        on(101, "e2", "d0", "b=x"),
                        on(102, "e3", "d0"),
                        on(103, "e4", "d0", "b=y")))
                .containsExactly("c@103[e2, e4]");
    }

    @Test
    void onlyNumbersAreCalculatedWith() {
        Happening[] numbers = {
            on(100, "e1", "d0", "n=1"),
            on(101, "e2", "d0", "n=many"),
            on(102, "e3", "d0"),
            on(103, "e4", "d0", "n=-2.5"),
            on(104, "e5", "d0", "n=4"),
            on(105, "e6", "d0", "n=10")
        };
        assertThat(alerts(rule("c", Type.VALUE_SUM, "d0", is(Operator.EQ, 12.5)), numbers))
                .containsExactly("c@105[e1, e4, e5, e6]");
        assertThat(alerts(rule("c", Type.VALUE_AVG, "d0", is(Operator.EQ, 3.125)), numbers))
                .containsExactly("c@105[e1, e4, e5, e6]");
        // Of -2.5, 1, 4, 10: between 1 and 4; and 70 % of four is the third.
        assertThat(alerts(rule("c", Type.VALUE_MEDIAN, "d0", is(Operator.EQ, 2.5)), numbers))
                .containsExactly("c@105[e1, e4, e5, e6]");
        assertThat(alerts(rule("c", Type.VALUE_PERCENTILE, "d0", is(Operator.EQ, 4)), numbers))
                .containsExactly("c@104[e1, e4, e5, e6]x2");
    }

    @Test
    void equalIsJudgedAtEachMatch() {
        CorrelationRule two = rule("c", Type.EVENT_COUNT, "d0", is(Operator.EQ, 2));
        assertThat(alerts(two, on(100, "a", "d0"), on(101, "b", "d0"), on(102, "c", "d0")))
                .containsExactly("c@101[a, b]");
    }

    @Test
    void lessIsJudgedWhenAWindowThatOpenedAtAMatchIsOver() {
        CorrelationRule few = rule("c", Type.EVENT_COUNT, "d0", is(Operator.LT, 3));
        Happening[] events = {on(100, "a", "d0"), on(109, "b", "d0"), on(110, "c", "d0"), on(119, "d", "d0")};
        assertThat(alerts(109, List.of(few), events)).isEmpty();
        assertThat(alerts(119, List.of(few), events)).containsExactly("c@110[a, b]");
        assertThat(alerts(120, List.of(few), events))
                .as("ten after the firing before is not less than ten")
                .containsExactly("c@110[a, b]", "c@120[c, d]");
        assertThat(alerts(120, List.of(rule("c", Type.EVENT_COUNT, "d0", is(Operator.NEQ, 2))), events))
                .isEmpty();
        List<Criterion> both = List.of(new Criterion(Operator.GTE, 2), new Criterion(Operator.LTE, 2));
        assertThat(alerts(120, List.of(rule("c", Type.EVENT_COUNT, "d0", both)), events))
                .as("together, and at the end of the window")
                .containsExactly("c@110[a, b]", "c@120[c, d]");
    }

    @Test
    void temporalTakesAnyOrderAndOrderedTakesItsOwn() {
        Happening[] events = {on(100, "a", "d1"), on(101, "b", "d0"), on(102, "c", "d2")};
        assertThat(alerts(rule("c", Type.TEMPORAL, "d0 d1 d2", NONE), events)).containsExactly("c@102[a, b, c]");
        assertThat(alerts(rule("c", Type.TEMPORAL, "d0 d1 d2", is(Operator.GTE, 2)), events))
                .containsExactly("c@101[a, b, c]x2");
        assertThat(alerts(rule("c", Type.TEMPORAL_ORDERED, "d0 d1 d2", NONE), events))
                .isEmpty();
        assertThat(alerts(rule("c", Type.TEMPORAL_ORDERED, "d1 d0 d2", NONE), events))
                .containsExactly("c@102[a, b, c]");
    }

    @Test
    void aSequenceIsOfDifferentEventsAndASetIsNot() {
        Happening both = on(100, "a", "d0 d1");
        assertThat(alerts(rule("c", Type.TEMPORAL, "d0 d1", NONE), both)).containsExactly("c@100[a]");
        assertThat(alerts(rule("c", Type.TEMPORAL_ORDERED, "d0 d1", NONE), both))
                .isEmpty();
        assertThat(alerts(rule("c", Type.TEMPORAL_ORDERED, "d0 d1", NONE), both, on(101, "b", "d0 d1")))
                .containsExactly("c@101[a, b]");
    }

    @Test
    void theSequenceWithTheNewestStartIsShown() {
        assertThat(alerts(
                        rule("c", Type.TEMPORAL_ORDERED, "d0 d1 d2", NONE),
                        on(100, "a1", "d0"),
                        on(101, "b1", "d1"),
                        on(102, "a2", "d0"),
                        on(103, "b2", "d1"),
                        on(104, "b3", "d1"),
                        on(105, "a3", "d0"),
                        on(106, "c", "d2")))
                .containsExactly("c@106[a2, b2, c]");
    }

    @Test
    void absenceWaitsForTheFirstThatIsUnanswered() {
        CorrelationRule absence = rule("c", Type.ABSENCE, "d0 d1", NONE);
        assertThat(alerts(109, List.of(absence), on(100, "a", "d0"))).isEmpty();
        assertThat(alerts(110, List.of(absence), on(100, "a", "d0"))).containsExactly("c@110[a]");
        assertThat(alerts(120, List.of(absence), on(100, "a", "d0"), on(109, "b", "d1")))
                .isEmpty();
        assertThat(alerts(120, List.of(absence), on(100, "a", "d0"), on(110, "b", "d1")))
                .as("ten later is not within ten")
                .containsExactly("c@110[a]");
        assertThat(alerts(120, List.of(absence), on(99, "b", "d1"), on(100, "a", "d0"), on(105, "a2", "d0")))
                .as("what came before does not answer, and another opens no second window")
                .containsExactly("c@110[a]");
        assertThat(alerts(
                        130,
                        List.of(absence),
                        on(100, "a", "d0"),
                        on(105, "b", "d1"),
                        on(106, "a2", "d0"),
                        on(117, "b2", "d1")))
                .containsExactly("c@116[a2]");
    }

    @Test
    void anAlertIsExtendedByFiringsThatAreLessThanSuppressApart() {
        CorrelationRule each = rule("c", Type.EVENT_COUNT, "d0", is(Operator.GTE, 1));
        assertThat(alerts(each, on(100, "a", "d0"), on(109, "b", "d0"), on(118, "c", "d0"), on(128, "d", "d0")))
                .as("counted from the firing before, and less than")
                .containsExactly("c@100[a, b, c]x3", "c@128[d]");
        CorrelationRule shorter =
                rule("c", Type.EVENT_COUNT, "d0", List.of(), is(Operator.GTE, 1), Optional.of(Duration.ofMillis(3)));
        assertThat(alerts(shorter, on(100, "a", "d0"), on(102, "b", "d0"), on(105, "c", "d0")))
                .containsExactly("c@100[a, b]x2", "c@105[a, b, c]");
    }

    @Test
    void aCorrelationContributesItsFiringsWithItsAlertAsTheEvent() {
        CorrelationRule inner = rule("c0", Type.EVENT_COUNT, "d0", is(Operator.GTE, 1));
        CorrelationRule outer = rule("c1", Type.EVENT_COUNT, "c0", is(Operator.GTE, 2));
        Happening[] events = {on(100, "a", "d0"), on(103, "b", "d0"), on(106, "c", "d0")};
        assertThat(alerts(106, List.of(inner, outer), events))
                .as("three firings of one alert are one")
                .containsExactly("c0@100[a, b, c]x3");
        CorrelationRule parted =
                rule("c0", Type.EVENT_COUNT, "d0", List.of(), is(Operator.GTE, 1), Optional.of(Duration.ofMillis(3)));
        assertThat(alerts(106, List.of(parted, outer), events)).contains("c1@103[a, b, c]x2");
        CorrelationRule latest = rule("c1", Type.TEMPORAL_ORDERED, "c0 d1", NONE);
        assertThat(alerts(113, List.of(inner, latest), on(100, "a", "d0"), on(105, "b", "d0"), on(113, "z", "d1")))
                .as("a sequence sees the latest firing")
                .contains("c1@113[a, b, z]");
    }

    @Test
    void whatTheGroupValuesSayAnOuterCorrelationMayGroupBy() {
        CorrelationRule inner = rule("c0", Type.EVENT_COUNT, "d0", List.of("a"), is(Operator.GTE, 1), Optional.empty());
        CorrelationRule same = rule("c1", Type.TEMPORAL, "c0 d1", List.of("a"), NONE, Optional.empty());
        CorrelationRule other = rule("c1", Type.TEMPORAL, "c0 d1", List.of("b"), NONE, Optional.empty());
        Happening[] events = {on(100, "e1", "d0", "a=x", "b=x"), on(101, "e2", "d1", "a=x", "b=x")};
        assertThat(alerts(101, List.of(inner, same), events)).contains("c1@101[e1, e2]");
        assertThat(alerts(101, List.of(inner, other), events))
                .as("a firing has no b")
                .hasSize(1);
    }
}
