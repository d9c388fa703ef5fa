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
     * @param field whose values are counted or summed; absent for counts of events
     */
    public record Condition(List<Criterion> criteria, Optional<String> field, Optional<Double> percentile) {
        public Condition {
            criteria = List.copyOf(criteria);
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
        LTE
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
}
