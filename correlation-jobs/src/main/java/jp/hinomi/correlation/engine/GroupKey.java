package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Objects;

/**
 * Whose state it is: one correlation, one group.
 *
 * @param correlation {@link Correlation#key()}
 * @param values of {@code group-by}, in its order; empty without it
 */
public record GroupKey(String correlation, List<String> values) {
    public GroupKey {
        Objects.requireNonNull(correlation, "correlation");
        values = List.copyOf(values);
    }
}
