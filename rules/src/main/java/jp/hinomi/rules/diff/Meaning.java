package jp.hinomi.rules.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.ValueTest;

/**
 * Texts that are equal where what is meant is: of a condition whatever the order of its parts, the names of its selections and
 * the nesting of its brackets; of a part of a document whatever its layout, quotes and order of keys.
 */
final class Meaning {
    private Meaning() {}

    static String of(Expression expression) {
        if (expression instanceof Expression.All all) {
            return joined("all", flat(all, Expression.All.class));
        }
        if (expression instanceof Expression.AtLeast some) {
            return some.count() == 1
                    ? joined("any", flat(some, Expression.AtLeast.class))
                    : word("at least " + some.count(), some.of().stream().map(Meaning::of));
        }
        if (expression instanceof Expression.Not not) {
            return not.of() instanceof Expression.Not twice ? of(twice.of()) : joined("not", List.of(of(not.of())));
        }
        return of(((Expression.Test) expression).predicate());
    }

    /** The parts of a conjunction or alternative, with those of its parts that are the same. */
    private static List<String> flat(Expression whole, Class<? extends Expression> kind) {
        List<String> parts = new ArrayList<>();
        for (Expression part : parts(whole)) {
            if (kind.isInstance(part) && !(part instanceof Expression.AtLeast some && some.count() != 1)) {
                parts.addAll(flat(part, kind));
            } else if (kind == Expression.AtLeast.class && part instanceof Expression.Test test) {
                parts.addAll(alternatives(test.predicate()));
            } else {
                parts.add(of(part));
            }
        }
        return parts;
    }

    private static List<Expression> parts(Expression whole) {
        return whole instanceof Expression.All all ? all.of() : ((Expression.AtLeast) whole).of();
    }

    private static String of(Predicate predicate) {
        return joined("any", alternatives(predicate));
    }

    /** One for each value: two selections with a value each, joined by or, are one with both. */
    private static List<String> alternatives(Predicate predicate) {
        String field = predicate.field().name();
        if (predicate instanceof Predicate.FieldTest test) {
            return test.anyOf().stream()
                    .map(each -> joined("test", List.of(counted(field), counted(of(each)))))
                    .toList();
        }
        return List.of(joined("present", List.of(counted(field))));
    }

    private static String of(ValueTest test) {
        return test instanceof RegexTest regex
                ? "regex " + regex.pattern().flags() + " " + regex.pattern().pattern()
                : test.toString();
    }

    private static String joined(String word, List<String> parts) {
        List<String> sorted = parts.stream().distinct().sorted().toList();
        return sorted.size() == 1 && (word.equals("any") || word.equals("all"))
                ? sorted.get(0)
                : word(word, sorted.stream());
    }

    /** With what is there several times as often as it is: of {@code 2 of x, x, y} an x alone is enough. */
    private static String word(String word, Stream<String> parts) {
        return word + "(" + parts.sorted().collect(Collectors.joining()) + ")";
    }

    static String of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return "{"
                    + String.join(
                            "",
                            mapping.entries().entrySet().stream()
                                    .map(entry -> counted(entry.getKey()) + of(entry.getValue()))
                                    .sorted()
                                    .toList())
                    + "}";
        }
        if (node instanceof Node.Sequence sequence) {
            return "["
                    + String.join(
                            "", sequence.elements().stream().map(Meaning::of).toList()) + "]";
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return scalar.value() instanceof String text ? counted(text) : "=" + scalar.value() + ";";
    }

    /** Preceded by its length, so that no two texts run together. */
    private static String counted(String text) {
        return text.length() + ":" + text;
    }

    /** As people read it: the values of a node, lists unfolded. */
    static List<String> values(Node node) {
        Stream<Node> nodes = node instanceof Node.Sequence sequence ? sequence.elements().stream() : Stream.of(node);
        return nodes.map(Meaning::shown).toList();
    }

    private static String shown(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.isNull() ? "null" : scalar.text();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.elements().stream().map(Meaning::shown).toList().toString();
        }
        return ((Node.Mapping) node)
                .entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + shown(entry.getValue()))
                        .toList()
                        .toString();
    }
}
