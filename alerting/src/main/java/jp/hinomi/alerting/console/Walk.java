package jp.hinomi.alerting.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Reads a list downwards piece by piece, until it is full, at its end, or the time for looking is over. Pieces are spans of the
 * order of arrival: a small one first, and each as much larger as the one before was quick. So what an index finds is found in
 * whole at once, and what none finds is looked for as far as there is time, whatever the filter.
 *
 * @param <R> what is read
 */
final class Walk<R> {
    /** Alerts of the first piece. */
    static final long FIRST = 8192;

    /** The most by which a piece is larger than the one before. */
    private static final long GROWTH = 16;

    private final LongSupplier nanos;
    private final Piece<R> piece;

    /** @param nanos a clock that only goes forward */
    Walk(LongSupplier nanos, Piece<R> piece) {
        this.nanos = nanos;
        this.piece = piece;
    }

    interface Piece<R> {
        /**
         * Those of a span, in the order of the list.
         *
         * @param level of severity; empty = any
         * @param from the first in order of arrival
         * @param below the one after the last
         */
        List<R> read(OptionalInt level, long from, long below, int most);
    }

    /** @param goesOn what the list has not been looked for yet, as it is after {@code level} and {@code below}; empty at its end */
    record Found<R>(List<R> rows, Optional<Place> goesOn) {}

    /** All of {@code level} (0 if the list is not by severity) from {@code below} downwards, and the levels under it. */
    record Place(int level, long below) {}

    /**
     * @param levels of severity, one after the other; one that is empty = by arrival alone
     * @param start of the first level
     * @param top of the levels after it: above the last arrival
     */
    Found<R> read(List<OptionalInt> levels, long start, long top, int most, long budget) {
        return read(levels, start, top, FIRST, most, budget);
    }

    /** @param first alerts of the first piece */
    Found<R> read(List<OptionalInt> levels, long start, long top, long first, int most, long budget) {
        long end = nanos.getAsLong() + budget;
        List<R> rows = new ArrayList<>();
        long below = start;
        boolean looked = false;
        for (OptionalInt level : levels) {
            long size = first;
            while (below > 0) {
                long began = nanos.getAsLong();
                // However little time there is: who goes on gets on.
                if (looked && began >= end) {
                    return new Found<>(rows, Optional.of(new Place(level.orElse(0), below)));
                }
                looked = true;
                long from = Math.max(0, below - size);
                rows.addAll(piece.read(level, from, below, most - rows.size()));
                if (rows.size() >= most) {
                    return new Found<>(rows, Optional.empty());
                }
                below = from;
                size *= growth(nanos.getAsLong() - began, end - nanos.getAsLong());
            }
            below = top;
        }
        return new Found<>(rows, Optional.empty());
    }

    /** So that the next piece is expected to take half of what is left. */
    private static long growth(long took, long left) {
        return Math.max(1, Math.min(GROWTH, left / 2 / Math.max(1, took)));
    }
}
