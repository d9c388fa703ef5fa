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
 * @param condition present for all types but {@code temporal} and {@code temporal_ordered}, which without one want every
 *     listed rule
 */
public record CorrelationRule(
        RuleInfo info,
        Type type,
        List<String> rules,
        List<String> groupBy,
        Map<String, Map<String, String>> aliases,
        Duration timespan,
        Optional<Condition> condition)
        implements Rule {

    /** Correlation types that this release runs; others are refused by name. */
    public enum Type {
        EVENT_COUNT,
        VALUE_COUNT,
        VALUE_SUM,
        VALUE_AVG,
        VALUE_MEDIAN,
        VALUE_PERCENTILE,
        TEMPORAL,
        TEMPORAL_ORDERED;

        /** The word in rules: {@code event_count}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * All criteria must hold together.
     *
     * @param criteria at least one
     * @param fields whose values are counted or summed; empty for counts of events; several only for {@code value_count},
     *     which then counts distinct tuples
     * @param percentile rank in percent, for {@code value_percentile} only
     */
    public record Condition(List<Criterion> criteria, List<String> fields, Optional<Double> percentile) {
        public Condition {
            criteria = List.copyOf(criteria);
            fields = List.copyOf(fields);
            Objects.requireNonNull(percentile, "percentile");
            if (criteria.isEmpty()) {
                throw new IllegalArgumentException("a condition without a criterion");
            }
        }

        /** The one field whose values are counted or summed, if there is exactly one. */
        public Optional<String> field() {
            return fields.size() == 1 ? Optional.of(fields.get(0)) : Optional.empty();
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
        if (timespan.isNegative() || timespan.isZero()) {
            throw new IllegalArgumentException("the timespan of " + info.name() + " is not longer than zero");
        }
    }

    @Override
    public CorrelationRule withInfo(RuleInfo changed) {
        return new CorrelationRule(changed, type, rules, groupBy, aliases, timespan, condition);
    }
}
