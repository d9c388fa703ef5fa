package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * Beside random rules there are two that go too far at a random moment: one throws, one outgrows its budget. Both are in
 * quarantine from then on, in whatever subtask comes after a crash or a rescale; all others alert as the model says.
 *
 * <p>Seen to fail when broken, each at the first try: with the quarantine not saved in {@code RunningRules.marks}; without
 * {@code judgeBudgets} in {@code Correlator.advance}; with groups begun for a rule in quarantine in {@code Correlator.cell}.
 */
class IsolationProperties {
    private static final int BUDGET = 1_000;
    /** More matches of one group within the timespan than a statement takes. */
    private static final int TOO_MANY = 10_001;

    private static final int HOT = 5;
    private static final List<Rule> CULPRITS = List.of(
            Sigma.detection("hit"),
            Sigma.correlation(
                    "greedy",
                    Type.EVENT_COUNT,
                    List.of("hit"),
                    List.of("a"),
                    Duration.ofHours(1),
                    List.of(new Criterion(Operator.GTE, HOT)),
                    Optional.empty()),
            Sigma.epl(
                    "throwing",
                    List.of("hit"),
                    List.of(),
                    Duration.ofSeconds(13),
                    Optional.empty(),
                    "select window(*) from hit(b = 'hot')#time(13 sec) having count(*) >= " + HOT));

    private final Map<String, Outcome> alerts = new ConcurrentHashMap<>();
    private OperatorRun run;

    @Property(tries = 12)
    void whoGoesTooFarIsInQuarantineAndTheOthersAlertAsEver(@ForAll long seed) throws Exception {
        check(seed, true);
    }

    /** Without that the two alert, so what is above would notice a quarantine that ends. */
    @Property(tries = 3)
    void whoDoesNotGoTooFarAlerts(@ForAll long seed) throws Exception {
        check(seed, false);
    }

    private void check(long seed, boolean tooFar) throws Exception {
        Random random = new Random(seed);
        Scenario scenario = Scenario.random(seed).withLate(random).inSeconds();
        List<Rule> all = new ArrayList<>(scenario.rules().byName().values());
        all.addAll(CULPRITS);
        RuleSet rules = Sigma.set(all);
        List<List<Happening>> steps = new ArrayList<>();
        scenario.arrivals().forEach(arrival -> steps.add(List.of(arrival)));
        if (tooFar) {
            int at = random.nextInt(steps.size());
            steps.add(at, tooMuch(steps.get(at).get(0).due()));
        }
        alerts.clear();
        start(rules, 1, Optional.empty());
        try {
            pass(scenario, rules, steps, random);
            long later = scenario.last() + 30_000;
            run.advance(later);
            OperatorRun.Snapshot saved = run.snapshot(steps.size());
            run.close();
            start(rules, 1 + random.nextInt(4), Optional.of(saved));
            for (int i = 0; i < HOT; i++) {
                run.add(hit("hot" + i, later + 1 + i, "hot", "hot"), later + 1 + i);
            }
            run.advance(later + HOT);
            run.advance(Long.MAX_VALUE);
            Model model = new Model(scenario.rules(), scenario.arrivals(), later + HOT);
            assertThat(Outcome.sorted(alerts.values().stream()
                            .filter(outcome -> scenario.rules().byName().containsKey(outcome.rule()))
                            .toList()))
                    .isEqualTo(Outcome.kept(model.outcomes()));
            assertThat(alerts.values().stream()
                            .map(Outcome::rule)
                            .filter(rule -> !scenario.rules().byName().containsKey(rule)))
                    .containsExactlyInAnyOrderElementsOf(tooFar ? List.of() : List.of("greedy", "throwing"));
        } finally {
            run.close();
        }
    }

    private void start(RuleSet rules, int parallelism, Optional<OperatorRun.Snapshot> saved) throws Exception {
        run = new OperatorRun(rules, 5, BUDGET, parallelism, saved, alerts, Optional.of(new HashMapStateBackend()));
    }

    private void pass(Scenario scenario, RuleSet rules, List<List<Happening>> steps, Random random) throws Exception {
        Optional<OperatorRun.Snapshot> saved = Optional.empty();
        int savedAt = 0;
        int crashes = 0;
        long newest = Long.MIN_VALUE;
        long newestSaved = newest;
        for (int at = 0; at < steps.size(); at++) {
            for (Happening happening : steps.get(at)) {
                run.add(happening, happening.due());
                newest = Math.max(newest, scenario.appended(happening));
            }
            run.advance(newest - scenario.bound() - 1);
            if (random.nextInt(5) == 0) {
                saved = Optional.of(run.snapshot(at));
                savedAt = at + 1;
                newestSaved = newest;
            }
            if (saved.isPresent() && crashes < 2 && random.nextInt(6) == 0) {
                crashes++;
                run.close();
                start(rules, 1 + random.nextInt(4), saved);
                at = savedAt - 1;
                newest = newestSaved;
            }
        }
    }

    private static List<Happening> tooMuch(long time) {
        List<Happening> hits = new ArrayList<>();
        for (int i = 0; i < TOO_MANY; i++) {
            hits.add(hit("hit" + i, time, "u" + i, "cold"));
        }
        return hits;
    }

    private static Happening hit(String id, long time, String a, String b) {
        return new Happening(id, time, List.of("hit"), Map.of("a", a, "b", b));
    }
}
