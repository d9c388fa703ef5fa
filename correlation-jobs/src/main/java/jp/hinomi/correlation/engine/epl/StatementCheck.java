package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.FilterStream;
import com.espertech.esper.common.client.soda.GroupByClauseExpression;
import com.espertech.esper.common.client.soda.GroupByClauseExpressionSingle;
import com.espertech.esper.common.client.soda.OuterJoinQualifier;
import com.espertech.esper.common.client.soda.PatternStream;
import com.espertech.esper.common.client.soda.Stream;
import com.espertech.esper.common.internal.type.OuterJoinType;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/** A whole statement: events of one listed rule, a pattern, or a join of two rules. */
final class StatementCheck {
    private final Inspection inspection;
    private final ExpressionCheck expressions;
    private final StreamCheck streams;
    private final Scope scope = new Scope(null);
    private boolean timers;

    StatementCheck(Inspection inspection) {
        this.inspection = inspection;
        this.expressions = new ExpressionCheck(inspection);
        this.streams = new StreamCheck(inspection, expressions);
    }

    /** True if it may fire when time passes, and not only at an event. */
    boolean hasTimers() {
        return timers;
    }

    void check(EPStatementObjectModel model) {
        Location selectAt = inspection.places().next("select");
        Clauses.check(model, inspection);
        List<Stream> from = model.getFromClause().getStreams();
        SelectCheck select = new SelectCheck(inspection, scope, selectAt);
        if (from.size() == 1 && from.get(0).getClass() == PatternStream.class) {
            pattern((PatternStream) from.get(0), model, select);
        } else if (from.size() == 1 && from.get(0).getClass() == FilterStream.class) {
            single((FilterStream) from.get(0), model, select);
        } else if (from.size() == 2 && from.stream().allMatch(each -> each.getClass() == FilterStream.class)) {
            join(model, select);
        } else {
            refuse(from);
        }
    }

    private void refuse(List<Stream> from) {
        boolean listed = from.stream()
                .allMatch(
                        each -> Set.of(FilterStream.class, PatternStream.class).contains(each.getClass()));
        if (listed && from.size() > 1) {
            inspection.refuse(
                    ProblemCode.EPL_JOIN,
                    "from",
                    "a join takes two listed rules: more of them, or patterns, multiply their rows",
                    "join two, or use a pattern, or a chain of correlations");
        } else {
            inspection.refuse(
                    ProblemCode.EPL_STREAM,
                    "from",
                    "a rule reads the rules it lists: no methods, no databases, no tables",
                    "select from " + String.join(", ", inspection.streams().keySet()));
        }
    }

    private void pattern(PatternStream stream, EPStatementObjectModel model, SelectCheck select) {
        PatternCheck pattern = new PatternCheck(inspection, streams, scope);
        pattern.check(stream.getExpression());
        timers = pattern.hasTimers();
        if (stream.getAnnotations() != null && stream.getAnnotations().length > 0) {
            inspection.refuse(ProblemCode.EPL_ANNOTATION, "@", "an annotation", "remove it");
        }
        if (stream.getViews() != null && !stream.getViews().isEmpty() || stream.isUnidirectional()) {
            inspection.refuse(
                    ProblemCode.EPL_WINDOW,
                    "pattern",
                    "a window over a pattern",
                    "make the pattern a rule of its own, and count its alerts in another correlation");
        }
        select.ofPattern(model.getSelectClause(), pattern.firstTag());
        expressions.check(model.getWhereClause(), ExpressionCheck.Where.FILTER, scope);
        noGroups(model, "a pattern");
    }

    private void single(FilterStream stream, EPStatementObjectModel model, SelectCheck select) {
        name(stream);
        EplStream rule = inspection.streams().get(Scope.bare(stream.getFilter().getEventTypeName()));
        if (rule != null) {
            scope.only(rule);
        }
        streams.rule(stream, scope);
        boolean window = streams.windows(stream, scope);
        if (stream.isUnidirectional()) {
            inspection.refuse(ProblemCode.EPL_CLAUSE, "unidirectional", "there is nothing to join", "remove it");
        }
        select.ofRule(model.getSelectClause());
        boolean groups = model.getGroupByClause() != null || model.getHavingClause() != null;
        if (!window && (groups || select.aggregates())) {
            inspection.refuse(
                    ProblemCode.EPL_NO_WINDOW,
                    stream.getFilter().getEventTypeName(),
                    "without a window all events since the start would be counted",
                    "write " + stream.getFilter().getEventTypeName() + "#time(10 min)");
        }
        expressions.check(model.getWhereClause(), ExpressionCheck.Where.WHERE, scope);
        if (model.getGroupByClause() != null) {
            for (GroupByClauseExpression by : model.getGroupByClause().getGroupByExpressions()) {
                if (by instanceof GroupByClauseExpressionSingle one) {
                    expressions.check(one.getExpression(), ExpressionCheck.Where.FILTER, scope);
                }
            }
        }
        expressions.check(model.getHavingClause(), ExpressionCheck.Where.HAVING, scope);
    }

    private void join(EPStatementObjectModel model, SelectCheck select) {
        List<Stream> from = model.getFromClause().getStreams();
        from.forEach(this::name);
        int alone = 0;
        for (Stream each : from) {
            FilterStream stream = (FilterStream) each;
            Scope own = new Scope(scope);
            EplStream rule =
                    inspection.streams().get(Scope.bare(stream.getFilter().getEventTypeName()));
            if (rule != null) {
                own.only(rule);
            }
            if (stream.isUnidirectional()) {
                alone++;
                streams.rule(stream, own);
                if (streams.windows(stream, own)) {
                    inspection.refuse(
                            ProblemCode.EPL_JOIN, "unidirectional", "a window that nothing reads", "remove the window");
                }
            } else {
                streams.windowed(stream, own, "a join");
            }
        }
        if (alone > 1) {
            inspection.refuse(
                    ProblemCode.EPL_JOIN,
                    "unidirectional",
                    "two events are never there at once",
                    "keep one unidirectional");
        }
        Set<Integer> optional = outer(model);
        select.ofJoin(model.getSelectClause(), from, optional);
        expressions.check(model.getWhereClause(), ExpressionCheck.Where.FILTER, scope);
        noGroups(model, "a join");
    }

    /** Positions of the streams that a row may lack. */
    private Set<Integer> outer(EPStatementObjectModel model) {
        List<OuterJoinQualifier> qualifiers = model.getFromClause().getOuterJoinQualifiers();
        if (qualifiers == null || qualifiers.isEmpty()) {
            return Set.of();
        }
        OuterJoinQualifier qualifier = qualifiers.get(0);
        expressions.check(qualifier.getLeft(), ExpressionCheck.Where.FILTER, scope);
        expressions.check(qualifier.getRight(), ExpressionCheck.Where.FILTER, scope);
        if (qualifier.getAdditionalProperties() != null) {
            qualifier.getAdditionalProperties().forEach(pair -> {
                expressions.check(pair.getLeft(), ExpressionCheck.Where.FILTER, scope);
                expressions.check(pair.getRight(), ExpressionCheck.Where.FILTER, scope);
            });
        }
        if (qualifier.getType() == OuterJoinType.LEFT) {
            return Set.of(1);
        }
        if (qualifier.getType() == OuterJoinType.RIGHT) {
            return Set.of(0);
        }
        if (qualifier.getType() == OuterJoinType.FULL) {
            inspection.refuse(
                    ProblemCode.EPL_JOIN, "full", "a full outer join fires at every event", "use left outer join");
        }
        return Set.of();
    }

    private void name(Stream stream) {
        EplStream rule = inspection
                .streams()
                .get(Scope.bare(((FilterStream) stream).getFilter().getEventTypeName()));
        if (rule != null) {
            String name = stream.getStreamName() == null ? rule.name() : stream.getStreamName();
            if (stream.getStreamName() != null) {
                inspection.alias(name);
            }
            scope.name(name, rule);
        }
    }

    private void noGroups(EPStatementObjectModel model, String what) {
        if (model.getGroupByClause() != null || model.getHavingClause() != null) {
            inspection.refuse(
                    ProblemCode.EPL_AGGREGATION,
                    model.getHavingClause() != null ? "having" : "group",
                    "'group by' and 'having' over " + what + " would have to keep its rows",
                    "make it a rule of its own, and count its alerts in another correlation");
        }
    }
}
