package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The correlations of one level in one correlator: which run, which have just begun, which are gone. Not thread-safe. */
final class RunningRules {
    /** How many keys of removed correlations are remembered. */
    private static final int MOST_GONE = 10_000;

    private final Map<String, RunningRule> byKey = new LinkedHashMap<>();
    /** Keys of correlations that were there and are gone: matches that still come for them are not waited for. */
    private final Set<String> gone = new HashSet<>();

    private final List<RunningRule> beginning = new ArrayList<>();

    RunningRules(Collection<Correlation> correlations) {
        correlations.forEach(this::begin);
    }

    private void begin(Correlation correlation) {
        RunningRule rule = new RunningRule(correlation);
        byKey.put(correlation.key(), rule);
        gone.remove(correlation.key());
        beginning.add(rule);
    }

    /** Null if there is none of that key (any more). */
    RunningRule get(String key) {
        return byKey.get(key);
    }

    Collection<RunningRule> all() {
        return byKey.values();
    }

    /** True if it may become known yet: it neither runs, as well or badly as it may, nor was removed. */
    boolean mayCome(String key) {
        return !byKey.containsKey(key) && !gone.contains(key);
    }

    /** Those that began since the last call. */
    List<RunningRule> takeBeginning() {
        if (beginning.isEmpty()) {
            return List.of();
        }
        List<RunningRule> begun = List.copyOf(beginning);
        beginning.clear();
        return begun;
    }

    /**
     * Those that are in both go on, the others end; call {@link #beginNew} when their groups have been dropped. A rule in
     * quarantine that was edited ends and begins anew.
     *
     * @return the keys of those that ended
     */
    Set<String> end(Collection<Correlation> next) {
        Map<String, Correlation> wanted = new HashMap<>();
        next.forEach(correlation -> wanted.put(correlation.key(), correlation));
        Set<String> ended = new HashSet<>();
        byKey.forEach((key, rule) -> {
            Correlation same = wanted.get(key);
            boolean lifted = rule.isQuarantined()
                    && same != null
                    && !same.info().version().equals(rule.correlation().info().version());
            if (same == null || lifted) {
                ended.add(key);
            } else {
                rule.replace(same);
            }
        });
        return ended;
    }

    void beginNew(Collection<Correlation> next, Set<String> ended) {
        byKey.keySet().removeAll(ended);
        beginning.removeIf(rule -> ended.contains(rule.correlation().key()));
        if (gone.size() > MOST_GONE) {
            gone.clear(); // what still comes for them waits for a minute and is dropped then
        }
        gone.addAll(ended);
        for (Correlation correlation : next) {
            if (!byKey.containsKey(correlation.key())) {
                begin(correlation);
            }
        }
    }

    List<RuleFigures> figures() {
        return byKey.values().stream().map(RunningRule::figures).toList();
    }

    List<RuleMark> marks() {
        return byKey.values().stream()
                .filter(rule -> rule.since() != RunningRule.NOT_YET || rule.isQuarantined())
                .map(rule -> new RuleMark(
                        rule.correlation().key(),
                        rule.correlation().info().version(),
                        rule.since(),
                        rule.isQuarantined() ? rule.figures().quarantine() : ""))
                .toList();
    }

    void restore(Iterable<RuleMark> marks) {
        for (RuleMark mark : marks) {
            RunningRule rule = byKey.get(mark.key());
            if (rule == null) {
                continue;
            }
            rule.since(Math.max(rule.since(), mark.since()));
            if (rule.since() != RunningRule.NOT_YET) {
                beginning.remove(rule);
            }
            if (!mark.quarantine().isEmpty()
                    && mark.version().equals(rule.correlation().info().version())) {
                rule.quarantine(mark.quarantine());
            }
        }
    }
}
