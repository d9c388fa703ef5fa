package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import jp.hinomi.correlation.state.Suppressed;

/** What was suppressed so far, by rule and exception: in all, and by hour of the newest day. Not thread-safe. */
public final class SuppressedTotals {
    /** A day, whenever in an hour one asks. */
    static final int HOURS = 25;

    private final Map<String, Map<String, TreeMap<Long, Suppressed>>> byRule = new HashMap<>();

    /** Also restores: what {@link #all} gave adds up to the same. */
    public void add(Suppressed more) {
        TreeMap<Long, Suppressed> hours = byRule.computeIfAbsent(more.rule(), any -> new HashMap<>())
                .computeIfAbsent(more.filter(), any -> new TreeMap<>());
        hours.merge(more.hour(), more, Suppressed::plus);
        while (hours.size() > HOURS + 1) {
            // EARLIER sorts before every hour.
            Suppressed oldest = hours.remove(hours.higherKey(Suppressed.EARLIER));
            Suppressed earlier =
                    new Suppressed(oldest.rule(), oldest.filter(), Suppressed.EARLIER, oldest.count(), oldest.last());
            hours.merge(Suppressed.EARLIER, earlier, Suppressed::plus);
        }
    }

    /** Matches that the exception covered; with an empty name all of the rule's, each once. */
    public long count(String rule, String filter) {
        return hours(rule, filter).values().stream()
                .mapToLong(Suppressed::count)
                .sum();
    }

    /** Event time of the newest. */
    public OptionalLong last(String rule, String filter) {
        return hours(rule, filter).values().stream().mapToLong(Suppressed::last).max();
    }

    /** The newest hours. */
    public Map<Long, Long> byHour(String rule, String filter) {
        Map<Long, Long> counts = new TreeMap<>();
        hours(rule, filter).tailMap(Suppressed.EARLIER, false).forEach((hour, of) -> counts.put(hour, of.count()));
        return counts;
    }

    private TreeMap<Long, Suppressed> hours(String rule, String filter) {
        return byRule.getOrDefault(rule, Map.of()).getOrDefault(filter, new TreeMap<>());
    }

    /** The rule is gone. */
    public void forget(String rule) {
        byRule.remove(rule);
    }

    /** Everything, for a snapshot. */
    public List<Suppressed> all() {
        List<Suppressed> all = new ArrayList<>();
        byRule.values().forEach(filters -> filters.values().forEach(hours -> all.addAll(hours.values())));
        return all;
    }
}
