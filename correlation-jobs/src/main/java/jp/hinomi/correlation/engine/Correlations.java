package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;

/** All correlations of a rule set, and which matches go to which. Immutable and thread-safe. */
public final class Correlations {
    private final Map<String, Correlation> byKey = new LinkedHashMap<>();
    private final Map<String, List<Route>> routes = new HashMap<>();
    private final Map<String, Flood> floods = new HashMap<>();
    private final Set<String> alerting = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** To {@code correlation}, as a match of the steps whose bits are set. */
    public record Route(Correlation correlation, long steps) {}

    public Correlations(RuleSet rules) {
        this(rules, Integer.MAX_VALUE);
    }

    /** @param mostLevels of chaining; what is deeper is refused */
    public Correlations(RuleSet rules, int mostLevels) {
        Set<String> silent = new HashSet<>();
        Map<String, Form> forms = usable(rules, mostLevels);
        // A correlation that cannot run silences nobody.
        for (CorrelationRule rule : rules.correlations()) {
            if (forms.containsKey(rule.info().name())) {
                silent.addAll(rule.rules());
            }
        }
        rules.byName().forEach((name, rule) -> {
            if (!silent.contains(name) || rule.info().generate()) {
                alerting.add(name);
            }
        });
        for (CorrelationRule rule : rules.correlations()) {
            Form form = forms.get(rule.info().name());
            if (form != null) {
                add(Correlation.of(
                        rule,
                        form,
                        level(rule, rules),
                        alerting.contains(rule.info().name())));
            }
        }
        for (DetectionRule rule : rules.detections()) {
            Duration suppress = rule.info().suppress().orElse(Duration.ZERO);
            if (alerting.contains(rule.info().name()) && suppress.toMillis() > 0) {
                add(Correlation.suppressing(rule, suppress.toMillis()));
                alerting.remove(rule.info().name());
            }
        }
        for (Correlation correlation : byKey.values()) {
            Flood flood = Flood.of(correlation, !routesOfFirings(correlation).isEmpty());
            if (flood != null) {
                floods.put(correlation.key(), flood);
            }
        }
    }

    private void add(Correlation correlation) {
        byKey.put(correlation.key(), correlation);
        Map<String, Long> steps = new TreeMap<>();
        for (int step = 0; step < correlation.listed().size(); step++) {
            steps.merge(correlation.listed().get(step), 1L << step, (left, right) -> left | right);
        }
        steps.forEach((rule, bits) ->
                routes.computeIfAbsent(rule, any -> new ArrayList<>()).add(new Route(correlation, bits)));
    }

    /** The forms of those that can run; why the others cannot goes to the problems. */
    private Map<String, Form> usable(RuleSet rules, int mostLevels) {
        Map<String, Form> forms = new HashMap<>();
        for (CorrelationRule rule : rules.correlations()) {
            if (level(rule, rules) >= mostLevels) {
                problems.add(ProblemCode.CORRELATION_TOO_DEEP.error(
                        rule.info().at(),
                        "the correlation '" + rule.info().name() + "' is level " + (level(rule, rules) + 1)
                                + " of a chain, and the running job has " + mostLevels,
                        "start the job with more (--levels " + (level(rule, rules) + 1)
                                + "), or let the correlation list rules further down the chain"));
                continue;
            }
            Forms.of(rule, rules, problems::add)
                    .ifPresent(form -> forms.put(rule.info().name(), form));
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (CorrelationRule rule : rules.correlations()) {
                for (String inner : rule.rules()) {
                    if (forms.containsKey(rule.info().name())
                            && rules.byName().get(inner) instanceof CorrelationRule
                            && !forms.containsKey(inner)) {
                        forms.remove(rule.info().name());
                        changed = true;
                        problems.add(ProblemCode.CORRELATION_UNSUPPORTED.error(
                                rule.info().at(),
                                "the correlation '" + rule.info().name() + "' needs '" + inner + "', which cannot run",
                                "see the problem of '" + inner + "'"));
                    }
                }
            }
        }
        return forms;
    }

    private static int level(CorrelationRule rule, RuleSet rules) {
        int level = 0;
        for (String name : rule.rules()) {
            Rule inner = rules.byName().get(name);
            if (inner instanceof CorrelationRule correlation) {
                level = Math.max(level, level(correlation, rules) + 1);
            }
        }
        return level;
    }

    public Collection<Correlation> all() {
        return byKey.values();
    }

    /** Those of one level of chaining. */
    List<Correlation> ofLevel(int level) {
        return byKey.values().stream()
                .filter(correlation -> correlation.level() == level)
                .toList();
    }

    /** Null if there is none of that key (any more). */
    public Correlation byKey(String key) {
        return byKey.get(key);
    }

    /** Where matches of the rule of that name go. */
    public List<Route> routes(String rule) {
        return routes.getOrDefault(rule, List.of());
    }

    /** Where its firings go. A suppressed detection has none: its matches went to whoever lists it already. */
    List<Route> routesOfFirings(Correlation correlation) {
        return correlation.form() instanceof Form.Every
                ? List.of()
                : routes(correlation.info().name());
    }

    /** How a flood of matches for the correlation may be made lighter before it is sent; null if it may not. */
    public Flood flood(Correlation correlation) {
        return floods.get(correlation.key());
    }

    /** True if each match of the detection is an alert of its own, at once. */
    public boolean alertsAtOnce(DetectionRule rule) {
        return alerting.contains(rule.info().name());
    }

    /** How many levels of chaining there are; 0 without correlations. */
    public int levels() {
        return byKey.values().stream().mapToInt(Correlation::level).max().orElse(-1) + 1;
    }

    /** Correlations that were refused, with the reason. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
