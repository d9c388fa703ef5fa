package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import jp.hinomi.events.Alert;
import jp.hinomi.rules.CorrelationRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What a group remembers is bounded even when one group receives everything, and ends when nothing of it can matter.
 *
 * <p>Seen to fail when broken: without the oldest dropped in {@link NewestDistinct#add} (after 5 tries); with {@link
 * Cell#isDead} never true (after 1).
 */
class BoundedProperties {
    private static final int FLOOD = 2_500;
    /** What windows show again when alerts close before they do. */
    private static final int SHOWN_AGAIN = 1_000;

    @Property(tries = 60)
    void oneGroupThatReceivesEverythingKeepsLittle(@ForAll long seed) {
        Random random = new Random(seed);
        Scenario scenario = Scenario.random(seed);
        try (EngineRun engine = new EngineRun(scenario.rules())) {
            long time = 1_000;
            for (int i = 0; i < FLOOD; i++) {
                time += random.nextInt(500) == 0 ? 1 : 0;
                engine.add(event(i, time, random));
            }
            engine.advance(time);
            Correlations correlations = new Correlations(scenario.rules());
            engine.saved().forEach((key, state) -> {
                Form form = correlations.byKey(key.correlation()).form();
                assertThat(state.pending()).isEmpty();
                assertThat(state.retained().size())
                        .as(form.toString())
                        .isLessThanOrEqualTo(form instanceof Form.NewValue ? NewValues.MOST : SHOWN_AGAIN + 1);
                state.alert()
                        .ifPresent(
                                alert -> assertThat(alert.evidence().size()).isLessThanOrEqualTo(Alert.MAX_EVIDENCE));
            });
        }
    }

    /** Every rule has a finite horizon: what it may wait for, what may still extend its alert, and what it compares with. */
    @Property(tries = 60)
    void afterTheHorizonNothingIsLeft(@ForAll long seed) {
        Scenario scenario = Scenario.random(seed).inSeconds();
        long horizon = 0;
        for (CorrelationRule rule : scenario.rules().correlations()) {
            long intervals =
                    rule.baseline().map(baseline -> baseline.intervals() + 2).orElse(1);
            horizon += rule.timespan().toMillis() * intervals
                    + rule.info().suppress().orElse(rule.timespan()).toMillis();
        }
        try (EngineRun engine = new EngineRun(scenario.rules())) {
            scenario.arrivals().forEach(engine::add);
            engine.advance(scenario.last());
            // What has a horizon is looked at some seconds after it is over.
            for (long now = scenario.last(); now <= scenario.last() + horizon + 4 * Groups.SWEEP; now += Groups.SWEEP) {
                engine.advance(now);
            }
            assertThat(engine.groups()).isZero();
            assertThat(engine.saved()).isEmpty();
        }
    }

    private static Happening event(int i, long time, Random random) {
        List<String> matched = new ArrayList<>(List.of("d0", "d1", "d2"));
        matched.removeIf(any -> random.nextInt(3) == 0);
        Map<String, String> fields = new TreeMap<>(Map.of("a", "v0", "b", "v" + random.nextInt(FLOOD)));
        fields.put("n", Integer.toString(random.nextInt(3)));
        return new Happening("e%05d".formatted(i), time, matched, fields);
    }
}
