package jp.hinomi.correlation.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.correlation.stage.RuleStates.Known;
import jp.hinomi.correlation.stage.RuleStates.KnownFilter;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealth.State;
import jp.hinomi.events.RuleHealthJson;
import org.junit.jupiter.api.Test;

/** As a timeline; times in milliseconds. */
class RuleStatesTest {
    private static final Map<String, Known> BURST = Map.of("burst", new Known("id", "v1", Optional.empty(), true));

    private final RuleStates states = new RuleStates();

    private static RuleReport report(String reporter, long matches, long warmUntil, String quarantine) {
        return new RuleReport(reporter, "burst", matches, 1, 2, 3, 4_000_000, warmUntil, quarantine);
    }

    @Test
    void subtasksAreAddedUp() {
        states.take(report("a", 10, 0, ""));
        states.take(report("b", 5, 0, ""));
        states.take(report("a", 11, 0, ""));
        assertThat(states.due(BURST, 100)).singleElement().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.RUNNING);
            assertThat(health.since()).isEqualTo(100);
            assertThat(health.matches()).isEqualTo(16);
            assertThat(health.groups()).isEqualTo(4);
            assertThat(health.timeMillis()).isEqualTo(8);
            assertThat(RuleHealthJson.read(RuleHealthJson.write(health))).isEqualTo(health);
        });
    }

    @Test
    void numbersAreToldEveryTenSecondsAndStatesAtOnce() {
        assertThat(states.due(BURST, 0)).hasSize(1);
        assertThat(states.due(BURST, 50_000)).as("nothing new").isEmpty();
        states.take(report("a", 1, 0, ""));
        assertThat(states.due(BURST, 60_000)).hasSize(1);
        states.take(report("a", 2, 0, ""));
        assertThat(states.due(BURST, 69_999)).isEmpty();
        assertThat(states.due(BURST, 70_000)).hasSize(1);
        states.take(report("a", 2, 0, "it threw"));
        assertThat(states.due(BURST, 70_001)).singleElement().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.QUARANTINED);
            assertThat(health.reason()).hasValue("it threw");
            assertThat(health.since()).isEqualTo(70_001);
            assertThat(RuleHealthJson.read(RuleHealthJson.write(health))).isEqualTo(health);
        });
    }

    @Test
    void aRuleWarmsUpUntilItsLastSubtaskHas() {
        states.take(report("a", 1, 5_000, ""));
        states.take(report("b", 1, 6_000, ""));
        assertThat(states.due(BURST, 0)).singleElement().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.WARMING_UP);
            assertThat(health.until()).hasValue(6_000);
            assertThat(RuleHealthJson.read(RuleHealthJson.write(health))).isEqualTo(health);
        });
        states.take(report("a", 1, 0, ""));
        states.take(report("b", 1, 0, ""));
        assertThat(states.due(BURST, 7_000))
                .singleElement()
                .extracting(RuleHealth::state)
                .isEqualTo(State.RUNNING);
    }

    @Test
    void aRefusedEditIsSaidBesideTheVersionThatRuns() {
        Known edited = new Known("id", "v1", Optional.of("burst.yml:4: error"), true);
        assertThat(states.due(Map.of("burst", edited), 0)).singleElement().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.RUNNING);
            assertThat(health.reason()).hasValue("burst.yml:4: error");
        });
        Known never = new Known("id", "", Optional.of("other.yml:1: error"), false);
        assertThat(states.due(Map.of("burst", edited, "other", never), 1))
                .singleElement()
                .extracting(RuleHealth::state)
                .isEqualTo(State.REFUSED);
    }

    @Test
    void aRuleThatIsGoneIsTakenBackAlsoAfterARestart() {
        RuleHealth before = states.due(BURST, 0).get(0);
        RuleStates restarted = new RuleStates();
        restarted.restore(before);
        assertThat(restarted.due(BURST, 5_000)).as("the same as before").isEmpty();
        assertThat(restarted.told()).extracting(RuleHealth::since).containsExactly(0L);
        assertThat(restarted.due(Map.of(), 6_000))
                .extracting(RuleHealth::rule, RuleHealth::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("burst", State.REMOVED));
        assertThat(restarted.due(Map.of(), 7_000)).isEqualTo(List.of());
    }

    /** Failed while a rule seemed to run until the subtask that has it in quarantine had reported. */
    @Test
    void aQuarantineIsKeptOverARestartUntilItsRuleIsEdited() {
        states.take(report("a", 1, 0, "it threw"));
        RuleHealth before = states.due(BURST, 0).get(0);
        RuleStates restarted = new RuleStates();
        restarted.restore(before);
        assertThat(restarted.due(BURST, 5_000))
                .as("no subtask has reported")
                .singleElement()
                .extracting(RuleHealth::state)
                .isEqualTo(State.QUARANTINED);
        restarted.take(report("b", 7, 0, ""));
        assertThat(restarted.due(BURST, 15_000)).singleElement().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.QUARANTINED);
            assertThat(health.reason()).hasValue("it threw");
            assertThat(health.since()).isZero();
            assertThat(health.matches()).isEqualTo(7);
        });
        Map<String, Known> edited = Map.of("burst", new Known("id", "v2", Optional.empty(), true));
        assertThat(restarted.due(edited, 16_000))
                .singleElement()
                .extracting(RuleHealth::state)
                .isEqualTo(State.RUNNING);
        assertThat(restarted.due(BURST, 17_000))
                .singleElement()
                .extracting(RuleHealth::state)
                .isEqualTo(State.RUNNING);
    }

    private static Map<String, Known> failed(long ends) {
        return Map.of(
                "failed",
                new Known(
                        "id",
                        "v1",
                        Optional.empty(),
                        true,
                        List.of(new KnownFilter("scanner", Optional.of("city-soc"), ends))));
    }

    @Test
    void suppressedMatchesAreCountedByExceptionAndHourAlsoOverARestart() {
        long hour = 3_600_000;
        for (int i = 0; i < 30; i++) {
            states.take(new Suppressed("failed", "scanner", i, 2, i * hour + 5));
            states.take(new Suppressed("failed", "", i, 1, i * hour + 5));
        }
        RuleStates restarted = new RuleStates();
        states.suppressed().forEach(restarted::take);
        restarted.take(new Suppressed("failed", "scanner", 29, 1, 29 * hour + 7));
        assertThat(restarted.due(failed(Long.MAX_VALUE), 0)).singleElement().satisfies(health -> {
            assertThat(health.suppressed()).isEqualTo(30);
            assertThat(health.exceptions()).singleElement().satisfies(exception -> {
                assertThat(exception.suppressed()).isEqualTo(61);
                assertThat(exception.last()).hasValue(29 * hour + 7);
                assertThat(exception.owner()).hasValue("city-soc");
                assertThat(exception.ends()).isEmpty();
                assertThat(exception.since(29)).isEqualTo(3);
                assertThat(exception.since(6)).isEqualTo(49);
                assertThat(exception.byHour()).as("a day").hasSize(25);
            });
            assertThat(RuleHealthJson.read(RuleHealthJson.write(health))).isEqualTo(health);
        });
        restarted.due(Map.of(), 1);
        assertThat(restarted.suppressed()).as("of a rule that is gone").isEmpty();
    }

    @Test
    void thatAnExceptionHasExpiredIsToldAtOnce() {
        assertThat(states.due(failed(5_000), 4_999))
                .singleElement()
                .satisfies(health ->
                        assertThat(health.exceptions().get(0).expired()).isFalse());
        assertThat(states.due(failed(5_000), 5_000)).singleElement().satisfies(health -> {
            assertThat(health.exceptions().get(0).expired()).isTrue();
            assertThat(health.since()).as("the rule runs as before").isEqualTo(4_999);
        });
        assertThat(states.due(failed(5_000), 5_001)).isEmpty();
    }
}
