package jp.hinomi.ingest.clock;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far event times lie from append times, counted in steps that grow with the offset: 100 ms up to 10 s, 1 s up to
 * 2 min, 15 s up to 26 h, and one step for everything beyond on either side. Counts of two parts of a stream add up to
 * those of the whole, in any order. Immutable.
 *
 * @param counts by step; positive
 */
public record Offsets(SortedMap<Integer, Long> counts) {
    public static final Offsets NONE = new Offsets(new TreeMap<>());

    private static final long FINE_MILLIS = 10_000;
    private static final int FINE = (int) (FINE_MILLIS / 100);
    private static final long MIDDLE_MILLIS = 120_000;
    private static final int MIDDLE = FINE + (int) ((MIDDLE_MILLIS - FINE_MILLIS) / 1_000);

    /** Where zones end: from UTC−12 to UTC+14. */
    static final long MOST_MILLIS = 26 * 3_600_000L;

    private static final int BEYOND =
            MIDDLE + (int) ((MOST_MILLIS - MIDDLE_MILLIS) / 15_000) + 40; // ten minutes on: near no zone

    public Offsets {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** The step of an offset in milliseconds: the same number of steps ahead as behind. */
    static int step(long offset) {
        long size = offset == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(offset);
        int step;
        if (size <= FINE_MILLIS) {
            step = (int) ((size + 50) / 100);
        } else if (size <= MIDDLE_MILLIS) {
            step = FINE + (int) ((size - FINE_MILLIS + 500) / 1_000);
        } else if (size <= MOST_MILLIS) {
            step = MIDDLE + (int) ((size - MIDDLE_MILLIS + 7_500) / 15_000);
        } else {
            step = BEYOND;
        }
        return offset < 0 ? -step : step;
    }

    /** The offset in the middle of a step, in milliseconds. */
    static long millis(int step) {
        int steps = Math.abs(step);
        long size;
        if (steps <= FINE) {
            size = steps * 100L;
        } else if (steps <= MIDDLE) {
            size = FINE_MILLIS + (steps - FINE) * 1_000L;
        } else {
            size = MIDDLE_MILLIS + (steps - MIDDLE) * 15_000L;
        }
        return step < 0 ? -size : size;
    }

    static void add(Map<Integer, Long> counts, long offset) {
        counts.merge(step(offset), 1L, Long::sum);
    }

    Offsets plus(Offsets other) {
        if (counts.isEmpty() || other.counts.isEmpty()) {
            return counts.isEmpty() ? other : this;
        }
        TreeMap<Integer, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((step, count) -> sum.merge(step, count, Long::sum));
        return new Offsets(sum);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /**
     * Nearest rank, in milliseconds, to the exactness of a step.
     *
     * @param percent 1 to 100
     * @throws IllegalStateException if there are none
     */
    long percentile(int percent) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long rank = Math.max(1, (all * percent + 99) / 100);
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            rank -= entry.getValue();
            if (rank <= 0) {
                return millis(entry.getKey());
            }
        }
        throw new IllegalStateException("no offsets were counted");
    }
}
