package jp.hinomi.rules.taxonomy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Logsource;

/** Which log sources stand behind the rules of a repository, correlations included. Reads leniently; errors are found later. */
final class Logsources {
    private final Map<String, Logsource> detections = new HashMap<>();
    private final Map<String, List<String>> correlations = new HashMap<>();

    void add(Collection<Node> documents) {
        for (Node node : documents) {
            if (node instanceof Node.Mapping document) {
                for (String key : List.of("name", "id", "title")) {
                    text(document, key).ifPresent(name -> add(name, document));
                }
            }
        }
    }

    private void add(String name, Node.Mapping document) {
        if (document.get("correlation") instanceof Node.Mapping correlation) {
            correlations.putIfAbsent(name, texts(correlation.get("rules")));
        } else if (document.get("logsource") instanceof Node.Mapping) {
            detections.putIfAbsent(name, of(document));
        }
    }

    /** Those behind the rules of these names; rules that are not there have none. */
    Set<Logsource> behind(Collection<String> rules) {
        Set<Logsource> found = new HashSet<>();
        Set<String> seen = new HashSet<>();
        rules.forEach(rule -> collect(rule, seen, found));
        return found;
    }

    private void collect(String rule, Set<String> seen, Set<Logsource> found) {
        if (!seen.add(rule)) {
            return;
        }
        if (detections.containsKey(rule)) {
            found.add(detections.get(rule));
        } else {
            correlations.getOrDefault(rule, List.of()).forEach(inner -> collect(inner, seen, found));
        }
    }

    static Logsource of(Node.Mapping document) {
        return document.get("logsource") instanceof Node.Mapping section
                ? new Logsource(text(section, "category"), text(section, "product"), text(section, "service"))
                : Logsource.ANY;
    }

    static List<String> texts(Node node) {
        List<Node> elements =
                node instanceof Node.Sequence sequence ? sequence.elements() : node == null ? List.of() : List.of(node);
        return elements.stream()
                .filter(Node.Scalar.class::isInstance)
                .map(element -> ((Node.Scalar) element).text())
                .toList();
    }

    private static Optional<String> text(Node.Mapping node, String key) {
        return node.get(key) instanceof Node.Scalar scalar && !scalar.isNull()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }
}
