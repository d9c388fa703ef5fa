package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;

/** Decides how a correlation runs, or why it cannot. */
final class Forms {
    /** State per group is bounded by the threshold, so the threshold has to be bounded. */
    private static final double MAX_THRESHOLD = 100_000;

    /** Steps are the bits of a long. */
    private static final int MAX_RULES = 62;

    /** A year and what it may be late. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final Set<Operator> AT_END = EnumSet.of(Operator.LT, Operator.LTE, Operator.NEQ);

    private Forms() {}

    static Optional<Form> of(CorrelationRule rule, Consumer<Problem> problems) {
        List<Criterion> criteria =
                rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of());
        if (rule.rules().size() > MAX_RULES) {
            return refuse(rule, problems, "it lists more than " + MAX_RULES + " rules", "split it into a chain");
        }
        if (rule.timespan().compareTo(LONGEST) > 0) {
            return refuse(rule, problems, "its timespan is longer than 400 days", "use a shorter one");
        }
        if (criteria.stream().anyMatch(criterion -> !(Math.abs(criterion.value()) <= MAX_THRESHOLD))) {
            return refuse(rule, problems, "its threshold is beyond " + (long) MAX_THRESHOLD, "use a lower one");
        }
        boolean atEnd = criteria.stream().anyMatch(criterion -> AT_END.contains(criterion.operator()));
        return switch (rule.type()) {
            case EVENT_COUNT ->
                criteria.isEmpty()
                        ? refuse(rule, problems, "it has no condition", "add one, such as 'gte: 5'")
                        : Optional.of(atEnd ? new Form.CountAtEnd(criteria) : new Form.Count(criteria));
            case TEMPORAL ->
                atEnd
                        ? refuse(rule, problems, "temporal with lt, lte or neq is not supported yet", "use gte")
                        : Optional.of(new Form.Steps(
                                rule.rules().size(),
                                criteria.isEmpty()
                                        ? List.of(new Criterion(
                                                Operator.GTE, rule.rules().size()))
                                        : criteria));
            case TEMPORAL_ORDERED ->
                criteria.isEmpty()
                        ? Optional.of(new Form.Ordered(rule.rules().size()))
                        : refuse(
                                rule,
                                problems,
                                "temporal_ordered with a condition is not supported yet",
                                "remove the condition: all listed rules must follow each other");
            case VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE ->
                refuse(
                        rule,
                        problems,
                        "the type " + rule.type().word() + " is not supported yet",
                        "use event_count, temporal or temporal_ordered");
        };
    }

    private static Optional<Form> refuse(CorrelationRule rule, Consumer<Problem> problems, String why, String remedy) {
        problems.accept(Problem.error(
                rule.info().at(),
                "correlation-unsupported",
                "the correlation '" + rule.info().name() + "' cannot run: " + why,
                remedy));
        return Optional.empty();
    }
}
