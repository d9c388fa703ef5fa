package jp.hinomi.ingest.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.city.Source;
import jp.hinomi.events.SourceHealth;

/**
 * Watches the clocks, the cadence and the rejects of a city's sources by tallies of what they wrote. A span is judged when
 * all that was appended in it has been read, so the findings depend on the log alone: not on the order of reading, its
 * speed or its restarts. Not thread-safe.
 */
public final class SourceWatch {
    /** Spans with records that the clock and the rejects are judged by. */
    static final int WINDOW = 9;

    /** Share of rejects that is a finding, unless a third of it is usual. */
    static final double REJECTS = 0.2;

    static final int FEWEST_REJECTS = 10;

    /** Spans over which rejects become usual. */
    static final int USUAL_OVER = 50;

    /** After so many milliseconds in which nobody could write, every source gets its whole time again. */
    static final long LONG_UNCOVERED = 60_000;

    /** A partition that nothing is read from for so long, in milliseconds, is not waited for. */
    static final long PARTITION_GONE = 3_600_000;

    /** Health is told so often, in milliseconds, besides when it changes. */
    static final long TELL_EVERY = 60_000;

    private final ClockLimits limits;
    private final Map<String, SourceState> states = new TreeMap<>();
    private final Map<String, SourceHealth.State> told = new HashMap<>();
    private final Map<String, Long> partitions = new TreeMap<>();
    private final TreeMap<Long, Map<String, Tally>> openSources = new TreeMap<>();
    private final TreeMap<Long, Map<String, Tally>> openPartitions = new TreeMap<>();
    private Map<String, Source> sources = Map.of();
    private long closedUpTo = SourceMemory.NEVER;
    private long uncovered;

    /**
     * What a step in time brought.
     *
     * @param findings in order of their sources
     * @param healths of the sources that are due or have changed
     */
    public record News(List<Finding> findings, List<SourceHealth> healths) {}

    public SourceWatch(ClockLimits limits) {
        this.limits = limits;
    }

    /** Goes on from there. @param known the city's sources; what is remembered of others is forgotten */
    public void restore(WatchMemory memory, Map<String, Source> known) {
        sources = Map.copyOf(known);
        closedUpTo = memory.closedUpTo();
        uncovered = memory.uncovered();
        partitions.putAll(memory.partitions());
        memory.sources().stream()
                .filter(source -> sources.containsKey(source.source()))
                .forEach(source ->
                        states.put(source.source(), new SourceState(sources.get(source.source()), source, limits)));
        memory.open().forEach(this::take);
    }

    public WatchMemory memory() {
        List<Tally> open = new ArrayList<>();
        openPartitions.values().forEach(each -> open.addAll(each.values()));
        openSources.values().forEach(each -> open.addAll(each.values()));
        return new WatchMemory(
                closedUpTo,
                uncovered,
                partitions,
                open,
                states.values().stream().map(SourceState::memory).toList());
    }

    /** From now on the city has these sources. */
    public void sources(Map<String, Source> newest) {
        sources = Map.copyOf(newest);
        states.keySet().retainAll(sources.keySet());
        told.keySet().retainAll(sources.keySet());
        states.forEach((id, state) -> state.is(sources.get(id)));
    }

    /** The silences that last, by source. */
    public Map<String, Episode> silent() {
        Map<String, Episode> silent = new TreeMap<>();
        states.forEach((id, state) -> state.episode(SourceHealth.State.SILENT).ifPresent(open -> silent.put(id, open)));
        return silent;
    }

    /** Part of what was read; a span that is judged already changes no finding any more. */
    public void take(Tally tally) {
        if (tally.start() >= closedUpTo) {
            (tally.kind() == Tally.Kind.SOURCE ? openSources : openPartitions)
                    .computeIfAbsent(tally.start(), any -> new HashMap<>())
                    .merge(tally.name(), tally, Tally::plus);
        } else if (tally.kind() == Tally.Kind.SOURCE && states.containsKey(tally.name())) {
            states.get(tally.name()).late(tally);
        }
    }

    /** All that was appended up to this time, inclusive, has been taken. */
    public News advance(long time) {
        List<Finding> findings = new ArrayList<>();
        List<SourceHealth> healths = new ArrayList<>();
        if (time < 0 || (time == Long.MAX_VALUE && openSources.isEmpty() && openPartitions.isEmpty())) {
            return new News(findings, healths); // nothing has been read yet, or is left to judge
        }
        long end = time == Long.MAX_VALUE ? endOfOpen() : Math.floorDiv(time + 1, Tally.SPAN) * Tally.SPAN;
        if (closedUpTo == SourceMemory.NEVER) {
            closedUpTo = Math.min(end, firstOpen(end));
        }
        for (String id : sources.keySet()) {
            states.computeIfAbsent(
                    id, any -> new SourceState(sources.get(id), SourceMemory.from(id, closedUpTo), limits));
        }
        while (closedUpTo < end) {
            long next = Math.max(closedUpTo, Math.min(end, firstOpen(end)));
            boolean nothing = next > closedUpTo;
            close(nothing ? next : closedUpTo + Tally.SPAN, findings, healths);
        }
        return new News(findings, healths);
    }

    private long firstOpen(long otherwise) {
        return Math.min(
                openSources.isEmpty() ? otherwise : openSources.firstKey(),
                openPartitions.isEmpty() ? otherwise : openPartitions.firstKey());
    }

    private long endOfOpen() {
        return Tally.SPAN
                + Math.max(
                        openSources.isEmpty() ? SourceMemory.NEVER : openSources.lastKey(),
                        openPartitions.isEmpty() ? SourceMemory.NEVER : openPartitions.lastKey());
    }

    private void close(long end, List<Finding> findings, List<SourceHealth> healths) {
        long start = closedUpTo;
        Map<String, Tally> read = removed(openPartitions, start);
        Map<String, Tally> wrote = removed(openSources, start);
        read.keySet().forEach(partition -> partitions.put(partition, start));
        partitions.values().removeIf(seen -> seen < end - PARTITION_GONE);
        boolean covered = !partitions.isEmpty() && read.keySet().containsAll(partitions.keySet());
        uncovered = covered ? 0 : uncovered + end - start;
        boolean due = Math.floorDiv(start, TELL_EVERY) != Math.floorDiv(end, TELL_EVERY);
        states.forEach((id, state) -> {
            findings.addAll(state.close(start, end, wrote.get(id), covered, uncovered >= LONG_UNCOVERED));
            SourceHealth health = state.health(end);
            if (told.put(id, health.state()) != health.state() || due) {
                healths.add(health);
            }
        });
        closedUpTo = end;
    }

    private static Map<String, Tally> removed(TreeMap<Long, Map<String, Tally>> open, long start) {
        Map<String, Tally> found = open.remove(start);
        return found == null ? Map.of() : found;
    }
}
