package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.Rule;

/** Random rules with statements of every allowed kind, over the detections of {@link Scenario}, with the times of it. */
public final class Statements {
    private static final List<String> STATEMENTS = List.of(
            "select window(*) from d0#time(13 msec) having count(*) >= 2",
            "select window(*) from d0#time(13 msec) having count(distinct b) >= 2 and max(timestamp) - min(timestamp) > 3",
            "select window(*) from d0#time(13 msec)#length(3) group by b having sum(timestamp) / count(*) > 1010",
            "select window(*) from d0#time(13 msec)#unique(b) having count(*) >= 2 and median(timestamp) > 1010",
            "select window(*) from d0#time(13 msec) having count(*, filter: b = 'v1') >= 2",
            "select first(*), last(*) from d0#time(9 msec) having first(b) = last(b) and count(*) > 1",
            "select a, b from d1 as b unidirectional, d0#time(13 msec)#length(1) as a",
            "select * from d0#time(13 msec), d1#time(4 msec)",
            "select x from d0(b = 'v1') as x",
            "select x, y from d0#time(13 msec) as x, d1#time(4 msec) as y where x.b = y.b",
            "select x from d0#time(13 msec) as x left outer join d1#time(7 msec) as y on x.b = y.b where y.event.id is null",
            "select * from d0 as x where exists (select * from d1#time(9 msec) as y where y.b = x.b)",
            "select * from d0 as x where not exists (select * from d1#time(13 msec) as y where y.b = x.b)",
            "select * from pattern [every a=d0 -> (b=d1 where timer:within(13 msec))]",
            "select * from pattern [every a=d0 -> b=d1(event.id != a.event.id) where timer:within(13 msec)]",
            "select * from pattern [every a=d0 -> (b=d1 where timer:within(5 msec)) -> (c=d2 where timer:within(8 msec))]",
            "select a, c from pattern [every a=d0 -> (b=d1(b = a.b) -> c=d2) where timer:within(13 msec)]",
            "select a from pattern [every a=d0 -> (timer:interval(6 msec) and not b=d1)]",
            "select * from pattern [every a=d0 -> (timer:interval(13 msec) and not b=d1(b = a.b) and not c=d2)]",
            "select * from pattern [every a=d0 -> timer:interval(4 msec) -> (timer:interval(4 msec) and not b=d1)]",
            "select * from pattern [every a=d0 -> (b=d1 -> timer:interval(3 msec) -> c=d2) where timer:within(13 msec)]",
            "select * from pattern [every a=d0 -> ([2] b=d1) where timer:within(13 msec)]",
            "select * from pattern [every a=d0 -> ([1:3] b=d1 until c=d2) where timer:within(11 msec)]",
            "select * from pattern [every a=d0 -> ((b=d1 or c=d2) where timer:within(10 msec))]",
            "select * from pattern [every a=d0 -> ((b=d1 and not c=d2) where timer:within(10 msec))]");

    private static final Duration TIMESPAN = Duration.ofMillis(13);

    private Statements() {}

    /** The random stream of that seed, under one rule with a statement, and sometimes a chain around it. */
    public static Scenario random(long seed) {
        Random random = new Random(seed);
        String statement = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
        List<String> groupBy = List.of(List.<String>of(), List.of("a")).get(random.nextInt(2));
        Optional<Duration> suppress =
                random.nextInt(3) == 0 ? Optional.of(Duration.ofMillis(1 + random.nextInt(30))) : Optional.empty();
        CorrelationRule rule = Sigma.epl("c0", List.of("d0", "d1", "d2"), groupBy, TIMESPAN, suppress, statement);
        List<Rule> rules = new java.util.ArrayList<>(
                List.of(Sigma.detection("d0"), Sigma.detection("d1"), Sigma.detection("d2"), rule));
        if (random.nextInt(3) == 0) {
            rules.add(Sigma.correlation(
                    "c1",
                    Type.EVENT_COUNT,
                    List.of("c0"),
                    groupBy,
                    TIMESPAN,
                    List.of(new Criterion(Operator.GTE, 2)),
                    Optional.empty()));
        } else if (random.nextInt(3) == 0) {
            rules.add(
                    Sigma.epl(
                            "c1",
                            List.of("c0", "d1"),
                            groupBy,
                            TIMESPAN,
                            Optional.empty(),
                            "select * from pattern [every x=c0 -> (y=d1(timestamp > x.timestamp) where timer:within(13 msec))]"));
        }
        return new Scenario(Sigma.set(rules), Scenario.random(seed).arrivals());
    }

    /** What the rules of the scenario say, for messages. */
    public static String texts(Scenario scenario) {
        return scenario.rules().correlations().stream()
                .flatMap(rule -> rule.epl().stream())
                .map(EplText::text)
                .toList()
                .toString();
    }

    /** A rule of Sigma's own, and a statement that means the same; both are called {@code c0}. */
    public record Twins(CorrelationRule sigma, CorrelationRule epl) {}

    public static Twins twins(Random random) {
        List<String> groupBy = List.of(List.<String>of(), List.of("a")).get(random.nextInt(2));
        Optional<Duration> suppress =
                random.nextInt(3) == 0 ? Optional.of(Duration.ofMillis(13 + random.nextInt(20))) : Optional.empty();
        if (random.nextBoolean()) {
            int least = 1 + random.nextInt(3);
            return new Twins(
                    Sigma.correlation(
                            "c0",
                            Type.EVENT_COUNT,
                            List.of("d0"),
                            groupBy,
                            TIMESPAN,
                            List.of(new Criterion(Operator.GTE, least)),
                            suppress),
                    Sigma.epl(
                            "c0",
                            List.of("d0"),
                            groupBy,
                            TIMESPAN,
                            suppress,
                            "select window(*) from d0#time(13 msec) having count(*) >= " + least));
        }
        return new Twins(
                Sigma.correlation(
                        "c0", Type.TEMPORAL_ORDERED, List.of("d0", "d1"), groupBy, TIMESPAN, List.of(), suppress),
                Sigma.epl(
                        "c0",
                        List.of("d0", "d1"),
                        groupBy,
                        TIMESPAN,
                        suppress,
                        "select a, b from d1 as b unidirectional, d0#time(13 msec)#length(1) as a"));
    }

    /** The stream under {@code rule} alone. */
    public static Scenario under(CorrelationRule rule, List<Happening> arrivals) {
        return new Scenario(
                Sigma.set(Sigma.detection("d0"), Sigma.detection("d1"), Sigma.detection("d2"), rule), arrivals);
    }
}
