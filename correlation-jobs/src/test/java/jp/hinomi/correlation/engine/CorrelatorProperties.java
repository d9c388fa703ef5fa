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
 * id; counting {@code suppress} from the alert's first firing in {@link OpenAlert#isOver}.
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
