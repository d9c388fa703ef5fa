package jp.hinomi.benchmarks.engine;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.benchmarks.input.MixedRules;
import jp.hinomi.benchmarks.input.SigmaRules;
import jp.hinomi.correlation.job.CorrelateJob;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Kafka → alerts, against the same job that decodes and discards. */
final class ThroughputPart implements Part {
    /** So many that the compiler of the virtual machine is done before most of them. */
    private static final int EVENTS = 4_000_000;

    private static final int ROUNDS = 3;
    private static final int SIGMA_RULES = 3_000;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String title() {
        return "Kafka → alerts, smart-city mix, 5 % match; budget: 100 rules 200,000 events/s and 0.5, 3,000 rules 0.7 × no rules";
    }

    interface Variant {
        JobRun.Figures run() throws Exception;
    }

    @Override
    public void run(Settings settings) throws Exception {
        List<String> hundred = MixedRules.generate();
        Path mixed = RuleFolder.write(settings.scratch().resolve("mixed"), hundred);
        Path sigma = RuleFolder.write(
                settings.scratch().resolve("sigma"), SigmaRules.generate(SIGMA_RULES - hundred.size()));
        try (LoadedBroker broker = LoadedBroker.start(
                settings.scratch().resolve("kafka"), new CityLogs(2_000, 0), settings.size(EVENTS))) {
            JobRun runs = new JobRun(settings, broker);
            Map<String, Variant> variants = new LinkedHashMap<>();
            variants.put(
                    "no rules (decode, discard)",
                    () -> runs.run(List.of(mixed), job -> job, (cluster, job) -> {
                        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
                        CorrelateJob.decode(env, job).sinkTo(new DiscardingSink<>());
                        return cluster.submit(env);
                    }));
            variants.put("100 mixed rules", () -> runs.correlate(List.of(mixed), job -> job));
            variants.put("3,000 rules", () -> runs.correlate(List.of(mixed, sigma), job -> job));
            compare(variants, settings.rounds(ROUNDS));
        }
    }

    static void compare(Map<String, Variant> variants, int rounds) throws Exception {
        Map<String, Samples> events = new LinkedHashMap<>();
        Map<String, Samples> cpu = new LinkedHashMap<>();
        Map<String, Long> alerts = new LinkedHashMap<>();
        Map<String, Map<ThreadTimes.Use, Samples>> uses = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, Variant> variant : variants.entrySet()) {
                JobRun.Figures figures = variant.getValue().run();
                if (round >= 0) { // the first round compiles
                    events.computeIfAbsent(variant.getKey(), any -> new Samples())
                            .add(figures.events());
                    cpu.computeIfAbsent(variant.getKey(), any -> new Samples()).add(figures.cpuMicros());
                    alerts.put(variant.getKey(), figures.alerts());
                    Map<ThreadTimes.Use, Samples> byUse =
                            uses.computeIfAbsent(variant.getKey(), any -> new EnumMap<>(ThreadTimes.Use.class));
                    figures.byUse()
                            .forEach((use, micros) -> byUse.computeIfAbsent(use, any -> new Samples())
                                    .add(micros));
                }
            }
        }
        String first = variants.keySet().iterator().next();
        variants.keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT,
                        "%-28s %s events/s   %s µs of all cores per event   %.2f × by clock, %.2f × by processor time   %,d alerts%n",
                        name,
                        events.get(name).show("%,.0f"),
                        cpu.get(name).show("%.2f"),
                        events.get(name).median() / events.get(first).median(),
                        cpu.get(first).median() / cpu.get(name).median(),
                        alerts.get(name)));
        System.out.println("of these µs:");
        uses.forEach((name, byUse) -> System.out.printf(
                Locale.ROOT,
                "%-28s %s%n",
                name,
                byUse.entrySet().stream()
                        .map(use -> String.format(
                                Locale.ROOT,
                                "%s %.2f",
                                use.getKey(),
                                use.getValue().median()))
                        .collect(Collectors.joining(", "))));
    }
}
