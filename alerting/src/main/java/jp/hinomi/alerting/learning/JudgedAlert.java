package jp.hinomi.alerting.learning;

import java.util.Map;
import java.util.Objects;

/**
 * What a proposal looks at in a stored alert.
 *
 * @param weight of its newest verdict; {@link Weight#NONE} if it was not judged
 * @param count how many events it had in the end
 * @param group values of the rule's {@code group-by}, by field
 */
public record JudgedAlert(String id, Weight weight, long count, Map<String, String> group) {
    public JudgedAlert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(weight, "weight");
        group = Map.copyOf(group);
    }
}
