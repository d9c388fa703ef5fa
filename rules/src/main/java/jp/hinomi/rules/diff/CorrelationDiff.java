package jp.hinomi.rules.diff;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.EplText;

/** What differs between two versions of a correlation. */
final class CorrelationDiff {
    private final Consumer<Difference> differences;

    private CorrelationDiff(Consumer<Difference> differences) {
        this.differences = differences;
    }

    static void of(CorrelationRule was, CorrelationRule is, Consumer<Difference> differences) {
        CorrelationDiff diff = new CorrelationDiff(differences);
        diff.compare(Aspect.TYPE, was.type().word(), is.type().word());
        diff.lists(Aspect.RULES, was.rules(), is.rules());
        diff.lists(Aspect.GROUP_BY, was.groupBy(), is.groupBy());
        diff.compare(Aspect.ALIASES, aliases(was), aliases(is));
        diff.compare(Aspect.TIMESPAN, shown(was.timespan()), shown(is.timespan()));
        diff.compare(Aspect.CRITERION, condition(was), condition(is));
        diff.lists(Aspect.FIELD, was.fields(), is.fields());
        diff.compare(Aspect.LEARNING, optional(was.learning()), optional(is.learning()));
        diff.compare(Aspect.BASELINE, baseline(was), baseline(is));
        diff.compare(Aspect.EPL, epl(was), epl(is));
    }

    private void compare(Aspect aspect, String before, String after) {
        if (!before.equals(after)) {
            differences.accept(Difference.of(aspect, before, after));
        }
    }

    /** What is gone and what came; all of both where only the order is another, which matters. */
    private void lists(Aspect aspect, List<String> before, List<String> after) {
        if (before.equals(after)) {
            return;
        }
        List<String> gone =
                before.stream().filter(each -> !after.contains(each)).toList();
        List<String> came =
                after.stream().filter(each -> !before.contains(each)).toList();
        boolean ordered = gone.isEmpty() && came.isEmpty();
        differences.accept(new Difference(aspect, "", ordered ? before : gone, ordered ? after : came));
    }

    private static String aliases(CorrelationRule rule) {
        Map<String, Map<String, String>> sorted = new TreeMap<>();
        rule.aliases().forEach((alias, fields) -> sorted.put(alias, new TreeMap<>(fields)));
        return sorted.isEmpty() ? "" : sorted.toString();
    }

    private static String condition(CorrelationRule rule) {
        return rule.condition()
                .map(condition -> condition.criteria().stream()
                                .map(each -> each.operator().word() + " " + number(each.value()))
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + condition
                                .percentile()
                                .map(rank -> ", percentile " + number(rank))
                                .orElse(""))
                .orElse("");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String baseline(CorrelationRule rule) {
        return rule.baseline()
                .map(baseline -> baseline.intervals() + " intervals, at least " + baseline.atLeast())
                .orElse("");
    }

    /** As written but for how lines end: only the engine knows where in EPL a blank or a new line means nothing. */
    private static String epl(CorrelationRule rule) {
        return rule.epl()
                .map(EplText::text)
                .map(text -> text.strip().replaceAll("\\R", "\n"))
                .orElse("");
    }

    static String optional(Optional<Duration> duration) {
        return duration.map(CorrelationDiff::shown).orElse("");
    }

    /** As rules write it: {@code 10m}. */
    private static String shown(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
