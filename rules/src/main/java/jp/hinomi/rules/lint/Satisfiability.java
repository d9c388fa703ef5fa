package jp.hinomi.rules.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.lint.FieldFacts.Fact;

/**
 * Whether some event satisfies an expression. Tries alternatives one after the other and keeps what is then asked of each
 * field; where that contradicts itself, goes back. Gives up after a bounded number of steps, and then supposes that there is
 * one. Used once.
 */
final class Satisfiability {
    private static final int MOST_STEPS = 2_000;

    /** Comparing so many pairs of tests takes about as long as a step without. */
    private static final int PAIRS_OF_A_STEP = 20;

    /** Every goal is a call inside the one before. */
    private static final int DEEPEST = 600;

    private final Map<EventField, List<Fact>> facts = new HashMap<>();
    private int steps;
    private int depth;
    private String reason = "";

    private final Budget budget;

    /** Steps that several searches may take together, so that one document takes no longer than others. Not thread-safe. */
    static final class Budget {
        private int left;

        Budget(int steps) {
            left = steps;
        }

        boolean isSpent() {
            return left <= 0;
        }
    }

    private Satisfiability(Budget budget) {
        this.budget = budget;
    }

    /** Why no event satisfies it, in words; empty if one may. */
    static Optional<String> contradiction(Expression expression, Budget budget) {
        Satisfiability search = new Satisfiability(budget);
        return search.holds(new Goal(expression, true, null)) ? Optional.empty() : Optional.of(search.reason);
    }

    /** Whether every event that satisfies {@code a} satisfies {@code b}. */
    static boolean implies(Expression a, Expression b, Budget budget) {
        return contradiction(new Expression.All(List.of(a, new Expression.Not(b))), budget)
                .isPresent();
    }

    /** What is still to be satisfied: an expression, or its opposite, and then the rest. */
    private record Goal(Expression expression, boolean wanted, Goal next) {}

    private boolean holds(Goal goal) {
        if (goal == null || ++steps > MOST_STEPS || --budget.left < 0 || depth >= DEEPEST) {
            return true;
        }
        depth++;
        boolean holds = pursue(goal);
        depth--;
        return holds;
    }

    private boolean pursue(Goal goal) {
        Expression expression = goal.expression();
        if (expression instanceof Expression.Not not) {
            return holds(new Goal(not.of(), !goal.wanted(), goal.next()));
        }
        if (expression instanceof Expression.Test test) {
            return assume(new Fact(test.predicate(), goal.wanted()), goal.next());
        }
        List<Expression> parts =
                expression instanceof Expression.All all ? all.of() : ((Expression.AtLeast) expression).of();
        int needed = expression instanceof Expression.All ? parts.size() : ((Expression.AtLeast) expression).count();
        return goal.wanted()
                ? atLeast(needed, parts, 0, true, goal.next())
                : atLeast(parts.size() - needed + 1, parts, 0, false, goal.next());
    }

    /** At least so many of the parts from {@code from} on are as wanted. */
    private boolean atLeast(int needed, List<Expression> parts, int from, boolean wanted, Goal next) {
        if (needed <= 0) {
            return holds(next);
        }
        int left = parts.size() - from;
        if (needed > left) {
            return false;
        }
        if (needed == left) {
            return holds(allOf(parts, from, wanted, next));
        }
        if (needed == 1) {
            for (int i = from; i < parts.size(); i++) {
                if (holds(new Goal(parts.get(i), wanted, next))) {
                    return true;
                }
            }
            return false;
        }
        return atLeast(needed - 1, parts, from + 1, wanted, new Goal(parts.get(from), wanted, next))
                || atLeast(needed, parts, from + 1, wanted, next);
    }

    /** Choices last: what is certain narrows them down. */
    private static Goal allOf(List<Expression> parts, int from, boolean wanted, Goal next) {
        Goal goal = next;
        for (int i = parts.size() - 1; i >= from; i--) {
            if (isChoice(parts.get(i), wanted)) {
                goal = new Goal(parts.get(i), wanted, goal);
            }
        }
        for (int i = parts.size() - 1; i >= from; i--) {
            if (!isChoice(parts.get(i), wanted)) {
                goal = new Goal(parts.get(i), wanted, goal);
            }
        }
        return goal;
    }

    private static boolean isChoice(Expression expression, boolean wanted) {
        if (expression instanceof Expression.Not not) {
            return isChoice(not.of(), !wanted);
        }
        if (expression instanceof Expression.All all) {
            return !wanted && all.of().size() > 1;
        }
        return expression instanceof Expression.AtLeast some
                && (wanted ? some.count() < some.of().size() : some.count() > 1);
    }

    private boolean assume(Fact fact, Goal next) {
        List<Fact> known = facts.computeIfAbsent(fact.predicate().field(), any -> new ArrayList<>());
        if (known.stream().anyMatch(each -> each.predicate() == fact.predicate() && each.holds() == fact.holds())) {
            return holds(next);
        }
        known.add(fact);
        boolean holds = fits(known) && holds(next);
        known.remove(known.size() - 1);
        return holds;
    }

    private boolean fits(List<Fact> known) {
        FieldFacts asked = new FieldFacts(known.get(0).predicate().field(), known);
        budget.left -= (int) (asked.pairs() / PAIRS_OF_A_STEP);
        Optional<String> conflict = asked.conflict();
        conflict.ifPresent(why -> reason = why);
        return conflict.isEmpty();
    }
}
