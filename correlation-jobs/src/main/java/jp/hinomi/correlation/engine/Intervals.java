package jp.hinomi.correlation.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import jp.hinomi.events.Alert;

/**
 * Counts matches in intervals of the timespan, cut at whole multiples of it since the epoch, and compares each with the
 * average of those before it. The interval in which a group begins was not seen whole, so it counts for nothing. A group
 * whose intervals are all empty ends.
 */
final class Intervals implements Window {
    private final Form.RateChange form;
    private final long timespan;
    /** Matches of the intervals before, oldest first. */
    private final Deque<Long> before = new ArrayDeque<>();

    private NewestFirst newest = new NewestFirst();
    private String lastId;
    private long end;
    private long count;
    private boolean whole;

    private Intervals(Form.RateChange form, long timespan, long end, String lastId) {
        this.form = form;
        this.timespan = timespan;
        this.end = end;
        this.lastId = lastId;
    }

    static Intervals from(Form.RateChange form, Match match, long timespan) {
        long start = Math.floorDiv(match.time(), timespan) * timespan;
        return new Intervals(form, timespan, start + timespan, match.completingId());
    }

    static Intervals restore(
            Form.RateChange form, long timespan, GroupState.Window saved, List<Match> retained, Memory memory) {
        Intervals intervals = new Intervals(form, timespan, saved.end(), saved.opener());
        retained.forEach(match -> intervals.newest.put(null, match));
        intervals.count = saved.count();
        intervals.whole = memory.since() > 0;
        for (double number : memory.numbers()) {
            intervals.before.addLast((long) number);
        }
        return intervals;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public boolean add(Match match) {
        if (count == 0) {
            newest = new NewestFirst();
        }
        count++;
        lastId = match.completingId();
        newest.put(null, match);
        if (newest.size() > Alert.MAX_EVIDENCE) {
            newest.dropOldest();
        }
        return true;
    }

    @Override
    public Hit judge() {
        Hit hit = whole && before.size() == form.intervals() && hasChanged() ? hit() : null;
        if (whole) {
            before.addLast(count);
            if (before.size() > form.intervals()) {
                before.removeFirst();
            }
        }
        whole = true;
        count = 0;
        end += timespan;
        return hit;
    }

    private boolean hasChanged() {
        long sum = before.stream().mapToLong(Long::longValue).sum();
        boolean matters = count >= form.atLeast() || sum >= form.atLeast() * form.intervals();
        return matters && sum > 0 && Form.hold(form.criteria(), count * (double) form.intervals() / sum);
    }

    /** When nothing came at all, the newest matches from before it stopped are what there is to show. */
    private Hit hit() {
        return count > 0 ? new Hit(end, lastId, newest, count, count) : new Hit(end, lastId + "@" + end, newest, 0, 0);
    }

    @Override
    public boolean goesOn() {
        return before.size() < form.intervals() || before.stream().anyMatch(matches -> matches > 0);
    }

    @Override
    public List<Match> retained() {
        return newest.inOrder();
    }

    @Override
    public Memory memory() {
        return new Memory(
                whole ? 1 : 0,
                new long[before.size()],
                before.stream().mapToDouble(Long::doubleValue).toArray());
    }

    @Override
    public GroupState.Window state() {
        return new GroupState.Window(end, lastId, count);
    }
}
