package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.events.AlertIds;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/**
 * What a correlation means, written down as it reads and not for speed: everything is known, every window is looked
 * through afresh. The reference that the engine is compared with; it shares no code with it. Exact as long as alerts have
 * no more than 50 events; matches in it are never late.
 */
public final class Model {
    private static final Set<Operator> AT_END = Set.of(Operator.LT, Operator.LTE, Operator.NEQ);

    private final RuleSet rules;
    private final List<Happening> happenings;
    private final long end;
    private final Map<String, List<Firing>> firings = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** One match: of a detection, or a firing of a correlation. {@code leaves}: log events behind it, by id. */
    private record M(
            long time, int depth, String order, String id, Set<Integer> steps, Map<String, Leaf> leaves, int growth) {}

    private record Leaf(long time, Set<String> matched) {}

    private record Firing(long time, String alertId, Map<String, String> group, Map<String, Leaf> leaves, int growth) {}

    /** Matches that hold together, and the one that completes them. */
    private record Hit(long time, String completing, List<M> matches) {}

    /** @param end how far time came: windows that are open then are not judged */
    public Model(RuleSet rules, List<Happening> happenings, long end) {
        this.rules = rules;
        this.happenings = List.copyOf(new LinkedHashSet<>(happenings));
        this.end = end;
        for (CorrelationRule rule : rules.correlations()) {
            evaluate(rule);
        }
    }

    public List<Outcome> outcomes() {
        return outcomes;
    }

    private int depth(String name) {
        Rule rule = rules.byName().get(name);
        return rule instanceof CorrelationRule correlation
                ? 1 + correlation.rules().stream().mapToInt(this::depth).max().orElse(0)
                : 0;
    }

    private void evaluate(CorrelationRule rule) {
        Map<List<String>, List<M>> groups = new LinkedHashMap<>();
        for (Happening happening : happenings) {
            Map<List<String>, Set<Integer>> steps = new LinkedHashMap<>();
            Map<List<String>, Set<String>> names = new LinkedHashMap<>();
            for (int step = 0; step < rule.rules().size(); step++) {
                String inner = rule.rules().get(step);
                if (happening.matched().contains(inner)) {
                    List<String> group = group(rule, inner, happening.fields());
                    if (group != null) {
                        steps.computeIfAbsent(group, any -> new TreeSet<>()).add(step);
                        names.computeIfAbsent(group, any -> new TreeSet<>()).add(inner);
                    }
                }
            }
            steps.forEach((group, of) -> groups.computeIfAbsent(group, any -> new ArrayList<>())
                    .add(new M(
                            happening.time(),
                            0,
                            happening.id(),
                            happening.id(),
                            of,
                            Map.of(happening.id(), new Leaf(happening.time(), names.get(group))),
                            0)));
        }
        for (String inner : new LinkedHashSet<>(rule.rules())) {
            for (Firing firing : firings.getOrDefault(inner, List.of())) {
                List<String> group = group(rule, inner, firing.group());
                if (group != null) {
                    Set<Integer> steps = new TreeSet<>();
                    for (int step = 0; step < rule.rules().size(); step++) {
                        if (rule.rules().get(step).equals(inner)) {
                            steps.add(step);
                        }
                    }
                    groups.computeIfAbsent(group, any -> new ArrayList<>())
                            .add(new M(
                                    firing.time(),
                                    depth(inner),
                                    inner,
                                    firing.alertId(),
                                    steps,
                                    firing.leaves(),
                                    firing.growth()));
                }
            }
        }
        groups.forEach((group, matches) -> {
            matches.sort(Comparator.comparingLong(M::time)
                    .thenComparingInt(M::depth)
                    .thenComparing(M::order)
                    .thenComparing(M::id)
                    .thenComparingInt(M::growth));
            raise(rule, group, hits(rule, matches));
        });
    }

    private static List<String> group(CorrelationRule rule, String inner, Map<String, String> fields) {
        List<String> values = new ArrayList<>();
        for (String name : rule.groupBy()) {
            String field = rule.aliases().getOrDefault(name, Map.of()).getOrDefault(inner, name);
            if (!fields.containsKey(field)) {
                return null;
            }
            values.add(fields.get(field));
        }
        return values;
    }

    private List<Hit> hits(CorrelationRule rule, List<M> matches) {
        List<Criterion> criteria =
                rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of());
        long timespan = rule.timespan().toMillis();
        if (criteria.stream().anyMatch(criterion -> AT_END.contains(criterion.operator()))) {
            return judgedAtEnd(matches, criteria, timespan);
        }
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            M now = matches.get(i);
            List<M> window = matches.subList(0, i + 1).stream()
                    .filter(match -> match.time() > now.time() - timespan)
                    .toList();
            List<M> together = switch (rule.type()) {
                case EVENT_COUNT -> hold(criteria, distinct(window)) ? window : null;
                case TEMPORAL -> temporal(rule, criteria, window);
                case TEMPORAL_ORDERED -> ordered(rule.rules().size(), window, now);
                default -> throw new IllegalArgumentException("not modelled: " + rule.type());
            };
            if (together != null) {
                hits.add(new Hit(now.time(), now.id(), together));
            }
        }
        return hits;
    }

    private static int distinct(List<M> window) {
        return window.stream().map(M::id).collect(Collectors.toSet()).size();
    }

    private static boolean hold(List<Criterion> criteria, double measured) {
        for (Criterion criterion : criteria) {
            double value = criterion.value();
            boolean holds = switch (criterion.operator()) {
                case GT -> measured > value;
                case GTE -> measured >= value;
                case EQ -> measured == value;
                case NEQ -> measured != value;
                case LT -> measured < value;
                case LTE -> measured <= value;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** The newest match of each rule that has one. */
    private static List<M> temporal(CorrelationRule rule, List<Criterion> criteria, List<M> window) {
        Map<Integer, M> newest = new TreeMap<>();
        for (M match : window) {
            match.steps().forEach(step -> newest.put(step, match));
        }
        boolean holds = criteria.isEmpty() ? newest.size() == rule.rules().size() : hold(criteria, newest.size());
        return holds ? List.copyOf(new LinkedHashSet<>(newest.values())) : null;
    }

    /** Of all sequences that end here the one with the newest start, and of these the one whose steps came first. */
    private static List<M> ordered(int steps, List<M> window, M now) {
        if (!now.steps().contains(steps - 1)) {
            return null;
        }
        if (steps == 1) {
            return List.of(now);
        }
        for (int start = window.size() - 2; start >= 0; start--) {
            if (!window.get(start).steps().contains(0)) {
                continue;
            }
            List<M> best = null;
            for (List<M> sequence : sequences(steps - 1, start, window.subList(0, window.size() - 1))) {
                if (best == null || earlier(sequence, best, window)) {
                    best = sequence;
                }
            }
            if (best != null) {
                List<M> all = new ArrayList<>(best);
                all.add(now);
                return all;
            }
        }
        return null;
    }

    /** Compares the last step first. */
    private static boolean earlier(List<M> one, List<M> other, List<M> window) {
        for (int i = one.size() - 1; i >= 0; i--) {
            int difference = Integer.compare(window.indexOf(one.get(i)), window.indexOf(other.get(i)));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static List<List<M>> sequences(int steps, int start, List<M> window) {
        List<List<M>> found = new ArrayList<>();
        extend(steps, List.of(window.get(start)), start, window, found);
        return found;
    }

    private static void extend(int steps, List<M> sofar, int at, List<M> window, List<List<M>> found) {
        if (sofar.size() == steps) {
            found.add(sofar);
            return;
        }
        for (int next = at + 1; next < window.size(); next++) {
            if (window.get(next).steps().contains(sofar.size())) {
                List<M> longer = new ArrayList<>(sofar);
                longer.add(window.get(next));
                extend(steps, longer, next, window, found);
            }
        }
    }

    private List<Hit> judgedAtEnd(List<M> matches, List<Criterion> criteria, long timespan) {
        List<Hit> hits = new ArrayList<>();
        int next = 0;
        while (next < matches.size()) {
            M opener = matches.get(next);
            List<M> window = new ArrayList<>();
            while (next < matches.size() && matches.get(next).time() < opener.time() + timespan) {
                window.add(matches.get(next++));
            }
            if (opener.time() + timespan <= end && hold(criteria, distinct(window))) {
                hits.add(new Hit(opener.time() + timespan, opener.id(), window));
            }
        }
        return hits;
    }

    private void raise(CorrelationRule rule, List<String> group, List<Hit> hits) {
        long suppress = rule.info().suppress().orElse(rule.timespan()).toMillis();
        Map<String, String> named = new TreeMap<>();
        for (int i = 0; i < group.size(); i++) {
            named.put(rule.groupBy().get(i), group.get(i));
        }
        Outcome open = null;
        Map<String, Leaf> leaves = new TreeMap<>();
        long last = 0;
        for (Hit hit : hits) {
            if (open != null && hit.time() - last >= suppress) {
                outcomes.add(open);
                open = null;
            }
            if (open == null) {
                leaves = new TreeMap<>();
            }
            for (M match : hit.matches()) {
                add(leaves, match.leaves());
            }
            last = hit.time();
            open = new Outcome(
                    rule.info().name(),
                    named,
                    open == null ? AlertIds.of(rule.info().id(), group, hit.completing()) : open.id(),
                    open == null ? 1 : open.revision() + 1,
                    open == null ? hit.time() : open.time(),
                    leaves.values().stream().mapToLong(Leaf::time).min().orElseThrow(),
                    leaves.values().stream().mapToLong(Leaf::time).max().orElseThrow(),
                    leaves.size(),
                    matched(leaves));
            firings.computeIfAbsent(rule.info().name(), any -> new ArrayList<>())
                    .add(new Firing(hit.time(), open.id(), named, new TreeMap<>(leaves), leaves.size()));
        }
        if (open != null) {
            outcomes.add(open);
        }
    }

    private static void add(Map<String, Leaf> leaves, Map<String, Leaf> more) {
        more.forEach((id, leaf) -> leaves.merge(id, leaf, (old, now) -> {
            Set<String> both = new HashSet<>(old.matched());
            both.addAll(now.matched());
            return new Leaf(old.time(), both);
        }));
    }

    private static Map<String, Set<String>> matched(Map<String, Leaf> leaves) {
        Map<String, Set<String>> matched = new TreeMap<>();
        leaves.forEach((id, leaf) -> matched.put(id, new TreeSet<>(leaf.matched())));
        return matched;
    }
}
