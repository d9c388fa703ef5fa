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
import jp.hinomi.events.AlertIds;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/**
 * What a correlation means, written down as it reads and not for speed: everything is known, every window is looked
 * through afresh. The reference that the engine is compared with; it shares no code with it. Exact as long as alerts have
 * no more than 50 events.
 *
 * <p>A model can share a mistake with what it judges, so each clause of what a correlation means stands in {@link
 * MeaningTest} too, as an example worked out by hand: windows, order and ties ({@link #evaluate}, {@link #hits}), groups and
 * aliases ({@link #group}), what is counted and calculated ({@link #measured}, {@link #calculated}), windows judged at their
 * end ({@link #judgedAtEnd}), sets and sequences ({@link #temporal}, {@link #ordered}), absence ({@link #absences}), alerts and
 * chains ({@link #raise}). New values, rates and late matches have theirs in {@link CorrelatorTest}, the end of a file in
 * {@code DetectionTest}. Ids of alerts alone are made by the product's own code here as well.
 */
public final class Model {
    private static final Set<Operator> AT_END = Set.of(Operator.LT, Operator.LTE, Operator.NEQ);

    private final RuleSet rules;
    private final List<Happening> happenings;
    private final long end;
    private final Map<String, List<Firing>> firings = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private int late;

    /** One match: of a detection, or a firing of a correlation. {@code leaves}: log events behind it, by id. */
    private record M(
            long time,
            int depth,
            String order,
            String id,
            Set<Integer> steps,
            String value,
            Map<String, Leaf> leaves,
            int growth,
            long due) {
        /** An inner alert fires again as it grows: with the time, or two alerts that it completes had one id. */
        String completing() {
            return depth == 0 ? id : id + "@" + time;
        }
    }

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

    /** How many matches came after their time, counted once for each correlation that they were for. */
    public int late() {
        return late;
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
                    if (group != null && contributes(rule, happening.fields())) {
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
                            value(rule, happening.fields()),
                            Map.of(happening.id(), new Leaf(happening.time(), names.get(group))),
                            0,
                            happening.due())));
        }
        for (String inner : new LinkedHashSet<>(rule.rules())) {
            for (Firing firing : firings.getOrDefault(inner, List.of())) {
                List<String> group = group(rule, inner, firing.group());
                if (group != null && contributes(rule, firing.group())) {
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
                                    value(rule, firing.group()),
                                    firing.leaves(),
                                    firing.growth(),
                                    firing.time()));
                }
            }
        }
        groups.forEach((group, matches) -> {
            matches.sort(Comparator.comparingLong(M::time)
                    .thenComparingInt(M::depth)
                    .thenComparing(M::order)
                    .thenComparing(M::id)
                    .thenComparingInt(M::growth));
            List<M> inTime = matches.stream()
                    .filter(match -> match.due() == match.time())
                    .toList();
            List<M> late = matches.stream()
                    .filter(match -> match.due() > match.time())
                    .sorted(Comparator.comparingLong(M::due))
                    .toList();
            this.late += late.size();
            raise(rule, group, hits(rule, inTime), late);
        });
    }

    /** True if more of the same only adds to the number that an alert of the rule tells. */
    private static boolean countsEvents(CorrelationRule rule) {
        boolean ofEvents =
                rule.type() == CorrelationRule.Type.EVENT_COUNT || rule.type().takesNumbers();
        return ofEvents
                && rule.condition().stream()
                        .flatMap(condition -> condition.criteria().stream())
                        .noneMatch(criterion -> AT_END.contains(criterion.operator()));
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

    private static String value(CorrelationRule rule, Map<String, String> fields) {
        return rule.fields().isEmpty() ? null : fields.get(rule.fields().get(0));
    }

    private static boolean contributes(CorrelationRule rule, Map<String, String> fields) {
        String value = value(rule, fields);
        if (rule.type().takesNumbers()) {
            return value != null && value.matches("-?[0-9]+([.][0-9]+)?");
        }
        return rule.fields().isEmpty() || value != null;
    }

    private List<Hit> hits(CorrelationRule rule, List<M> matches) {
        List<Criterion> criteria =
                rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of());
        long timespan = rule.timespan().toMillis();
        switch (rule.type()) {
            case ABSENCE -> {
                return absences(matches, timespan);
            }
            case NEW_VALUE -> {
                return newValues(
                        matches, timespan, rule.learning().orElseThrow().toMillis());
            }
            case RATE_CHANGE -> {
                return rateChanges(matches, timespan, criteria, rule.baseline().orElseThrow());
            }
            default -> {
                if (criteria.stream().anyMatch(criterion -> AT_END.contains(criterion.operator()))) {
                    return judgedAtEnd(rule, matches, criteria, timespan);
                }
            }
        }
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            M now = matches.get(i);
            List<M> window = matches.subList(0, i + 1).stream()
                    .filter(match -> match.time() > now.time() - timespan)
                    .toList();
            List<M> together = switch (rule.type()) {
                case TEMPORAL_ORDERED -> ordered(rule.rules().size(), window, now);
                default -> measured(rule, criteria, window);
            };
            if (together != null) {
                hits.add(new Hit(now.time(), now.completing(), together));
            }
        }
        return hits;
    }

    /** What the firing rests on, or null if the criteria do not hold. */
    private static List<M> measured(CorrelationRule rule, List<Criterion> criteria, List<M> window) {
        switch (rule.type()) {
            case TEMPORAL -> {
                return temporal(rule, criteria, window);
            }
            case EVENT_COUNT -> {
                long ids = window.stream().map(M::id).distinct().count();
                return hold(criteria, ids) ? window : null;
            }
            case VALUE_COUNT -> {
                Map<String, M> newest = new LinkedHashMap<>();
                window.forEach(match -> newest.put(match.value(), match));
                return hold(criteria, newest.size()) ? List.copyOf(newest.values()) : null;
            }
            default -> {
                return hold(criteria, calculated(rule, window)) ? window : null;
            }
        }
    }

    /** Numbers in scenarios have at most one decimal, so tenths as whole numbers are exact. */
    private static double calculated(CorrelationRule rule, List<M> window) {
        List<Long> tenths = window.stream()
                .map(match -> Math.round(Double.parseDouble(match.value()) * 10))
                .sorted()
                .toList();
        int size = tenths.size();
        long sum = tenths.stream().mapToLong(Long::longValue).sum();
        return switch (rule.type()) {
            case VALUE_SUM -> sum / 10.0;
            case VALUE_AVG -> sum / 10.0 / size;
            case VALUE_MEDIAN ->
                size % 2 == 1 ? tenths.get(size / 2) / 10.0 : (tenths.get(size / 2 - 1) + tenths.get(size / 2)) / 20.0;
            case VALUE_PERCENTILE -> {
                double rank = rule.condition().orElseThrow().percentile().orElse(50.0);
                int below = 0;
                while (below < size && (below + 1) * 100.0 < rank * size) {
                    below++;
                }
                yield tenths.get(below) / 10.0;
            }
            default -> throw new IllegalArgumentException("not modelled: " + rule.type());
        };
    }

    private List<Hit> absences(List<M> matches, long timespan) {
        List<Hit> hits = new ArrayList<>();
        long openFrom = Long.MIN_VALUE;
        for (int i = 0; i < matches.size(); i++) {
            M opener = matches.get(i);
            if (!opener.steps().contains(0) || i < openFrom) {
                continue;
            }
            int answer = i + 1;
            while (answer < matches.size()
                    && matches.get(answer).time() < opener.time() + timespan
                    && !matches.get(answer).steps().contains(1)) {
                answer++;
            }
            boolean answered = answer < matches.size() && matches.get(answer).time() < opener.time() + timespan;
            if (!answered && opener.time() + timespan <= end) {
                hits.add(new Hit(opener.time() + timespan, opener.completing(), List.of(opener)));
            }
            openFrom = answer;
        }
        return hits;
    }

    private static List<Hit> newValues(List<M> matches, long timespan, long learning) {
        List<Hit> hits = new ArrayList<>();
        long since = 0;
        for (int i = 0; i < matches.size(); i++) {
            M now = matches.get(i);
            List<M> window = matches.subList(0, i).stream()
                    .filter(match -> match.time() > now.time() - timespan)
                    .toList();
            if (window.isEmpty()) {
                since = now.time();
            }
            boolean known = window.stream().anyMatch(match -> match.value().equals(now.value()));
            if (!known && now.time() >= since + learning) {
                hits.add(new Hit(now.time(), now.completing(), List.of(now)));
            }
        }
        return hits;
    }

    private List<Hit> rateChanges(
            List<M> matches, long timespan, List<Criterion> criteria, CorrelationRule.Baseline baseline) {
        List<Hit> hits = new ArrayList<>();
        int next = 0;
        while (next < matches.size()) {
            long begin = Math.floorDiv(matches.get(next).time(), timespan); // seen in part
            List<Long> counts = new ArrayList<>();
            M last = null;
            List<M> shown = List.of();
            for (long interval = begin; ; interval++) {
                long over = (interval + 1) * timespan;
                List<M> inside = new ArrayList<>();
                while (next < matches.size() && matches.get(next).time() < over) {
                    inside.add(matches.get(next++));
                }
                if (!inside.isEmpty()) {
                    last = inside.get(inside.size() - 1);
                    shown = inside;
                }
                int before = counts.size();
                if (before >= baseline.intervals() && over <= end) {
                    List<Long> compared = counts.subList(before - baseline.intervals(), before);
                    double average =
                            compared.stream().mapToLong(Long::longValue).sum() / (double) baseline.intervals();
                    if ((inside.size() >= baseline.atLeast() || average >= baseline.atLeast())
                            && hold(criteria, inside.size() / average)) {
                        hits.add(new Hit(
                                over, inside.isEmpty() ? last.completing() + "@" + over : last.completing(), shown));
                    }
                }
                if (interval > begin) {
                    counts.add((long) inside.size());
                }
                int known = counts.size();
                if (known >= baseline.intervals()
                        && counts.subList(known - baseline.intervals(), known).stream()
                                .allMatch(count -> count == 0)) {
                    break;
                }
            }
        }
        return hits;
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

    private List<Hit> judgedAtEnd(CorrelationRule rule, List<M> matches, List<Criterion> criteria, long timespan) {
        List<Hit> hits = new ArrayList<>();
        int next = 0;
        while (next < matches.size()) {
            M opener = matches.get(next);
            List<M> window = new ArrayList<>();
            while (next < matches.size() && matches.get(next).time() < opener.time() + timespan) {
                window.add(matches.get(next++));
            }
            List<M> together = measured(rule, criteria, window);
            if (opener.time() + timespan <= end && together != null) {
                hits.add(new Hit(opener.time() + timespan, opener.completing(), together));
            }
        }
        return hits;
    }

    /**
     * The alerts of a group. A match that is late has no part in what fires; when its turn comes, which is before the matches
     * of that time, it is added to the alert that is open then, if that counts events and covers its time.
     */
    private void raise(CorrelationRule rule, List<String> group, List<Hit> hits, List<M> late) {
        long suppress = rule.info().suppress().orElse(rule.timespan()).toMillis();
        long timespan = rule.timespan().toMillis();
        List<M> amending = new ArrayList<>(countsEvents(rule) ? late : List.of());
        Map<String, String> named = new TreeMap<>();
        for (int i = 0; i < group.size(); i++) {
            named.put(rule.groupBy().get(i), group.get(i));
        }
        Outcome open = null;
        Map<String, Leaf> leaves = new TreeMap<>();
        long last = 0;
        for (Hit hit : hits) {
            while (!amending.isEmpty() && amending.get(0).due() <= hit.time()) {
                open = amended(open, leaves, last, suppress, timespan, amending.remove(0));
            }
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
            open = outcome(
                    rule.info().name(),
                    named,
                    open == null ? AlertIds.of(rule.info().id(), group, hit.completing()) : open.id(),
                    open == null ? 1 : open.revision() + 1,
                    open == null ? hit.time() : open.time(),
                    leaves);
            firings.computeIfAbsent(rule.info().name(), any -> new ArrayList<>())
                    .add(new Firing(hit.time(), open.id(), named, new TreeMap<>(leaves), leaves.size()));
        }
        for (M match : amending) {
            open = amended(open, leaves, last, suppress, timespan, match);
        }
        if (open != null) {
            outcomes.add(open);
        }
    }

    private static Outcome amended(
            Outcome open, Map<String, Leaf> leaves, long last, long suppress, long timespan, M match) {
        boolean covers = open != null
                && match.due() - last < suppress
                && match.time() > open.time() - timespan
                && match.time() <= last
                && !leaves.containsKey(match.id());
        if (!covers) {
            return open;
        }
        leaves.putAll(match.leaves());
        return outcome(open.rule(), open.group(), open.id(), open.revision() + 1, open.time(), leaves);
    }

    private static Outcome outcome(
            String rule, Map<String, String> group, String id, int revision, long time, Map<String, Leaf> leaves) {
        return new Outcome(
                rule,
                group,
                id,
                revision,
                time,
                leaves.values().stream().mapToLong(Leaf::time).min().orElseThrow(),
                leaves.values().stream().mapToLong(Leaf::time).max().orElseThrow(),
                leaves.size(),
                matched(leaves));
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
