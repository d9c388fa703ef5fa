package jp.hinomi.city;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;

/**
 * A row of a table.
 *
 * @param cells by column; empty ones are missing
 */
record TableRow(Location at, Map<String, Node> cells) {
    String text(String column) {
        return cells.get(column) instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    Location at(String column) {
        return cells.containsKey(column) ? cells.get(column).at() : at;
    }

    TableRow without(String column) {
        Map<String, Node> rest = new LinkedHashMap<>(cells);
        rest.remove(column);
        return new TableRow(at, rest);
    }

    /** Columns such as {@code name.ja} are keys of a mapping {@code name}. */
    Node.Mapping mapping(List<Map.Entry<String, Node>> more) {
        Map<String, Object> tree = new LinkedHashMap<>();
        cells.forEach((column, value) -> put(tree, column.split("\\.", -1), 0, value));
        more.forEach(each -> tree.put(each.getKey(), each.getValue()));
        return mapping(tree);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, String[] path, int depth, Node value) {
        if (depth == path.length - 1 || tree.get(path[depth]) instanceof Node) {
            tree.put(path[depth], value);
        } else {
            put(
                    (Map<String, Object>) tree.computeIfAbsent(path[depth], any -> new LinkedHashMap<String, Object>()),
                    path,
                    depth + 1,
                    value);
        }
    }

    @SuppressWarnings("unchecked")
    private Node.Mapping mapping(Map<String, Object> tree) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            Node node = value instanceof Node known ? known : mapping((Map<String, Object>) value);
            entries.put(key, node);
            keys.put(key, node.at());
        });
        return new Node.Mapping(at, entries, keys);
    }
}
