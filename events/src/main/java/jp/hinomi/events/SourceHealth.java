package jp.hinomi.events;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a source fares: a record of the topic {@code source-health}, keyed by {@link #source}. All times are append times of
 * the broker, in milliseconds since the epoch.
 *
 * @param source its id in {@code sources.yaml}
 * @param state the worst that holds
 * @param since when that began
 * @param time up to which this is known
 * @param lastSeen when its newest record was appended; empty if there was none since the job first ran
 * @param perSecond records per second over the newest minutes in which there were any
 * @param rejectRate share of them that could not be decoded, 0 to 1
 * @param offsetMillis of its clock: positive if its stamps lie ahead of append time; empty as long as too little was seen
 * @param spreadMillis how far apart its offsets lie, between the first and the last tenth; empty like {@code offsetMillis}
 * @param advice what to do, in English; empty if nothing is wrong
 */
public record SourceHealth(
        String source,
        State state,
        long since,
        long time,
        OptionalLong lastSeen,
        double perSecond,
        double rejectRate,
        OptionalLong offsetMillis,
        OptionalLong spreadMillis,
        Optional<String> advice) {
    public SourceHealth {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(lastSeen, "last seen");
        Objects.requireNonNull(offsetMillis, "offset");
        Objects.requireNonNull(spreadMillis, "spread");
        Objects.requireNonNull(advice, "advice");
        if (!(perSecond >= 0) || !(rejectRate >= 0 && rejectRate <= 1)) {
            throw new IllegalArgumentException("source " + source + ": " + perSecond + " records per second, "
                    + rejectRate + " of them rejected, cannot be");
        }
    }

    /** Worst last. */
    public enum State {
        OK,
        /** Many of its records cannot be decoded. */
        REJECTING,
        /** A stable offset that is no matter of zones. */
        DRIFTING,
        /** A stable offset near a multiple of 15 minutes. */
        WRONG_TIME_ZONE,
        /** Stamps so old that they are not believed. */
        STALE,
        /** Stamps that have not come yet. */
        FUTURE,
        /** Nothing for longer than expected. */
        SILENT;

        /** The word in JSON: {@code wrong-time-zone}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException for any other word */
        public static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
