package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.CountProjectionExpression;
import com.espertech.esper.common.client.soda.CountStarProjectionExpression;
import com.espertech.esper.common.client.soda.CrontabParameterExpression;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.FirstProjectionExpression;
import com.espertech.esper.common.client.soda.LastProjectionExpression;
import com.espertech.esper.common.client.soda.MaxProjectionExpression;
import com.espertech.esper.common.client.soda.MedianProjectionExpression;
import com.espertech.esper.common.client.soda.MinProjectionExpression;
import com.espertech.esper.common.client.soda.NamedParameterExpression;
import com.espertech.esper.common.client.soda.PropertyValueExpression;
import com.espertech.esper.common.client.soda.ScheduleItemType;
import com.espertech.esper.common.client.soda.SumProjectionExpression;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/**
 * Aggregations over a window that are a function of what is in it: not of what was, by rounding or by never forgetting.
 * Methods over {@code window(*)} with lambdas would be as well, but Esper 9 fails over them when an event leaves.
 */
final class AggregationCheck {
    static final Set<Class<?>> KINDS = Set.of(
            CountProjectionExpression.class,
            CountStarProjectionExpression.class,
            FirstProjectionExpression.class,
            LastProjectionExpression.class,
            MaxProjectionExpression.class,
            MedianProjectionExpression.class,
            MinProjectionExpression.class,
            SumProjectionExpression.class);

    private static final Set<Class<?>> OF_ONE_EVENT =
            Set.of(FirstProjectionExpression.class, LastProjectionExpression.class);

    private final Inspection inspection;
    private final ExpressionCheck expressions;

    AggregationCheck(Inspection inspection, ExpressionCheck expressions) {
        this.inspection = inspection;
        this.expressions = expressions;
    }

    void check(Expression expression, boolean allowed, Scope scope) {
        String word = word(expression);
        Location at = inspection.places().next(word);
        if (!allowed) {
            refuse(
                    at,
                    "'" + word + "' is not allowed here",
                    "aggregate in 'having', over one rule with a window: from "
                            + inspection.streams().keySet().iterator().next() + "#time(10 min) having …");
        } else if (isEver(expression)) {
            refuse(at, "'" + word + "ever' never forgets", "use " + word + " over a window");
        } else if (expression.getClass() != CountStarProjectionExpression.class) {
            arguments(expression, word, at, scope);
        }
    }

    private static boolean isEver(Expression expression) {
        return expression instanceof MaxProjectionExpression max && max.isEver()
                || expression instanceof MinProjectionExpression min && min.isEver();
    }

    private void arguments(Expression expression, String word, Location at, Scope scope) {
        List<Expression> arguments = expression.getChildren();
        boolean filtered =
                arguments.size() == 2 && isFilter(arguments.get(1)) && !OF_ONE_EVENT.contains(expression.getClass());
        boolean fitting = arguments.size() == 1 || filtered;
        boolean events =
                fitting && isWildcard(arguments.get(0)) && expression.getClass() == CountProjectionExpression.class;
        boolean field = fitting && arguments.get(0).getClass() == PropertyValueExpression.class;
        if (!events && !field) {
            refuse(
                    at,
                    "'" + word + "' takes one field here, and a filter",
                    "write " + word + "(source.bytes), or count(*, filter: user.name = 'root')");
            return;
        }
        if (field) {
            field(expression, (PropertyValueExpression) arguments.get(0), at, scope);
        }
        if (filtered) {
            expressions.check(arguments.get(1).getChildren().get(0), ExpressionCheck.Where.FILTER, scope);
        }
    }

    private void field(Expression expression, PropertyValueExpression argument, Location at, Scope scope) {
        String field = expressions.field(argument.getPropertyName(), scope);
        if (field != null
                && expression.getClass() == SumProjectionExpression.class
                && EventFields.type(field) != Long.class) {
            refuse(
                    at,
                    "'" + field
                            + "' is not a field of whole numbers, and sums of others depend on the past by rounding",
                    "sum a whole number, or use the correlation type value_sum");
        }
    }

    private static boolean isFilter(Expression argument) {
        return argument.getClass() == NamedParameterExpression.class
                && "filter".equals(((NamedParameterExpression) argument).getName())
                && argument.getChildren().size() == 1;
    }

    private void refuse(Location at, String message, String remedy) {
        inspection.refuse(ProblemCode.EPL_AGGREGATION, at, message, remedy);
    }

    /** The word in EPL: {@code count}. */
    static String word(Expression aggregation) {
        String name = aggregation.getClass().getSimpleName();
        return name.replace("Star", "").replace("ProjectionExpression", "").toLowerCase(Locale.ROOT);
    }

    /** {@code first(*)}, {@code last(*)}, {@code window(*)}: of events and not of their fields. */
    static boolean isOfEvents(Expression aggregation) {
        return aggregation.getChildren().size() == 1
                && isWildcard(aggregation.getChildren().get(0));
    }

    private static boolean isWildcard(Expression argument) {
        return argument.getClass() == CrontabParameterExpression.class
                && ((CrontabParameterExpression) argument).getType() == ScheduleItemType.WILDCARD;
    }
}
