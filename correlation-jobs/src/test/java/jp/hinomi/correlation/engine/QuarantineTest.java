package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.RuleSet;
import org.junit.jupiter.api.Test;

/** A rule that takes too much is stopped, its state is freed, and an edit lets it run again. */
class QuarantineTest {
    private static final Correlator.Limits LIMITS = new Correlator.Limits(1_000, 0, () -> 0);

    private final Quiet outlet = new Quiet();

    private static CorrelationRule count(String name, List<String> groupBy, int count) {
        return Sigma.correlation(
                name,
                Type.EVENT_COUNT,
                List.of("login"),
                groupBy,
                Duration.ofHours(1),
                List.of(new Criterion(Operator.GTE, count)),
                Optional.empty());
    }

    private static RuleSet rules(int count) {
        return Sigma.set(
                Sigma.detection("login"), count("greedy", List.of("user.name"), count), count("modest", List.of(), 3));
    }

    /** Logins of different users, so that one of the rules has a group for each. */
    private static void logins(Correlator correlator, Correlations correlations, int from, int to) {
        for (int i = from; i < to; i++) {
            Happening next = new Happening("e" + i, i, List.of("login"), Map.of("user.name", "u" + i));
            for (Correlation each : correlations.all()) {
                correlator.add(
                        each.group(0, next.event()), Match.ofEvent(next.event(), 1, "", next.matched()), next.time());
            }
        }
        correlator.advance(to);
    }

    private static RuleFigures figures(Correlator correlator, String rule) {
        return correlator.figures().stream()
                .filter(figures -> figures.correlation().info().name().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRuleThatOutgrowsItsBudgetIsStoppedAndTheOthersGoOn() {
        Correlations correlations = new Correlations(rules(50));
        try (Correlator correlator = new Correlator(correlations, 0, LIMITS, outlet, Touching.NOTHING)) {
            logins(correlator, correlations, 0, 400);
            correlator.advance(20_000);
            assertThat(outlet.quarantined).as("below the budget").isEmpty();
            logins(correlator, correlations, 20_001, 21_000);
            correlator.advance(40_000);
            assertThat(outlet.quarantined).containsExactly("greedy");
            assertThat(figures(correlator, "greedy").quarantine())
                    .contains("'greedy'")
                    .contains("budget of 1000")
                    .contains("--state-budget");
            assertThat(correlator.groups()).as("only the other's").isEqualTo(1);
            logins(correlator, correlations, 40_001, 40_010);
            assertThat(correlator.groups()).isEqualTo(1);
            assertThat(figures(correlator, "greedy").groups()).isZero();
            assertThat(figures(correlator, "modest").isQuarantined()).isFalse();
            assertThat(outlet.alerted).contains("modest");
        }
    }

    @Test
    void aQuarantineOutlivesARestartAndEndsWithAnEdit() {
        Correlations correlations = new Correlations(rules(50));
        List<RuleMark> marks;
        Map<GroupKey, GroupState> saved = new HashMap<>();
        try (Correlator correlator = new Correlator(correlations, 0, LIMITS, outlet, Touching.NOTHING)) {
            logins(correlator, correlations, 0, 1_500);
            correlator.advance(20_000);
            assertThat(outlet.quarantined).containsExactly("greedy");
            marks = correlator.marks();
            correlator.save((key, state) -> state.ifPresent(present -> saved.put(key, present)));
        }
        assertThat(saved).as("nothing of the greedy rule").hasSize(1);
        try (Correlator correlator = new Correlator(correlations, 0, LIMITS, outlet, Touching.NOTHING)) {
            correlator.restoreMarks(marks);
            correlator.restore(saved, 20_000);
            assertThat(figures(correlator, "greedy").isQuarantined()).isTrue();
            logins(correlator, correlations, 20_001, 20_003);
            assertThat(figures(correlator, "greedy").groups()).isZero();

            Correlations edited = new Correlations(rules(2));
            correlator.change(edited);
            assertThat(figures(correlator, "greedy").isQuarantined()).isFalse();
            logins(correlator, edited, 20_004, 20_006);
            assertThat(figures(correlator, "greedy").groups()).isEqualTo(2);
            assertThat(figures(correlator, "greedy").since()).isEqualTo(20_006);
        }
    }
}
