package jp.hinomi.ingest.clock;

/**
 * What is kept of a {@link Tally} when its time is over.
 *
 * @param start of the span, in milliseconds since the epoch
 * @param records that were read, rejects included
 * @param rejected of them
 * @param hasOffsets whether any of them carried a time; the three offsets are 0 without
 * @param low the first tenth of the offsets, in milliseconds
 * @param middle the median
 * @param high the last tenth
 */
public record Span(long start, long records, long rejected, boolean hasOffsets, long low, long middle, long high) {
    static Span of(Tally tally) {
        Offsets offsets = tally.offsets();
        return offsets.isEmpty()
                ? new Span(tally.start(), tally.records(), tally.rejected(), false, 0, 0, 0)
                : new Span(
                        tally.start(),
                        tally.records(),
                        tally.rejected(),
                        true,
                        offsets.percentile(10),
                        offsets.percentile(50),
                        offsets.percentile(90));
    }
}
