package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Model;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.PassingRules;
import jp.hinomi.correlation.engine.Scenario;
import jp.hinomi.rules.RuleSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * Rules come, change and go while the stream runs, each subtask learns of it at a moment of its own, subtasks die and come
 * back: the alerts of every rule that stays are those of the model, as if nothing had ever changed.
 *
 * <p>Seen to fail when broken: with all cells dropped in {@code Correlator.change}; with the engine made anew there; with
 * {@code unclaimed} dropped, not saved, or not claimed.
 */
class RuleChangeProperties {
    private static final int LEVELS = 8;

    @Property(tries = 80)
    void rulesThatStayAlertAsIfNothingChanged(@ForAll long seed) throws Exception {
        Scenario scenario = Scenario.random(seed).withLate(new Random(seed));
        PassingRules rules = PassingRules.random(scenario.rules(), seed);
        Random random = new Random(seed);
        Map<String, Outcome> alerts = new ConcurrentHashMap<>();
        List<Happening> stream = scenario.arrivals();
        RuleSet now = rules.some(random);
        OperatorRun run = run(now, 1, Optional.empty(), alerts);
        Optional<OperatorRun.Snapshot> saved = Optional.empty();
        int savedAt = 0;
        int crashes = 0;
        try {
            long newest = Long.MIN_VALUE;
            long newestSaved = newest;
            for (int at = 0; at < stream.size(); at++) {
                if (random.nextInt(4) == 0) {
                    now = rules.some(random);
                    run.route(now);
                }
                run.correlate(() -> random.nextInt(3) == 0, now);
                run.add(stream.get(at), stream.get(at).due());
                newest = Math.max(newest, scenario.appended(stream.get(at)));
                run.advance(newest - scenario.bound() - 1);
                if (random.nextInt(5) == 0) {
                    saved = Optional.of(run.snapshot(at));
                    savedAt = at + 1;
                    newestSaved = newest;
                }
                if (saved.isPresent() && crashes < 2 && random.nextInt(6) == 0) {
                    crashes++;
                    run.close();
                    run = run(now, List.of(1, 2, 4).get(random.nextInt(3)), saved, alerts);
                    at = savedAt - 1;
                    newest = newestSaved;
                }
            }
            run.advance(scenario.last());
            run.advance(Long.MAX_VALUE);
        } finally {
            run.close();
        }
        Model model = new Model(rules.staying(), stream, scenario.last());
        assertThat(Outcome.sorted(alerts.values().stream()
                        .filter(outcome -> rules.staying().byName().containsKey(outcome.rule()))
                        .toList()))
                .isEqualTo(Outcome.kept(model.outcomes()));
    }

    /** Whoever detects knows the rules from the beginning; those who correlate learn of them before their time has come. */
    @Property(tries = 80)
    void matchesThatComeBeforeTheirRuleAreKept(@ForAll long seed) throws Exception {
        Scenario scenario = Scenario.random(seed).withLate(new Random(seed));
        PassingRules rules = PassingRules.random(scenario.rules(), seed);
        Random random = new Random(seed);
        Map<String, Outcome> alerts = new ConcurrentHashMap<>();
        List<Happening> stream = scenario.arrivals();
        long first = stream.stream().mapToLong(Happening::time).min().orElse(0);
        OperatorRun run = run(rules.staying(), 2, Optional.empty(), alerts);
        try {
            run.route(rules.all());
            long newest = Long.MIN_VALUE;
            boolean known = false;
            for (int at = 0; at < stream.size(); at++) {
                run.add(stream.get(at), stream.get(at).due());
                newest = Math.max(newest, scenario.appended(stream.get(at)));
                long watermark = newest - scenario.bound() - 1;
                if (!known && watermark >= first) {
                    known = true;
                    run.correlate(() -> true, rules.all());
                }
                run.advance(watermark);
                if (random.nextInt(4) == 0) {
                    OperatorRun.Snapshot saved = run.snapshot(at);
                    run.close();
                    run = run(known ? rules.all() : rules.staying(), 1 + random.nextInt(3), Optional.of(saved), alerts);
                    run.route(rules.all());
                }
            }
            run.correlate(() -> true, rules.all());
            run.advance(scenario.last());
            run.advance(Long.MAX_VALUE);
        } finally {
            run.close();
        }
        Model model = new Model(rules.all(), stream, scenario.last());
        assertThat(Outcome.sorted(alerts.values())).isEqualTo(Outcome.kept(model.outcomes()));
    }

    private static OperatorRun run(
            RuleSet rules, int parallelism, Optional<OperatorRun.Snapshot> restored, Map<String, Outcome> alerts)
            throws Exception {
        return new OperatorRun(rules, LEVELS, parallelism, restored, alerts, Optional.of(new HashMapStateBackend()));
    }
}
