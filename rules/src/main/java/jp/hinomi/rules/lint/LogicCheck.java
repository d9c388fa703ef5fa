package jp.hinomi.rules.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.read.DetectionOutline;

/** Conditions that can never hold or always do, and search identifiers that cannot hold or change nothing. */
final class LogicCheck implements Check {
    private static final Expression ALWAYS = new Expression.All(List.of());
    private static final Expression NEVER = new Expression.Not(ALWAYS);

    /** Each identifier is tried away and the whole looked at again. */
    private static final int MOST_IDENTIFIERS = 40;

    /** Of all searches in one document: some hundredths of a second. */
    private static final int MOST_STEPS = 10_000;

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        document.outline().ifPresent(outline -> look(outline, findings));
    }

    private static void look(DetectionOutline outline, Findings findings) {
        Satisfiability.Budget budget = new Satisfiability.Budget(MOST_STEPS);
        boolean possible = true;
        for (DetectionOutline.Identifier identifier : outline.identifiers().values()) {
            Optional<String> why = Satisfiability.contradiction(identifier.expression(), budget);
            if (why.isPresent()) {
                possible = false;
                findings.add(
                        ProblemCode.IMPOSSIBLE_SELECTION,
                        identifier.at(),
                        "'" + identifier.name() + "' can never hold: " + why.get(),
                        "join what excludes each other with 'or': as values of one list, or as two search identifiers");
            }
        }
        Expression condition = outline.condition();
        Optional<String> why = Satisfiability.contradiction(condition, budget);
        if (why.isPresent()) {
            if (possible) {
                findings.add(
                        ProblemCode.IMPOSSIBLE_CONDITION,
                        outline.conditionAt(),
                        "no event can meet the condition: " + why.get(),
                        "check 'and', 'or' and 'not', and the values that contradict each other");
            }
        } else if (Satisfiability.contradiction(new Expression.Not(condition), budget)
                .isPresent()) {
            findings.add(
                    ProblemCode.ALWAYS_TRUE,
                    outline.conditionAt(),
                    "every event of the log source meets the condition",
                    "check 'or' and 'not': a rule that says something about all events says nothing");
        } else if (possible && outline.identifiers().size() <= MOST_IDENTIFIERS) {
            outline.identifiers()
                    .values()
                    .forEach(identifier -> effect(outline, condition, identifier, budget, findings));
        }
    }

    private static void effect(
            DetectionOutline outline,
            Expression condition,
            DetectionOutline.Identifier identifier,
            Satisfiability.Budget budget,
            Findings findings) {
        if (budget.isSpent() || !isUsed(condition, identifier.expression())) {
            return;
        }
        boolean never = isSame(condition, outline.conditionWith(Map.of(identifier.name(), NEVER)), budget);
        if (never || isSame(condition, outline.conditionWith(Map.of(identifier.name(), ALWAYS)), budget)) {
            findings.add(
                    ProblemCode.WITHOUT_EFFECT,
                    identifier.at(),
                    "the condition means the same " + (never ? "without '" : "whether '") + identifier.name()
                            + (never ? "': what it says is said by others, or excluded by them" : "' holds or not"),
                    "remove it, or correct its values: it was meant to change something");
        }
    }

    private static boolean isSame(Expression a, Expression b, Satisfiability.Budget budget) {
        return Satisfiability.implies(a, b, budget) && Satisfiability.implies(b, a, budget);
    }

    /** Whether the very part stands in the condition; what does not is reported by the reader. */
    private static boolean isUsed(Expression whole, Expression part) {
        if (whole == part) {
            return true;
        }
        if (whole instanceof Expression.Not not) {
            return isUsed(not.of(), part);
        }
        if (whole instanceof Expression.All all) {
            return all.of().stream().anyMatch(each -> isUsed(each, part));
        }
        return whole instanceof Expression.AtLeast some && some.of().stream().anyMatch(each -> isUsed(each, part));
    }
}
