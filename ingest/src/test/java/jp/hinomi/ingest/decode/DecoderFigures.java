package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What decoding costs, for every format: events per second of one core's processor time, and bytes allocated per event.
 * Stands among the tests because it measures with their samples; run by {@code benchmarks/run decoders}. Arguments: names of
 * formats, default all. Ends with 1 if the goals are missed.
 */
public final class DecoderFigures {
    private static final double GOAL_OF_MEDIAN = 250_000;
    private static final double GOAL_OF_EACH = 80_000;

    /** The best round counts; there are more until so many brought nothing better: until then the compiler was not done. */
    private static final int ROUNDS_WITHOUT_BETTER = 4;

    private static final int MOST_ROUNDS = 30;
    private static final double BETTER = 1.02;
    private static final long NANOS_PER_ROUND = 400_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private DecoderFigures() {}

    private record Figure(double eventsPerSecond, long bytesPerEvent) {}

    public static void main(String[] arguments) throws IOException, URISyntaxException {
        List<String> formats = arguments.length == 0 ? Decoders.formats() : List.of(arguments);
        List<Double> speeds = new ArrayList<>();
        System.out.println("| format | samples | bytes per line | events/s per core | bytes allocated per event |");
        System.out.println("|---|---|---|---|---|");
        for (String format : formats) {
            List<LogRecord> records = records(format);
            Figure figure = measure(Decoders.of(format, DecoderTable.TOKYO, UTF_8), records);
            speeds.add(figure.eventsPerSecond());
            System.out.printf(
                    Locale.ROOT,
                    "| `%s` | %d | %,.0f | %,.0f | %,d |%n",
                    format,
                    records.size(),
                    records.stream()
                            .mapToInt(record -> record.value().length)
                            .average()
                            .orElse(0),
                    figure.eventsPerSecond(),
                    figure.bytesPerEvent());
        }
        double[] sorted =
                speeds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sorted[sorted.length / 2];
        System.out.printf(
                Locale.ROOT,
                "%nmedian %,.0f (goal %,.0f), slowest %,.0f (goal %,.0f)%n",
                median,
                GOAL_OF_MEDIAN,
                sorted[0],
                GOAL_OF_EACH);
        System.exit(median >= GOAL_OF_MEDIAN && sorted[0] >= GOAL_OF_EACH ? 0 : 1);
    }

    /** The whole records of {@code documents/} where there are any, else the seeds of mutation. */
    private static List<LogRecord> records(String format) throws IOException, URISyntaxException {
        List<String> lines = DocumentsTest.records(format);
        if (lines.isEmpty()) {
            lines = SampleLines.BY_FORMAT.get(format);
        }
        return lines.stream()
                .map(line -> DecoderTable.record(line.getBytes(UTF_8)))
                .toList();
    }

    private static Figure measure(Decoder decoder, List<LogRecord> records) {
        Figure best = new Figure(0, 0);
        int without = 0;
        for (int round = 0; round < MOST_ROUNDS && without < ROUNDS_WITHOUT_BETTER; round++) {
            long thread = Thread.currentThread().getId();
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            long start = THREADS.getCurrentThreadCpuTime();
            long events = 0;
            long decoded = 0;
            long elapsed;
            do {
                for (LogRecord record : records) {
                    int found = decoder.decode(record) instanceof Decoding.Decoded done
                            ? done.all().size() // one request of OpenTelemetry has many
                            : 0;
                    decoded += found;
                    events += Math.max(1, found);
                }
                elapsed = THREADS.getCurrentThreadCpuTime() - start;
            } while (elapsed < NANOS_PER_ROUND);
            if (decoded == 0) {
                throw new IllegalStateException(decoder.format() + " decodes none of its samples");
            }
            Figure figure =
                    new Figure(events * 1e9 / elapsed, (THREADS.getThreadAllocatedBytes(thread) - bytes) / events);
            without = figure.eventsPerSecond() > best.eventsPerSecond() * BETTER ? 0 : without + 1;
            best = figure.eventsPerSecond() > best.eventsPerSecond() ? figure : best;
        }
        return best;
    }
}
