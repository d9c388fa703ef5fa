package jp.hinomi.alerting.exception;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * An exception as somebody wants it. An event is excepted that meets all conditions.
 *
 * @param name of the exception; of lower-case letters, digits and underscores
 * @param rule name of the rule whose alerts are not wanted
 * @param conditions at least one
 * @param owner who answers for it; empty = to be filled in by whoever copies the text
 * @param reason by language; may be empty, as the owner
 * @param until the last day that it holds, in the zone of the city
 */
public record ExceptionWish(
        String name,
        String rule,
        List<Condition> conditions,
        String owner,
        Map<String, String> reason,
        LocalDate until) {
    public ExceptionWish {
        conditions = List.copyOf(conditions);
        reason = Map.copyOf(reason);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("an exception without a condition would except everything");
        }
    }
}
