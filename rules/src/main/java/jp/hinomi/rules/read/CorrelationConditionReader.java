package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.CorrelationRule.Condition;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.ProblemCode;

/**
 * Reads a correlation's {@code condition}, and checks that it fits the correlation's type. The field whose values are taken
 * stands in it too, because Sigma has it there.
 */
final class CorrelationConditionReader {
    private final Node.Mapping section;
    private final Type type;
    private final int rules;
    private final Problems problems;

    private CorrelationConditionReader(Node.Mapping section, Type type, int rules, Problems problems) {
        this.section = section;
        this.type = type;
        this.rules = rules;
        this.problems = problems;
    }

    /** @param rules how many rules the correlation lists */
    static Read read(Node.Mapping section, Type type, int rules, Problems problems) {
        return new CorrelationConditionReader(section, type, rules, problems).read();
    }

    /** @param fields empty for types that take none */
    record Read(Optional<Condition> condition, List<String> fields) {
        static final Read NOTHING = new Read(Optional.empty(), List.of());
    }

    private Read read() {
        if (!section.has("condition")) {
            if (!isTemporal() && type != Type.ABSENCE && type != Type.EPL) {
                problems.missing(section, "condition");
            }
            return Read.NOTHING;
        }
        Node.Mapping condition = problems.mapping(section, "condition");
        if (condition == null) {
            return Read.NOTHING;
        }
        if (type == Type.ABSENCE) {
            wrong(condition, "does not exist", "remove 'condition': it fires when the second rule does not follow");
            return Read.NOTHING;
        }
        if (type == Type.EPL) {
            wrong(condition, "does not exist", "remove 'condition': the statement under 'epl' says when it fires");
            return Read.NOTHING;
        }
        Set<String> known = new LinkedHashSet<>(
                Arrays.stream(Operator.values()).map(Operator::word).toList());
        known.add("field");
        known.add("percentile");
        problems.onlyKeys("'condition'", condition, known);
        List<Criterion> criteria = criteria(condition);
        List<String> fields = fields(condition);
        Optional<Double> percentile = percentile(condition);
        if (type == Type.NEW_VALUE) {
            if (!criteria.isEmpty()) {
                wrong(condition, "takes no number: it fires at each value that is new", "keep 'field' only");
            }
            return new Read(Optional.empty(), fields);
        }
        if (criteria.isEmpty()) {
            wrong(condition, "has no criterion", "add one of gt, gte, lt, lte, eq, neq with a number");
        }
        return problems.hasErrors() ? Read.NOTHING : new Read(Optional.of(new Condition(criteria, percentile)), fields);
    }

    private List<Criterion> criteria(Node.Mapping condition) {
        List<Criterion> criteria = new ArrayList<>();
        for (Operator operator : Operator.values()) {
            Node node = condition.get(operator.word());
            if (node == null) {
                continue;
            }
            if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof Number number)) {
                problems.wrongType("'" + operator.word() + "'", node, "a number without quotes");
                continue;
            }
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                wrong(node, "compares with " + scalar.text() + ", which is no number", "write a number");
                continue;
            }
            if (countsWhole() && (value != Math.rint(value) || value < 0)) {
                wrong(node, "counts, and " + scalar.text() + " is no count", "write a whole number, zero or more");
            } else if (type == Type.RATE_CHANGE && value < 0) {
                wrong(
                        node,
                        "is a factor, and " + scalar.text() + " is none",
                        "write 3 for three times as many as before");
            } else if (type == Type.TEMPORAL_ORDERED && meansFewer(operator, value)) {
                wrong(
                        node,
                        "wants every listed rule, and this would be content with fewer",
                        "remove the criterion, or use type temporal");
            } else if (isTemporal() && !canBe(operator, value)) {
                wrong(node, "can never hold: there are " + rules + " rules", "write a number from 1 to " + rules);
            }
            criteria.add(new Criterion(operator, value));
        }
        return criteria;
    }

    /** Whether some number of different rules, from one to all of them, satisfies the criterion. */
    private boolean canBe(Operator operator, double value) {
        Criterion criterion = new Criterion(operator, value);
        for (int different = 1; different <= rules; different++) {
            if (criterion.holds(different)) {
                return true;
            }
        }
        return rules == 0;
    }

    /** Whether the criterion holds already when some listed rule has no match. */
    private boolean meansFewer(Operator operator, double value) {
        Criterion criterion = new Criterion(operator, value);
        for (int different = 0; different < rules; different++) {
            if (criterion.holds(different)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTemporal() {
        return type == Type.TEMPORAL || type == Type.TEMPORAL_ORDERED;
    }

    private boolean countsWhole() {
        return isTemporal() || type == Type.EVENT_COUNT || type == Type.VALUE_COUNT;
    }

    private List<String> fields(Node.Mapping condition) {
        List<String> fields = problems.texts(condition, "field");
        boolean wanted = type.takesField();
        if (wanted && !condition.has("field")) {
            wrong(condition, "names no field", "add 'field': the field whose values are taken");
        } else if (!wanted && condition.has("field")) {
            wrong(condition.get("field"), "takes no field", "remove 'field', or use type value_count or new_value");
        } else if (fields.size() > 1 && type.takesNumbers()) {
            wrong(condition.get("field"), "takes one field", "keep one");
        }
        return fields;
    }

    private Optional<Double> percentile(Node.Mapping condition) {
        Node node = condition.get("percentile");
        if (node == null) {
            return Optional.empty();
        }
        if (type != Type.VALUE_PERCENTILE) {
            wrong(node, "takes no percentile", "remove 'percentile', or use type value_percentile");
            return Optional.empty();
        }
        if (node instanceof Node.Scalar scalar
                && scalar.value() instanceof Number number
                && number.doubleValue() > 0
                && number.doubleValue() <= 100) {
            return Optional.of(number.doubleValue());
        }
        wrong(node, "needs a rank above 0 and at most 100", "write 'percentile: 95'");
        return Optional.empty();
    }

    private void wrong(Node node, String message, String remedy) {
        problems.error(
                ProblemCode.CORRELATION_CONDITION,
                node.at(),
                "the condition of type " + type.word() + " " + message,
                remedy);
    }
}
