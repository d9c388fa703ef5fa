package jp.hinomi.rules.taxonomy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Logsource;

/**
 * What fields are called in the rules of one log source: an entry of {@code taxonomy.yaml}.
 *
 * @param others prefix under which decoders, or the shippers of a foreign source, keep names that are not listed; empty =
 *     the entry says nothing of them
 * @param prefixes by the dotted beginning of a name, what stands in its place
 * @param foreign no format of this release reads such logs
 */
record TaxonomyEntry(
        Logsource logsource,
        Map<String, Target> fields,
        Map<String, String> prefixes,
        Optional<String> others,
        boolean foreign) {
    TaxonomyEntry {
        fields = Map.copyOf(fields);
        prefixes = Map.copyOf(prefixes);
    }

    static TaxonomyEntry of(Node.Mapping node) {
        Map<String, Target> fields = new TreeMap<>();
        mapping(node, "fields").entries().forEach((name, target) -> fields.put(name, target(target)));
        return new TaxonomyEntry(
                logsource(mapping(node, "logsource")),
                fields,
                texts(mapping(node, "prefixes")),
                text(node, "others"),
                isTrue(node, "foreign"));
    }

    /** How many parts of the log source it names. */
    int parts() {
        return (int) Stream.of(logsource.category(), logsource.product(), logsource.service())
                .filter(Optional::isPresent)
                .count();
    }

    /** By name, else by the longest prefix that is listed. */
    Optional<Target> listed(String field) {
        Target target = fields.get(field);
        for (int dot = field.lastIndexOf('.'); target == null && dot > 0; dot = field.lastIndexOf('.', dot - 1)) {
            String prefix = prefixes.get(field.substring(0, dot));
            if (prefix != null) {
                target = Target.of(prefix + field.substring(dot), Target.Origin.KNOWN);
            }
        }
        return Optional.ofNullable(target);
    }

    Optional<Target> other(String field) {
        return others.map(prefix -> Target.of(prefix + '.' + field, Target.Origin.KNOWN));
    }

    private static Target target(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, String> values = new TreeMap<>();
            texts(mapping(mapping, "values"))
                    .forEach((value, ours) -> values.put(value.toLowerCase(Locale.ROOT), ours));
            return new Target(
                    text(mapping, "field").orElseThrow(),
                    text(mapping, "whole"),
                    values,
                    isTrue(mapping, "foreign") ? Target.Origin.FOREIGN : Target.Origin.KNOWN);
        }
        return Target.of(((Node.Scalar) node).text(), Target.Origin.KNOWN);
    }

    private static boolean isTrue(Node.Mapping node, String key) {
        return node.get(key) instanceof Node.Scalar flag && Boolean.TRUE.equals(flag.value());
    }

    private static Logsource logsource(Node.Mapping node) {
        return new Logsource(text(node, "category"), text(node, "product"), text(node, "service"));
    }

    private static Map<String, String> texts(Node.Mapping node) {
        Map<String, String> texts = new TreeMap<>();
        node.entries().forEach((name, value) -> texts.put(name, ((Node.Scalar) value).text()));
        return texts;
    }

    private static Optional<String> text(Node.Mapping node, String key) {
        return node.get(key) instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    private static Node.Mapping mapping(Node.Mapping parent, String key) {
        return parent.get(key) instanceof Node.Mapping mapping
                ? mapping
                : new Node.Mapping(parent.at(), Map.of(), Map.of());
    }
}
