package jp.hinomi.rules.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;

/** Rules with what was written. @param byName in the order of the rule set */
record WrittenRules(Map<String, WrittenRule> byName) {
    WrittenRules {
        byName = new LinkedHashMap<>(byName);
    }

    /** @param rules what was read from {@code paths} */
    static WrittenRules read(List<Path> paths, RuleSet rules) {
        Map<Location, Node.Mapping> documents = new HashMap<>();
        Map<String, List<WrittenRule.Filter>> filters = new HashMap<>();
        for (Path file : RuleReader.files(paths, problem -> {})) {
            for (Node node : YamlReader.read(file, problem -> {})) {
                if (node instanceof Node.Mapping document) {
                    documents.put(document.at(), document);
                    if (document.get("filter") instanceof Node.Mapping section) {
                        filter(document, section, filters);
                    }
                }
            }
        }
        Set<String> alerting = rules.alertsOnItsOwn();
        Map<String, WrittenRule> written = new LinkedHashMap<>();
        rules.byName().forEach((name, rule) -> {
            Node.Mapping document = documents.get(rule.info().at());
            if (document != null) { // else the file changed while it was read
                written.put(name, new WrittenRule(rule, alerting.contains(name), document, applied(rule, filters)));
            }
        });
        return new WrittenRules(written);
    }

    private static List<WrittenRule.Filter> applied(Rule rule, Map<String, List<WrittenRule.Filter>> filters) {
        return Stream.of(rule.info().name(), rule.info().id())
                .distinct()
                .flatMap(reference -> filters.getOrDefault(reference, List.of()).stream())
                .toList();
    }

    private static void filter(
            Node.Mapping document, Node.Mapping section, Map<String, List<WrittenRule.Filter>> filters) {
        Node title = Stream.of("name", "id", "title")
                .filter(document::has)
                .map(document::get)
                .findFirst()
                .orElse(null);
        String name = title == null ? "?" : Meaning.values(title).get(0);
        if (section.has("rules")) {
            for (String rule : Meaning.values(section.get("rules"))) {
                filters.computeIfAbsent(rule, any -> new ArrayList<>()).add(new WrittenRule.Filter(name, section));
            }
        }
    }
}
