package jp.hinomi.rules.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.read.Problems;

/**
 * What a set of rules watches for, and what it does not.
 *
 * @param rules how many there are
 * @param controls by control of the guideline and layer that it applies to, the names of its rules, sorted
 * @param techniques by technique of ATT&CK (its kinds counted in), the names of its rules, sorted
 * @param risks what is said of each risk
 * @param problems where the risks are incomplete or disagree with the rules
 */
public record Coverage(
        int rules,
        Map<String, Map<String, List<String>>> controls,
        Map<String, List<String>> techniques,
        RiskFile risks,
        List<Problem> problems) {
    private static final String ATTACK = "attack.";

    public Coverage {
        problems = List.copyOf(problems);
    }

    public static Coverage of(RuleSet rules, RiskFile risks) {
        Problems problems = new Problems();
        check(rules, risks, problems);
        return new Coverage(
                rules.byName().size(), controls(rules), techniques(rules, problems), risks, problems.found());
    }

    /** What is said of the risk. */
    public Optional<RiskEntry> risk(int number) {
        return risks.entries().stream()
                .filter(entry -> entry.risks().contains(number))
                .findFirst();
    }

    /** The techniques of a tactic that some rule has, of those that ATT&CK knows. */
    public List<String> covered(String matrix, String tactic) {
        return AttackCatalogue.standard().techniques(matrix, tactic).stream()
                .map(AttackCatalogue.Technique::id)
                .filter(techniques::containsKey)
                .toList();
    }

    /** Controls that no rule has in any layer. */
    public List<String> controlsWithoutRules() {
        return controls.entrySet().stream()
                .filter(control -> control.getValue().values().stream().allMatch(List::isEmpty))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether all risks of the control are said to leave no trace in logs. */
    public boolean isNotInLogs(String control) {
        List<Guideline.Risk> of = Guideline.standard().risks().stream()
                .filter(risk -> risk.controls().contains(control))
                .toList();
        return !of.isEmpty()
                && of.stream()
                        .allMatch(risk -> risk(risk.number())
                                .filter(entry -> !entry.notInLogs().isEmpty())
                                .isPresent());
    }

    private static Map<String, Map<String, List<String>>> controls(RuleSet rules) {
        Map<String, Map<String, List<String>>> matrix = new LinkedHashMap<>();
        Guideline.standard().controls().forEach((control, layers) -> {
            Map<String, List<String>> row = new LinkedHashMap<>();
            layers.forEach(layer -> row.put(layer, new ArrayList<>()));
            matrix.put(control, row);
        });
        for (Rule rule : sorted(rules)) {
            Set<String> layers = RuleLayers.of(rule, rules);
            for (String tag : rule.info().tags()) {
                matrix.getOrDefault(tag, Map.of()).forEach((layer, names) -> {
                    if (layers.isEmpty() || layers.contains(layer)) {
                        names.add(rule.info().name());
                    }
                });
            }
        }
        return matrix;
    }

    private static Map<String, List<String>> techniques(RuleSet rules, Problems problems) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Rule rule : sorted(rules)) {
            Set<String> ids = new TreeSet<>();
            for (String tag : rule.info().tags()) {
                if (!tag.matches("attack\\.t[0-9]{4}(\\.[0-9]{3})?")) {
                    continue;
                }
                String id = tag.substring(ATTACK.length());
                if (AttackCatalogue.standard().technique(id).isEmpty()) {
                    problems.warning(
                            ProblemCode.UNKNOWN_TECHNIQUE,
                            rule.info().at(),
                            "ATT&CK 18 has no technique '" + id + "'",
                            "look it up on attack.mitre.org: it may have another number there, or be of a newer version than 18");
                }
                ids.add(id);
                ids.add(id.substring(0, 5));
            }
            ids.forEach(id -> found.computeIfAbsent(id, none -> new ArrayList<>())
                    .add(rule.info().name()));
        }
        return found;
    }

    private static List<Rule> sorted(RuleSet rules) {
        return new TreeMap<>(rules.byName()).values().stream().toList();
    }

    private static void check(RuleSet rules, RiskFile risks, Problems problems) {
        if (risks.equals(RiskFile.NONE)) {
            return;
        }
        Guideline guideline = Guideline.standard();
        Set<Integer> told = new TreeSet<>();
        for (RiskEntry entry : risks.entries()) {
            told.addAll(entry.risks());
            check(entry, rules, guideline, problems);
        }
        Location file = risks.entries().isEmpty()
                ? Location.ofFile("")
                : Location.ofFile(risks.entries().get(0).at().file());
        guideline.risks().stream()
                .filter(risk -> !told.contains(risk.number()))
                .forEach(risk -> problems.error(
                        ProblemCode.UNCOVERED_RISK,
                        file,
                        "nothing is said of the risk " + risk.number() + " (controls "
                                + String.join(", ", risk.controls()) + ")",
                        "name the rules that show it, or say under 'not_in_logs' why no log can"));
        for (int incident = 1; incident <= guideline.incidents(); incident++) {
            if (!risks.incidents().containsKey(incident)) {
                problems.error(
                        ProblemCode.UNCOVERED_RISK,
                        file,
                        "the incident " + incident + " has no name",
                        "add it under 'incidents', in short words of your own");
            }
        }
    }

    private static void check(RiskEntry entry, RuleSet rules, Guideline guideline, Problems problems) {
        List<Guideline.Risk> of = entry.risks().stream()
                .map(number -> guideline.risks().get(number - 1))
                .toList();
        Set<String> tags = new TreeSet<>();
        for (RiskEntry.Named named : entry.rules()) {
            Rule rule = rules.byName().get(named.name());
            if (rule == null) {
                problems.error(
                        ProblemCode.UNKNOWN_REFERENCE,
                        named.at(),
                        "there is no rule '" + named.name() + "'",
                        Suggestion.nearest(named.name(), rules.byName().keySet())
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("use the name of a rule that is read together with this file"));
                continue;
            }
            tags.addAll(rule.info().tags());
            if (of.stream()
                    .flatMap(risk -> risk.controls().stream())
                    .noneMatch(rule.info().tags()::contains)) {
                problems.error(
                        ProblemCode.RISK_TAGS,
                        named.at(),
                        "the rule '" + named.name() + "' carries no control of the risks " + entry.risks(),
                        "tag it with one of the controls, or take it from the entry");
            }
        }
        if (!entry.rules().isEmpty()) {
            of.stream()
                    .filter(risk -> risk.controls().stream().noneMatch(tags::contains))
                    .forEach(risk -> problems.error(
                            ProblemCode.RISK_TAGS,
                            entry.at(),
                            "no rule of the entry carries a control of the risk " + risk.number() + ": "
                                    + String.join(", ", risk.controls()),
                            "tag one of its rules with such a control, or give the risk an entry of its own"));
        }
    }
}
