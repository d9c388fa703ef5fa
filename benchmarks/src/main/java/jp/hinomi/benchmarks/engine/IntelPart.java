package jp.hinomi.benchmarks.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.benchmarks.input.MixedRules;
import jp.hinomi.benchmarks.intel.MixedIndicators;

/** The whole job with threat intelligence in its topic, against the same without. */
final class IntelPart implements Part {
    private static final int EVENTS = 1_000_000;
    private static final int INDICATORS = 1_000_000;
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "intel";
    }

    @Override
    public String title() {
        return "Kafka → alerts, 100 rules, with 1,000,000 indicators in 'threat-intel'; budget 0.85 × the same without";
    }

    /** Two brokers with the same logs, so that the variants can take turns. */
    @Override
    public void run(Settings settings) throws Exception {
        Path rules = RuleFolder.write(settings.scratch().resolve("mixed"), MixedRules.generate());
        int events = settings.size(EVENTS);
        int indicators = settings.size(INDICATORS);
        try (LoadedBroker without = LoadedBroker.start(
                        settings.scratch().resolve("kafka-without"), new CityLogs(2_000, 0), events);
                LoadedBroker with =
                        LoadedBroker.start(settings.scratch().resolve("kafka-with"), new CityLogs(2_000, 0), events)) {
            with.loadIndicators(indicators, MixedIndicators::indicator);
            Map<String, ThroughputPart.Variant> variants = new LinkedHashMap<>();
            variants.put("no indicators", () -> new JobRun(settings, without).correlate(List.of(rules), job -> job));
            variants.put(
                    String.format(Locale.ROOT, "%,d indicators", indicators),
                    () -> new JobRun(settings, with).correlate(List.of(rules), job -> job));
            ThroughputPart.compare(variants, settings.rounds(ROUNDS));
        }
    }
}
