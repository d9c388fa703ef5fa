package jp.hinomi.correlation.engine;

import java.util.List;
import jp.hinomi.correlation.engine.epl.EplProgram;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;

/** How a correlation is evaluated, with its numbers. Times are in milliseconds. */
public sealed interface Form {
    /** Every match fires: a detection whose alerts are suppressed. */
    record Every() implements Form {}

    /**
     * Distinct matches or values in the window, judged at each match.
     *
     * @param quantity {@link Quantity#EVENTS} or {@link Quantity#VALUES}
     * @param keep how many of the newest are kept; at least as many as decide
     */
    record Count(Quantity quantity, List<Criterion> criteria, int keep) implements Form {
        public Count {
            criteria = List.copyOf(criteria);
        }
    }

    /**
     * A quantity of the numbers in the window, judged at each match.
     *
     * @param percentile rank in percent; only percentiles read it
     */
    record Calculated(Quantity quantity, double percentile, List<Criterion> criteria) implements Form {
        public Calculated {
            criteria = List.copyOf(criteria);
        }
    }

    /** A quantity of a window that opens at a match, judged when it is over. */
    record AtEnd(Quantity quantity, double percentile, List<Criterion> criteria) implements Form {
        public AtEnd {
            criteria = List.copyOf(criteria);
        }

        /** How many distinct matches or values are kept: as many as decide. */
        int keep() {
            return Form.deciding(criteria) + 1;
        }
    }

    /** A match of each listed rule, in that order. */
    record Ordered(int steps) implements Form {}

    /** Matches of different listed rules in the window, judged at each match. */
    record Steps(int steps, List<Criterion> criteria) implements Form {
        public Steps {
            criteria = List.copyOf(criteria);
        }
    }

    /** The second listed rule does not follow the first within the timespan. */
    record Absent() implements Form {}

    /** A value that was not there within the timespan. @param learning how long a group only learns */
    record NewValue(long learning) implements Form {}

    /**
     * The number of matches in an interval against the average of those before.
     *
     * @param intervals how many before
     * @param atLeast compared only if the one or the other is so large
     */
    record RateChange(List<Criterion> criteria, int intervals, long atLeast) implements Form {
        public RateChange {
            criteria = List.copyOf(criteria);
        }
    }

    /** A statement of the rule's own. */
    record Epl(EplProgram program) implements Form {}

    /** True if it is judged at a time, and not at a match. */
    default boolean isTimed() {
        return this instanceof AtEnd || this instanceof Absent || this instanceof RateChange;
    }

    /** True if what it rests on may be older than what was counted last, as the parts of sequences are. */
    default boolean reachesBack() {
        return this instanceof Ordered || this instanceof Epl;
    }

    /** True if its alerts count every match, so that one that comes late is only counted as well. */
    default boolean countsAll() {
        return this instanceof Every
                || this instanceof Calculated
                || (this instanceof Count count && count.quantity() == Quantity.EVENTS);
    }

    static boolean hold(List<Criterion> criteria, double measured) {
        for (Criterion criterion : criteria) {
            if (!criterion.holds(measured)) {
                return false;
            }
        }
        return true;
    }

    /** The smallest count, at least one, from which on no larger one changes any criterion. */
    static int deciding(List<Criterion> criteria) {
        long highest = 1;
        for (Criterion criterion : criteria) {
            long enough = criterion.operator() == Operator.GTE
                    ? (long) Math.ceil(criterion.value())
                    : (long) Math.floor(criterion.value()) + 1;
            highest = Math.max(highest, enough);
        }
        return (int) Math.min(Integer.MAX_VALUE - 1, highest);
    }
}
