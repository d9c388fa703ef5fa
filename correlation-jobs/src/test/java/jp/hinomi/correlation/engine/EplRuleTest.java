package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.RuleSet;
import org.junit.jupiter.api.Test;

/** Statements, one behaviour at a time; {@link EplRuleProperties} has them at random. */
class EplRuleTest {
    private static final Duration T = Duration.ofMillis(100);

    private static CorrelationRule rule(String epl) {
        return Sigma.epl("rule", List.of("login", "export"), List.of("user.name"), T, Optional.empty(), epl);
    }

    private static RuleSet rules(String epl) {
        return Sigma.set(Sigma.detection("login"), Sigma.detection("export"), rule(epl));
    }

    private static Happening at(long time, String id, String... matched) {
        return new Happening(id, time, List.of(matched), Map.of("user.name", "kei"));
    }

    @Test
    void aTimerFiresAtItsTimeAndNeverEarly() {
        RuleSet rules = rules("select * from pattern [every a=login -> (timer:interval(100 msec) and not b=export)]");
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(1_000, "e1", "login"));
            run.advance(1_099);
            assertThat(run.alerts).isEmpty();
            run.advance(1_500);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.time()).isEqualTo(1_100);
                assertThat(alert.evidence()).containsOnlyKeys("e1");
            });
        }
    }

    @Test
    void theAnswerKeepsATimerFromFiringUntilItsTime() {
        RuleSet rules = rules("select * from pattern [every a=login -> (timer:interval(100 msec) and not b=export)]");
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(1_000, "e1", "login"));
            run.add(at(1_099, "e2", "export"));
            run.add(at(2_000, "e3", "login"));
            run.add(at(2_100, "e4", "export")); // half-open: no more within 100 ms of e3
            run.advance(3_000);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.time()).isEqualTo(2_100);
                assertThat(alert.evidence()).containsOnlyKeys("e3");
            });
        }
    }

    @Test
    void rowsOfOneMatchAreOneFiring() {
        RuleSet rules = rules("select * from pattern [every a=login -> (b=export where timer:within(100 msec))]");
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 0; i < 3; i++) {
                run.add(at(1_000 + i, "login" + i, "login"));
            }
            run.add(at(1_050, "export", "export"));
            run.advance(2_000);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.revision()).isEqualTo(1);
                assertThat(alert.count()).isEqualTo(4);
                assertThat(alert.time()).isEqualTo(1_050);
            });
        }
    }

    @Test
    void aWindowFiresWhenItGrowsAndNotWhenItShrinks() {
        RuleSet rules = rules("select window(*) from login#time(100 msec) having count(*) >= 1");
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(1_000, "e1", "login"));
            run.add(at(1_050, "e2", "login"));
            run.advance(5_000);
            assertThat(run.alerts.values()).singleElement().satisfies(alert -> {
                assertThat(alert.revision()).isEqualTo(2);
                assertThat(alert.last()).isEqualTo(1_050);
            });
        }
    }

    /** What a log says can be of any type; no event may bring a rule down. */
    @Test
    void valuesOfAnotherTypeAreNoValues() {
        RuleSet rules = rules("""
                select * from login(source.port > 1000 and event.risk_score < 5 and clock.suspect = true
                  and related.user = 'first' and vendor.code = '7')
                """);
        List<Object> ports = List.of(2_000L, "2000", 2_000.0, 2_000.5, "many", true, List.of(3_000L, 1L));
        try (EngineRun run = new EngineRun(rules)) {
            int fits = 0;
            for (int i = 0; i < ports.size(); i++) {
                SecurityEvent event = new SecurityEvent.Builder("e" + i, 1_000 + 1_000 * i)
                        .put(Fields.of("user.name"), "kei")
                        .put(Fields.of("source.port"), ports.get(i))
                        .put(Fields.of("event.risk_score"), i % 2 == 0 ? (Object) 1L : "1.5")
                        .put(Fields.of("clock.suspect"), i % 2 == 0 ? (Object) true : "true")
                        .put(Fields.of("related.user"), List.of("first", "second"))
                        .put(Fields.of("vendor.code"), 7L)
                        .build();
                run.add(event, List.of("login"));
                run.advance(event.correlationMillis());
                fits += List.of(0, 1, 2, 6).contains(i) ? 1 : 0;
                assertThat(run.alerts).as("port " + ports.get(i)).hasSize(fits);
            }
            assertThat(run.failures).isEmpty();
        }
    }

    @Test
    void theAlertsOfACorrelationAreAStreamToo() {
        RuleSet rules = Sigma.set(
                Sigma.detection("login"),
                Sigma.detection("export"),
                Sigma.correlation(
                        "burst",
                        Type.EVENT_COUNT,
                        List.of("login"),
                        List.of("user.name"),
                        T,
                        List.of(new Criterion(Operator.GTE, 2)),
                        Optional.empty()),
                Sigma.epl(
                        "rule",
                        List.of("burst", "export"),
                        List.of("user.name"),
                        T,
                        Optional.empty(),
                        "select * from pattern [every a=burst -> (b=export(user.name = a.user.name and timestamp >"
                                + " a.timestamp) where timer:within(100 msec))]"));
        try (EngineRun run = new EngineRun(rules)) {
            run.add(at(1_000, "e1", "login"));
            run.add(at(1_001, "e2", "login"));
            run.add(at(1_002, "e3", "export"));
            run.advance(2_000);
            assertThat(run.alerts.values())
                    .filteredOn(alert -> alert.rule().equals("rule"))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.evidence()).containsOnlyKeys("e1", "e2", "e3"));
        }
    }

    @Test
    void aGroupThatOutgrowsItsBudgetPutsTheRuleInQuarantineAndTheOthersGoOn() {
        RuleSet rules = Sigma.set(
                Sigma.detection("login"),
                Sigma.detection("export"),
                rule("select window(*) from login#time(100 msec) having count(*) = 1000000"),
                Sigma.correlation(
                        "other",
                        Type.EVENT_COUNT,
                        List.of("login"),
                        List.of(),
                        T,
                        List.of(new Criterion(Operator.GTE, 20_000)),
                        Optional.empty()));
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 0; i < 20_000; i++) {
                run.add(at(1_000, "e%05d".formatted(i), "login"));
            }
            run.advance(1_000);
            assertThat(run.failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .hasMessageContaining("'rule'")
                            .hasMessageContaining("10000 matches within 0.1 s")
                            .hasMessageContaining("shorten 'timespan'"));
            run.add(at(1_001, "late", "login"));
            run.advance(2_000);
            assertThat(run.quarantined).containsExactly("rule");
            assertThat(run.alerts.values()).extracting(Outcome::rule).containsOnly("other");
        }
    }

    @Test
    void aGroupIsForgottenWhenNothingOfItCanMatter() {
        RuleSet rules = rules("select * from pattern [every a=login -> (timer:interval(100 msec) and not b=export)]");
        try (EngineRun run = new EngineRun(rules)) {
            for (int i = 0; i < 50; i++) {
                run.add(new Happening("e" + i, 1_000, List.of("login"), Map.of("user.name", "user" + i)));
            }
            run.advance(1_000);
            assertThat(run.groups()).isEqualTo(50);
            run.advance(60_000);
            assertThat(run.groups()).isZero();
            assertThat(run.alerts).hasSize(50);
        }
    }

    @Test
    void anotherStatementStartsAfreshAndAnotherLayoutDoesNot() {
        String epl = "select window(*) from login#time(100 msec) having count(*) >= 2";
        assertThat(key(epl)).isEqualTo(key(epl.replace(" from", "\n  from /* here */")));
        assertThat(key(epl)).isNotEqualTo(key(epl.replace("2", "3")));
    }

    private static String key(String epl) {
        return new Correlations(rules(epl)).all().iterator().next().key();
    }

    @Test
    void whatTheCheckRefusesIsAProblemOfTheRuleAndSilencesNobody() {
        Correlations correlations = new Correlations(rules("select * from login where java.lang.System.exit(1)"));
        assertThat(correlations.all()).isEmpty();
        assertThat(correlations.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("epl-function");
            assertThat(problem.file()).isEqualTo("rule.yml");
        });
        assertThat(correlations.alertsAtOnce(Sigma.detection("login"))).isTrue();
    }

    /** What is saved is bounded by the timespan, and nothing of it is lost. */
    @Test
    void theLastTimespanIsKept() {
        Correlations correlations =
                new Correlations(rules("select window(*) from login#time(100 msec) having count(*) >= 3"));
        Correlation correlation = correlations.all().iterator().next();
        Map<GroupKey, GroupState> saved = new HashMap<>();
        try (Correlator correlator = new Correlator(correlations, 0, new Quiet(), Touching.NOTHING)) {
            for (int i = 0; i < 500; i++) {
                Happening next = at(i, "e" + i, "login");
                correlator.add(correlation.group(0, next.event()), match(next), next.time());
            }
            correlator.advance(499);
            correlator.save((group, state) -> saved.put(group, state.orElseThrow()));
        }
        assertThat(saved.values())
                .singleElement()
                .satisfies(state -> assertThat(state.retained()).hasSize(100));
    }

    private static Match match(Happening happening) {
        return Match.ofEvent(happening.event(), 1, "", happening.matched());
    }
}
