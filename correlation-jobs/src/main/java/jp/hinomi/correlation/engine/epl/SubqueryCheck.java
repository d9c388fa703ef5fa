package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.FilterStream;
import com.espertech.esper.common.client.soda.PropertyValueExpression;
import com.espertech.esper.common.client.soda.SelectClauseElement;
import com.espertech.esper.common.client.soda.SelectClauseExpression;
import com.espertech.esper.common.client.soda.SelectClauseWildcard;
import com.espertech.esper.common.client.soda.Stream;
import java.util.List;
import jp.hinomi.rules.ProblemCode;

/**
 * Subqueries over the window of one rule: what is in the window is decided by time alone, so {@code exists} and {@code in}
 * are as restorable as the window is.
 */
final class SubqueryCheck {
    private final Inspection inspection;
    private final ExpressionCheck expressions;

    SubqueryCheck(Inspection inspection, ExpressionCheck expressions) {
        this.inspection = inspection;
        this.expressions = expressions;
    }

    void check(EPStatementObjectModel model, Scope outer) {
        var at = inspection.places().next("select");
        Clauses.check(model, inspection);
        if (model.getFromClause() == null
                || model.getFromClause().getStreams().size() != 1
                || model.getFromClause().getStreams().get(0).getClass() != FilterStream.class
                || model.getGroupByClause() != null
                || model.getHavingClause() != null) {
            inspection.refuse(
                    ProblemCode.EPL_SUBQUERY,
                    at,
                    "a subquery reads the window of one listed rule, without 'group by' and 'having'",
                    "write exists (select * from "
                            + inspection.streams().keySet().iterator().next()
                            + "#time(5 min) as y where y.source.ip = x.source.ip)");
            return;
        }
        FilterStream stream = (FilterStream) model.getFromClause().getStreams().get(0);
        Scope scope = new Scope(outer);
        EplStream rule = inspection.streams().get(Scope.bare(stream.getFilter().getEventTypeName()));
        if (rule != null) {
            scope.only(rule);
            name(stream, rule, scope);
        }
        List<SelectClauseElement> selected = model.getSelectClause().getSelectList();
        for (SelectClauseElement element : selected) {
            if (element.getClass() == SelectClauseExpression.class) {
                Expression expression = ((SelectClauseExpression) element).getExpression();
                if (expression.getClass() == PropertyValueExpression.class) {
                    expressions.check(expression, ExpressionCheck.Where.FILTER, scope);
                    continue;
                }
            } else if (element.getClass() == SelectClauseWildcard.class) {
                continue;
            }
            inspection.refuse(ProblemCode.EPL_SUBQUERY, at, "a subquery selects * or one field", "select one field");
        }
        new StreamCheck(inspection, expressions).windowed(stream, scope, "a subquery");
        expressions.check(model.getWhereClause(), ExpressionCheck.Where.FILTER, scope);
    }

    private void name(Stream stream, EplStream rule, Scope scope) {
        if (stream.getStreamName() != null) {
            inspection.alias(stream.getStreamName());
            scope.name(stream.getStreamName(), rule);
        }
    }
}
