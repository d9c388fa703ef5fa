package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.ValueTest;

/** Reads the {@code detection} section: search identifiers and the condition over them. */
final class DetectionReader {
    /** What keywords search: the record as it came, and the text in it that people read. */
    private static final List<EventField> KEYWORD_FIELDS =
            List.of(EventField.of("event.original"), EventField.of("message"));

    private static final int MOST_TESTS = 200_000;

    private final Placeholders placeholders;
    private final Problems problems;
    private final Set<Expression> selections = Collections.newSetFromMap(new IdentityHashMap<>());
    private int tests;
    private List<DetectionOutline.Item> items = new ArrayList<>();

    DetectionReader(Placeholders placeholders, Problems problems) {
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /**
     * The condition with everything it refers to, or null after reporting.
     *
     * @param notIdentifiers keys of the section that are no search identifiers
     */
    Expression read(Node.Mapping section, Set<String> notIdentifiers) {
        selections.clear();
        Map<String, Expression> identifiers = new LinkedHashMap<>();
        boolean fine = true;
        for (Map.Entry<String, Node> entry : section.entries().entrySet()) {
            String name = entry.getKey();
            if (name.equals("condition") || notIdentifiers.contains(name)) {
                continue;
            }
            if (name.equals("timeframe")) {
                problems.error(
                        ProblemCode.LEGACY_TIMEFRAME,
                        section.keyAt(name),
                        "'timeframe' belongs to aggregations, which Sigma 2 no longer has",
                        "give the rule a name and count it in a correlation with a 'timespan'");
                fine = false;
                continue;
            }
            Expression expression = identifier(name, entry.getValue());
            fine &= expression != null;
            // A broken identifier stays known, so that the condition does not report it a second time.
            identifiers.put(name, expression == null ? new Expression.All(List.of()) : expression);
        }
        if (identifiers.isEmpty()) {
            problems.error(
                    ProblemCode.NO_IDENTIFIER,
                    section.at(),
                    "there is nothing to detect",
                    "add a search identifier such as 'selection' with fields and values");
            return null;
        }
        selections.addAll(identifiers.values());
        Expression condition = condition(section, identifiers);
        return fine ? condition : null;
    }

    /** Whether this part of the condition that was read last is what a search identifier stands for. */
    boolean isSelection(Expression part) {
        return selections.contains(part);
    }

    /** The section with the places of its parts, or empty if there is an error in it. */
    Optional<DetectionOutline> outline(Node.Mapping section, Set<String> notIdentifiers) {
        Map<String, DetectionOutline.Identifier> identifiers = new LinkedHashMap<>();
        Map<String, Expression> meanings = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : section.entries().entrySet()) {
            String name = entry.getKey();
            if (name.equals("condition") || notIdentifiers.contains(name)) {
                continue;
            }
            items = new ArrayList<>();
            Expression expression = identifier(name, entry.getValue());
            if (expression == null) {
                return Optional.empty();
            }
            meanings.put(name, expression);
            identifiers.put(name, new DetectionOutline.Identifier(name, section.keyAt(name), expression, items));
        }
        if (identifiers.isEmpty() || condition(section, meanings) == null) {
            return Optional.empty();
        }
        Node node = section.get("condition");
        List<Node> written = node instanceof Node.Sequence sequence ? sequence.elements() : List.of(node);
        return Optional.of(DetectionOutline.of(
                identifiers, written.stream().map(Node.Scalar.class::cast).toList()));
    }

    private Expression condition(Node.Mapping section, Map<String, Expression> identifiers) {
        Node node = section.get("condition");
        if (node == null) {
            problems.missing(section, "condition");
            return null;
        }
        List<Node> written = node instanceof Node.Sequence sequence ? sequence.elements() : List.of(node);
        if (written.isEmpty()) {
            problems.error(ProblemCode.EMPTY_VALUE, node.at(), "'condition' is an empty list", "write a condition");
            return null;
        }
        Set<String> used = new HashSet<>();
        List<Expression> parts = new ArrayList<>();
        boolean fine = true;
        for (Node each : written) {
            String text = problems.text("'condition'", each);
            Expression part = text == null ? null : ConditionReader.read(text, each.at(), identifiers, used, problems);
            fine &= part != null;
            parts.add(part);
        }
        if (!fine) {
            return null;
        }
        for (String name : identifiers.keySet()) {
            if (!used.contains(name)) {
                problems.warning(
                        ProblemCode.UNUSED_IDENTIFIER,
                        section.keyAt(name),
                        "the condition does not use '" + name + "'",
                        "use it or remove it");
            }
        }
        return Expression.any(parts);
    }

    private Expression identifier(String name, Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping(name, mapping);
        }
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return keywords(new Modifiers("", List.of(), scalar.at()), List.of(scalar));
        }
        if (!(node instanceof Node.Sequence sequence)) {
            problems.wrongType("'" + name + "'", node, "a mapping of fields, or a list of keywords or mappings");
            return null;
        }
        return list(name, sequence);
    }

    private Expression list(String name, Node.Sequence sequence) {
        if (sequence.elements().isEmpty()) {
            problems.error(ProblemCode.EMPTY_VALUE, sequence.at(), "'" + name + "' is an empty list", "add an entry");
            return null;
        }
        List<Node.Scalar> keywords = new ArrayList<>();
        List<Expression> parts = new ArrayList<>();
        boolean fine = true;
        for (Node element : sequence.elements()) {
            if (element instanceof Node.Scalar scalar && !scalar.isNull()) {
                keywords.add(scalar);
            } else if (element instanceof Node.Mapping mapping) {
                Expression part = mapping(name, mapping);
                fine &= part != null;
                parts.add(part);
            } else {
                problems.wrongType("an entry of '" + name + "'", element, "a keyword or a mapping of fields");
                fine = false;
            }
        }
        if (!keywords.isEmpty()) {
            Expression part = keywords(new Modifiers("", List.of(), sequence.at()), keywords);
            fine &= part != null;
            parts.add(part);
        }
        return fine ? Expression.any(parts) : null;
    }

    private Expression mapping(String name, Node.Mapping mapping) {
        if (mapping.entries().isEmpty()) {
            problems.error(ProblemCode.EMPTY_VALUE, mapping.at(), "'" + name + "' is empty", "add a field and a value");
            return null;
        }
        List<Expression> parts = new ArrayList<>();
        boolean fine = true;
        for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
            Expression part = item(entry.getKey(), mapping.keyAt(entry.getKey()), entry.getValue());
            fine &= part != null;
            parts.add(part);
        }
        return fine ? Expression.all(parts) : null;
    }

    private Expression item(String key, Location at, Node value) {
        Modifiers modifiers = Modifiers.read(key, at, problems);
        if (modifiers == null) {
            return null;
        }
        List<Node.Scalar> values = values(key, value);
        if (values == null) {
            return null;
        }
        if (modifiers.field().isEmpty()) {
            return keywords(modifiers, values);
        }
        EventField field = EventField.of(modifiers.field());
        Expression expression;
        if (modifiers.has(Modifier.EXISTS)) {
            items.add(outlined(modifiers, List.of()));
            expression = exists(field, values);
        } else if (values.get(0).isNull()) {
            items.add(outlined(modifiers, List.of()));
            expression = absent(field, modifiers, values);
        } else {
            expression = tests(List.of(field), modifiers, values);
        }
        return negated(modifiers, expression);
    }

    private static DetectionOutline.Item outlined(Modifiers modifiers, List<DetectionOutline.Value> values) {
        return new DetectionOutline.Item(
                modifiers.field(),
                modifiers.chain().stream().map(Modifier::word).toList(),
                modifiers.at(),
                values);
    }

    private static Expression negated(Modifiers modifiers, Expression expression) {
        return expression != null && modifiers.has(Modifier.NEQ) ? new Expression.Not(expression) : expression;
    }

    /** The values of an item, none of them null but a single one, or null after reporting. */
    private List<Node.Scalar> values(String key, Node node) {
        List<Node> nodes = node instanceof Node.Sequence sequence ? sequence.elements() : List.of(node);
        if (nodes.isEmpty()) {
            problems.error(ProblemCode.EMPTY_VALUE, node.at(), "'" + key + "' has an empty list", "add a value");
            return null;
        }
        List<Node.Scalar> values = new ArrayList<>();
        for (Node each : nodes) {
            if (!(each instanceof Node.Scalar scalar)) {
                problems.wrongType("a value of '" + key + "'", each, "text, a number, true, false or null");
            } else if (scalar.isNull() && node instanceof Node.Sequence) {
                problems.error(
                        ProblemCode.NULL_IN_LIST,
                        scalar.at(),
                        "null cannot be one of several values",
                        "give it a search identifier of its own and join the two in the condition");
            } else {
                values.add(scalar);
            }
        }
        return values.size() == nodes.size() ? values : null;
    }

    private Expression exists(EventField field, List<Node.Scalar> values) {
        if (values.size() == 1 && values.get(0).value() instanceof Boolean wanted) {
            Expression present = new Expression.Test(new Predicate.Present(field));
            return wanted ? present : new Expression.Not(present);
        }
        problems.error(
                ProblemCode.MODIFIER_VALUE,
                values.get(0).at(),
                "'exists' takes true or false, and this is '" + values.get(0).text() + "'",
                "write 'true' or 'false' without quotes");
        return null;
    }

    private Expression absent(EventField field, Modifiers modifiers, List<Node.Scalar> values) {
        if (modifiers.chain().stream().anyMatch(modifier -> modifier != Modifier.NEQ)) {
            problems.error(
                    ProblemCode.MODIFIER_VALUE,
                    values.get(0).at(),
                    "null cannot be modified",
                    "remove the modifiers, or quote 'null' if it is meant as text");
            return null;
        }
        return absent(field);
    }

    private Expression keywords(Modifiers modifiers, List<Node.Scalar> values) {
        if (values.get(0).isNull()) {
            problems.wrongType("a keyword", values.get(0), "text");
            return null;
        }
        return negated(modifiers, tests(KEYWORD_FIELDS, modifiers, values));
    }

    /** Any of the values in any of the fields; with {@code all}, each of the values in any of the fields. */
    private Expression tests(List<EventField> fields, Modifiers modifiers, List<Node.Scalar> values) {
        ValueReader reader = new ValueReader(modifiers, placeholders, problems);
        boolean all = modifiers.has(Modifier.ALL);
        if (all && values.size() == 1) {
            problems.warning(
                    ProblemCode.SINGLE_ALL,
                    modifiers.at(),
                    "'all' has a single value to link",
                    "remove 'all', or list the values");
        }
        List<List<ValueTest>> links = new ArrayList<>();
        List<ValueTest> any = new ArrayList<>();
        boolean fine = true;
        List<DetectionOutline.Value> outlined = new ArrayList<>(values.size());
        for (Node.Scalar value : values) {
            List<ValueTest> read = reader.read(value);
            tests += read.size();
            if (tests > MOST_TESTS) {
                return tooMany(value);
            }
            fine &= !read.isEmpty();
            outlined.add(new DetectionOutline.Value(value, read));
            if (all) {
                links.add(read);
            } else {
                any.addAll(read);
            }
        }
        if (!fine) {
            return null;
        }
        items.add(outlined(modifiers, outlined));
        if (!all) {
            links.add(any);
        }
        Expression expression =
                Expression.all(links.stream().map(link -> inAny(fields, link)).toList());
        return !all && values.stream().anyMatch(value -> isEmpty(modifiers, value))
                ? Expression.any(List.of(expression, absent(fields.get(0))))
                : expression;
    }

    /**
     * Whether the item asks for a field with nothing in it. Decoders keep no empty values, so that is a field that is not
     * there.
     */
    private static boolean isEmpty(Modifiers modifiers, Node.Scalar value) {
        return !modifiers.field().isEmpty()
                && "".equals(value.value())
                && modifiers.chain().stream()
                        .allMatch(modifier -> modifier == Modifier.NEQ || modifier == Modifier.CASED);
    }

    private static Expression absent(EventField field) {
        return new Expression.Not(new Expression.Test(new Predicate.Present(field)));
    }

    private Expression tooMany(Node.Scalar value) {
        problems.error(
                ProblemCode.TOO_MANY_VALUES,
                value.at(),
                "the rule unfolds to more than " + MOST_TESTS + " values",
                "split it, or keep such lists as threat intelligence");
        return null;
    }

    private static Expression inAny(List<EventField> fields, List<ValueTest> tests) {
        return Expression.any(fields.stream()
                .<Expression>map(field -> new Expression.Test(new Predicate.FieldTest(field, tests)))
                .toList());
    }
}
