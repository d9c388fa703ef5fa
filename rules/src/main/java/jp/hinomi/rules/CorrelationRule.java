package jp.hinomi.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A rule over the matches of other rules (Sigma correlation rules specification, and section "What a correlation means" of
 * our design, which closes what Sigma leaves open).
 *
 * @param rules names of the rules whose matches it takes, in the order written; resolved, so each is a key of the rule set
 * @param groupBy fields or aliases, in the order written; empty = one group
 * @param aliases alias → rule name → field
 * @param timespan more than zero
 * @param condition present for all types but {@code absence}, {@code new_value} and {@code epl}, and {@code temporal} and {@code
 *     temporal_ordered}, which without one want every listed rule
 * @param fields whose values are counted, summed or new, all of them together; empty for types that take none
 * @param learning of {@code new_value} only: how long after its first match a group only learns; more than zero
 * @param baseline of {@code rate_change} only
 * @param epl of {@code epl} only: read and checked by the engine that runs it
 */
public record CorrelationRule(
        RuleInfo info,
        Type type,
        List<String> rules,
        List<String> groupBy,
        Map<String, Map<String, String>> aliases,
        Duration timespan,
        Optional<Condition> condition,
        List<String> fields,
        Optional<Duration> learning,
        Optional<Baseline> baseline,
        Optional<EplText> epl)
        implements Rule {

    /** Correlation types: those of Sigma, then our own. */
    public enum Type {
        EVENT_COUNT,
        VALUE_COUNT,
        VALUE_SUM,
        VALUE_AVG,
        VALUE_MEDIAN,
        VALUE_PERCENTILE,
        TEMPORAL,
        TEMPORAL_ORDERED,
        /** The second listed rule does not follow the first. */
        ABSENCE,
        /** A value that was not there within the timespan before. */
        NEW_VALUE,
        /** Matches come at another rate than before. */
        RATE_CHANGE,
        /** A statement in EPL over the listed rules. */
        EPL;

        /** True if Sigma does not have it. */
        public boolean isExtension() {
            return this == ABSENCE || this == NEW_VALUE || this == RATE_CHANGE || this == EPL;
        }

        /** True if it takes the values of a field. */
        public boolean takesField() {
            return switch (this) {
                case VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE, NEW_VALUE -> true;
                default -> false;
            };
        }

        /** True if it takes numbers only, and ignores other values. */
        public boolean takesNumbers() {
            return takesField() && this != VALUE_COUNT && this != NEW_VALUE;
        }

        /** The word in rules: {@code event_count}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * All criteria must hold together.
     *
     * @param criteria at least one
     * @param percentile rank in percent, for {@code value_percentile} only
     */
    public record Condition(List<Criterion> criteria, Optional<Double> percentile) {
        public Condition {
            criteria = List.copyOf(criteria);
            Objects.requireNonNull(percentile, "percentile");
            if (criteria.isEmpty()) {
                throw new IllegalArgumentException("a condition without a criterion");
            }
        }
    }

    /**
     * What a rate is compared with.
     *
     * @param intervals how many timespans before the judged one make the average; at least one
     * @param atLeast rates are compared only if the judged one or the average has that many matches
     */
    public record Baseline(int intervals, long atLeast) {
        public Baseline {
            if (intervals < 1) {
                throw new IllegalArgumentException("a baseline of " + intervals + " intervals");
            }
        }
    }

    public record Criterion(Operator operator, double value) {
        public boolean holds(double measured) {
            return switch (operator) {
                case GT -> measured > value;
                case GTE -> measured >= value;
                case EQ -> measured == value;
                case NEQ -> measured != value;
                case LT -> measured < value;
                case LTE -> measured <= value;
            };
        }
    }

    public enum Operator {
        GT,
        GTE,
        EQ,
        NEQ,
        LT,
        LTE;

        /** The word in rules: {@code gte}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public CorrelationRule {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(type, "type");
        rules = List.copyOf(rules);
        groupBy = List.copyOf(groupBy);
        aliases = Map.copyOf(aliases);
        fields = List.copyOf(fields);
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(learning, "learning");
        Objects.requireNonNull(baseline, "baseline");
        if (epl.isPresent() != (type == Type.EPL)) {
            throw new IllegalArgumentException(info.name() + " is of type " + type.word() + " and has the EPL " + epl);
        }
        if (fields.isEmpty() == type.takesField()) {
            throw new IllegalArgumentException(
                    info.name() + " is of type " + type.word() + " and has the fields " + fields);
        }
        if (timespan.isNegative() || timespan.isZero()) {
            throw new IllegalArgumentException("the timespan of " + info.name() + " is not longer than zero");
        }
    }

    @Override
    public CorrelationRule withInfo(RuleInfo changed) {
        return new CorrelationRule(
                changed, type, rules, groupBy, aliases, timespan, condition, fields, learning, baseline, epl);
    }
}
