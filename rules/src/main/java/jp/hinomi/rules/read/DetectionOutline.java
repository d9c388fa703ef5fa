package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.ValueTest;

/**
 * A {@code detection} or {@code filter} section with the places of its parts: for those who judge how a rule is written. What
 * runs is the expression alone. Immutable.
 */
public final class DetectionOutline {
    /**
     * A value as written, and the tests that it unfolds to.
     *
     * @param tests at least one
     */
    public record Value(Node.Scalar written, List<ValueTest> tests) {
        public Value {
            tests = List.copyOf(tests);
        }
    }

    /**
     * One line of a search identifier.
     *
     * @param field empty for keywords
     * @param modifiers their words, in the order written
     * @param at the key
     * @param values empty where the item asks whether the field is there
     */
    public record Item(String field, List<String> modifiers, Location at, List<Value> values) {
        public Item {
            modifiers = List.copyOf(modifiers);
            values = List.copyOf(values);
        }

        public boolean has(String modifier) {
            return modifiers.contains(modifier);
        }
    }

    /** @param at its name in the section */
    public record Identifier(String name, Location at, Expression expression, List<Item> items) {
        public Identifier {
            items = List.copyOf(items);
        }
    }

    private final Map<String, Identifier> identifiers;
    private final List<Node.Scalar> conditions;

    private DetectionOutline(Map<String, Identifier> identifiers, List<Node.Scalar> conditions) {
        this.identifiers = identifiers;
        this.conditions = conditions;
    }

    /** The section of a detection; empty if it cannot be read. */
    public static Optional<DetectionOutline> ofDetection(Node.Mapping section, Placeholders placeholders) {
        return new DetectionReader(placeholders, new Problems()).outline(section, java.util.Set.of());
    }

    /** The section of a filter; empty if it cannot be read. */
    public static Optional<DetectionOutline> ofFilter(Node.Mapping section, Placeholders placeholders) {
        return new DetectionReader(placeholders, new Problems()).outline(section, FilterReader.NOT_IDENTIFIERS);
    }

    static DetectionOutline of(Map<String, Identifier> identifiers, List<Node.Scalar> conditions) {
        return new DetectionOutline(
                java.util.Collections.unmodifiableMap(new LinkedHashMap<>(identifiers)), List.copyOf(conditions));
    }

    /** By name, in the order written. */
    public Map<String, Identifier> identifiers() {
        return identifiers;
    }

    /** Where the condition stands. */
    public Location conditionAt() {
        return conditions.get(0).at();
    }

    /** The condition as it is. */
    public Expression condition() {
        return conditionWith(Map.of());
    }

    /** The condition, with other meanings of some search identifiers. */
    public Expression conditionWith(Map<String, Expression> meanings) {
        Map<String, Expression> all = new LinkedHashMap<>();
        identifiers.forEach((name, identifier) -> all.put(name, meanings.getOrDefault(name, identifier.expression())));
        List<Expression> parts = new ArrayList<>();
        for (Node.Scalar condition : conditions) {
            parts.add(ConditionReader.read(condition.text(), condition.at(), all, new HashSet<>(), new Problems()));
        }
        return Expression.any(parts);
    }
}
