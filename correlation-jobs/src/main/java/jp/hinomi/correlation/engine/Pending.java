package jp.hinomi.correlation.engine;

import java.util.Comparator;

/**
 * A match that waits for its turn.
 *
 * @param due when its turn is, in milliseconds since the epoch
 */
record Pending(Match match, long due, Cell cell) {
    static final Comparator<Pending> ORDER =
            Comparator.comparingLong(Pending::due).thenComparing(Pending::match, Match.ORDER);

    boolean isLate() {
        return due > match.time();
    }
}
