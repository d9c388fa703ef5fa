package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.correlation.engine.epl.EplChecker;
import jp.hinomi.correlation.engine.epl.EplStream;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleSet;

/** Decides how a correlation runs, or why it cannot. */
final class Forms {
    /** State per group is bounded by the threshold, so the threshold has to be bounded. */
    private static final double MAX_THRESHOLD = 100_000;

    /** How much of a window is kept for alerts that open while it still holds what an earlier one rests on. */
    private static final int SHOWN_AGAIN = 1_000;

    private static final double MEDIAN = 50;

    /** A year and what it may be late. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final Set<Operator> AT_END = EnumSet.of(Operator.LT, Operator.LTE, Operator.NEQ);

    private Forms() {}

    /** @param rules among which the listed ones are */
    static Optional<Form> of(CorrelationRule rule, RuleSet rules, Consumer<Problem> problems) {
        List<Criterion> criteria =
                rule.condition().map(CorrelationRule.Condition::criteria).orElse(List.of());
        if (rule.rules().size() > Correlation.MOST_LISTED) {
            return refuse(
                    rule,
                    problems,
                    "it lists more than " + Correlation.MOST_LISTED + " rules",
                    "split it into a chain");
        }
        if (rule.timespan().compareTo(LONGEST) > 0) {
            return refuse(rule, problems, "its timespan is longer than 400 days", "use a shorter one");
        }
        boolean counts = rule.type() == Type.EVENT_COUNT || rule.type() == Type.VALUE_COUNT;
        if (counts && criteria.stream().anyMatch(criterion -> criterion.value() > MAX_THRESHOLD)) {
            return refuse(
                    rule,
                    problems,
                    "it counts beyond " + (long) MAX_THRESHOLD + ", and all of them would have to be kept",
                    "count to less, or count alerts of a correlation that counts to less");
        }
        if (counts && criteria.isEmpty()) {
            return refuse(rule, problems, "it has no condition", "add one, such as 'gte: 5'");
        }
        return rule.type() == Type.EPL ? epl(rule, rules, problems) : Optional.of(form(rule, criteria));
    }

    private static Optional<Form> epl(CorrelationRule rule, RuleSet rules, Consumer<Problem> problems) {
        List<EplStream> streams = rule.rules().stream()
                .map(name -> rules.byName().get(name) instanceof CorrelationRule
                        ? EplStream.ofCorrelation(name, rule.groupBy())
                        : EplStream.ofDetection(name))
                .toList();
        EplChecker.Result checked = EplChecker.check(rule.epl().orElseThrow(), streams, rule.timespan());
        checked.problems().forEach(problems);
        return checked.program().map(Form.Epl::new);
    }

    private static Form form(CorrelationRule rule, List<Criterion> criteria) {
        boolean atEnd = criteria.stream().anyMatch(criterion -> AT_END.contains(criterion.operator()));
        int rules = rule.rules().size();
        return switch (rule.type()) {
            case TEMPORAL_ORDERED -> new Form.Ordered(rules);
            case TEMPORAL -> {
                List<Criterion> wanted = criteria.isEmpty() ? List.of(new Criterion(Operator.GTE, rules)) : criteria;
                yield atEnd ? new Form.AtEnd(Quantity.RULES, 0, wanted) : new Form.Steps(rules, wanted);
            }
            case EVENT_COUNT, VALUE_COUNT -> {
                Quantity quantity = rule.type() == Type.EVENT_COUNT ? Quantity.EVENTS : Quantity.VALUES;
                yield atEnd
                        ? new Form.AtEnd(quantity, 0, criteria)
                        : new Form.Count(quantity, criteria, keep(rule, criteria));
            }
            case VALUE_SUM, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE -> {
                double percentile = rule.condition()
                        .flatMap(CorrelationRule.Condition::percentile)
                        .orElse(MEDIAN);
                yield atEnd
                        ? new Form.AtEnd(quantity(rule.type()), percentile, criteria)
                        : new Form.Calculated(quantity(rule.type()), percentile, criteria);
            }
            case EPL -> throw new IllegalArgumentException("a statement is checked, not derived");
            case ABSENCE -> new Form.Absent();
            case NEW_VALUE -> new Form.NewValue(rule.learning().orElseThrow().toMillis());
            case RATE_CHANGE ->
                new Form.RateChange(
                        criteria,
                        rule.baseline().orElseThrow().intervals(),
                        rule.baseline().orElseThrow().atLeast());
        };
    }

    private static Quantity quantity(Type type) {
        return switch (type) {
            case VALUE_SUM -> Quantity.SUM;
            case VALUE_AVG -> Quantity.AVERAGE;
            case VALUE_MEDIAN -> Quantity.MEDIAN;
            case VALUE_PERCENTILE -> Quantity.PERCENTILE;
            default -> throw new IllegalArgumentException(type + " is not calculated from numbers");
        };
    }

    /**
     * A window that has more than decide has fired already, so an alert that opens never rests on more, unless alerts close
     * before the window does: then what a new one rests on is kept too, up to a bound.
     */
    private static int keep(CorrelationRule rule, List<Criterion> criteria) {
        int deciding = Form.deciding(criteria);
        boolean opensAgainWithin = rule.info()
                .suppress()
                .filter(suppress -> suppress.compareTo(rule.timespan()) < 0)
                .isPresent();
        return opensAgainWithin ? Math.max(deciding, SHOWN_AGAIN) : deciding;
    }

    private static Optional<Form> refuse(CorrelationRule rule, Consumer<Problem> problems, String why, String remedy) {
        problems.accept(ProblemCode.CORRELATION_UNSUPPORTED.error(
                rule.info().at(), "the correlation '" + rule.info().name() + "' cannot run: " + why, remedy));
        return Optional.empty();
    }
}
