package jp.hinomi.benchmarks.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.job.Graph;
import jp.hinomi.correlation.state.GroupKeySerializer;
import jp.hinomi.correlation.state.Routed;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.PatternSelectFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Sequences of three steps on Flink CEP and on our operator: the same matches, made the same way, keyed by the same key, in
 * the same cluster. CEP runs all rules in one operator here, because they have one shape: as favourable as it gets.
 */
final class CepPart implements Part {
    private static final int RULES = 5;
    private static final int STEPS = 3;
    private static final long MATCHES = 600_000;
    private static final int GROUPS = 20_000;
    private static final int ROUNDS = 3;
    private static final long SPAN_MILLIS = 3_600_000;
    private static final java.time.Duration WITHIN = java.time.Duration.ofMinutes(10);
    private static final AtomicLong FOUND = new AtomicLong();

    @Override
    public String name() {
        return "cep";
    }

    @Override
    public String title() {
        return "sequences of three steps within 10 min, 20,000 groups; budget: 3 × Flink CEP";
    }

    private interface Engine {
        DataStream<Long> found(DataStream<Routed> matches);
    }

    @Override
    public void run(Settings settings) throws Exception {
        BenchWorkspace rules = BenchWorkspace.of("temporal_ordered", STEPS, RULES, "10m", "");
        Map<String, Engine> engines = new LinkedHashMap<>();
        engines.put("none (matches only)", matches -> matches.map(any -> 1L).returns(Types.LONG));
        engines.put("Flink CEP", CepPart::cep);
        engines.put(
                "our operator",
                matches -> Graph.correlate(matches, rules, 0).map(any -> 1L).returns(Types.LONG));
        MatchStream stream = new MatchStream(
                rules.correlations(), settings.size((int) MATCHES), settings.size(GROUPS), STEPS, SPAN_MILLIS, false);
        Map<String, Samples> cpu = new LinkedHashMap<>();
        Map<String, Samples> rate = new LinkedHashMap<>();
        Map<String, Long> found = new LinkedHashMap<>();
        try (PassingCluster cluster = PassingCluster.start(JobRun.PARALLELISM)) {
            for (int round = -1; round < settings.rounds(ROUNDS); round++) {
                for (Map.Entry<String, Engine> engine : engines.entrySet()) {
                    StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
                    Graph.configure(env);
                    env.setParallelism(JobRun.PARALLELISM);
                    engine.getValue()
                            .found(stream.in(env, JobRun.PARALLELISM))
                            .map(new Counting())
                            .sinkTo(new DiscardingSink<>());
                    FOUND.set(0);
                    Cost before = Cost.ofProcess();
                    cluster.run(env);
                    Cost cost = Cost.ofProcess().since(before);
                    if (round >= 0) {
                        cpu.computeIfAbsent(engine.getKey(), any -> new Samples())
                                .add(cost.cpuNanos() / 1e3 / stream.matches());
                        rate.computeIfAbsent(engine.getKey(), any -> new Samples())
                                .add(stream.matches() * 1e9 / cost.wallNanos());
                        found.put(engine.getKey(), FOUND.get());
                    }
                }
            }
        }
        List<String> names = List.copyOf(engines.keySet());
        double nothing = cpu.get(names.get(0)).median();
        double cep = cpu.get(names.get(1)).median();
        for (String name : names) {
            boolean engine = !name.equals(names.get(0));
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %s matches/s   %s µs of all cores per match   %.2f × CEP by clock, %.2f × by processor time, %.2f × without the rest of the job   %,d found%n",
                    name,
                    rate.get(name).show("%,.0f"),
                    cpu.get(name).show("%.2f"),
                    rate.get(name).median() / rate.get(names.get(1)).median(),
                    cep / cpu.get(name).median(),
                    engine ? (cep - nothing) / (cpu.get(name).median() - nothing) : Double.NaN,
                    found.get(name));
        }
    }

    private static DataStream<Long> cep(DataStream<Routed> matches) {
        Pattern<Routed, ?> pattern = Pattern.<Routed>begin("0", AfterMatchSkipStrategy.skipPastLastEvent())
                .where(step(0));
        for (int i = 1; i < STEPS; i++) {
            pattern = pattern.followedBy(Integer.toString(i)).where(step(i));
        }
        return CEP.pattern(matches.keyBy(Routed::group, GroupKeySerializer.TYPE), pattern.within(WITHIN))
                .inEventTime()
                .select((PatternSelectFunction<Routed, Long>) match -> (long) match.size(), Types.LONG);
    }

    private static SimpleCondition<Routed> step(int step) {
        return SimpleCondition.of(routed -> routed.matches().get(0).match().steps() == 1L << step);
    }

    private static final class Counting implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1;

        @Override
        public Long map(Long any) {
            FOUND.incrementAndGet();
            return any;
        }
    }
}
