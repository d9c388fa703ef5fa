package jp.hinomi.correlation.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.CorrelationRule.Criterion;

/** Counts distinct ids in the window (t − T, t]: keeps the newest {@code keep} of them. */
final class NewestDistinct implements Accumulator {
    private final int keep;
    private final List<Criterion> criteria;
    private final long timespan;
    private final Deque<Match> newest = new ArrayDeque<>(4);
    private final Map<String, Match> byId = new HashMap<>(4);

    NewestDistinct(Form.Count form, long timespan) {
        this.keep = form.keep();
        this.criteria = form.criteria();
        this.timespan = timespan;
    }

    @Override
    public Hit add(Match match) {
        while (!newest.isEmpty() && newest.peekFirst().time() <= match.time() - timespan) {
            byId.remove(newest.pollFirst().id());
        }
        Match earlier = byId.put(match.id(), match);
        if (earlier != null) {
            newest.remove(earlier);
        }
        newest.addLast(match);
        if (newest.size() > keep) {
            byId.remove(newest.pollFirst().id());
        }
        return Form.hold(criteria, newest.size()) ? new Hit(match.time(), match.id(), newestFirst(), 0) : null;
    }

    private List<Match> newestFirst() {
        List<Match> matches = new ArrayList<>(newest.size());
        for (Iterator<Match> i = newest.descendingIterator(); i.hasNext(); ) {
            matches.add(i.next());
        }
        return matches;
    }

    @Override
    public List<Match> retained() {
        return List.copyOf(newest);
    }
}
