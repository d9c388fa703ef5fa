package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.espertech.esper.runtime.client.EPRuntimeProvider;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Seen to fail: with what is dropped left in the list of groups to look at later. */
    @Test
    void whatAStoppedRuleRememberedIsGivenBackAtOnce() {
        Correlations correlations = new Correlations(rules(50));
        try (Correlator correlator = new Correlator(correlations, 0, LIMITS, outlet, Touching.NOTHING)) {
            WeakReference<Match> remembered = login(correlator, correlations);
            System.gc();
            assertThat(remembered.get()).isNotNull();
            logins(correlator, correlations, 10, 1_500);
            correlator.advance(20_000);
            assertThat(outlet.quarantined).containsExactly("greedy");
            awaitForgotten(remembered);
            // Alive until here, and long before its group could have been over.
            assertThat(correlator.groups()).isEqualTo(1);
        }
    }

    @Test
    void whatAGroupRememberedIsGivenBackWhenItIsOver() {
        Correlations correlations = new Correlations(rules(50));
        try (Correlator correlator = new Correlator(correlations, 0, LIMITS, outlet, Touching.NOTHING)) {
            WeakReference<Match> remembered = login(correlator, correlations);
            correlator.advance(Duration.ofHours(1).toMillis() + 2 * Groups.SWEEP);
            awaitForgotten(remembered);
            assertThat(correlator.groups()).isZero();
        }
    }

    private static void awaitForgotten(WeakReference<Match> remembered) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return remembered.get() == null;
        });
    }

    /** A match of the greedy rule, which nobody holds but the correlator. */
    private static WeakReference<Match> login(Correlator correlator, Correlations correlations) {
        Correlation to = correlations.all().stream()
                .filter(each -> each.info().name().equals("greedy"))
                .findFirst()
                .orElseThrow();
        Happening first = new Happening("first", 1, List.of("login"), Map.of("user.name", "somebody"));
        Match match = Match.ofEvent(first.event(), 1, "", first.matched());
        correlator.add(to.group(0, first.event()), match, first.time());
        correlator.advance(2);
        return new WeakReference<>(match);
    }

    private static Correlations sums() {
        List<CorrelationRule> rules = List.of(sum("broken"), sum("sound"));
        return new Correlations(Sigma.set(Sigma.detection("upload"), rules.get(0), rules.get(1)));
    }

    private static CorrelationRule sum(String name) {
        return Sigma.correlation(
                name,
                Type.VALUE_SUM,
                List.of("upload"),
                List.of(),
                Duration.ofHours(1),
                List.of(new Criterion(Operator.GTE, 10)),
                Optional.empty());
    }

    private static void upload(Correlator correlator, Correlations correlations, String rule, int at, String value) {
        Happening next = new Happening(rule + at, at, List.of("upload"), Map.of());
        for (Correlation each : correlations.all()) {
            if (each.info().name().equals(rule)) {
                correlator.add(
                        each.group(0, next.event()),
                        Match.ofEvent(next.event(), 1, value, next.matched()),
                        next.time());
            }
        }
        correlator.advance(at);
    }

    @Test
    void aRuleThatThrowsLeavesTheOthersOfItsStatementAlone() {
        Correlations correlations = sums();
        try (Correlator correlator = new Correlator(correlations, 0, outlet, Touching.NOTHING)) {
            upload(correlator, correlations, "sound", 1, "4");
            upload(correlator, correlations, "broken", 2, "4");
            upload(correlator, correlations, "broken", 3, "no number");
            assertThat(outlet.quarantined).containsExactly("broken");
            assertThat(figures(correlator, "broken").quarantine()).contains("no number");
            assertThat(correlator.groups()).isEqualTo(1);
            upload(correlator, correlations, "sound", 4, "5");
            assertThat(outlet.alerted).as("4 + 5, each once").isEmpty();
            upload(correlator, correlations, "sound", 5, "1");
            assertThat(outlet.alerted).containsExactly("sound");
        }
    }

    @Test
    void whatARuleRememberedOutlivesTheRuntimeThatItWasEvaluatedIn() {
        Set<String> others = Set.of(EPRuntimeProvider.getRuntimeURIs());
        Correlations correlations = sums();
        try (Correlator correlator = new Correlator(correlations, 0, outlet, Touching.NOTHING)) {
            upload(correlator, correlations, "sound", 1, "4");
            upload(correlator, correlations, "broken", 2, "4");
            for (String uri : EPRuntimeProvider.getRuntimeURIs()) {
                if (!others.contains(uri)) {
                    EPRuntimeProvider.getExistingRuntime(uri).destroy();
                }
            }
            upload(correlator, correlations, "broken", 3, "4");
            assertThat(outlet.quarantined).containsExactly("broken");
            upload(correlator, correlations, "sound", 4, "6");
            assertThat(outlet.alerted).containsExactly("sound");
        }
    }
}
