package jp.hinomi.city;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlReader;

/** Finds entries in a city's files as they are read, and makes those that take their place. Pure. */
final class CityNodes {
    private static final Location HERE = Location.ofFile("");

    private CityNodes() {}

    static Node.Mapping root(CityFiles files, String name) {
        List<Node> documents = YamlReader.read(name, files.texts().getOrDefault(name, ""), problem -> {});
        return (Node.Mapping) documents.get(0);
    }

    /** The entry of that id. @throws IllegalStateException if the list has none: whoever asks has read the files */
    static Node.Mapping element(Node.Mapping parent, String list, String id) {
        return ((Node.Sequence) parent.get(list))
                .elements().stream()
                        .map(Node.Mapping.class::cast)
                        .filter(each -> hasId(each, id))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + id + " in " + list));
    }

    static boolean hasId(Node node, String id) {
        return has(node, "id", id);
    }

    static boolean hasName(Node node, String name) {
        return has(node, "name", name);
    }

    private static boolean has(Node node, String key, String value) {
        return node instanceof Node.Mapping mapping
                && mapping.get(key) instanceof Node.Scalar text
                && text.text().equals(value);
    }

    /** The same with another part at that place. */
    static Node replaced(Node node, Location at, Node next) {
        if (node instanceof Node.Mapping mapping) {
            if (mapping.at().equals(at)) {
                return next;
            }
            Map<String, Node> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> entries.put(key, replaced(value, at, next)));
            return new Node.Mapping(mapping.at(), entries, mapping.keys());
        }
        return node instanceof Node.Sequence list
                ? new Node.Sequence(
                        list.at(),
                        list.elements().stream()
                                .map(each -> replaced(each, at, next))
                                .toList())
                : node;
    }

    /** The same entry with other contents: it keeps its place, by which its text is found. */
    static Node.Mapping edited(Node.Mapping entry, Map<String, Node> entries) {
        return new Node.Mapping(entry.at(), entries, entry.keys());
    }

    static Node.Mapping mapping(Map<String, Node> entries) {
        return new Node.Mapping(HERE, entries, new TreeMap<>());
    }

    static Node.Sequence list(List<Node> elements) {
        return new Node.Sequence(HERE, elements);
    }

    static Node text(String given) {
        // Half of a character cannot be written.
        String text = new String(given.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return new Node.Scalar(HERE, text, text, HERE);
    }
}
