package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The engine says what the model says.
 *
 * <p>Seen to fail when broken: in {@link Chain#add} keeping the newest match per step instead of the chain with the newest
 * start; {@code <=} in place of {@code <} at a window's edge in {@link NewestDistinct#add}; {@link Match#ORDER} without the
 * id; counting {@code suppress} from the alert's first firing in {@link OpenAlert#isOver};
 * {@link Pending#compareTo} by {@code due} alone (after 4 tries); a record that comes twice evaluated twice in {@code
 * Correlator.evaluate} (after 1). With late ones, in {@link OpenAlert#amend} and {@link Firings#late}: none amends (after 23);
 * also when the alert is over when its turn comes (after 10); also when it is younger than the last firing (after 12).
 * With groups that end, in {@link Cell#isDead}: half a timespan after the last match (after 24); with a window open (after
 * 133).
 */
class CorrelatorProperties {
    @Property(tries = 350)
    void alertsAreThoseOfTheModelInAnyOrderOfArrivalWithinTheBound(@ForAll long seed) {
        check(Scenario.random(seed));
    }

    @Property(tries = 250)
    void lateOnesAmendWhatTheModelSaysAndNothingElse(@ForAll long seed) {
        check(Scenario.random(seed).withLate(new Random(seed)));
    }

    /**
     * In seconds and not in milliseconds, because groups are looked at every ten seconds; and in order, because a group for
     * which something waits goes on anyhow.
     */
    @Property(tries = 150)
    void groupsThatEndTakeNothingWithThem(@ForAll long seed) {
        check(Scenario.random(seed).then(seed + 1).inSeconds().inOrder());
    }

    private static void check(Scenario scenario) {
        Model model = new Model(scenario.rules(), scenario.arrivals(), scenario.last());
        try (EngineRun engine = new EngineRun(scenario.rules())) {
            long newest = Long.MIN_VALUE;
            for (Happening happening : scenario.arrivals()) {
                engine.add(happening);
                newest = Math.max(newest, scenario.appended(happening));
                engine.advance(newest - scenario.bound() - 1);
            }
            engine.advance(scenario.last());
            engine.end();
            assertThat(engine.late > 0).isEqualTo(model.late() > 0);
            assertThat(engine.quarantined).isEmpty();
            assertThat(Outcome.sorted(engine.alerts.values())).isEqualTo(Outcome.kept(model.outcomes()));
        }
    }
}
