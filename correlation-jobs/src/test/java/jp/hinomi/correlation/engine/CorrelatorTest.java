package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.RuleSet;
import org.junit.jupiter.api.Test;

/** Single points of what a correlation means, as timelines. Times in milliseconds. */
class CorrelatorTest {
    private static final Duration T = Duration.ofSeconds(10);

    private static Happening at(long time, String id, String... matched) {
        return new Happening(id, time, List.of(matched), Map.of("source.ip", "203.0.113.7"));
    }

    private static CorrelationRule count(Operator operator, int value, Optional<Duration> suppress) {
        return Sigma.correlation(
                "burst",
                Type.EVENT_COUNT,
                List.of("login"),
                List.of("source.ip"),
                T,
                List.of(new Criterion(operator, value)),
                suppress);
    }

    private static RuleSet bursts(Operator operator, int value) {
        return Sigma.set(Sigma.detection("login"), count(operator, value, Optional.empty()));
    }

    @Test
    void theWindowIsHalfOpen() {
        try (EngineRun run = new EngineRun(bursts(Operator.GTE, 2))) {
            run.add(at(0, "a", "login"));
            run.add(at(10_000, "b", "login"));
            run.advance(10_000);
            assertThat(run.alerts).as("ten seconds apart").isEmpty();
            run.add(at(19_999, "c", "login"));
            run.advance(20_000);
            assertThat(run.alerts.values())
                    .as("one millisecond less")
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.time()).isEqualTo(19_999));
        }
    }

    @Test
    void nothingFiresBeforeTheWatermark() {
        try (EngineRun run = new EngineRun(bursts(Operator.GTE, 1))) {
            run.add(at(5_000, "a", "login"));
            run.advance(4_999);
            assertThat(run.alerts).isEmpty();
            run.advance(5_000);
            assertThat(run.alerts).hasSize(1);
        }
    }

    @Test
    void moreOfTheSameExtendsTheAlertUntilItHasBeenQuietForTheTimespan() {
        try (EngineRun run = new EngineRun(bursts(Operator.GTE, 1))) {
            run.add(at(0, "a", "login"));
            run.add(at(9_999, "b", "login"));
            run.add(at(19_999, "c", "login"));
            run.advance(30_000);
            assertThat(Outcome.sorted(run.alerts.values()))
                    .extracting(Outcome::time, Outcome::count, Outcome::revision, Outcome::first, Outcome::last)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0L, 2L, 2, 0L, 9_999L),
                            org.assertj.core.groups.Tuple.tuple(19_999L, 1L, 1, 19_999L, 19_999L));
        }
    }

    @Test
    void anAlertKeepsTheNewestFiftyEventsAndTheTrueCount() {
        try (EngineRun run = new EngineRun(bursts(Operator.GTE, 3))) {
            for (int i = 0; i < 500; i++) {
                run.add(at(i * 10L, "e%03d".formatted(i), "login"));
            }
            run.advance(100_000);
            Outcome alert = run.alerts.values().iterator().next();
            assertThat(alert.count()).isEqualTo(500);
            assertThat(alert.first()).isZero();
            assertThat(alert.last()).isEqualTo(4_990);
            assertThat(alert.evidence())
                    .hasSize(50)
                    .containsKeys("e450", "e499")
                    .doesNotContainKey("e449");
        }
    }

    /** Three of four events fail; the inner alert alone has more events than evidence, and goes on growing. */
    @Test
    void anAlertOverALargeInnerAlertCountsEachEventOnce() {
        RuleSet rules = Sigma.set(
                Sigma.detection("login"),
                Sigma.detection("success"),
                count(Operator.GTE, 3, Optional.empty()),
                Sigma.correlation(
                        "breach",
                        Type.TEMPORAL_ORDERED,
                        List.of("burst", "success"),
                        List.of("source.ip"),
                        T,
                        List.of(),
                        Optional.empty()));
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 0; i < 400; i++) {
                run.add(at(i * 10L, "e%03d".formatted(i), i % 4 == 3 ? "success" : "login"));
            }
            run.advance(100_000);
            Outcome breach = run.alerts.values().stream()
                    .filter(alert -> alert.rule().equals("breach"))
                    .findFirst()
                    .orElseThrow();
            assertThat(breach.count()).isEqualTo(400);
            assertThat(breach.revision()).isEqualTo(100);
        }
    }

    @Test
    void aLateMatchAmendsTheOpenAlertAndIsNeverLostSilently() {
        try (EngineRun run = new EngineRun(bursts(Operator.GTE, 2))) {
            run.add(at(20_000, "a", "login"));
            run.add(at(21_000, "b", "login"));
            run.advance(22_000);
            run.add(at(20_500, "late", "login"), 23_000);
            run.advance(22_999);
            assertThat(run.late).as("its turn has not come").isZero();
            run.advance(23_000);
            Outcome alert = run.alerts.values().iterator().next();
            assertThat(alert.count()).isEqualTo(3);
            assertThat(alert.revision()).isEqualTo(2);
            assertThat(alert.evidence()).containsKey("late");
            run.add(at(20_500, "late", "login"), 24_000);
            run.add(at(1_000, "far too late", "login"), 24_000);
            run.advance(24_000);
            assertThat(run.alerts.values().iterator().next().count()).isEqualTo(3);
            assertThat(run.late).isEqualTo(3);
            assertThat(run.amended).isEqualTo(1);
        }
    }

    @Test
    void lessThanIsJudgedWhenTheWindowIsOverAndNotEarlier() {
        try (EngineRun run = new EngineRun(bursts(Operator.LT, 2))) {
            run.add(at(1_000, "a", "login"));
            run.advance(10_999);
            assertThat(run.alerts).isEmpty();
            run.advance(11_000);
            assertThat(run.alerts.values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.time()).isEqualTo(11_000));
        }
    }

    @Test
    void windowsThatAreOpenAtTheEndAreNotJudged() {
        try (EngineRun run = new EngineRun(bursts(Operator.LT, 2))) {
            run.add(at(1_000, "a", "login"));
            run.advance(5_000);
            run.end();
            assertThat(run.alerts).isEmpty();
        }
    }

    @Test
    void theChainWithTheNewestStartIsKept() {
        RuleSet rules = Sigma.set(
                Sigma.detection("a"),
                Sigma.detection("b"),
                Sigma.detection("c"),
                Sigma.correlation(
                        "abc",
                        Type.TEMPORAL_ORDERED,
                        List.of("a", "b", "c"),
                        List.of(),
                        T,
                        List.of(),
                        Optional.empty()));
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(1, "a1", "a"));
            run.add(at(2, "b1", "b"));
            run.add(at(3, "a2", "a"));
            run.add(at(4, "c", "c"));
            run.advance(10);
            assertThat(run.alerts.values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.evidence()).containsOnlyKeys("a1", "b1", "c"));
        }
    }

    /** The burst goes on for minutes as one alert; what it completes is over in between, and is another alert each time. */
    @Test
    void anInnerAlertCompletesAndOpensMoreThanOneAlert() {
        RuleSet rules = Sigma.set(
                Sigma.detection("login"),
                Sigma.detection("lockout"),
                count(Operator.GTE, 1, Optional.of(Duration.ofMinutes(10))),
                shortly("again", Type.EVENT_COUNT, List.of("burst"), List.of(new Criterion(Operator.GTE, 1))),
                shortly("few", Type.EVENT_COUNT, List.of("burst"), List.of(new Criterion(Operator.LT, 5))),
                shortly("unanswered", Type.ABSENCE, List.of("burst", "lockout"), List.of()));
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(0, "a", "login"));
            run.add(at(60_000, "b", "login"));
            run.add(at(120_000, "c", "login"));
            run.advance(200_000);
            for (String outer : List.of("again", "few", "unanswered")) {
                assertThat(run.alerts.values())
                        .filteredOn(alert -> alert.rule().equals(outer))
                        .as(outer)
                        .hasSize(3);
            }
        }
    }

    private static CorrelationRule shortly(String name, Type type, List<String> rules, List<Criterion> criteria) {
        return Sigma.correlation(name, type, rules, List.of("source.ip"), T, criteria, Optional.empty());
    }

    @Test
    void aDetectionWithSuppressIsOneAlertThatGrows() {
        RuleSet rules = Sigma.set(Sigma.detection("login", Optional.of(Duration.ofMinutes(1))));
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(0, "a", "login"));
            run.add(at(59_999, "b", "login"));
            run.add(at(119_999, "c", "login"));
            run.advance(200_000);
            assertThat(Outcome.sorted(run.alerts.values()))
                    .extracting(Outcome::count)
                    .containsExactly(2L, 1L);
        }
    }

    @Test
    void groupsThatCanMatterToNothingAreForgotten() {
        try (EngineRun run = new EngineRun(bursts(Operator.GTE, 2))) {
            for (int i = 0; i < 1_000; i++) {
                run.add(new Happening(
                        "e" + i, i, List.of("login"), Map.of("source.ip", "10.0." + i / 250 + "." + i % 250)));
            }
            run.advance(1_000);
            assertThat(run.groups()).isEqualTo(1_000);
            run.advance(30_000);
            assertThat(run.groups()).isZero();
        }
    }

    @Test
    void stateOfAGroupIsBoundedWhateverItReceives() {
        Correlations correlations = new Correlations(bursts(Operator.GTE, 5));
        Outlet nobody = new Quiet();
        try (Correlator correlator = new Correlator(correlations, 0, nobody, Touching.NOTHING)) {
            Correlation burst = correlations.all().iterator().next();
            for (int i = 0; i < 10_000; i++) {
                Happening next = at(i, "e" + i, "login");
                GroupKey group = burst.group(0, next.event());
                correlator.add(group, Match.ofEvent(next.event(), 1, "", next.matched()), next.time());
            }
            correlator.advance(10_000);
            correlator.save((group, state) -> {
                assertThat(state.orElseThrow().retained()).hasSize(5);
                assertThat(state.orElseThrow().pending()).isEmpty();
                assertThat(state.orElseThrow().alert().orElseThrow().evidence()).hasSize(50);
            });
        }
    }

    @Test
    void aRuleThatThrowsIsQuarantinedAndTheOthersGoOn() {
        RuleSet rules = Sigma.set(
                Sigma.detection("login"),
                count(Operator.GTE, 1, Optional.empty()),
                Sigma.correlation(
                        "other",
                        Type.EVENT_COUNT,
                        List.of("login"),
                        List.of(),
                        T,
                        List.of(new Criterion(Operator.GTE, 2)),
                        Optional.empty()));
        Correlations correlations = new Correlations(rules);
        Quiet outlet = new Quiet();
        try (Correlator correlator =
                new Correlator(correlations, outlet, Touching.NOTHING, new FailingFor("burst", correlations))) {
            for (int i = 0; i < 3; i++) {
                Happening next = at(i, "e" + i, "login");
                for (Correlation each : correlations.all()) {
                    correlator.add(
                            each.group(0, next.event()),
                            Match.ofEvent(next.event(), 1, "", next.matched()),
                            next.time());
                }
            }
            correlator.advance(10);
        }
        assertThat(outlet.quarantined).containsExactly("burst");
        assertThat(outlet.alerted).contains("other").doesNotContain("burst");
    }

    @Test
    void whatEsperThrowsNamesTheRule() {
        Correlations correlations = new Correlations(bursts(Operator.GTE, 1));
        Correlation burst = correlations.all().iterator().next();
        try (EsperEngine engine = new EsperEngine(correlations.all())) {
            Cell cell = new Cell(new GroupKey(burst.key(), List.of("x")), new RunningRule(burst));
            assertThatThrownBy(() -> engine.accept(cell, null))
                    .isInstanceOf(RuleFailedException.class)
                    .hasMessageContaining("burst");
        }
    }

    @Test
    void whatCannotRunIsRefusedByNameAndSilencesNobody() {
        RuleSet rules = Sigma.set(
                Sigma.detection("login"),
                Sigma.correlation(
                        "users",
                        Type.VALUE_COUNT,
                        List.of("login"),
                        List.of(),
                        T,
                        List.of(new Criterion(Operator.GTE, 100_001)),
                        Optional.empty()),
                Sigma.correlation(
                        "after users",
                        Type.TEMPORAL_ORDERED,
                        List.of("users", "login"),
                        List.of(),
                        T,
                        List.of(),
                        Optional.empty()));
        Correlations correlations = new Correlations(rules);
        assertThat(correlations.all()).isEmpty();
        assertThat(correlations.alertsAtOnce(rules.detections().get(0))).isTrue();
        assertThat(correlations.problems())
                .extracting(problem -> problem.message())
                .satisfiesExactly(
                        first -> assertThat(first).contains("'users'").contains("counts beyond 100000"),
                        second -> assertThat(second).contains("'after users'").contains("'users'"));
    }

    private static Happening valued(long time, String value) {
        return new Happening("e" + time, time, List.of("x"), Map.of("n", value, "b", value));
    }

    private static RuleSet over(CorrelationRule.Type type, List<Criterion> criteria, Optional<Duration> learning) {
        return Sigma.set(
                Sigma.detection("x"),
                Sigma.correlation(
                        "over",
                        type,
                        List.of("x"),
                        List.of(),
                        Map.of(),
                        T,
                        criteria,
                        Optional.empty(),
                        learning,
                        type == Type.RATE_CHANGE ? Optional.of(new CorrelationRule.Baseline(2, 4)) : Optional.empty()));
    }

    @Test
    void anAlertCountsWhatItRestsOnEvenIfItCannotShowAllOfIt() {
        RuleSet rules = over(Type.VALUE_SUM, List.of(new Criterion(Operator.GTE, 1_000)), Optional.empty());
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 0; i < 300; i++) {
                run.add(valued(i, "1"));
            }
            run.add(valued(300, "700"));
            run.add(valued(301, "-900"));
            for (int i = 302; i < 500; i++) {
                run.add(valued(i, "1"));
            }
            run.add(valued(500, "900"));
            run.advance(501);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.revision()).isEqualTo(2);
                assertThat(alert.count())
                        .as("every match since the window began")
                        .isEqualTo(501);
                assertThat(alert.evidence()).hasSize(50);
                assertThat(alert.last()).isEqualTo(500);
            });
        }
    }

    @Test
    void fractionsAddUpAsTheyAreWritten() {
        RuleSet rules = over(Type.VALUE_SUM, List.of(new Criterion(Operator.EQ, 1)), Optional.empty());
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 0; i < 10; i++) {
                run.add(valued(i, "0.1"));
            }
            run.advance(10);
            assertThat(run.alerts)
                    .as("ten times 0.1 is 1, though not in floating point")
                    .hasSize(1);
        }
    }

    @Test
    void anEvenNumberOfValuesHasItsMedianBetweenTheTwoInTheMiddle() {
        RuleSet rules = over(Type.VALUE_MEDIAN, List.of(new Criterion(Operator.EQ, 2.5)), Optional.empty());
        try (EngineRun run = new EngineRun(rules)) {
            run.add(valued(1, "4"));
            run.add(valued(2, "no number"));
            run.add(valued(3, "1"));
            run.advance(3);
            assertThat(run.alerts.values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.time()).isEqualTo(3));
        }
    }

    @Test
    void aValueIsNewOnlyAfterLearningAndOnlyUntilItIsKnown() {
        try (EngineRun run = new EngineRun(over(Type.NEW_VALUE, List.of(), Optional.of(Duration.ofSeconds(5))))) {
            run.add(valued(0, "jp"));
            run.add(valued(4_999, "us"));
            run.add(valued(5_000, "us"));
            run.add(valued(5_001, "de"));
            run.add(valued(9_999, "de"));
            run.advance(10_000);
            assertThat(run.alerts.values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.time()).isEqualTo(5_001));
        }
    }

    @Test
    void whatDoesNotFollowIsMissedWhenTheTimeIsUpAndNotEarlier() {
        RuleSet rules = Sigma.set(
                Sigma.detection("opened"),
                Sigma.detection("closed"),
                Sigma.correlation(
                        "left open",
                        Type.ABSENCE,
                        List.of("opened", "closed"),
                        List.of("source.ip"),
                        T,
                        List.of(),
                        Optional.empty()));
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(0, "a", "opened"));
            run.add(at(9_999, "b", "closed"));
            run.add(at(20_000, "c", "opened"));
            run.add(at(30_000, "d", "closed"));
            run.advance(29_999);
            assertThat(run.alerts).isEmpty();
            run.advance(30_000);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.time()).isEqualTo(30_000);
                assertThat(alert.evidence()).containsOnlyKeys("c");
            });
        }
    }

    @Test
    void aRateThatDropsToNothingIsSeenWithoutAnyMatch() {
        RuleSet rules = over(Type.RATE_CHANGE, List.of(new Criterion(Operator.LTE, 0.5)), Optional.empty());
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 5_000; i < 30_000; i += 1_000) {
                run.add(valued(i, "1"));
            }
            run.advance(39_999);
            assertThat(run.alerts).isEmpty();
            run.advance(40_000);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.time()).isEqualTo(40_000);
                assertThat(alert.last()).as("what was seen last").isEqualTo(29_000);
            });
            run.advance(200_000);
            assertThat(run.groups()).as("an empty group ends").isZero();
        }
    }

    @Test
    void whatWasTouchedOnceStaysTouchedWhenItsEvidenceHasMadeRoom() {
        RuleSet rules = bursts(Operator.GTE, 1);
        Correlations correlations = new Correlations(rules);
        Touching byFirstLetter = event -> List.of(new jp.hinomi.events.Alert.AffectedResource(
                event.id().substring(0, 1), jp.hinomi.events.Alert.Part.TARGET));
        List<String> touched = new java.util.ArrayList<>();
        Outlet outlet = new Quiet() {
            @Override
            public void alert(Correlation correlation, GroupKey group, OpenAlert alert) {
                touched.clear();
                alert.touched().forEach(each -> touched.add(each.id()));
            }
        };
        try (Correlator correlator = new Correlator(correlations, 0, outlet, byFirstLetter)) {
            for (int i = 0; i < 120; i++) {
                Happening next = at(i, (i == 0 ? "a" : "b") + i, "login");
                GroupKey group = correlations.all().iterator().next().group(0, next.event());
                correlator.add(group, Match.ofEvent(next.event(), 1, "", next.matched()), next.time());
            }
            correlator.advance(200);
        }
        assertThat(touched).containsExactly("a", "b");
    }
}
