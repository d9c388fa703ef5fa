package jp.hinomi.benchmarks.spine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured waits in milliseconds. */
final class Latencies {
    private final List<Long> millis = new ArrayList<>();

    void add(long wait) {
        millis.add(wait);
    }

    /** Nearest-rank percentile; {@code rank} in (0, 100]. */
    long percentile(double rank) {
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(rank / 100 * sorted.size()) - 1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %,d ms, p90 %,d ms, worst %,d ms (%d rounds)",
                percentile(50),
                percentile(90),
                percentile(100),
                millis.size());
    }
}
