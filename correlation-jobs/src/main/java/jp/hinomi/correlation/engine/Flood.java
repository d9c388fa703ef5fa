package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.rules.CorrelationRule.Operator;

/**
 * Makes many matches of one group light before they are sent: those whose log event no alert will show in the end go
 * without it, as time and id. What the correlation finds stays the same (alerts, ids, counts, revisions, evidence and
 * resources of the last revision), because every match is still there to be counted and to fire.
 *
 * <p>A match is made light if {@link #shown} newer ones of its group follow so closely that the alert which counts it counts
 * them too, and if they touch all that it touches. That they do is certain only where more matches never end a firing:
 * counts of events with a lower bound, and suppressed detections. Other types, and correlations that feed others (which see
 * every firing with the evidence of that moment), keep theirs. It rests on event ids being those of records, each its own:
 * where one record comes twice and late, what it adds to a count depends on the evidence of that moment.
 *
 * <p>Immutable and thread-safe.
 */
public final class Flood {
    private static final Comparator<GroupState.Waiting> ORDER =
            Comparator.comparing(GroupState.Waiting::match, Match.ORDER);

    private final int shown;
    private final long closely;

    private Flood(int shown, long closely) {
        this.shown = shown;
        this.closely = closely;
    }

    /** Null if matches of that correlation go as they are. */
    static Flood of(Correlation correlation, boolean feedsOthers) {
        if (feedsOthers) {
            return null;
        }
        int deciding;
        if (correlation.form() instanceof Form.Every) {
            deciding = 1;
        } else if (correlation.form() instanceof Form.Count count
                && count.quantity() == Quantity.EVENTS
                && count.criteria().stream().allMatch(each -> isLowerBound(each.operator()))) {
            deciding = Form.deciding(count.criteria());
        } else {
            return null;
        }
        return new Flood(
                Math.max(deciding, Alert.MAX_EVIDENCE), Math.min(correlation.timespan(), correlation.suppress()));
    }

    private static boolean isLowerBound(Operator operator) {
        return operator == Operator.GTE || operator == Operator.GT;
    }

    /** How many of the newest stay as they are: enough to fire, and to fill an alert. */
    int shown() {
        return shown;
    }

    /** True if looking through so many matches may be worth its cost. */
    public boolean isWorthwhile(int matches) {
        return matches >= 2 * shown;
    }

    /** The same matches, some of them without their log event. */
    public List<GroupState.Waiting> lighten(List<GroupState.Waiting> matches, Touching touching) {
        List<GroupState.Waiting> inOrder = new ArrayList<>(matches);
        inOrder.sort(ORDER);
        int first = firstShown(inOrder);
        if (first <= 0 || !haveOneTimeEach(inOrder)) {
            return matches;
        }
        long newest = inOrder.get(inOrder.size() - 1).match().time();
        Set<AffectedResource> touched = new HashSet<>();
        for (GroupState.Waiting later : inOrder.subList(first, inOrder.size())) {
            if (!isLate(later)) {
                touched.addAll(touched(later.match(), touching));
            }
        }
        for (int i = 0; i < first; i++) {
            GroupState.Waiting next = inOrder.get(i);
            if (!isLate(next)
                    && newest - next.match().time() < closely
                    && touched.containsAll(touched(next.match(), touching))) {
                inOrder.set(i, new GroupState.Waiting(next.match().stripped(), next.due()));
            }
        }
        return inOrder;
    }

    /**
     * From where on there are as many different ones, of those that are not late, as are shown; -1 if there are fewer. All
     * that repeat the first of them are in, because what counts is whichever of them comes first.
     */
    private int firstShown(List<GroupState.Waiting> inOrder) {
        int left = shown;
        int first = -1;
        Match later = null;
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            GroupState.Waiting next = inOrder.get(i);
            if (isLate(next)) {
                continue;
            }
            if (!next.match().repeats(later)) {
                if (left == 0) {
                    break;
                }
                left--;
                later = next.match();
            }
            first = i;
        }
        return left == 0 ? first : -1;
    }

    private static boolean haveOneTimeEach(List<GroupState.Waiting> matches) {
        Map<String, Long> times = new HashMap<>();
        for (GroupState.Waiting each : matches) {
            Long before = times.putIfAbsent(each.match().id(), each.match().time());
            if (before != null && before != each.match().time()) {
                return false;
            }
        }
        return true;
    }

    /** It is added to what is there when its turn comes, not where it belongs. */
    private static boolean isLate(GroupState.Waiting match) {
        return match.due() > match.match().time();
    }

    private static Set<AffectedResource> touched(Match match, Touching touching) {
        Set<AffectedResource> touched = new HashSet<>();
        match.evidence().forEach(each -> touched.addAll(touching.of(each.event().event())));
        return touched;
    }
}
