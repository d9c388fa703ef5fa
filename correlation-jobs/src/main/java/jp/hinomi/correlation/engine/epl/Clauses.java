package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.GroupByClauseExpression;
import com.espertech.esper.common.client.soda.GroupByClauseExpressionSingle;
import com.espertech.esper.common.client.soda.StreamSelector;
import jp.hinomi.rules.ProblemCode;

/** The clauses of a statement or subquery: select, from, where, group by and having, and nothing else. */
final class Clauses {
    private Clauses() {}

    static void check(EPStatementObjectModel model, Inspection inspection) {
        notASelect(model.getCreateVariable(), "create", inspection);
        notASelect(model.getCreateTable(), "create", inspection);
        notASelect(model.getCreateWindow(), "create", inspection);
        notASelect(model.getCreateIndex(), "create", inspection);
        notASelect(model.getCreateSchema(), "create", inspection);
        notASelect(model.getCreateContext(), "create", inspection);
        notASelect(model.getCreateDataFlow(), "create", inspection);
        notASelect(model.getCreateExpression(), "create", inspection);
        notASelect(model.getCreateClass(), "create", inspection);
        notASelect(model.getOnExpr(), "on", inspection);
        notASelect(model.getUpdateClause(), "update", inspection);
        notASelect(model.getFireAndForgetClause(), "delete", inspection);
        notASelect(model.getInsertInto(), "insert", inspection);
        notASelect(model.getIntoTableClause(), "into", inspection);
        code(model.getClassProvidedExpressions(), "inlined_class", inspection);
        code(model.getScriptExpressions(), "expression", inspection);
        code(model.getExpressionDeclarations(), "expression", inspection);
        if (model.getAnnotations() != null && !model.getAnnotations().isEmpty()) {
            inspection.refuse(ProblemCode.EPL_ANNOTATION, "@", "an annotation", "remove it");
        }
        if (model.getOutputLimitClause() != null) {
            inspection.refuse(
                    ProblemCode.EPL_OUTPUT_LIMIT,
                    "output",
                    "'output' gives rows at a rate of its own, which no restart could continue",
                    "remove it; 'suppress' of the rule decides how often it alerts");
        }
        clause(
                model.getContextName(),
                "context",
                "contexts are the engine's: it makes one group after the other",
                "name the fields in 'group-by'",
                inspection);
        clause(model.getMatchRecognizeClause(), "match_recognize", "it cannot be rebuilt", "use a pattern", inspection);
        clause(model.getOrderByClause(), "order", "all rows at one time are one alert", "remove it", inspection);
        clause(model.getRowLimitClause(), "limit", "all rows at one time are one alert", "remove it", inspection);
        clause(model.getForClause(), "for", "all rows at one time are one alert", "remove it", inspection);
        if (model.getTreeObjectName() != null) {
            inspection.refuse(
                    ProblemCode.EPL_CLAUSE, inspection.places().start(), "a named statement", "remove the name");
        }
        select(model, inspection);
    }

    private static void select(EPStatementObjectModel model, Inspection inspection) {
        if (model.getSelectClause() == null || model.getFromClause() == null) {
            notASelect(model, "select", inspection);
            throw new Refused();
        }
        if (model.getSelectClause().isDistinct()) {
            inspection.refuse(
                    ProblemCode.EPL_CLAUSE, "distinct", "all rows at one time are one alert", "remove 'distinct'");
        }
        if (model.getSelectClause().getStreamSelector() != StreamSelector.ISTREAM_ONLY) {
            String word =
                    model.getSelectClause().getStreamSelector() == StreamSelector.RSTREAM_ONLY ? "rstream" : "irstream";
            inspection.refuse(
                    ProblemCode.EPL_CLAUSE,
                    word,
                    "an alert fires when something happens, not when it is forgotten",
                    "remove '" + word + "'; for what does not happen, write a -> (timer:interval(5 min) and not b)");
        }
        if (model.getGroupByClause() == null) {
            return;
        }
        for (GroupByClauseExpression expression : model.getGroupByClause().getGroupByExpressions()) {
            if (expression.getClass() != GroupByClauseExpressionSingle.class) {
                inspection.refuse(
                        ProblemCode.EPL_CLAUSE,
                        "by",
                        "'group by' takes plain fields",
                        "write one rule for each grouping");
            }
        }
    }

    private static void notASelect(Object part, String word, Inspection inspection) {
        if (part != null) {
            inspection.refuse(
                    ProblemCode.EPL_NOT_A_SELECT,
                    word,
                    "a rule selects from the listed rules, and does nothing else",
                    "write: select … from …; to pass results on, let another correlation name this rule");
        }
    }

    private static void code(java.util.List<?> parts, String word, Inspection inspection) {
        if (parts != null && !parts.isEmpty()) {
            inspection.refuse(
                    ProblemCode.EPL_CODE, word, "rules carry no code", "write the condition in the statement");
        }
    }

    private static void clause(Object part, String word, String why, String remedy, Inspection inspection) {
        if (part != null) {
            inspection.refuse(ProblemCode.EPL_CLAUSE, word, "'" + word + "' is not allowed: " + why, remedy);
        }
    }
}
