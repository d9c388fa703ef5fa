package jp.hinomi.rules.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.RuleFilter;

/** What differs between two versions of a detection. Nothing does if the same events match, however it is written. */
final class DetectionDiff {
    private DetectionDiff() {}

    static void of(WrittenRule before, WrittenRule after, Consumer<Difference> differences) {
        DetectionRule was = (DetectionRule) before.rule();
        DetectionRule is = (DetectionRule) after.rule();
        if (!was.logsource().equals(is.logsource())) {
            differences.accept(Difference.of(Aspect.LOGSOURCE, shown(was.logsource()), shown(is.logsource())));
        }
        if (Meaning.of(was.condition()).equals(Meaning.of(is.condition()))
                && excepted(was).equals(excepted(is))) {
            return;
        }
        List<Difference> found = new ArrayList<>();
        sections(section(before, "detection"), section(after, "detection"), Aspect.DETECTION, "", found::add);
        exceptions(before, after, found::add);
        Map<String, String> ended = ends(was);
        ends(is).forEach((filter, ends) -> {
            if (ended.containsKey(filter) && !ended.get(filter).equals(ends)) {
                found.add(new Difference(
                        Aspect.EXCEPTION, filter + ".expires", List.of(ended.get(filter)), List.of(ends)));
            }
        });
        if (found.isEmpty()) {
            // In what is written there is no such difference: it is what placeholders and the like stand for.
            found.add(new Difference(Aspect.DETECTION, "", List.of(), List.of()));
        }
        found.forEach(differences);
    }

    /** What the filters except and until when, in whatever order they stand. */
    private static Set<List<Object>> excepted(DetectionRule rule) {
        return rule.filters().stream()
                .map(filter -> List.<Object>of(
                        Meaning.of(filter.exception()), filter.terms().map(RuleFilter.Terms::expires)))
                .collect(Collectors.toSet());
    }

    /** Until when each filter holds, by its name. */
    private static Map<String, String> ends(DetectionRule rule) {
        Map<String, String> ends = new LinkedHashMap<>();
        rule.filters()
                .forEach(filter -> ends.put(
                        filter.name(),
                        filter.terms().map(terms -> terms.expires().toString()).orElse("-")));
        return ends;
    }

    private static String shown(Logsource logsource) {
        return logsource.toString();
    }

    private static Node.Mapping section(WrittenRule rule, String key) {
        return (Node.Mapping) rule.document().get(key);
    }

    /** Two sections with search identifiers. @param prefix before each place */
    private static void sections(
            Node.Mapping before, Node.Mapping after, Aspect aspect, String prefix, Consumer<Difference> differences) {
        Map<String, Set<String>> was = leaves(before);
        Map<String, Set<String>> is = leaves(after);
        Set<String> places = new LinkedHashSet<>(was.keySet());
        places.addAll(is.keySet());
        for (String place : places) {
            List<String> gone = without(was.get(place), is.get(place));
            List<String> came = without(is.get(place), was.get(place));
            if (!gone.isEmpty() || !came.isEmpty()) {
                differences.accept(new Difference(aspect, prefix + place, gone, came));
            }
        }
        String conditionWas = condition(before);
        String conditionIs = condition(after);
        if (!conditionWas.equals(conditionIs)) {
            differences.accept(new Difference(
                    aspect == Aspect.DETECTION ? Aspect.CONDITION : aspect,
                    aspect == Aspect.DETECTION ? "" : prefix + "condition",
                    List.of(conditionWas),
                    List.of(conditionIs)));
        }
    }

    private static List<String> without(Set<String> values, Set<String> others) {
        if (values == null) {
            return List.of();
        }
        return values.stream()
                .filter(value -> others == null || !others.contains(value))
                .toList();
    }

    /** With single blanks. */
    private static String condition(Node.Mapping section) {
        Node written = section.get("condition");
        return written == null
                ? ""
                : String.join(" | ", Meaning.values(written)).strip().replaceAll("\\s+", " ");
    }

    /** The values by where they stand: {@code selection.field|modifier}, with {@code [2]} for the second of a list. */
    private static Map<String, Set<String>> leaves(Node.Mapping section) {
        Map<String, Set<String>> leaves = new LinkedHashMap<>();
        section.entries().forEach((name, node) -> {
            if (!name.equals("condition") && !name.equals("rules")) {
                leaves(name, node, leaves);
            }
        });
        return leaves;
    }

    private static void leaves(String place, Node node, Map<String, Set<String>> leaves) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> put(place + "." + key, value, leaves));
        } else if (node instanceof Node.Sequence sequence) {
            int number = 0;
            for (Node element : sequence.elements()) {
                if (element instanceof Node.Mapping mapping) {
                    number++;
                    leaves(place + (number == 1 ? "" : "[" + number + "]"), mapping, leaves);
                } else {
                    put(place, element, leaves);
                }
            }
        } else {
            put(place, node, leaves);
        }
    }

    private static void put(String place, Node value, Map<String, Set<String>> leaves) {
        leaves.computeIfAbsent(place, any -> new LinkedHashSet<>()).addAll(Meaning.values(value));
    }

    private static void exceptions(WrittenRule before, WrittenRule after, Consumer<Difference> differences) {
        Map<String, Node.Mapping> was = filters(before);
        Map<String, Node.Mapping> is = filters(after);
        was.forEach((name, section) -> {
            Node.Mapping now = is.get(name);
            if (now == null) {
                differences.accept(new Difference(Aspect.EXCEPTION, "", List.of(name), List.of()));
            } else {
                sections(section, now, Aspect.EXCEPTION, name + ".", differences);
            }
        });
        is.keySet().stream()
                .filter(name -> !was.containsKey(name))
                .forEach(name -> differences.accept(new Difference(Aspect.EXCEPTION, "", List.of(), List.of(name))));
    }

    private static Map<String, Node.Mapping> filters(WrittenRule rule) {
        Map<String, Node.Mapping> filters = new LinkedHashMap<>();
        rule.filters().forEach(filter -> filters.put(filter.name(), filter.section()));
        return filters;
    }
}
