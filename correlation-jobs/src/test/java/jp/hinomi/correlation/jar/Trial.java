package jp.hinomi.correlation.jar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.hinomi.correlation.detect.EventLine;
import jp.hinomi.correlation.detect.RuleFile;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Model;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.PassingRules;
import jp.hinomi.correlation.engine.Scenario;
import jp.hinomi.correlation.engine.Sigma;
import jp.hinomi.correlation.engine.Statements;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/**
 * Many random scenarios side by side in one job: the rules of all, their streams in one order of append times, and what the
 * model says about each. Rules and events of one scenario begin with its name, so that none concerns another.
 */
final class Trial {
    /** Of every scenario: how late an event may be appended and still be in order. */
    static final Duration BOUND = Duration.ofMillis(Scenario.BOUND * 1_000);

    private static final int SCENARIOS = 10;
    private static final int TWINS = 3;
    /** Scenarios begin at different moments of this span, in milliseconds. */
    private static final int SPREAD = 60_000;

    private static final long HOUR = 3_600_000;

    private final long begin;
    private final Random random;
    private final List<Part> parts = new ArrayList<>();
    private final List<Entry> stream = new ArrayList<>();

    /**
     * @param modelled rules as the model evaluates them; their names are those whose alerts are compared
     * @param run the same as the job has them: some are statements instead
     */
    private record Part(RuleSet modelled, PassingRules run, List<Happening> events, boolean inTopic) {}

    /** A line of the log. @param appended when the broker is to say that it was appended */
    record Entry(long appended, String id, String line) {}

    /** @param begin no event is older */
    Trial(long seed, long begin) {
        this.begin = begin;
        this.random = new Random(seed);
        for (int i = 0; i < SCENARIOS; i++) {
            long of = random.nextLong();
            Scenario raw = Scenario.random(of);
            PassingRules rules = PassingRules.random(raw.rules(), of);
            RuleSet all = RuleFile.possible(rules.all());
            Scenario scenario = new Scenario(all, raw.arrivals())
                    .then(random.nextLong())
                    .then(random.nextLong())
                    .withLate(random)
                    .inSeconds()
                    .later(begin + random.nextInt(SPREAD))
                    .named("s" + i);
            add(scenario, withoutPassing(scenario.rules()), scenario.rules(), i % 2 == 1);
        }
        for (int i = 0; i < TWINS; i++) {
            Statements.Twins twins = Statements.twins(random);
            String name = "t" + i;
            Scenario scenario = Statements.under(
                            twins.sigma(), Scenario.random(random.nextLong()).arrivals())
                    .inSeconds()
                    .later(begin + random.nextInt(SPREAD))
                    .named(name);
            add(scenario, scenario.rules(), with(scenario.rules(), statement(name, twins.epl())), i % 2 == 1);
        }
        Collections.shuffle(stream, random);
        stream.sort(Comparator.comparingLong(Entry::appended));
    }

    private static CorrelationRule statement(String name, CorrelationRule epl) {
        return Sigma.epl(
                name + epl.info().name(),
                epl.rules().stream().map(name::concat).toList(),
                epl.groupBy(),
                epl.timespan().multipliedBy(1_000),
                epl.info().suppress().map(suppress -> suppress.multipliedBy(1_000)),
                epl.epl().orElseThrow().text().replace(" msec", " sec").replaceAll("\\b(d[0-9])\\b", name + "$1"));
    }

    private static RuleSet withoutPassing(RuleSet rules) {
        return Sigma.set(rules.byName().values().stream()
                .filter(rule -> !isPassing(rule))
                .toList());
    }

    private static boolean isPassing(Rule rule) {
        return rule.info().name().matches("s[0-9]+x.*");
    }

    private static RuleSet with(RuleSet rules, Rule instead) {
        Map<String, Rule> all = new LinkedHashMap<>(rules.byName());
        all.put(instead.info().name(), instead);
        return new RuleSet(all);
    }

    private void add(Scenario scenario, RuleSet modelled, RuleSet run, boolean inTopic) {
        PassingRules rules = new PassingRules(
                withoutPassing(run),
                run.correlations().stream().filter(Trial::isPassing).toList());
        List<Happening> events = new ArrayList<>();
        long appended = 0;
        for (Happening happening : scenario.arrivals()) {
            appended = Math.max(appended, scenario.appended(happening));
            boolean alone = Collections.frequency(scenario.arrivals(), happening) == 1;
            if (alone && !happening.isLate() && random.nextInt(15) == 0) {
                // A clock that is wrong: the event counts when it was appended.
                long said = appended + (random.nextBoolean() ? 365 * 24 * HOUR : -3 * HOUR);
                Happening suspect = new Happening(happening.id(), appended, happening.matched(), happening.fields());
                events.add(suspect);
                stream.add(new Entry(appended, suspect.id(), EventLine.of(suspect, said)));
            } else {
                events.add(happening);
                stream.add(new Entry(appended, happening.id(), EventLine.of(happening)));
            }
        }
        parts.add(new Part(modelled, rules, events, inTopic));
    }

    long begin() {
        return begin;
    }

    /** When the last one was appended. */
    long end() {
        return stream.get(stream.size() - 1).appended();
    }

    /** In the order in which it is appended. */
    List<Entry> stream() {
        return stream;
    }

    /** What the job is started with. */
    String file() {
        return parts.stream()
                .filter(part -> !part.inTopic())
                .map(part -> RuleFile.of(part.run().staying()))
                .collect(Collectors.joining());
    }

    /** What stands in the topic {@code rules}, by key: the rules that stay and are in no file, and any of the others. */
    Map<String, String> topic() {
        Map<String, String> documents = new LinkedHashMap<>();
        for (Part part : parts) {
            for (Rule rule : part.run().some(random).byName().values()) {
                if (part.inTopic() || isPassing(rule)) {
                    documents.put(rule.info().name(), RuleFile.document(rule));
                }
            }
        }
        return documents;
    }

    /** @param end how far time comes */
    List<Outcome> expected(long end) {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (Part part : parts) {
            Outcome.kept(new Model(part.modelled(), part.events(), end).outcomes())
                    .forEach(outcome -> outcomes.put(outcome.id(), outcome));
        }
        return Outcome.sorted(outcomes.values());
    }

    /** The names of the rules whose alerts are compared. */
    Set<String> compared() {
        return parts.stream()
                .flatMap(part -> part.modelled().correlations().stream())
                .map(rule -> rule.info().name())
                .collect(Collectors.toSet());
    }

    /** How many rules of each type are compared. */
    Map<String, Long> types() {
        return parts.stream()
                .flatMap(part -> part.run().staying().correlations().stream())
                .collect(Collectors.groupingBy(rule -> rule.type().word(), TreeMap::new, Collectors.counting()));
    }
}
