package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.events.Alert;
import jp.hinomi.rules.CorrelationRule.Criterion;

/**
 * How a correlation runs and what it costs, for people.
 *
 * @param type and condition, in Sigma's words: {@code event_count >= 20}
 * @param judgedAtTime true if it is judged when a window is over, false if at each match
 * @param epl the EPL that Esper runs; none for what is judged at a time, which a timer of the operator does
 * @param key fields of each listed rule that make the group, in order of {@code rules}; no fields: one group for all
 * @param horizon how far back a match can matter
 * @param warmUp how long after the rule was added its answers can be incomplete
 * @param matches how many matches a group keeps at most
 * @param numbers how many bare numbers of 16 bytes a group keeps at most
 * @param evidence how many log events the open alert of a group keeps at most
 */
public record Explanation(
        Correlation correlation,
        String type,
        boolean judgedAtTime,
        Optional<String> epl,
        List<Key> key,
        Duration horizon,
        Duration warmUp,
        Duration suppress,
        long matches,
        long numbers,
        long evidence) {

    /** @param fields as they are named in matches of the rule */
    public record Key(String rule, List<String> fields) {
        public Key {
            fields = List.copyOf(fields);
        }
    }

    public Explanation {
        key = List.copyOf(key);
    }

    public static Explanation of(Correlation correlation) {
        Form form = correlation.form();
        long timespan = correlation.timespan();
        List<Key> keys = new ArrayList<>();
        for (int step = 0; step < correlation.listed().size(); step++) {
            keys.add(new Key(correlation.listed().get(step), correlation.groupFields(step)));
        }
        return new Explanation(
                correlation,
                type(form),
                form.isTimed(),
                epl(correlation),
                keys,
                Duration.ofMillis(horizon(form, timespan)),
                Duration.ofMillis(warmUp(form, timespan)),
                Duration.ofMillis(correlation.suppress()),
                matches(form),
                numbers(form),
                Alert.MAX_EVIDENCE);
    }

    private static Optional<String> epl(Correlation correlation) {
        if (correlation.form() instanceof Form.Epl written) {
            return Optional.of(written.program().source());
        }
        return correlation.form().isTimed() ? Optional.empty() : Optional.of(Epl.of(correlation));
    }

    private static String type(Form form) {
        if (form instanceof Form.Count count) {
            return word(count.quantity()) + criteria(count.criteria());
        }
        if (form instanceof Form.Calculated calculated) {
            return word(calculated.quantity()) + criteria(calculated.criteria());
        }
        if (form instanceof Form.AtEnd atEnd) {
            return word(atEnd.quantity()) + criteria(atEnd.criteria());
        }
        if (form instanceof Form.Steps steps) {
            return word(Quantity.RULES) + criteria(steps.criteria());
        }
        if (form instanceof Form.Ordered) {
            return "temporal_ordered";
        }
        if (form instanceof Form.Absent) {
            return "absence";
        }
        if (form instanceof Form.NewValue) {
            return "new_value";
        }
        if (form instanceof Form.Epl) {
            return "epl";
        }
        return form instanceof Form.RateChange change ? "rate_change" + criteria(change.criteria()) : "suppress";
    }

    private static String word(Quantity quantity) {
        return switch (quantity) {
            case EVENTS -> "event_count";
            case VALUES -> "value_count";
            case RULES -> "temporal";
            case SUM -> "value_sum";
            case AVERAGE -> "value_avg";
            case MEDIAN -> "value_median";
            case PERCENTILE -> "value_percentile";
        };
    }

    private static String criteria(List<Criterion> criteria) {
        return criteria.stream()
                .map(criterion -> switch (criterion.operator()) {
                            case GT -> " > ";
                            case GTE -> " >= ";
                            case LT -> " < ";
                            case LTE -> " <= ";
                            case EQ -> " = ";
                            case NEQ -> " != ";
                        }
                        + (criterion.value() == Math.rint(criterion.value())
                                ? Long.toString((long) criterion.value())
                                : Double.toString(criterion.value())))
                .collect(Collectors.joining(" and"));
    }

    private static long horizon(Form form, long timespan) {
        return form instanceof Form.RateChange change ? timespan * (change.intervals() + 1) : timespan;
    }

    private static long warmUp(Form form, long timespan) {
        if (form instanceof Form.Every) {
            return 0;
        }
        if (form instanceof Form.NewValue newValue) {
            return newValue.learning();
        }
        // The first interval is not seen whole.
        return form instanceof Form.RateChange change ? timespan * (change.intervals() + 2) : timespan;
    }

    private static long matches(Form form) {
        if (form instanceof Form.Every) {
            return 0;
        }
        if (form instanceof Form.Count count) {
            return count.keep();
        }
        if (form instanceof Form.AtEnd atEnd && atEnd.quantity() == Quantity.RULES) {
            return Correlation.MOST_LISTED;
        }
        if (form instanceof Form.AtEnd atEnd && !atEnd.quantity().isOfNumbers()) {
            return Math.max(atEnd.keep(), Alert.MAX_EVIDENCE);
        }
        if (form instanceof Form.Ordered ordered) {
            // Of each step the chain that leads to it.
            return ordered.steps() * (ordered.steps() - 1L) / 2;
        }
        if (form instanceof Form.Steps steps) {
            return steps.steps();
        }
        if (form instanceof Form.Absent) {
            return 1;
        }
        if (form instanceof Form.Epl) {
            return LastTimespan.BUDGET;
        }
        return form instanceof Form.NewValue ? NewValues.MOST : Alert.MAX_EVIDENCE;
    }

    private static long numbers(Form form) {
        if (form instanceof Form.RateChange change) {
            return change.intervals();
        }
        boolean ofNumbers = form instanceof Form.Calculated
                || (form instanceof Form.AtEnd atEnd && atEnd.quantity().isOfNumbers());
        return ofNumbers ? Numbers.MOST : 0;
    }
}
