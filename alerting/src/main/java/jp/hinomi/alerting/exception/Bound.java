package jp.hinomi.alerting.exception;

import java.util.OptionalLong;
import jp.hinomi.rules.CorrelationRule;

/** From how much on a rule that counts fires. Stateless. */
public final class Bound {
    private Bound() {}

    /** The smallest whole number that meets the condition; absent unless that is a single {@code gt} or {@code gte}. */
    public static OptionalLong of(CorrelationRule rule) {
        if (rule.condition().isEmpty() || rule.condition().get().criteria().size() != 1) {
            return OptionalLong.empty();
        }
        CorrelationRule.Criterion criterion = rule.condition().get().criteria().get(0);
        return switch (criterion.operator()) {
            case GTE -> OptionalLong.of((long) Math.ceil(criterion.value()));
            case GT -> OptionalLong.of((long) Math.floor(criterion.value()) + 1);
            case EQ, NEQ, LT, LTE -> OptionalLong.empty();
        };
    }
}
