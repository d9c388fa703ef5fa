package jp.hinomi.benchmarks.intel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.RecordDecoder;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.ingest.intel.IntelMatcher;

/** What a million indicators cost: heap, look-ups, and events of the city's mix. Prints figures; asserts nothing. */
public final class IntelFigures {
    private static final int ROUNDS = 8;
    private static final int EVENTS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private IntelFigures() {}

    /** @param arguments Hinomi's folder, and how many indicators (default 1,000,000) */
    public static void main(String[] arguments) {
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        long before = heap();
        IntelIndex index = new IntelIndex();
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            index.put(MixedIndicators.indicator(i));
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        long bytes = heap() - before;
        print(
                "%,d indicators: %.1f MiB of heap (budget for a million: 500), %.0f bytes each; made and put in %.1f s",
                index.size(), bytes / 1048576.0, bytes / (double) count, seconds);
        print("a look-up (budget 1,000 ns), processor time of one thread, best of %d rounds:", ROUNDS);
        lookUps(index, count);
        mix(index, Path.of(arguments[0]));
        if (index.size() != count) {
            throw new IllegalStateException("the index lost something");
        }
    }

    /** What looking costs an event of the city, beside decoding it. */
    private static void mix(IntelIndex index, Path home) {
        City city = CityReader.read(home.resolve("examples/city"), problem -> {});
        CityLogs logs = new CityLogs(1000, 0);
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long millis = MixedIndicators.NOW + i;
            CityLogs.Line line = logs.next(millis);
            records.add(new LogRecord(line.value(), line.source(), null, "logs-0-" + i, millis));
        }
        RecordDecoder decoder = new RecordDecoder(city);
        IntelMatcher matcher = index.matcher();
        Cost decode = cost(records, record -> decode(decoder, record) == null ? 0 : 1);
        List<SecurityEvent> events = new ArrayList<>();
        records.forEach(record -> events.add(decode(decoder, record)));
        events.removeIf(event -> event == null);
        Cost match = cost(events, event -> matcher.match(event, 10).size());
        print("an event of the city's mix:");
        print("%-16s %6.0f ns, %5.0f bytes allocated", "decoding", decode.nanos(), decode.bytes());
        print(
                "%-16s %6.0f ns, %5.0f bytes allocated, %.4f found: %.1f %% of decoding",
                "looking up", match.nanos(), match.bytes(), match.found(), 100 * match.nanos() / decode.nanos());
    }

    private static SecurityEvent decode(RecordDecoder decoder, LogRecord record) {
        return decoder.decode(record) instanceof Decoding.Decoded done ? done.event() : null;
    }

    private static void lookUps(IntelIndex index, int count) {
        Map<String, IntFunction<SecurityEvent>> cases = new LinkedHashMap<>();
        cases.put(
                "address, miss",
                i -> event(i).put(Fields.DESTINATION_IP, "46." + (i & 0x7F) + "." + (i >>> 8 & 0xFF) + ".9")
                        .build());
        cases.put(
                "address, hit",
                i -> event(i).put(Fields.DESTINATION_IP, MixedIndicators.address(i * 100))
                        .build());
        cases.put(
                "name, miss",
                i -> event(i).put(Fields.DNS_QUESTION_NAME, "www.service" + i + ".example.jp")
                        .build());
        cases.put(
                "name, hit below",
                i -> event(i).put(Fields.DNS_QUESTION_NAME, "a." + MixedIndicators.name(i * 100 + 40))
                        .build());
        cases.put(
                "SHA-256, miss",
                i -> event(i).put(Fields.FILE_HASH_SHA256, String.format(Locale.ROOT, "%064x", i))
                        .build());
        cases.put(
                "SHA-256, hit",
                i -> event(i).put(Fields.FILE_HASH_SHA256, MixedIndicators.hash(i * 100 + 65))
                        .build());
        cases.put(
                "URL, miss",
                i -> event(i).put(Fields.URL_FULL, "https://www.service" + i + ".example.jp/path?q=" + i)
                        .build());
        cases.put(
                "URL, hit",
                i -> event(i).put(
                                Fields.URL_FULL,
                                "http://" + MixedIndicators.name(i * 100 + 85) + "/gate/" + (i * 100 + 85))
                        .build());
        Random random = new Random(7);
        IntelMatcher matcher = index.matcher();
        cases.forEach((what, maker) -> {
            List<SecurityEvent> events = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                events.add(maker.apply(random.nextInt(count / 100)));
            }
            Cost cost = cost(events, event -> matcher.match(event, 10).size());
            print("%-16s %6.0f ns, %5.0f bytes allocated, %.2f found", what, cost.nanos(), cost.bytes(), cost.found());
        });
    }

    private static SecurityEvent.Builder event(int i) {
        return new SecurityEvent.Builder("e" + i, MixedIndicators.NOW);
    }

    private record Cost(double nanos, double bytes, double found) {}

    /** Of one subject; {@code work} says how much it found. */
    private static <T> Cost cost(List<T> subjects, ToIntFunction<T> work) {
        double best = Double.MAX_VALUE;
        double bytes = 0;
        long found = 0;
        int repeats = Math.max(1, 100_000 / subjects.size());
        double n = (double) repeats * subjects.size();
        long self = Thread.currentThread().getId();
        for (int round = 0; round < ROUNDS; round++) {
            found = 0;
            long allocated = THREADS.getThreadAllocatedBytes(self);
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < repeats; i++) {
                for (T subject : subjects) {
                    found += work.applyAsInt(subject);
                }
            }
            long spent = THREADS.getCurrentThreadCpuTime() - start;
            if (spent / n < best) {
                best = spent / n;
                bytes = (THREADS.getThreadAllocatedBytes(self) - allocated) / n;
            }
        }
        return new Cost(best, bytes, found / n);
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
