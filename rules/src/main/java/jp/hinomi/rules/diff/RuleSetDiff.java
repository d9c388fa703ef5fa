package jp.hinomi.rules.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;

/**
 * What differs in meaning between two sets of rules. Layout, comments, files, quotes and the order in which things stand
 * make no difference where they have no meaning.
 *
 * @param changes in order of kind, then name
 */
public record RuleSetDiff(List<RuleChange> changes) {
    /** Keys of documents that are compared by what they mean, or that say nothing about the rule. */
    private static final Set<String> READ_ELSEWHERE = Set.of(
            "id",
            "name",
            "logsource",
            "detection",
            "correlation",
            "filter",
            "level",
            "status",
            "tags",
            "suppress",
            "not_evaluable_without",
            "always_alert",
            "generate");

    public RuleSetDiff {
        changes = List.copyOf(changes);
    }

    /** @param before what was read from {@code oldPaths} @param after what was read from {@code newPaths} */
    public static RuleSetDiff of(List<Path> oldPaths, RuleSet before, List<Path> newPaths, RuleSet after) {
        return of(WrittenRules.read(oldPaths, before), WrittenRules.read(newPaths, after));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    private static RuleSetDiff of(WrittenRules before, WrittenRules after) {
        Map<String, WrittenRule> partners = partners(before, after);
        Map<String, List<Difference>> differences = new LinkedHashMap<>();
        after.byName().forEach((name, rule) -> {
            WrittenRule was = partners.get(name);
            differences.put(name, was == null ? List.of() : differences(was, rule));
        });
        Map<String, Set<String>> touched = touched(before, after, partners, differences);
        List<RuleChange> changes = new ArrayList<>();
        after.byName().forEach((name, rule) -> {
            WrittenRule was = partners.get(name);
            List<String> by = List.copyOf(touched.getOrDefault(name, Set.of()));
            List<Difference> own = differences.get(name);
            if (was == null || !own.isEmpty() || !by.isEmpty()) {
                changes.add(new RuleChange(
                        Optional.ofNullable(was).map(WrittenRule::rule),
                        Optional.of(rule.rule()),
                        own,
                        was == null ? List.of() : by));
            }
        });
        Set<String> kept = new LinkedHashSet<>();
        partners.values().forEach(rule -> kept.add(rule.name()));
        before.byName().values().stream()
                .filter(rule -> !kept.contains(rule.name()))
                .forEach(rule ->
                        changes.add(new RuleChange(Optional.of(rule.rule()), Optional.empty(), List.of(), List.of())));
        changes.sort(Comparator.comparing(RuleChange::kind).thenComparing(RuleChange::name));
        return new RuleSetDiff(changes);
    }

    /** What each new rule was before: the old one of that id, else the old one of that name with no id of its own. */
    private static Map<String, WrittenRule> partners(WrittenRules before, WrittenRules after) {
        Map<String, WrittenRule> byId = new HashMap<>();
        before.byName().values().forEach(rule -> byId.put(rule.id(), rule));
        Map<String, WrittenRule> partners = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        after.byName().forEach((name, rule) -> {
            WrittenRule was = byId.get(rule.id());
            if (was != null) {
                partners.put(name, was);
                taken.add(was.name());
            }
        });
        after.byName().forEach((name, rule) -> {
            WrittenRule was = before.byName().get(name);
            // A rule that got an id, or another one, is still the one that others refer to by this name.
            if (was != null && !partners.containsKey(name) && !taken.contains(name)) {
                partners.put(name, was);
            }
        });
        return partners;
    }

    private static List<Difference> differences(WrittenRule before, WrittenRule after) {
        List<Difference> found = new ArrayList<>();
        RuleInfo was = before.rule().info();
        RuleInfo is = after.rule().info();
        compare(Aspect.NAME, was.name(), is.name(), found);
        if (before.rule() instanceof DetectionRule && after.rule() instanceof DetectionRule) {
            DetectionDiff.of(before, after, found::add);
        } else if (before.rule() instanceof CorrelationRule old && after.rule() instanceof CorrelationRule now) {
            CorrelationDiff.of(old, now, found::add);
        } else {
            compare(Aspect.KIND, kind(before.rule()), kind(after.rule()), found);
        }
        compare(
                Aspect.SUPPRESS,
                CorrelationDiff.optional(was.suppress()),
                CorrelationDiff.optional(is.suppress()),
                found);
        compare(Aspect.ALERTS, Boolean.toString(before.alerts()), Boolean.toString(after.alerts()), found);
        compare(Aspect.LEVEL, was.level().word(), is.level().word(), found);
        compare(Aspect.STATUS, was.status(), is.status(), found);
        sets(Aspect.SOURCES, was.notEvaluableWithout(), is.notEvaluableWithout(), found);
        sets(Aspect.TAGS, was.tags(), is.tags(), found);
        compare(Aspect.TEXT, "id", was.id(), is.id(), found);
        texts(before.document(), after.document(), found);
        return found;
    }

    private static String kind(Rule rule) {
        return rule instanceof DetectionRule ? "detection" : "correlation";
    }

    private static void compare(Aspect aspect, String before, String after, List<Difference> found) {
        compare(aspect, "", before, after, found);
    }

    private static void compare(Aspect aspect, String where, String before, String after, List<Difference> found) {
        if (!before.equals(after)) {
            found.add(new Difference(
                    aspect,
                    where,
                    before.isEmpty() ? List.of() : List.of(before),
                    after.isEmpty() ? List.of() : List.of(after)));
        }
    }

    private static void sets(Aspect aspect, List<String> before, List<String> after, List<Difference> found) {
        List<String> gone =
                before.stream().filter(each -> !after.contains(each)).toList();
        List<String> came =
                after.stream().filter(each -> !before.contains(each)).toList();
        if (!gone.isEmpty() || !came.isEmpty()) {
            found.add(new Difference(aspect, "", gone, came));
        }
    }

    private static void texts(Node.Mapping before, Node.Mapping after, List<Difference> found) {
        Set<String> keys = new LinkedHashSet<>(before.names());
        keys.addAll(after.names());
        keys.removeAll(READ_ELSEWHERE);
        for (String key : keys) {
            Node was = before.get(key);
            Node is = after.get(key);
            if (was == null || is == null || !Meaning.of(was).equals(Meaning.of(is))) {
                found.add(new Difference(
                        Aspect.TEXT,
                        key,
                        was == null ? List.of() : Meaning.values(was),
                        is == null ? List.of() : Meaning.values(is)));
            }
        }
    }

    /** By correlation, the names of rules below it that match other events than before. */
    private static Map<String, Set<String>> touched(
            WrittenRules before,
            WrittenRules after,
            Map<String, WrittenRule> partners,
            Map<String, List<Difference>> differences) {
        Map<String, Set<String>> touched = new LinkedHashMap<>();
        // Rules stand after those that they refer to, so one pass carries what is below all the way up.
        after.byName().forEach((name, rule) -> {
            Set<String> by = new TreeSet<>();
            if (rule.rule() instanceof CorrelationRule correlation) {
                for (String inner : correlation.rules()) {
                    boolean changed = differences.getOrDefault(inner, List.of()).stream()
                            .anyMatch(difference -> difference.aspect().changesMatches());
                    if (changed || isAnother(inner, before, partners)) {
                        by.add(inner);
                    }
                    by.addAll(touched.getOrDefault(inner, Set.of()));
                }
            }
            touched.put(name, by);
        });
        return touched;
    }

    /** Whether that name was another rule's before, so that who refers to it now refers to another rule. */
    private static boolean isAnother(String name, WrittenRules before, Map<String, WrittenRule> partners) {
        WrittenRule was = partners.get(name);
        return before.byName().containsKey(name) && (was == null || !was.name().equals(name));
    }
}
