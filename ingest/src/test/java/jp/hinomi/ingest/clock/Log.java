package jp.hinomi.ingest.clock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.city.Source;

/** What was appended to two partitions, ticks included, and what a watch found in it. */
final class Log {
    static final long BEGIN = 1_775_000_000_000L;
    static final ClockLimits LIMITS = ClockLimits.of(Duration.ofHours(1), Duration.ofSeconds(10));

    /** @param source null for a tick; @param offset of the event's time; null if it was rejected */
    record Entry(long append, String partition, String source, Long offset) {}

    final List<Entry> entries = new ArrayList<>();

    static Map<String, Source> sources(Duration expectEvery, String... ids) {
        Map<String, Source> sources = new TreeMap<>();
        for (String id : ids) {
            sources.put(
                    id,
                    new Source(
                            id,
                            "logs.service",
                            "openssh",
                            ZoneId.of("Asia/Tokyo"),
                            StandardCharsets.UTF_8,
                            Optional.ofNullable(expectEvery),
                            Optional.empty(),
                            List.of()));
        }
        return sources;
    }

    /** Both partitions, every second, in milliseconds after the beginning. */
    Log ticks(long from, long to) {
        for (long time = from; time < to; time += 1_000) {
            entries.add(new Entry(BEGIN + time, "a", null, null));
            entries.add(new Entry(BEGIN + time, "b", null, null));
        }
        return this;
    }

    Log record(long time, String source, Long offset) {
        entries.add(new Entry(BEGIN + time, "a", source, offset));
        return this;
    }

    Log every(long step, long from, long to, String source, Long offset) {
        for (long time = from; time < to; time += step) {
            record(time, source, offset);
        }
        return this;
    }

    static void read(Entry entry, Tallies tallies) {
        tallies.partition(entry.partition(), entry.append());
        if (entry.source() != null && entry.offset() == null) {
            tallies.rejected(entry.source(), entry.append());
        } else if (entry.source() != null) {
            tallies.decoded(entry.source(), entry.append() + entry.offset(), entry.append());
        }
    }

    List<Finding> findings(Map<String, Source> sources) {
        SourceWatch watch = new SourceWatch(LIMITS);
        watch.sources(sources);
        Tallies tallies = new Tallies();
        entries.forEach(entry -> read(entry, tallies));
        tallies.take().forEach(watch::take);
        return watch.advance(Long.MAX_VALUE).findings();
    }
}
