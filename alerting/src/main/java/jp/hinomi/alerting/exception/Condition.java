package jp.hinomi.alerting.exception;

import java.util.List;

/**
 * What an event must have to be excepted.
 *
 * @param field as events name it; neither blank nor with {@code |}, after which Sigma reads modifiers
 * @param values all of which the field must have; at least one, none empty; with case folded, as the engine compares
 */
public record Condition(String field, List<String> values) {
    public Condition {
        values = List.copyOf(values);
        if (!isExpressible(field)) {
            throw new IllegalArgumentException("the field '" + field + "' cannot stand in a Sigma filter");
        }
        if (values.isEmpty() || values.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("the field '" + field + "' without a value");
        }
    }

    public static Condition of(String field, String value) {
        return new Condition(field, List.of(value));
    }

    /** Whether a Sigma filter can name the field. */
    public static boolean isExpressible(String field) {
        return !field.isBlank() && field.indexOf('|') < 0;
    }
}
