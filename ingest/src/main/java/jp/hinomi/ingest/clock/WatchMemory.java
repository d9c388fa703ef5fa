package jp.hinomi.ingest.clock;

import java.util.List;
import java.util.Map;

/**
 * All that a {@link SourceWatch} remembers. Immutable.
 *
 * @param closedUpTo append time before which all spans are judged; {@link SourceMemory#NEVER} before the first
 * @param uncovered how long, up to then, nobody could have written without a break, in milliseconds
 * @param partitions start of the newest span in which something was read, by partition
 * @param open tallies of later spans
 */
public record WatchMemory(
        long closedUpTo, long uncovered, Map<String, Long> partitions, List<Tally> open, List<SourceMemory> sources) {
    public WatchMemory {
        partitions = Map.copyOf(partitions);
        open = List.copyOf(open);
        sources = List.copyOf(sources);
    }
}
