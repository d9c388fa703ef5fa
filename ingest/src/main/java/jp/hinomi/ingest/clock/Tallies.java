package jp.hinomi.ingest.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts records until somebody takes the tallies. Not thread-safe. */
public final class Tallies {
    private record Key(Tally.Kind kind, String name, long start) {}

    private static final class Count {
        private final Map<Integer, Long> offsets = new TreeMap<>();
        private final long start;
        private long records;
        private long rejected;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Count(long start) {
            this.start = start;
        }

        boolean covers(long appendMillis) {
            return appendMillis >= start && appendMillis < start + Tally.SPAN;
        }

        void add(long appendMillis) {
            records++;
            first = Math.min(first, appendMillis);
            last = Math.max(last, appendMillis);
        }
    }

    private final Map<Key, Count> counts = new HashMap<>();

    /** Where the next record most likely belongs: this is done for every event. */
    private final Map<String, Count> newestOfSource = new HashMap<>();

    private final Map<String, Count> newestOfPartition = new HashMap<>();

    /** A record, or a tick, was read from a partition. */
    public void partition(String name, long appendMillis) {
        count(Tally.Kind.PARTITION, name, appendMillis);
    }

    /**
     * A record of the source was decoded. Without a time of its own an event has its append time; it says nothing about
     * the clock.
     */
    public void decoded(String source, long eventMillis, long appendMillis) {
        Count count = count(Tally.Kind.SOURCE, source, appendMillis);
        if (eventMillis != appendMillis) {
            Offsets.add(count.offsets, minus(eventMillis, appendMillis));
        }
    }

    public void rejected(String source, long appendMillis) {
        count(Tally.Kind.SOURCE, source, appendMillis).rejected++;
    }

    private Count count(Tally.Kind kind, String name, long appendMillis) {
        Map<String, Count> newest = kind == Tally.Kind.SOURCE ? newestOfSource : newestOfPartition;
        Count count = newest.get(name);
        if (count == null || !count.covers(appendMillis)) {
            long start = Tally.startOf(appendMillis);
            count = counts.computeIfAbsent(new Key(kind, name, start), any -> new Count(start));
            newest.put(name, count);
        }
        count.add(appendMillis);
        return count;
    }

    private static long minus(long event, long append) {
        long offset = event - append;
        boolean overflow = ((event ^ append) & (event ^ offset)) < 0;
        return !overflow ? offset : event > append ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /** What was counted since the last time; begins anew. */
    public List<Tally> take() {
        List<Tally> taken = new ArrayList<>(counts.size());
        counts.forEach((key, count) -> taken.add(new Tally(
                key.kind(),
                key.name(),
                key.start(),
                count.records,
                count.rejected,
                count.first,
                count.last,
                count.offsets.isEmpty() ? Offsets.NONE : new Offsets(new TreeMap<>(count.offsets)))));
        counts.clear();
        newestOfSource.clear();
        newestOfPartition.clear();
        return taken;
    }
}
