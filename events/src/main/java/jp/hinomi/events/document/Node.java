package jp.hinomi.events.document;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document as written: every part knows its place. Anchors are resolved. Immutable. */
public sealed interface Node {
    Location at();

    /** What a person would call it: {@code a mapping}, {@code a list}, {@code text}. */
    String kind();

    /** Keys in the order written. A key's own place is {@link #keyAt}. */
    record Mapping(Location at, Map<String, Node> entries, Map<String, Location> keys) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keys = Map.copyOf(keys);
        }

        /** The value of the key, or null. */
        public Node get(String key) {
            return entries.get(key);
        }

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        public Location keyAt(String key) {
            return keys.getOrDefault(key, at);
        }

        public Collection<String> names() {
            return entries.keySet();
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(Location at, List<Node> elements) implements Node {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * @param value {@code String}, {@code Long}, {@code Double}, {@code Boolean} (YAML 1.2 core schema), or null
     * @param text as written, without quotes
     * @param textAt where the text begins, after quotes or on the line after {@code |}; column 0 where the columns of the
     *     text are not those of the file, as in a block that is indented
     */
    record Scalar(Location at, Object value, String text, Location textAt) implements Node {
        public boolean isNull() {
            return value == null;
        }

        @Override
        public String kind() {
            return value == null
                    ? "nothing"
                    : value instanceof String ? "text" : value instanceof Boolean ? "true or false" : "a number";
        }
    }
}
