package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.TimePeriodExpression;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/** Lengths of time in a statement: constants only, whole milliseconds only. */
final class Spans {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE / 1000);

    private Spans() {}

    /** Milliseconds above zero; empty if it is anything else than a constant of that kind. */
    static OptionalLong millis(List<Expression> parameters) {
        return parameters.size() == 1 ? millis(parameters.get(0)) : OptionalLong.empty();
    }

    private static OptionalLong millis(Expression expression) {
        if (expression.getClass() == ConstantExpression.class) {
            return whole(product(expression, 1_000));
        }
        if (expression.getClass() != TimePeriodExpression.class) {
            return OptionalLong.empty();
        }
        TimePeriodExpression period = (TimePeriodExpression) expression;
        if (period.isHasYears() || period.isHasMonths() || period.isHasMicroseconds()) {
            return OptionalLong.empty();
        }
        boolean[] has = {
            period.isHasWeeks(),
            period.isHasDays(),
            period.isHasHours(),
            period.isHasMinutes(),
            period.isHasSeconds(),
            period.isHasMilliseconds()
        };
        long[] unit = {7 * 86_400_000L, 86_400_000, 3_600_000, 60_000, 1_000, 1};
        BigDecimal sum = BigDecimal.ZERO;
        int next = 0;
        for (int i = 0; i < has.length; i++) {
            if (has[i]) {
                if (next >= period.getChildren().size()) {
                    return OptionalLong.empty();
                }
                BigDecimal part = product(period.getChildren().get(next++), unit[i]);
                if (part == null) {
                    return OptionalLong.empty();
                }
                sum = sum.add(part);
            }
        }
        return next == period.getChildren().size() ? whole(sum) : OptionalLong.empty();
    }

    private static BigDecimal product(Expression expression, long unit) {
        if (expression.getClass() != ConstantExpression.class
                || !(((ConstantExpression) expression).getConstant() instanceof Number number)) {
            return null;
        }
        double value = number.doubleValue();
        boolean usable = Double.isFinite(value) && value >= 0 && value < LONGEST.doubleValue();
        return usable ? new BigDecimal(number.toString()).multiply(BigDecimal.valueOf(unit)) : null;
    }

    private static OptionalLong whole(BigDecimal millis) {
        if (millis == null || millis.signum() <= 0 || millis.compareTo(LONGEST) > 0) {
            return OptionalLong.empty();
        }
        return millis.stripTrailingZeros().scale() <= 0 ? OptionalLong.of(millis.longValue()) : OptionalLong.empty();
    }
}
