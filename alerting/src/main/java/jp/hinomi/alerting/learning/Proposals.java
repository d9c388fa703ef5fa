package jp.hinomi.alerting.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Finds changes of a rule that would have spared wasted alerts and not one worthwhile. Linear in the alerts. Stateless.
 */
public final class Proposals {
    /** So many wasted alerts must be spared: less may be chance. */
    static final int FEWEST = 3;

    private static final int MOST = 5;

    private Proposals() {}

    private record Value(String field, String value) {}

    /**
     * Those that spare most first.
     *
     * @param alerts of one rule
     * @param bound the number of events from which on the rule fires; absent if it does not count events
     */
    public static List<Proposal> of(List<JudgedAlert> alerts, OptionalLong bound) {
        List<Proposal> found = new ArrayList<>(exceptions(alerts));
        bound.ifPresent(from -> raise(alerts, from).ifPresent(to -> found.add(new Proposal.Raise(from, to))));
        Comparator<Proposal> spared = Comparator.comparingLong(
                proposal -> Proposal.Preview.of(proposal, alerts).wasted());
        return found.stream().sorted(spared.reversed()).limit(MOST).toList();
    }

    private static List<Proposal> exceptions(List<JudgedAlert> alerts) {
        Map<Value, long[]> counts =
                new TreeMap<>(Comparator.comparing(Value::field).thenComparing(Value::value));
        for (JudgedAlert alert : alerts) {
            if (alert.weight() != Weight.NONE) {
                alert.group()
                        .forEach((field, value) -> counts.computeIfAbsent(new Value(field, value), none -> new long[2])[
                                alert.weight() == Weight.WASTED ? 0 : 1]++);
            }
        }
        return counts.entrySet().stream()
                .filter(each -> each.getValue()[0] >= FEWEST && each.getValue()[1] == 0)
                .sorted(Comparator.comparingLong((Map.Entry<Value, long[]> each) -> each.getValue()[0])
                        .reversed())
                .limit(MOST)
                .<Proposal>map(each ->
                        new Proposal.Except(each.getKey().field(), each.getKey().value()))
                .toList();
    }

    /** The number of events of the smallest worthwhile alert: every smaller one was wasted, or nobody judged it. */
    private static OptionalLong raise(List<JudgedAlert> alerts, long from) {
        OptionalLong smallest = alerts.stream()
                .filter(alert -> alert.weight() == Weight.WORTHWHILE)
                .mapToLong(JudgedAlert::count)
                .min();
        if (smallest.isEmpty() || smallest.getAsLong() <= from) {
            return OptionalLong.empty(); // without one that was worthwhile nothing says how far is far enough
        }
        long to = smallest.getAsLong();
        long spared = alerts.stream()
                .filter(alert -> alert.weight() == Weight.WASTED && alert.count() < to)
                .count();
        return spared >= FEWEST ? OptionalLong.of(to) : OptionalLong.empty();
    }
}
