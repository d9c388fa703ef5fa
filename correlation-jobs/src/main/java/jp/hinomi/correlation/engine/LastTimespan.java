package jp.hinomi.correlation.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The matches of one group in (t − T, t], for statements that may need any of them. Bounded by a budget. */
final class LastTimespan implements Accumulator {
    /** Matches of one group; with its events some 10 MB. */
    static final int BUDGET = 10_000;

    private final long timespan;
    private final Deque<Match> matches = new ArrayDeque<>(4);

    LastTimespan(long timespan) {
        this.timespan = timespan;
    }

    /** Fires nothing; the statement does. */
    @Override
    public Hit add(Match match) {
        while (!matches.isEmpty() && matches.peekFirst().time() <= match.time() - timespan) {
            matches.pollFirst();
        }
        if (matches.size() >= BUDGET) {
            throw new IllegalStateException("one group has more than " + BUDGET + " matches within "
                    + timespan / 1000.0
                    + " s, which is its budget: shorten 'timespan', add fields to 'group-by', or name"
                    + " narrower rules");
        }
        matches.addLast(match);
        return null;
    }

    @Override
    public List<Match> retained() {
        return List.copyOf(matches);
    }
}
