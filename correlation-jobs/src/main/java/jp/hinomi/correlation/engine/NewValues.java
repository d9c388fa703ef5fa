package jp.hinomi.correlation.engine;

import java.util.List;

/**
 * Fires at a value that was not there in (t − T, t), once the group has learned for long enough. A group that was silent for
 * T knows nothing any more and learns anew.
 */
final class NewValues implements Accumulator {
    /** A group that has more values forgets the one it saw longest ago. */
    static final int MOST = 10_000;

    private final long learning;
    private final long timespan;
    private final NewestFirst known = new NewestFirst();
    private long since;

    NewValues(Form.NewValue form, long timespan) {
        this.learning = form.learning();
        this.timespan = timespan;
    }

    @Override
    public Hit add(Match match) {
        known.dropUntil(match.time() - timespan);
        if (known.size() == 0) {
            since = match.time();
        }
        boolean isNew = known.get(match.value()) == null;
        replay(match);
        return isNew && match.time() - since >= learning ? Hit.of(match, List.of(match)) : null;
    }

    @Override
    public void replay(Match match) {
        // Who looks for new values does not look at old events: only the value and its time are kept.
        known.put(match.value(), match.stripped());
        if (known.size() > MOST) {
            known.dropOldest();
        }
    }

    @Override
    public void resume(Memory memory) {
        since = memory.since();
    }

    @Override
    public Memory memory() {
        return new Memory(since, new long[0], new double[0]);
    }

    @Override
    public List<Match> retained() {
        return known.inOrder();
    }

    @Override
    public int size() {
        return known.size();
    }
}
