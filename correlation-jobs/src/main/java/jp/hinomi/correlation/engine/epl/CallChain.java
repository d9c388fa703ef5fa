package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.CrontabParameterExpression;
import com.espertech.esper.common.client.soda.DotExpression;
import com.espertech.esper.common.client.soda.DotExpressionItem;
import com.espertech.esper.common.client.soda.DotExpressionItemCall;
import com.espertech.esper.common.client.soda.DotExpressionItemName;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.LambdaExpression;
import com.espertech.esper.common.client.soda.ScheduleItemType;
import com.espertech.esper.common.client.soda.WindowProjectionExpression;
import java.util.ArrayList;
import java.util.List;

/** A chain of calls: {@code window(*).where(e => …).countOf(e => …)}; anything else is only described. */
record CallChain(boolean overWindow, String firstCall, List<Call> calls) {
    /** @param parameter of the lambda; null if the call has none, or more than one */
    record Call(String name, String parameter, Expression body) {}

    static CallChain of(DotExpression expression) {
        List<Call> calls = new ArrayList<>();
        boolean onlyCalls = true;
        String firstCall = null;
        for (DotExpressionItem item : expression.getChain()) {
            if (item.getClass() == DotExpressionItemCall.class) {
                DotExpressionItemCall call = (DotExpressionItemCall) item;
                firstCall = firstCall == null ? call.getName() : firstCall;
                calls.add(call(call));
            } else {
                onlyCalls = false;
                if (item.getClass() == DotExpressionItemName.class && expression.getChain().size() == 1) {
                    firstCall = ((DotExpressionItemName) item).getName();
                }
            }
        }
        List<Expression> children = expression.getChildren();
        boolean window = onlyCalls && children.size() == 1 && isWholeWindow(children.get(0));
        return new CallChain(window, firstCall == null ? "." : firstCall, calls);
    }

    private static Call call(DotExpressionItemCall call) {
        List<Expression> parameters = call.getParameters();
        if (parameters.size() == 1
                && parameters.get(0).getClass() == LambdaExpression.class
                && ((LambdaExpression) parameters.get(0)).getParameters().size() == 1
                && parameters.get(0).getChildren().size() == 1) {
            LambdaExpression lambda = (LambdaExpression) parameters.get(0);
            return new Call(
                    call.getName(), lambda.getParameters().get(0), lambda.getChildren().get(0));
        }
        return new Call(call.getName(), null, null);
    }

    /** {@code window(*)} */
    static boolean isWholeWindow(Expression expression) {
        return expression.getClass() == WindowProjectionExpression.class && isOfEvents(expression);
    }

    /** {@code first(*)}, {@code last(*)}, {@code window(*)}: of events and not of their fields. */
    static boolean isOfEvents(Expression aggregation) {
        List<Expression> arguments = aggregation.getChildren();
        return arguments.size() == 1
                && arguments.get(0).getClass() == CrontabParameterExpression.class
                && ((CrontabParameterExpression) arguments.get(0)).getType() == ScheduleItemType.WILDCARD;
    }
}
