package jp.hinomi.rules.detection;

import java.util.Locale;
import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/** The value is a number, or text that is one, and less or greater than the bound. NaN is neither. */
public record Comparison(Operator operator, Number bound) implements ValueTest {
    public enum Operator {
        LT,
        LTE,
        GT,
        GTE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean accepts(int comparison) {
            return switch (this) {
                case LT -> comparison == Numbers.LESS;
                case LTE -> comparison == Numbers.LESS || comparison == Numbers.EQUAL;
                case GT -> comparison == Numbers.GREATER;
                case GTE -> comparison == Numbers.GREATER || comparison == Numbers.EQUAL;
            };
        }
    }

    public Comparison {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(bound, "bound");
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        Number number = Numbers.of(value);
        return number != null && operator.accepts(Numbers.compare(number, bound));
    }
}
