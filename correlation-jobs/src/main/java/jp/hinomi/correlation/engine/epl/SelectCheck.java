package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.FirstProjectionExpression;
import com.espertech.esper.common.client.soda.LastProjectionExpression;
import com.espertech.esper.common.client.soda.PropertyValueExpression;
import com.espertech.esper.common.client.soda.SelectClause;
import com.espertech.esper.common.client.soda.SelectClauseElement;
import com.espertech.esper.common.client.soda.SelectClauseExpression;
import com.espertech.esper.common.client.soda.SelectClauseWildcard;
import com.espertech.esper.common.client.soda.Stream;
import com.espertech.esper.common.client.soda.WindowProjectionExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/** What is selected are events, and nothing else: they are the evidence of the alert. */
final class SelectCheck {
    /** Stands for all events of a row. */
    private static final String ALL = "*";

    private static final Set<Class<?>> OF_WINDOW =
            Set.of(WindowProjectionExpression.class, FirstProjectionExpression.class, LastProjectionExpression.class);

    private final Inspection inspection;
    private final Scope scope;
    private final Location at;
    private boolean aggregates;

    SelectCheck(Inspection inspection, Scope scope, Location at) {
        this.at = at;
        this.inspection = inspection;
        this.scope = scope;
    }

    /** True if it asks for events of the window, and not only for the one at hand. */
    boolean aggregates() {
        return aggregates;
    }

    void ofRule(SelectClause select) {
        events(select, true);
    }

    void ofPattern(SelectClause select, String first) {
        Set<String> selected = events(select, false);
        if (!selected.contains(ALL) && !selected.contains(first)) {
            inspection.refuse(
                    ProblemCode.EPL_NO_ALERT,
                    at,
                    "the first event of the pattern is not selected, and the others may be missing",
                    "select *, or the tag of the first event as well");
        }
    }

    /** @param optional positions of the streams that a row may lack */
    void ofJoin(SelectClause select, List<Stream> streams, Set<Integer> optional) {
        Set<String> selected = events(select, false);
        boolean always = selected.contains(ALL);
        for (int i = 0; i < streams.size(); i++) {
            String name = streams.get(i).getStreamName();
            always |= !optional.contains(i) && name != null && selected.contains(Scope.bare(name));
        }
        if (!always) {
            inspection.refuse(
                    ProblemCode.EPL_NO_ALERT,
                    at,
                    "no event that every row has is selected",
                    "select *, or the alias of the rule that the join keeps");
        }
    }

    /** The names of the selected events. */
    private Set<String> events(SelectClause select, boolean window) {
        Set<String> selected = new HashSet<>();
        for (SelectClauseElement element : select.getSelectList()) {
            if (element.getClass() == SelectClauseWildcard.class
                    && select.getSelectList().size() == 1) {
                selected.add(ALL);
            } else if (element.getClass() == SelectClauseExpression.class) {
                expression(((SelectClauseExpression) element).getExpression(), window, selected);
            } else {
                inspection.refuse(
                        ProblemCode.EPL_NO_ALERT,
                        at,
                        "'*' with something beside it is not an event",
                        "select * alone, or name the events: select a, b");
            }
        }
        return selected;
    }

    private void expression(Expression expression, boolean window, Set<String> selected) {
        if (expression.getClass() == PropertyValueExpression.class) {
            event(((PropertyValueExpression) expression).getPropertyName(), selected);
        } else if (window && OF_WINDOW.contains(expression.getClass()) && AggregationCheck.isOfEvents(expression)) {
            inspection.places().next(AggregationCheck.word(expression));
            aggregates = true;
            selected.add(ALL);
        } else {
            inspection.refuse(
                    ProblemCode.EPL_NO_ALERT,
                    at,
                    "what is selected is the evidence of the alert, so it has to be events",
                    window
                            ? "select *, or window(*) for all events of the window"
                            : "select *, or the tags or aliases of events: select a, b");
        }
    }

    private void event(String name, Set<String> selected) {
        if (scope.of(name) == null || name.indexOf('.') >= 0) {
            inspection.refuse(
                    ProblemCode.EPL_NO_ALERT,
                    name,
                    "'" + name + "' is not an event, and what is selected is the evidence of the alert",
                    "select *, or the tags or aliases of events: select a, b");
        } else {
            inspection.places().next(name);
            selected.add(Scope.bare(name));
        }
    }
}
