package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.Expression;

/** Constants that must be numbers in a range. */
final class Constants {
    private Constants() {}

    static boolean isWhole(Expression expression, int least, int most) {
        return expression != null
                && expression.getClass() == ConstantExpression.class
                && ((ConstantExpression) expression).getConstant() instanceof Integer number
                && number >= least
                && number <= most;
    }
}
