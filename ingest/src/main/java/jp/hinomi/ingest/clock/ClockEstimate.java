package jp.hinomi.ingest.clock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.events.SourceHealth.State;

/**
 * The offset of a source's clock, from the medians of several spans: the median of those, so that neither one odd record
 * nor a burst of old ones moves it.
 *
 * @param offset milliseconds; positive if the clock is ahead
 * @param spread milliseconds between the first and the last tenth of the records of a usual span, or between the lowest
 *     and the highest median, whichever is more
 * @param lowest of the medians, odd ones left out
 * @param highest of the medians, odd ones left out
 */
record ClockEstimate(long offset, long spread, long lowest, long highest) {
    /** Of fewer spans nothing is concluded. */
    static final int FEWEST = 3;

    private static final long QUARTER = Duration.ofMinutes(15).toMillis();

    /** Transport takes time and clocks differ, so a zone mistake is not exactly a quarter of an hour. */
    private static final long ZONE_EXACTNESS = Duration.ofMinutes(2).toMillis();

    static Optional<ClockEstimate> of(List<Span> window) {
        List<Span> stamped = window.stream().filter(Span::hasOffsets).toList();
        if (stamped.size() < FEWEST) {
            return Optional.empty();
        }
        long[] medians = stamped.stream().mapToLong(Span::middle).sorted().toArray();
        long[] widths = stamped.stream()
                .mapToLong(span -> span.high() - span.low())
                .sorted()
                .toArray();
        int odd = medians.length / 5; // a fifth of the spans may be odd on either side
        long lowest = medians[odd];
        long highest = medians[medians.length - 1 - odd];
        return Optional.of(new ClockEstimate(
                medians[medians.length / 2], Math.max(highest - lowest, widths[widths.length / 2]), lowest, highest));
    }

    /** The nearest multiple of 15 minutes if the offset is stable and close to it. */
    OptionalLong zoneMistake() {
        long nearest = Math.round((double) offset / QUARTER) * QUARTER;
        return nearest != 0
                        && Math.abs(nearest) <= Offsets.MOST_MILLIS
                        && Math.abs(offset - nearest) <= ZONE_EXACTNESS
                        && spread <= 2 * ZONE_EXACTNESS
                ? OptionalLong.of(nearest)
                : OptionalLong.empty();
    }

    /**
     * What the estimate says of the clock.
     *
     * @param now what it was until now: an offset at a limit must not come and go
     */
    State state(ClockLimits limits, State now) {
        if (highest - lowest > Math.max(2 * ZONE_EXACTNESS, Math.abs(offset) / 4)) {
            return changing(limits, now);
        }
        if (zoneMistake().isPresent()) {
            return State.WRONG_TIME_ZONE;
        }
        if (offset < -limits.tolerance(now == State.STALE)) {
            return State.STALE;
        }
        long drift = limits.drift(now == State.DRIFTING);
        // Records that wait for transport lie behind by all sorts of times; a clock lies behind by one.
        boolean stable = spread <= Math.max(limits.drift(false), Math.abs(offset) / 4);
        if (stable && Math.abs(offset) > drift && Math.abs(offset) <= limits.tolerance(false)) {
            return State.DRIFTING;
        }
        return offset > limits.ahead(now == State.FUTURE) ? State.FUTURE : State.OK;
    }

    /** The clock is being set, which is judged when that is over; or it is wrong, in a different way each time. */
    private State changing(ClockLimits limits, State now) {
        if (now == State.OK && lowest > limits.ahead(false)) {
            return State.FUTURE;
        }
        return now == State.OK && highest < -limits.tolerance(false) ? State.STALE : now;
    }
}
