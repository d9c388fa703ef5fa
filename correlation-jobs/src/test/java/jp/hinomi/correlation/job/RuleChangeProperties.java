package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Model;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.Scenario;
import jp.hinomi.correlation.engine.Sigma;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
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

    /** @param passing rules that may be there or not */
    private record Rules(RuleSet staying, List<CorrelationRule> passing) {
        static Rules random(Scenario scenario, long seed) {
            RuleSet more = Scenario.random(seed ^ 0x5DEECE66DL).rules();
            List<CorrelationRule> passing = new ArrayList<>();
            // They list the detections and each other under other names, and some list a rule that stays.
            Random random = new Random(seed + 1);
            for (CorrelationRule rule : more.correlations()) {
                List<String> listed = new ArrayList<>();
                for (String name : rule.rules()) {
                    listed.add(name.startsWith("c") ? "x" + name.substring(1) : name);
                }
                List<CorrelationRule> staying = scenario.rules().correlations();
                if (random.nextInt(3) == 0) {
                    listed.set(
                            0,
                            staying.get(random.nextInt(staying.size())).info().name());
                }
                passing.add(Sigma.correlation(
                        "x" + rule.info().name().substring(1),
                        rule.type(),
                        listed,
                        rule.groupBy().contains("who") ? List.of() : rule.groupBy(),
                        Map.of(),
                        rule.timespan(),
                        rule.condition()
                                .map(CorrelationRule.Condition::criteria)
                                .orElse(List.of()),
                        rule.info().suppress(),
                        rule.learning(),
                        rule.baseline()));
            }
            return new Rules(scenario.rules(), passing);
        }

        /** Some of the passing rules, and whatever they need. */
        RuleSet some(Random random) {
            List<Rule> all = new ArrayList<>(staying.byName().values());
            List<String> names = new ArrayList<>(staying.byName().keySet());
            for (CorrelationRule rule : passing) {
                if (random.nextBoolean() && names.containsAll(rule.rules())) {
                    all.add(rule);
                    names.add(rule.info().name());
                }
            }
            return Sigma.set(all);
        }

        RuleSet all() {
            List<Rule> all = new ArrayList<>(staying.byName().values());
            all.addAll(passing);
            return Sigma.set(all);
        }
    }

    @Property(tries = 80)
    void rulesThatStayAlertAsIfNothingChanged(@ForAll long seed) throws Exception {
        Scenario scenario = Scenario.random(seed).withLate(new Random(seed));
        Rules rules = Rules.random(scenario, seed);
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
                newest = Math.max(newest, stream.get(at).appended());
                run.advance(newest - Scenario.BOUND - 1);
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
        Rules rules = Rules.random(scenario, seed);
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
                newest = Math.max(newest, stream.get(at).appended());
                long watermark = newest - Scenario.BOUND - 1;
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
