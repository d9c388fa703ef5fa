package jp.hinomi.benchmarks.routing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import jp.hinomi.alerting.routing.Router;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.apache.commons.io.FileUtils;

/**
 * What finding the resources of an event and deciding who is told cost in a city of 100,000 selectors. Every event names two
 * places that are new, so that nothing is remembered from before. Prints figures; asserts nothing.
 */
public final class RoutingFigures {
    private static final int ROUNDS = 8;
    private static final int SUBJECTS = 20_000;
    private static final long NOW = Instant.parse("2026-12-07T03:00:00Z").toEpochMilli();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RoutingFigures() {}

    /** @param arguments Hinomi's folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("routing");
        try {
            BigCity.write(Path.of(arguments[0]).resolve("examples/city"), folder);
            long start = THREADS.getCurrentThreadCpuTime();
            City city = CityReader.read(folder, problem -> {});
            double read = seconds(start);
            start = THREADS.getCurrentThreadCpuTime();
            ResourceResolver resolver = new ResourceResolver(city);
            Router router = new Router(city, resolver::resolve);
            double compiled = seconds(start);
            print(
                    "%,d selectors of %,d resources, %,d responsibilities: read in %.1f s, compiled in %.2f s",
                    BigCity.SELECTORS,
                    BigCity.RESOURCES,
                    city.responsibilities().size(),
                    read,
                    compiled);
            Random random = new Random(7);
            List<SecurityEvent> events = new ArrayList<>();
            List<Alert> alerts = new ArrayList<>();
            for (int i = 0; i < SUBJECTS; i++) {
                SecurityEvent event = new SecurityEvent.Builder("e" + i, NOW)
                        .put(Fields.SOURCE_ADDRESS, BigCity.place(random))
                        .put(Fields.DESTINATION_ADDRESS, BigCity.place(random))
                        .build();
                events.add(event);
                alerts.add(alert(event, resolver));
            }
            print(
                    "processor time of one thread, best of %d rounds and the 99th percentile of single ones (budget 50 µs):",
                    ROUNDS);
            cost(
                    "resources of an event",
                    events,
                    event -> resolver.resolve(event).size());
            Instant at = Instant.ofEpochMilli(NOW);
            cost(
                    "decision about an alert",
                    alerts,
                    alert -> router.decide(alert, at).recipients().size());
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private static Alert alert(SecurityEvent event, ResourceResolver resolver) {
        List<Alert.AffectedResource> touched = resolver.resolve(event).stream()
                .map(each -> new Alert.AffectedResource(each.resource().id(), each.part()))
                .toList();
        return new Alert(
                event.id(),
                1,
                NOW,
                NOW,
                NOW,
                1,
                new Alert.Rule("r", "r", "1", Map.of("en", "R"), Severity.HIGH, List.of(), Map.of(), "stable"),
                Severity.HIGH,
                Tlp.AMBER,
                Map.of(),
                List.of(new Alert.Evidence(event, List.of())),
                touched,
                List.of(),
                List.of());
    }

    private static <T> void cost(String what, List<T> subjects, ToIntFunction<T> work) {
        double best = Double.MAX_VALUE;
        double bytes = 0;
        long found = 0;
        long[] single = new long[subjects.size()];
        for (int round = 0; round < ROUNDS; round++) {
            found = 0;
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            for (T subject : subjects) {
                found += work.applyAsInt(subject);
            }
            double nanos = (THREADS.getCurrentThreadCpuTime() - start) / (double) subjects.size();
            if (nanos < best) {
                best = nanos;
                bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) subjects.size();
            }
        }
        for (int i = 0; i < single.length; i++) {
            long start = System.nanoTime();
            found += work.applyAsInt(subjects.get(i));
            single[i] = System.nanoTime() - start;
        }
        Arrays.sort(single);
        print(
                "%-24s %6.2f µs, 99 %% within %6.2f µs, %5.0f bytes allocated, %.2f found",
                what, best / 1000, single[single.length * 99 / 100] / 1000.0, bytes, found / 2.0 / subjects.size());
    }

    private static double seconds(long start) {
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
