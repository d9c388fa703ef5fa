package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.Scenario;
import jp.hinomi.correlation.engine.Statements;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * Statements of every allowed kind survive crashes, rescales and disorder: the alerts are those of a run in order that
 * nothing disturbed. This is the proof of the list of what is allowed: what cannot be rebuilt from the last timespan fails
 * here.
 *
 * <p>Seen to fail when broken: without the muted replay, and without {@code engine.advance(watermark)} after it, in {@code
 * Correlator.restore}; the clock moved at once and not from time to time in {@code EplRule.moveTo}; half a timespan kept in
 * {@code LastTimespan}. And with what the check refuses: {@code #firstunique(b)#time(13 msec)} (after 85 tries), {@code
 * every (a=d0 -> (b=d1 where timer:within(13 msec)))} (after 162).
 */
class EplOperatorProperties {
    @Property(tries = 150)
    void crashesRescalesAndDisorderChangeNothing(@ForAll long seed) throws Exception {
        Scenario scenario = Statements.random(seed);
        Map<String, Outcome> alerts = CrashingRun.alerts(scenario, new Random(seed), new HashMapStateBackend());
        assertThat(Outcome.sorted(alerts.values()))
                .as(Statements.texts(scenario))
                .isEqualTo(Outcome.sorted(undisturbed(scenario).values()));
    }

    private static Map<String, Outcome> undisturbed(Scenario scenario) throws Exception {
        Map<String, Outcome> alerts = new ConcurrentHashMap<>();
        List<Happening> sorted = new ArrayList<>(scenario.arrivals());
        sorted.sort(Comparator.comparingLong(Happening::time).thenComparing(Happening::id));
        try (OperatorRun run = new OperatorRun(scenario.rules(), 1, Optional.empty(), alerts, Optional.empty())) {
            for (Happening happening : sorted) {
                run.add(happening, happening.time());
            }
            run.advance(scenario.last());
            run.advance(Long.MAX_VALUE);
        }
        return alerts;
    }
}
