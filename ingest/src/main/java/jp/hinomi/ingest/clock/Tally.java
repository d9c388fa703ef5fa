package jp.hinomi.ingest.clock;

import java.util.Objects;

/**
 * What was read in one {@link #SPAN} of append time: from a source, or from a partition. Parts of it, read by different
 * readers or before and after a restart, add up in any order. Immutable.
 *
 * @param kind what {@code name} names
 * @param name id of the source, or {@code topic-partition}
 * @param start of the span, in milliseconds since the epoch, a multiple of {@link #SPAN}
 * @param records that were read, rejects included
 * @param rejected how many of them could not be decoded
 * @param first append time of the first
 * @param last append time of the last
 * @param offsets event time minus append time, of those that carry a time
 */
public record Tally(
        Kind kind, String name, long start, long records, long rejected, long first, long last, Offsets offsets) {
    /** Milliseconds. */
    public static final long SPAN = 10_000;

    /** What a tally counts. */
    public enum Kind {
        SOURCE,
        /** Any record, ticks included: proof that the partition could be written then. */
        PARTITION
    }

    public Tally {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(offsets, "offsets");
        if (start != startOf(first) || first > last || last >= start + SPAN || rejected > records) {
            throw new IllegalArgumentException("the tally of " + name + " from " + start + " on counts " + records
                    + " records from " + first + " to " + last);
        }
    }

    public static long startOf(long appendMillis) {
        return Math.floorDiv(appendMillis, SPAN) * SPAN;
    }

    public Tally plus(Tally other) {
        return new Tally(
                kind,
                name,
                start,
                records + other.records,
                rejected + other.rejected,
                Math.min(first, other.first),
                Math.max(last, other.last),
                offsets.plus(other.offsets));
    }
}
