package jp.hinomi.benchmarks.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.benchmarks.input.ProcessEvents;
import jp.hinomi.benchmarks.input.SigmaRules;
import jp.hinomi.city.CityReader;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.RecordDecoder;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.match.DetectionMatcher;

/** The matcher alone, one thread, on decoded events: processor time and allocated bytes per event. */
final class MatcherPart implements Part {
    private static final int EVENTS = 20_000;
    private static final long NANOS_PER_ROUND = 1_500_000_000L;
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "matcher";
    }

    @Override
    public String title() {
        return "µs of one core and bytes per event; budget at 3,000 rules: mix 1.5 µs, web 3 µs, process creation 10 µs, 250 bytes";
    }

    @Override
    public void run(Settings settings) {
        Map<String, List<SecurityEvent>> streams = new LinkedHashMap<>();
        streams.put("mix", logs(settings, false));
        streams.put("web", logs(settings, true));
        boolean ofOthers = settings.rules().isPresent();
        streams.put("process", ProcessEvents.generate(EVENTS / 4, "windows", ofOthers));
        if (ofOthers) {
            streams.put("linux", ProcessEvents.generate(EVENTS / 4, "linux", true));
        }
        Map<String, List<DetectionRule>> rules = rules(settings);
        Map<String, Variant> variants = new LinkedHashMap<>();
        streams.forEach((stream, events) -> rules.forEach((count, set) -> variants.put(
                String.format("%-8s %s rules", stream, count), new Variant(events, DetectionMatcher.compile(set)))));
        variants.values().forEach(variant -> variant.round(NANOS_PER_ROUND, null, null));
        for (int round = 0; round < settings.rounds(ROUNDS); round++) {
            variants.values().forEach(variant -> variant.round(NANOS_PER_ROUND, variant.micros, variant.bytes));
        }
        variants.forEach((name, variant) -> System.out.printf(
                Locale.ROOT,
                "%-24s %-24s µs   %-18s bytes   %.3f matches per event%n",
                name,
                variant.micros.show("%.2f"),
                variant.bytes.show("%.0f"),
                variant.matchesPerEvent()));
    }

    private static final class Variant {
        private final List<SecurityEvent> events;
        private final DetectionMatcher matcher;
        private final Samples micros = new Samples();
        private final Samples bytes = new Samples();
        private long matches;
        private long matched;

        Variant(List<SecurityEvent> events, DetectionMatcher matcher) {
            this.events = events;
            this.matcher = matcher;
        }

        void round(long nanos, Samples time, Samples allocation) {
            Cost before = Cost.ofThread();
            long done = 0;
            Cost cost;
            do {
                for (SecurityEvent event : events) {
                    matcher.match(event, rule -> matches++);
                }
                done += events.size();
                cost = Cost.ofThread().since(before);
            } while (cost.cpuNanos() < nanos);
            matched += done;
            if (time != null) {
                time.add(cost.cpuNanos() / 1e3 / done);
                allocation.add((double) cost.allocatedBytes() / done);
            }
        }

        double matchesPerEvent() {
            return (double) matches / matched;
        }
    }

    private static Map<String, List<DetectionRule>> rules(Settings settings) {
        Map<String, List<DetectionRule>> sets = new LinkedHashMap<>();
        if (settings.rules().isPresent()) {
            Path folder = settings.rules().get();
            List<DetectionRule> all = RuleReader.read(List.of(folder)).rules().detections();
            sets.put(Integer.toString(all.size()), all);
        } else {
            Stream.of(100, 1_000, 3_000).forEach(count -> sets.put(Integer.toString(count), generated(count)));
        }
        return sets;
    }

    private static List<DetectionRule> generated(int count) {
        List<RuleSource> texts = new ArrayList<>();
        SigmaRules.generate(count).forEach(text -> texts.add(new RuleSource("rule-" + texts.size() + ".yml", text)));
        RuleReader.Result read = RuleReader.readTexts(texts, Placeholders.NONE);
        if (read.hasErrors() || read.rules().detections().size() != count) {
            throw new IllegalStateException("generated rules are refused: " + read.problems());
        }
        return read.rules().detections();
    }

    /** Decoded as the job decodes them. */
    private static List<SecurityEvent> logs(Settings settings, boolean webOnly) {
        RecordDecoder decoder = new RecordDecoder(CityReader.read(settings.city(), warning -> {}));
        CityLogs logs = new CityLogs(2_000, 0);
        long start = Instant.parse("2026-04-01T00:00:00Z").toEpochMilli();
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long at = start + i;
            CityLogs.Line line = webOnly ? logs.nextWeb(at) : logs.next(at);
            Decoding decoding = decoder.decode(new LogRecord(line.value(), line.source(), null, "bench-0-" + i, at));
            if (!(decoding instanceof Decoding.Decoded decoded)) {
                throw new IllegalStateException("not decoded: " + decoding);
            }
            events.add(decoded.event());
        }
        return events;
    }
}
