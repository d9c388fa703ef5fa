package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;

/** How a correlation is evaluated, with its numbers. */
public sealed interface Form {
    /** Every match fires: a detection whose alerts are suppressed. */
    record Every() implements Form {}

    /** Distinct matches in the window, judged at each match. */
    record Count(List<Criterion> criteria) implements Form {
        public Count {
            criteria = List.copyOf(criteria);
        }

        /** How many of the newest distinct matches decide: more never change the judgement. */
        int keep() {
            return Math.max(1, (int) Math.min(Integer.MAX_VALUE, highest(criteria)));
        }
    }

    /** Distinct matches of a window that opens at a match, judged when it is over. */
    record CountAtEnd(List<Criterion> criteria) implements Form {
        public CountAtEnd {
            criteria = List.copyOf(criteria);
        }

        int keep() {
            return (int) Math.min(Integer.MAX_VALUE, highest(criteria) + 1);
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

    /** The text that carries the criteria through EPL: {@code gte:5,lt:9}. */
    static String write(List<Criterion> criteria) {
        List<String> words = new ArrayList<>();
        criteria.forEach(criterion ->
                words.add(criterion.operator().name().toLowerCase(java.util.Locale.ROOT) + ":" + criterion.value()));
        return String.join(",", words);
    }

    static List<Criterion> readCriteria(String text) {
        List<Criterion> criteria = new ArrayList<>();
        for (String word : text.split(",")) {
            int colon = word.indexOf(':');
            criteria.add(new Criterion(
                    Operator.valueOf(word.substring(0, colon).toUpperCase(java.util.Locale.ROOT)),
                    Double.parseDouble(word.substring(colon + 1))));
        }
        return criteria;
    }

    static boolean hold(List<Criterion> criteria, double measured) {
        return criteria.stream().allMatch(criterion -> criterion.holds(measured));
    }

    /** The smallest count from which on no larger one changes any criterion. */
    private static long highest(List<Criterion> criteria) {
        long highest = 1;
        for (Criterion criterion : criteria) {
            long enough = criterion.operator() == Operator.GTE
                    ? (long) Math.ceil(criterion.value())
                    : (long) Math.floor(criterion.value()) + 1;
            highest = Math.max(highest, enough);
        }
        return highest;
    }
}
