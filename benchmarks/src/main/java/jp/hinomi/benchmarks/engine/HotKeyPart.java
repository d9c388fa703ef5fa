package jp.hinomi.benchmarks.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.benchmarks.input.MixedRules;

/** One attacker is behind nine of ten matches, against matches that are spread over 2,000 attackers. */
final class HotKeyPart implements Part {
    private static final int EVENTS = 1_000_000;
    private static final int ROUNDS = 3;
    private static final int ATTACKERS = 2_000;

    @Override
    public String name() {
        return "hot-key";
    }

    @Override
    public String title() {
        return "one key receives 90 % of the matches, 100 mixed rules; budget: 0.7 × of the even spread";
    }

    @Override
    public void run(Settings settings) throws Exception {
        List<Path> rules = List.of(RuleFolder.write(settings.scratch().resolve("mixed"), MixedRules.generate()));
        int events = settings.size(EVENTS);
        try (LoadedBroker even =
                        LoadedBroker.start(settings.scratch().resolve("even"), new CityLogs(ATTACKERS, 0), events);
                LoadedBroker hot =
                        LoadedBroker.start(settings.scratch().resolve("hot"), new CityLogs(ATTACKERS, 0.9), events)) {
            Map<String, ThroughputPart.Variant> variants = new LinkedHashMap<>();
            variants.put("even spread", () -> new JobRun(settings, even).correlate(rules, job -> job));
            variants.put("90 % one key", () -> new JobRun(settings, hot).correlate(rules, job -> job));
            ThroughputPart.compare(variants, settings.rounds(ROUNDS));
        }
    }
}
