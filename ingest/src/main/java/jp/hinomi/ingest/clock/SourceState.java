package jp.hinomi.ingest.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.city.Source;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealth.State;

/** One source, span by span. Not thread-safe. */
final class SourceState {
    /** How long an episode lasts until somebody is told again, in milliseconds. */
    static final long REPEAT = 3_600_000;

    private final ClockLimits limits;
    private final List<Span> window;
    private final List<Episode> episodes;
    private final List<Finding> findings = new ArrayList<>();
    private final long since;
    private Source source;
    private long lastSeen;
    private long waitingFrom;
    private long passedOver;
    private double usualRejects;

    SourceState(Source source, SourceMemory memory, ClockLimits limits) {
        this.source = source;
        this.limits = limits;
        since = memory.since();
        lastSeen = memory.lastSeen();
        waitingFrom = memory.waitingFrom();
        passedOver = memory.passedOver();
        window = new ArrayList<>(memory.window());
        usualRejects = memory.usualRejects();
        episodes = new ArrayList<>(memory.episodes());
    }

    SourceMemory memory() {
        return new SourceMemory(source.id(), since, lastSeen, waitingFrom, passedOver, window, usualRejects, episodes);
    }

    void is(Source newest) {
        source = newest;
    }

    /** Of a span that was judged already, which happens when a partition had been given up. */
    void late(Tally tally) {
        lastSeen = Math.max(lastSeen, tally.last());
        waitingFrom = Math.max(waitingFrom, tally.last());
    }

    /**
     * A time is over.
     *
     * @param tally of the source in it; null if it wrote nothing
     * @param covered whether it could have been heard all the time
     * @param longUncovered whether it could not be heard for so long that it needs time to come back
     */
    List<Finding> close(long start, long end, Tally tally, boolean covered, boolean longUncovered) {
        findings.clear();
        if (tally == null) {
            quiet(start, end, covered, longUncovered);
        } else {
            heard(tally, covered);
        }
        return List.copyOf(findings);
    }

    private OptionalLong deadline() {
        return source.expectEvery()
                .map(every -> OptionalLong.of(
                        Math.addExact(waitingFrom + passedOver, Math.max(every.toMillis(), Tally.SPAN))))
                .orElse(OptionalLong.empty());
    }

    private long patience() {
        return source.expectEvery().orElseThrow().toMillis();
    }

    private void quiet(long start, long end, boolean covered, boolean longUncovered) {
        OptionalLong deadline = deadline();
        if (!covered) {
            passedOver += end - start;
            if (longUncovered) {
                waitingFrom = end;
                passedOver = 0;
            }
        } else if (deadline.isPresent() && episode(State.SILENT).isEmpty() && deadline.getAsLong() < end) {
            begin(State.SILENT, deadline.getAsLong(), patience());
        } else if (deadline.isEmpty()) {
            end(State.SILENT, end); // it is no longer expected to write
        }
        repeat(State.SILENT, end);
    }

    private void heard(Tally tally, boolean covered) {
        OptionalLong deadline = deadline();
        if (covered
                && deadline.isPresent()
                && episode(State.SILENT).isEmpty()
                && tally.first() > deadline.getAsLong()) {
            begin(State.SILENT, deadline.getAsLong(), patience());
        }
        end(State.SILENT, tally.first());
        lastSeen = Math.max(lastSeen, tally.last());
        waitingFrom = Math.max(waitingFrom, tally.last());
        passedOver = 0;
        Span span = Span.of(tally);
        window.add(span);
        if (window.size() > SourceWatch.WINDOW) {
            window.remove(0);
        }
        if (span.hasOffsets()) {
            clock(tally.last());
        }
        rejects(span, tally.last());
    }

    private void clock(long time) {
        Optional<ClockEstimate> estimate = ClockEstimate.of(window);
        if (estimate.isEmpty()) {
            return;
        }
        State before = episodes.stream()
                .map(Episode::state)
                .filter(SourceState::isClock)
                .findFirst()
                .orElse(State.OK);
        State now = estimate.get().state(limits, before);
        if (now != before && before != State.OK) {
            end(before, time);
        }
        if (now != before && now != State.OK) {
            begin(now, time, estimate.get().offset());
        }
        repeat(now, time);
    }

    private static boolean isClock(State state) {
        return switch (state) {
            case DRIFTING, WRONG_TIME_ZONE, STALE, FUTURE -> true;
            case OK, REJECTING, SILENT -> false;
        };
    }

    private void rejects(Span span, long time) {
        long rejected = window.stream().mapToLong(Span::rejected).sum();
        double rate = rejectRate();
        if (episode(State.REJECTING).isPresent()) {
            if (rate < Math.max(SourceWatch.REJECTS / 2, usualRejects * 1.5)) {
                end(State.REJECTING, time);
            } else {
                repeat(State.REJECTING, time);
            }
        } else if (rejected >= SourceWatch.FEWEST_REJECTS && rate >= SourceWatch.REJECTS && rate >= usualRejects * 3) {
            begin(State.REJECTING, time, Math.round(rate * 1000));
        } else {
            usualRejects += ((double) span.rejected() / span.records() - usualRejects) / SourceWatch.USUAL_OVER;
        }
    }

    private double rejectRate() {
        long records = window.stream().mapToLong(Span::records).sum();
        long rejected = window.stream().mapToLong(Span::rejected).sum();
        return records == 0 ? 0 : (double) rejected / records;
    }

    Optional<Episode> episode(State state) {
        return episodes.stream().filter(each -> each.state() == state).findFirst();
    }

    private void begin(State state, long time, long measure) {
        Episode begun = new Episode(state, time, time, 1, measure);
        episodes.add(begun);
        findings.add(new Finding(source.id(), begun, false));
    }

    private void end(State state, long time) {
        episode(state).ifPresent(open -> {
            episodes.remove(open);
            findings.add(new Finding(source.id(), open.next(time), true));
        });
    }

    private void repeat(State state, long time) {
        episode(state).filter(open -> time - open.said() >= REPEAT).ifPresent(open -> {
            Episode next = open.next(time);
            episodes.set(episodes.indexOf(open), next);
            findings.add(new Finding(source.id(), next, false));
        });
    }

    /** As of a time up to which all spans are closed. */
    SourceHealth health(long time) {
        Optional<Episode> worst = episodes.stream().max(Comparator.comparing(Episode::state));
        Optional<ClockEstimate> estimate = ClockEstimate.of(window);
        long from = Math.max(since, time - SourceWatch.WINDOW * Tally.SPAN);
        long records = window.stream()
                .filter(span -> span.start() >= from)
                .mapToLong(Span::records)
                .sum();
        return new SourceHealth(
                source.id(),
                worst.map(Episode::state).orElse(State.OK),
                worst.map(Episode::begin).orElse(since),
                time,
                lastSeen == SourceMemory.NEVER ? OptionalLong.empty() : OptionalLong.of(lastSeen),
                records * 1000.0 / Math.max(Tally.SPAN, time - from),
                rejectRate(),
                estimate.map(known -> OptionalLong.of(known.offset())).orElse(OptionalLong.empty()),
                estimate.map(known -> OptionalLong.of(known.spread())).orElse(OptionalLong.empty()),
                worst.map(open -> Advice.of(source, open).english()));
    }
}
