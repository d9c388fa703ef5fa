package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/**
 * Random rules of every type, chained, and a random stream: few ids, times and values, so that equal time stamps, window
 * boundaries and repetitions are common.
 *
 * @param arrivals in order of arrival; those that are not late never more than the bound behind
 * @param bound in milliseconds
 */
public record Scenario(RuleSet rules, List<Happening> arrivals, long bound) {
    /** Of random scenarios, in milliseconds. */
    public static final long BOUND = 6;

    /** No event is older. */
    private static final long FIRST = 1_000;

    /** Few, because each distinct rule is compiled once, which takes longer than the rest of a try. */
    private static final List<Duration> TIMESPANS = List.of(Duration.ofMillis(6), Duration.ofMillis(13));

    private static final List<Operator> AT_MATCH = List.of(Operator.GT, Operator.GTE, Operator.EQ);

    public Scenario(RuleSet rules, List<Happening> arrivals) {
        this(rules, arrivals, BOUND);
    }

    /** The earliest time at which the event can have been appended. */
    public long appended(Happening happening) {
        return happening.isLate() ? happening.due() + bound : happening.time();
    }

    public static Scenario random(long seed) {
        Random random = new Random(seed);
        List<String> detections = List.of("d0", "d1", "d2");
        List<Rule> rules = new ArrayList<>();
        detections.forEach(name -> rules.add(Sigma.detection(name)));
        List<String> names = new ArrayList<>(detections);
        int correlations = 1 + random.nextInt(4);
        for (int i = 0; i < correlations; i++) {
            CorrelationRule rule = correlation("c" + i, names, random);
            rules.add(rule);
            names.add(rule.info().name());
        }
        return new Scenario(Sigma.set(rules), arrivals(detections, random));
    }

    /** All but statements, which no model of ours evaluates; see {@link Statements}. */
    private static final List<Type> TYPES =
            Arrays.stream(Type.values()).filter(type -> type != Type.EPL).toList();
    /** The same with seconds in place of milliseconds, which is as short as rules in files can be. */
    public Scenario inSeconds() {
        return new Scenario(
                rewritten(Scenario::inSeconds),
                arrivals.stream()
                        .map(each -> new Happening(
                                each.id(), each.time() * 1_000, each.matched(), each.fields(), each.due() * 1_000))
                        .toList(),
                bound * 1_000);
    }

    /** The same so much later, in milliseconds. */
    public Scenario later(long millis) {
        return new Scenario(
                rules,
                arrivals.stream()
                        .map(each -> new Happening(
                                each.id(), each.time() + millis, each.matched(), each.fields(), each.due() + millis))
                        .toList(),
                bound);
    }

    /** The same with other rules and events: every name and id begins with the prefix. */
    public Scenario named(String prefix) {
        List<Rule> renamed = new ArrayList<>();
        for (Rule rule : rules.byName().values()) {
            renamed.add(
                    rule instanceof CorrelationRule correlation
                            ? named(prefix, correlation)
                            : Sigma.detection(prefix + rule.info().name()));
        }
        return new Scenario(
                Sigma.set(renamed),
                arrivals.stream()
                        .map(each -> new Happening(
                                prefix + each.id(),
                                each.time(),
                                each.matched().stream().map(prefix::concat).toList(),
                                each.fields(),
                                each.due()))
                        .toList(),
                bound);
    }

    private RuleSet rewritten(UnaryOperator<CorrelationRule> change) {
        return Sigma.set(rules.byName().values().stream()
                .map(rule -> rule instanceof CorrelationRule correlation ? change.apply(correlation) : rule)
                .toList());
    }

    private static CorrelationRule named(String prefix, CorrelationRule rule) {
        Map<String, Map<String, String>> aliases = new TreeMap<>();
        rule.aliases().forEach((alias, fields) -> {
            Map<String, String> of = new TreeMap<>();
            fields.forEach((name, field) -> of.put(prefix + name, field));
            aliases.put(alias, of);
        });
        return Sigma.correlation(
                prefix + rule.info().name(),
                rule.type(),
                rule.rules().stream().map(prefix::concat).toList(),
                rule.groupBy(),
                aliases,
                rule.timespan(),
                rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of()),
                rule.info().suppress(),
                rule.learning(),
                rule.baseline());
    }

    private static CorrelationRule inSeconds(CorrelationRule rule) {
        return Sigma.correlation(
                rule.info().name(),
                rule.type(),
                rule.rules(),
                rule.groupBy(),
                rule.aliases(),
                rule.timespan().multipliedBy(1_000),
                rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of()),
                rule.info().suppress().map(suppress -> suppress.multipliedBy(1_000)),
                rule.learning().map(learning -> learning.multipliedBy(1_000)),
                rule.baseline());
    }

    private static CorrelationRule correlation(String name, List<String> names, Random random) {
        Type type = TYPES.get(random.nextInt(TYPES.size()));
        int listed = type == Type.ABSENCE ? 2 : 1 + random.nextInt(3);
        List<String> inner = new ArrayList<>();
        for (int i = 0; i < listed; i++) {
            // The newest names are likelier, so that chains are common.
            String any = names.get(Math.max(random.nextInt(names.size()), random.nextInt(names.size())));
            if (!inner.contains(any) || random.nextInt(4) == 0) {
                inner.add(any);
            }
        }
        while (type == Type.ABSENCE && inner.size() < 2) {
            inner.add(names.get(random.nextInt(names.size())));
        }
        List<String> groupBy =
                List.of(List.<String>of(), List.of("a"), List.of("who")).get(random.nextInt(3));
        Map<String, Map<String, String>> aliases = new TreeMap<>();
        if (groupBy.contains("who")) {
            Map<String, String> fields = new TreeMap<>();
            new TreeSet<>(inner)
                    .forEach(rule -> fields.put(rule, rule.startsWith("d") ? random.nextBoolean() ? "a" : "b" : "who"));
            aliases.put("who", fields);
        }
        List<Criterion> criteria = criteria(type, inner.size(), random);
        Duration timespan = TIMESPANS.get(random.nextInt(2));
        Optional<Duration> suppress = switch (random.nextInt(5)) {
            case 0 -> Optional.of(Duration.ofMillis(13 + random.nextInt(20)));
            case 1 -> Optional.of(Duration.ofMillis(1 + random.nextInt(6)));
            default -> Optional.empty();
        };
        return Sigma.correlation(
                name,
                type,
                inner,
                groupBy,
                aliases,
                timespan,
                criteria,
                suppress,
                type == Type.NEW_VALUE ? Optional.of(Duration.ofMillis(6L * random.nextInt(4) + 1)) : Optional.empty(),
                type == Type.RATE_CHANGE
                        ? Optional.of(new CorrelationRule.Baseline(1 + random.nextInt(2), 1 + random.nextInt(2)))
                        : Optional.empty());
    }

    private static List<Criterion> criteria(Type type, int listed, Random random) {
        boolean takesNone = type == Type.ABSENCE || type == Type.NEW_VALUE || type == Type.TEMPORAL_ORDERED;
        if (takesNone || (type == Type.TEMPORAL && random.nextBoolean())) {
            return List.of();
        }
        List<Criterion> criteria = new ArrayList<>();
        Operator operator = random.nextInt(4) == 0
                ? List.of(Operator.LT, Operator.LTE, Operator.NEQ).get(random.nextInt(3))
                : AT_MATCH.get(random.nextInt(3));
        boolean ofNumbers = type.takesNumbers() || type == Type.RATE_CHANGE;
        criteria.add(new Criterion(operator, ofNumbers ? random.nextInt(7) / 2.0 : random.nextInt(4)));
        if (operator != Operator.GTE && random.nextInt(4) == 0) {
            criteria.add(new Criterion(Operator.GTE, 1));
        }
        return criteria;
    }

    private static List<Happening> arrivals(List<String> detections, Random random) {
        int size = 1 + random.nextInt(25);
        List<Happening> happenings = new ArrayList<>();
        long time = FIRST;
        for (int i = 0; i < size; i++) {
            time += random.nextInt(6);
            List<String> matched = new ArrayList<>();
            detections.forEach(name -> {
                if (random.nextInt(2) == 0) {
                    matched.add(name);
                }
            });
            Map<String, String> fields = new TreeMap<>();
            for (String field : List.of("a", "b")) {
                if (random.nextInt(8) > 0) {
                    fields.put(field, "v" + random.nextInt(2));
                }
            }
            if (random.nextInt(8) > 0) {
                fields.put(
                        "n", List.of("0", "1", "2", "-1", "0.1", "2.5", "many").get(random.nextInt(7)));
            }
            Happening happening = new Happening("e" + (char) ('a' + random.nextInt(26)) + i, time, matched, fields);
            happenings.add(happening);
            if (random.nextInt(6) == 0) {
                happenings.add(happening); // delivered twice
            }
        }
        return shuffled(happenings, random);
    }

    /** The same stream in another order of arrival within the bound. */
    public static List<Happening> shuffled(List<Happening> happenings, Random random) {
        List<Happening> shuffled = new ArrayList<>(happenings);
        Collections.shuffle(shuffled, random);
        Map<Happening, Long> delays = new java.util.HashMap<>();
        shuffled.forEach(happening -> delays.put(happening, happening.time() + random.nextInt((int) BOUND + 1)));
        shuffled.sort(Comparator.comparingLong(delays::get));
        return shuffled;
    }

    /** The same stream, of which each event arrives when it happens. */
    public Scenario inOrder() {
        return new Scenario(
                rules,
                arrivals.stream()
                        .sorted(Comparator.comparingLong(Happening::time).thenComparing(Happening::id))
                        .toList(),
                0);
    }

    /** The same rules; when all alerts of this stream are over, the random stream of that seed follows. */
    public Scenario then(long seed) {
        long pause = last() + 150 - FIRST;
        List<Happening> all = new ArrayList<>(arrivals);
        for (Happening next : random(seed).arrivals()) {
            all.add(new Happening(
                    next.id() + "-" + arrivals.size(), next.time() + pause, next.matched(), next.fields()));
        }
        return new Scenario(rules, all, bound);
    }

    /** The same stream, of which some arrive more than the bound after they happened. */
    public Scenario withLate(Random random) {
        Map<Happening, Long> appended = new LinkedHashMap<>();
        List<Happening> late = new ArrayList<>();
        for (Happening happening : arrivals) {
            // One that comes twice is on time both times: the second time it would be known already.
            if (Collections.frequency(arrivals, happening) == 1 && random.nextInt(6) == 0) {
                long append = happening.time() + BOUND + 1 + random.nextInt(25);
                Happening next = new Happening(
                        happening.id(), happening.time(), happening.matched(), happening.fields(), append - BOUND);
                appended.put(next, append);
                late.add(next);
            } else {
                appended.put(happening, happening.time() + random.nextInt((int) BOUND + 1));
                late.add(happening);
            }
        }
        Collections.shuffle(late, random);
        late.sort(Comparator.comparingLong(appended::get));
        return new Scenario(rules, late);
    }

    /** How far time has come when the turn of the last event has come. */
    public long last() {
        return arrivals.stream().mapToLong(Happening::due).max().orElse(0);
    }
}
