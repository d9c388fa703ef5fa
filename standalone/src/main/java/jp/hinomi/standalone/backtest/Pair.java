package jp.hinomi.standalone.backtest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An alert of the old rules and what it is with the new ones.
 *
 * @param before null if it is new
 * @param after null if it is lost
 */
record Pair(Entry before, Entry after) {
    /** The old and the new rule of a pair are the same for this: by id, else by name. */
    private record Story(String rule, long group) {}

    /**
     * Alerts of one id are one. Of the others those of one rule and group whose evidence overlaps in time are: another threshold
     * completes an alert with another event, which gives it another id. Each is in one pair.
     *
     * @param ruleOf what a rule's alerts are called on both sides
     */
    static List<Pair> of(Ledger before, Ledger after, RuleNames ruleOf) {
        List<Pair> pairs = new ArrayList<>();
        Map<Story, Deque<Entry>> open = new HashMap<>();
        List<Entry> lone = new ArrayList<>();
        for (Map.Entry<UUID, Entry> each : after.byId().entrySet()) {
            Entry was = before.byId().get(each.getKey());
            if (was != null) {
                pairs.add(new Pair(was, each.getValue()));
            } else {
                lone.add(each.getValue());
            }
        }
        for (Entry was : before.inOrder(id -> !after.byId().containsKey(id))) {
            open.computeIfAbsent(new Story(ruleOf.before(was.rule()), was.group()), any -> new ArrayDeque<>())
                    .add(was);
        }
        lone.sort(Ledger.BY_TIME);
        for (Entry is : lone) {
            Deque<Entry> waiting =
                    open.getOrDefault(new Story(ruleOf.after(is.rule()), is.group()), new ArrayDeque<>());
            while (!waiting.isEmpty() && waiting.peek().last() < is.first()) {
                pairs.add(new Pair(waiting.remove(), null));
            }
            boolean overlaps = !waiting.isEmpty() && waiting.peek().first() <= is.last();
            pairs.add(new Pair(overlaps ? waiting.remove() : null, is));
        }
        open.values().forEach(rest -> rest.forEach(was -> pairs.add(new Pair(was, null))));
        pairs.sort(Comparator.comparing(Pair::any, Ledger.BY_TIME));
        return pairs;
    }

    Entry any() {
        return after != null ? after : before;
    }
}
