package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;

/**
 * Conditions as jumps: each instruction asks for one predicate and names where to go on if it holds and if not. So a
 * condition stops at the first predicate that settles it, and {@code not} costs nothing. Immutable once built.
 */
final class Program {
    static final int TRUE = -1;
    static final int FALSE = -2;

    private final int[] predicate;
    private final int[] ifTrue;
    private final int[] ifFalse;

    private Program(Builder builder) {
        predicate = builder.code.stream().mapToInt(each -> each[0]).toArray();
        ifTrue = builder.code.stream().mapToInt(each -> each[1]).toArray();
        ifFalse = builder.code.stream().mapToInt(each -> each[2]).toArray();
    }

    /** Runs from an entry that {@link Builder#add} gave. */
    boolean holds(int entry, Matching matching) {
        int at = entry;
        while (at >= 0) {
            at = matching.holds(predicate[at]) ? ifTrue[at] : ifFalse[at];
        }
        return at == TRUE;
    }

    /** Appends conditions, last instruction first. */
    static final class Builder {
        private final List<int[]> code = new ArrayList<>();
        private final Map<Predicate, Integer> numbers;
        private final ToDoubleFunction<Expression> cost;

        /**
         * @param numbers of all predicates
         * @param cost what evaluating an expression takes; cheaper parts are asked first
         */
        Builder(Map<Predicate, Integer> numbers, ToDoubleFunction<Expression> cost) {
            this.numbers = numbers;
            this.cost = cost;
        }

        int add(Expression condition) {
            return compile(condition, TRUE, FALSE);
        }

        Program build() {
            return new Program(this);
        }

        private int compile(Expression expression, int yes, int no) {
            if (expression instanceof Expression.Test test) {
                code.add(new int[] {numbers.get(test.predicate()), yes, no});
                return code.size() - 1;
            }
            if (expression instanceof Expression.Not not) {
                return compile(not.of(), no, yes);
            }
            if (expression instanceof Expression.All all) {
                int entry = yes;
                for (Expression part : dearestFirst(all.of())) {
                    entry = compile(part, entry, no);
                }
                return entry;
            }
            Expression.AtLeast atLeast = (Expression.AtLeast) expression;
            List<Expression> parts = dearestFirst(atLeast.of());
            if (atLeast.count() == 1) {
                int entry = no;
                for (Expression part : parts) {
                    entry = compile(part, yes, entry);
                }
                return entry;
            }
            return counting(parts, atLeast.count(), yes, no);
        }

        /** One row of instructions for every number of parts that are still missing. */
        private int counting(List<Expression> parts, int count, int yes, int no) {
            int[] entry = new int[count + 1];
            java.util.Arrays.fill(entry, no);
            entry[0] = yes;
            for (Expression part : parts) {
                int[] before = new int[count + 1];
                before[0] = yes;
                for (int missing = 1; missing <= count; missing++) {
                    before[missing] = entry[missing] == entry[missing - 1]
                            ? entry[missing]
                            : compile(part, entry[missing - 1], entry[missing]);
                }
                entry = before;
            }
            return entry[count];
        }

        private List<Expression> dearestFirst(List<Expression> parts) {
            return parts.stream()
                    .sorted(Comparator.comparingDouble(cost).reversed())
                    .toList();
        }
    }
}
