package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.ArithmaticExpression;
import com.espertech.esper.common.client.soda.AvedevProjectionExpression;
import com.espertech.esper.common.client.soda.AvgProjectionExpression;
import com.espertech.esper.common.client.soda.BetweenExpression;
import com.espertech.esper.common.client.soda.CaseSwitchExpression;
import com.espertech.esper.common.client.soda.CaseWhenThenExpression;
import com.espertech.esper.common.client.soda.CastExpression;
import com.espertech.esper.common.client.soda.CoalesceExpression;
import com.espertech.esper.common.client.soda.ConcatExpression;
import com.espertech.esper.common.client.soda.Conjunction;
import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.CountEverProjectionExpression;
import com.espertech.esper.common.client.soda.CurrentTimestampExpression;
import com.espertech.esper.common.client.soda.Disjunction;
import com.espertech.esper.common.client.soda.DotExpression;
import com.espertech.esper.common.client.soda.DotExpressionItem;
import com.espertech.esper.common.client.soda.DotExpressionItemCall;
import com.espertech.esper.common.client.soda.DotExpressionItemName;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.FirstEverProjectionExpression;
import com.espertech.esper.common.client.soda.InExpression;
import com.espertech.esper.common.client.soda.InstanceOfExpression;
import com.espertech.esper.common.client.soda.LastEverProjectionExpression;
import com.espertech.esper.common.client.soda.LikeExpression;
import com.espertech.esper.common.client.soda.MaxRowExpression;
import com.espertech.esper.common.client.soda.MinRowExpression;
import com.espertech.esper.common.client.soda.NewInstanceOperatorExpression;
import com.espertech.esper.common.client.soda.NewOperatorExpression;
import com.espertech.esper.common.client.soda.NotExpression;
import com.espertech.esper.common.client.soda.PlugInProjectionExpression;
import com.espertech.esper.common.client.soda.PreviousExpression;
import com.espertech.esper.common.client.soda.PriorExpression;
import com.espertech.esper.common.client.soda.PropertyExistsExpression;
import com.espertech.esper.common.client.soda.PropertyValueExpression;
import com.espertech.esper.common.client.soda.RegExpExpression;
import com.espertech.esper.common.client.soda.RelationalOpExpression;
import com.espertech.esper.common.client.soda.StddevProjectionExpression;
import com.espertech.esper.common.client.soda.SubqueryExistsExpression;
import com.espertech.esper.common.client.soda.SubqueryExpression;
import com.espertech.esper.common.client.soda.SubqueryInExpression;
import com.espertech.esper.common.client.soda.SubqueryQualifiedExpression;
import com.espertech.esper.common.client.soda.TypeOfExpression;
import com.espertech.esper.common.client.soda.WindowProjectionExpression;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/**
 * Expressions: known nodes only, compared by exact class, so that a node that a later Esper adds is refused until somebody
 * has looked at it.
 */
final class ExpressionCheck {
    /** What an expression may hold beside fields and constants. */
    enum Where {
        /** Filters, and the insides of subqueries and aggregations. */
        FILTER,
        /** The where clause: subqueries too. */
        WHERE,
        /** The having clause of a statement over one window: aggregations. */
        HAVING
    }

    private static final Set<Class<?>> PLAIN = Set.of(
            BetweenExpression.class,
            CaseSwitchExpression.class,
            CaseWhenThenExpression.class,
            CoalesceExpression.class,
            ConcatExpression.class,
            Conjunction.class,
            CurrentTimestampExpression.class,
            Disjunction.class,
            InExpression.class,
            MaxRowExpression.class,
            MinRowExpression.class,
            NotExpression.class,
            RelationalOpExpression.class);

    private static final Set<Class<?>> CONSTANTS =
            Set.of(String.class, Integer.class, Long.class, Double.class, Float.class, Boolean.class);

    private static final String NO_PATTERNS =
            "text is searched in detections, in linear time and with every Sigma modifier";

    /** Nodes that people are likely to write, and what to do instead. */
    private static final Map<Class<?>, Reason> REASONS = Map.ofEntries(
            Map.entry(LikeExpression.class, new Reason("like", ProblemCode.EPL_FUNCTION, NO_PATTERNS)),
            Map.entry(RegExpExpression.class, new Reason("regexp", ProblemCode.EPL_FUNCTION, NO_PATTERNS)),
            Map.entry(CastExpression.class, Reason.typed("cast")),
            Map.entry(InstanceOfExpression.class, Reason.typed("instanceof")),
            Map.entry(TypeOfExpression.class, Reason.typed("typeof")),
            Map.entry(PropertyExistsExpression.class, Reason.typed("exists")),
            Map.entry(PreviousExpression.class, Reason.order("prev")),
            Map.entry(PriorExpression.class, Reason.order("prior")),
            Map.entry(
                    AvgProjectionExpression.class,
                    new Reason("avg", ProblemCode.EPL_AGGREGATION, "write sum(x) / count(x), which is exact")),
            Map.entry(StddevProjectionExpression.class, Reason.rounding("stddev")),
            Map.entry(AvedevProjectionExpression.class, Reason.rounding("avedev")),
            Map.entry(CountEverProjectionExpression.class, Reason.ever("countever")),
            Map.entry(FirstEverProjectionExpression.class, Reason.ever("firstever")),
            Map.entry(LastEverProjectionExpression.class, Reason.ever("lastever")),
            Map.entry(
                    PlugInProjectionExpression.class,
                    new Reason("", ProblemCode.EPL_FUNCTION, "use count, sum, min, max, median, first or last")),
            Map.entry(NewOperatorExpression.class, Reason.code()),
            Map.entry(NewInstanceOperatorExpression.class, Reason.code()),
            Map.entry(SubqueryExpression.class, Reason.subquery("select")),
            Map.entry(SubqueryQualifiedExpression.class, Reason.subquery("select")));

    private record Reason(String word, ProblemCode problem, String remedy) {
        static Reason typed(String word) {
            return new Reason(
                    word, ProblemCode.EPL_FUNCTION, "fields have the type that the field dictionary gives them");
        }

        static Reason order(String word) {
            return new Reason(
                    word, ProblemCode.EPL_FUNCTION, "use a pattern, a join, or first and last over the window");
        }

        static Reason rounding(String word) {
            return new Reason(
                    word,
                    ProblemCode.EPL_AGGREGATION,
                    "its rounding depends on the past: use count, sum, min, max or median");
        }

        static Reason ever(String word) {
            return new Reason(
                    word, ProblemCode.EPL_AGGREGATION, "it never forgets: use it without 'ever', over a window");
        }

        static Reason code() {
            return new Reason("new", ProblemCode.EPL_CODE, "write the condition in the statement itself");
        }

        static Reason subquery(String word) {
            return new Reason(
                    word, ProblemCode.EPL_SUBQUERY, "use exists (…), not exists (…) or in (…) in the where clause");
        }
    }

    private final Inspection inspection;
    private final SubqueryCheck subqueries;
    private final AggregationCheck aggregations;

    ExpressionCheck(Inspection inspection) {
        this.inspection = inspection;
        this.subqueries = new SubqueryCheck(inspection, this);
        this.aggregations = new AggregationCheck(inspection, this);
    }

    void check(Expression expression, Where where, Scope scope) {
        if (expression == null) {
            return;
        }
        Class<?> kind = expression.getClass();
        if (kind == PropertyValueExpression.class) {
            property((PropertyValueExpression) expression, scope);
        } else if (kind == ConstantExpression.class) {
            constant((ConstantExpression) expression);
        } else if (PLAIN.contains(kind)) {
            children(expression, where, scope);
        } else if (kind == ArithmaticExpression.class) {
            arithmetic((ArithmaticExpression) expression, where, scope);
        } else if (AggregationCheck.KINDS.contains(kind)) {
            aggregations.check(expression, where == Where.HAVING, scope);
        } else if (kind == DotExpression.class) {
            String call = firstCall((DotExpression) expression);
            notAllowed(inspection.places().next(call), call);
        } else if (kind == SubqueryExistsExpression.class && where == Where.WHERE) {
            subqueries.check(((SubqueryExistsExpression) expression).getModel(), scope);
        } else if (kind == SubqueryInExpression.class && where == Where.WHERE) {
            children(expression, where, scope);
            subqueries.check(((SubqueryInExpression) expression).getModel(), scope);
        } else {
            refuse(expression);
        }
    }

    private void children(Expression expression, Where where, Scope scope) {
        for (Expression child : expression.getChildren()) {
            check(child, where, scope);
        }
    }

    private void property(PropertyValueExpression expression, Scope scope) {
        field(expression.getPropertyName(), scope);
    }

    /** The field that the property names, or null after reporting. */
    String field(String written, Scope scope) {
        Location at = inspection.places().next(written);
        Property property = Property.of(written);
        if (property == null && written.indexOf('(') > 0) {
            String call = written.substring(0, written.indexOf('('));
            notAllowed(at, call);
            return null;
        }
        if (property == null) {
            inspection.refuse(
                    ProblemCode.EPL_PROPERTY,
                    at,
                    "'" + written + "' is not a way to name a field",
                    "write the tag or alias and the ECS name: a.source.ip");
            return null;
        }
        EplStream stream = property.isPrefixed() ? scope.of(property.first()) : null;
        String field = property.rest();
        if (stream == null && (property.isPrefixed() || scope.of(property.first()) == null)) {
            stream = property.indexed() ? null : scope.unnamed();
            field = property.whole();
        }
        if (stream == null) {
            boolean event = scope.of(property.first()) != null;
            inspection.refuse(
                    ProblemCode.EPL_PROPERTY,
                    at,
                    event
                            ? "'" + written + "' is an event, not one of its fields"
                            : "'" + written + "' belongs to no event",
                    event
                            ? "name a field of it, such as " + property.first() + ".event.id"
                            : "write the tag or alias of the event in front: a.source.ip");
            return null;
        }
        EventFields.Doubt doubt = inspection.fields().use(stream, field).orElse(null);
        if (doubt == null) {
            return field;
        }
        if (doubt.error()) {
            inspection.refuse(doubt.problem(), at, doubt.message(), doubt.remedy());
            return null;
        }
        inspection.findings().warning(doubt.problem(), at, doubt.message(), doubt.remedy());
        return field;
    }

    private void constant(ConstantExpression expression) {
        Object constant = expression.getConstant();
        if (constant != null && !CONSTANTS.contains(constant.getClass())) {
            inspection.refuse(
                    ProblemCode.EPL_EXPRESSION,
                    String.valueOf(constant),
                    "a constant of the kind " + constant.getClass().getSimpleName(),
                    "use text, whole or decimal numbers, true, false or null");
        }
    }

    private void arithmetic(ArithmaticExpression expression, Where where, Scope scope) {
        if (!Set.of("+", "-", "*", "/").contains(expression.getOperator())) {
            inspection.refuse(
                    ProblemCode.EPL_FUNCTION,
                    expression.getOperator(),
                    "the operator '" + expression.getOperator() + "' is not allowed: it fails on a zero",
                    "use +, -, * or /");
        }
        children(expression, where, scope);
    }

    private void notAllowed(Location at, String call) {
        inspection.refuse(
                ProblemCode.EPL_FUNCTION,
                at,
                "'" + call + "' is not an allowed function or method",
                "allowed are min, max, coalesce, case and current_timestamp; in 'having' also count, sum, min, max, median,"
                        + " first and last");
    }

    /** The method that a chain calls first, or all of its name. */
    private static String firstCall(DotExpression expression) {
        for (DotExpressionItem item : expression.getChain()) {
            if (item.getClass() == DotExpressionItemCall.class) {
                return ((DotExpressionItemCall) item).getName();
            }
        }
        return expression.getChain().stream()
                .filter(DotExpressionItemName.class::isInstance)
                .map(item -> ((DotExpressionItemName) item).getName())
                .findFirst()
                .orElse(".");
    }

    private void refuse(Expression expression) {
        Class<?> kind = expression.getClass();
        Reason reason = REASONS.get(kind);
        if (reason != null) {
            inspection.refuse(
                    reason.problem(),
                    reason.word(),
                    "'" + reason.word() + "' is not allowed in rules",
                    reason.remedy());
        } else if (kind == SubqueryExistsExpression.class || kind == SubqueryInExpression.class) {
            inspection.refuse(
                    ProblemCode.EPL_SUBQUERY,
                    "select",
                    "a subquery is not allowed here",
                    "put it into the where clause of the statement");
        } else if (kind == WindowProjectionExpression.class) {
            inspection.refuse(
                    ProblemCode.EPL_AGGREGATION,
                    "window",
                    "'window' is no value to compare",
                    "count its events: count(*, filter: user.name = 'root') >= 3");
        } else {
            inspection.refuse(
                    ProblemCode.EPL_EXPRESSION,
                    inspection.places().start(),
                    "the statement holds an expression of the kind "
                            + kind.getSimpleName().replace("Expression", "") + ", which is not on the list",
                    "see the guide for what expressions may hold");
        }
    }
}
