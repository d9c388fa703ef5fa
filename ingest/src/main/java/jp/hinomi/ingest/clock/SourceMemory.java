package jp.hinomi.ingest.clock;

import java.util.List;
import java.util.Objects;

/**
 * All that is remembered of one source, of bounded size. Immutable.
 *
 * @param since when the watch over it began, in append time
 * @param lastSeen when its newest record was appended; {@link #NEVER} without one
 * @param waitingFrom from when on silence counts
 * @param passedOver milliseconds since then in which nobody could have written
 * @param window the newest spans with records, at most {@link SourceWatch#WINDOW}
 * @param usualRejects the share of rejects that is usual, 0 to 1
 * @param episodes what is wrong now, at most one of each kind
 */
public record SourceMemory(
        String source,
        long since,
        long lastSeen,
        long waitingFrom,
        long passedOver,
        List<Span> window,
        double usualRejects,
        List<Episode> episodes) {
    public static final long NEVER = Long.MIN_VALUE;

    public SourceMemory {
        Objects.requireNonNull(source, "source");
        window = List.copyOf(window);
        episodes = List.copyOf(episodes);
    }

    static SourceMemory from(String source, long time) {
        return new SourceMemory(source, time, NEVER, time, 0, List.of(), 0, List.of());
    }
}
