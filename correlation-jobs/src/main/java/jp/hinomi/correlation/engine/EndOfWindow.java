package jp.hinomi.correlation.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import jp.hinomi.events.Alert;
import jp.hinomi.rules.CorrelationRule.Criterion;

/**
 * A window that opens at a match <i>t0</i>, holds [<i>t0</i>, <i>t0</i> + T) and is judged when it is over. It keeps the
 * newest distinct matches, as many as decide the judgement or fill an alert; the count is exact as long as all are kept,
 * and beyond that no criterion depends on it.
 */
final class EndOfWindow {
    private final List<Criterion> criteria;
    private final int keep;
    private final long end;
    private final String opener;
    private final Deque<Match> newest = new ArrayDeque<>(4);
    private long count;

    EndOfWindow(Form.CountAtEnd form, long end, String opener, long countBefore, List<Match> kept) {
        this.criteria = form.criteria();
        this.keep = Math.max(form.keep(), Alert.MAX_EVIDENCE);
        this.end = end;
        this.opener = opener;
        this.count = countBefore;
        newest.addAll(kept);
    }

    void add(Match match) {
        for (Match kept : newest) {
            if (kept.id().equals(match.id())) {
                newest.remove(kept);
                newest.addLast(match);
                return;
            }
        }
        count++;
        newest.addLast(match);
        if (newest.size() > keep) {
            newest.pollFirst();
        }
    }

    /** When it is judged, in milliseconds since the epoch. */
    long end() {
        return end;
    }

    String opener() {
        return opener;
    }

    long count() {
        return count;
    }

    List<Match> retained() {
        return List.copyOf(newest);
    }

    /** The hit if the criteria hold, else null. */
    Hit judge() {
        if (!Form.hold(criteria, count)) {
            return null;
        }
        List<Match> newestFirst = new ArrayList<>();
        for (Iterator<Match> i = newest.descendingIterator(); i.hasNext(); ) {
            newestFirst.add(i.next());
        }
        return new Hit(end, opener, newestFirst, count - newest.size());
    }
}
