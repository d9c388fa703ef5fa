package jp.hinomi.correlation.engine;

import java.util.List;
import jp.hinomi.events.Alert;

/**
 * Calculates with the numbers of all matches in the window (t − T, t]. Of the matches themselves it keeps what an alert
 * shows, of the others the numbers.
 */
final class NumbersInWindow implements Accumulator {
    private final Form.Calculated form;
    private final long timespan;
    private final Numbers numbers;
    private final NewestFirst newest = new NewestFirst();
    /** Matches since it fired last: an alert that is extended counts those. */
    private long fresh;

    NumbersInWindow(Form.Calculated form, long timespan) {
        this.form = form;
        this.timespan = timespan;
        this.numbers = new Numbers(form.quantity(), form.percentile());
    }

    @Override
    public Hit add(Match match) {
        numbers.removeUntil(match.time() - timespan);
        numbers.add(match.time(), match.number());
        fresh++;
        replay(match);
        if (!numbers.hold(form.criteria())) {
            return null;
        }
        Hit hit = new Hit(match.time(), match.completingId(), newest, numbers.size(), Math.min(fresh, numbers.size()));
        fresh = 0;
        return hit;
    }

    /** The numbers come back by {@link #resume}. */
    @Override
    public void replay(Match match) {
        newest.dropUntil(match.time() - timespan);
        newest.put(null, match);
        if (newest.size() > Alert.MAX_EVIDENCE) {
            newest.dropOldest();
        }
    }

    @Override
    public void resume(Memory memory) {
        numbers.resume(memory);
        fresh = memory.since();
    }

    @Override
    public Memory memory() {
        return numbers.memory(fresh);
    }

    @Override
    public List<Match> retained() {
        return newest.inOrder();
    }
}
