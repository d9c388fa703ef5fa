package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import jp.hinomi.events.Alert;

/**
 * Tells alerts which of the sources that their rule needs were silent, from the first evidence to the firing or the last
 * evidence, whichever is later. An alert waits until that is known of all that time, so the answer depends on the logs
 * alone and not on how fast they were read. Bounded; not thread-safe.
 */
public final class BlindSpots {
    /** Alerts that wait; of more, those that are nearest to their answer go with what is known. */
    static final int MOST_WAITING = 10_000;

    /** Silences that are remembered of each source, the newest: alerts that stay open for longer see no further back. */
    static final int MOST_SILENCES = 100;

    private record Waiting(Asking asking, long number) {}

    private final Map<String, TreeMap<Long, Silence>> silences = new HashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Waiting each) -> each.asking().to()).thenComparingLong(Waiting::number));
    private final Consumer<Alert> out;
    private long numbers;
    private long judgedBefore = Long.MIN_VALUE;
    private long hurried;

    /** @param out receives each alert once, with its answer */
    public BlindSpots(Consumer<Alert> out) {
        this.out = out;
    }

    /** What is known of a silence; a later word about the same beginning replaces the earlier one. */
    public void take(Silence silence) {
        TreeMap<Long, Silence> of = silences.computeIfAbsent(silence.source(), any -> new TreeMap<>());
        of.put(silence.begin(), silence);
        if (of.size() > MOST_SILENCES) {
            of.pollFirstEntry();
        }
    }

    public void take(Asking asking) {
        if (asking.to() < judgedBefore || isAnswered(asking)) {
            answer(asking);
            return;
        }
        waiting.add(new Waiting(asking, numbers++));
        if (waiting.size() > MOST_WAITING) {
            hurried++;
            answer(waiting.remove().asking());
        }
    }

    /**
     * True if all of them are known to have been silent in that time: nothing that follows changes it. What lasts is known
     * to last up to what is judged, not longer.
     */
    private boolean isAnswered(Asking asking) {
        return asking.from() < judgedBefore && silent(asking).size() == distinct(asking);
    }

    /** Every silence that began before this time, exclusive, has been taken. */
    public void judged(long before) {
        judgedBefore = Math.max(judgedBefore, before);
        while (!waiting.isEmpty() && waiting.peek().asking().to() < judgedBefore) {
            answer(waiting.remove().asking());
        }
    }

    private void answer(Asking asking) {
        out.accept(asking.answered(silent(asking)));
    }

    private List<String> silent(Asking asking) {
        return asking.sources().stream()
                .distinct()
                .filter(source -> silences.getOrDefault(source, new TreeMap<>()).values().stream()
                        .anyMatch(silence -> silence.touches(asking.from(), asking.to())))
                .sorted()
                .toList();
    }

    private static long distinct(Asking asking) {
        return asking.sources().stream().distinct().count();
    }

    /** Alerts that could not wait any longer because too many did. */
    public long hurried() {
        return hurried;
    }

    public List<Silence> silences() {
        List<Silence> all = new ArrayList<>();
        silences.values().forEach(of -> all.addAll(of.values()));
        return all;
    }

    /** In the order in which they came. */
    public List<Asking> waiting() {
        return waiting.stream()
                .sorted(Comparator.comparingLong(Waiting::number))
                .map(Waiting::asking)
                .toList();
    }

    /** Goes on from there. @param watched ids of the sources that can be silent; of others nothing is remembered */
    public void restore(List<Silence> known, List<Asking> asking, Set<String> watched) {
        known.stream().filter(silence -> watched.contains(silence.source())).forEach(this::take);
        asking.forEach(each -> waiting.add(new Waiting(each, numbers++)));
    }
}
