package jp.hinomi.rules;

import java.util.List;
import java.util.Objects;
import jp.hinomi.rules.detection.Expression;

/**
 * A rule over single events.
 *
 * @param condition what must hold for an event
 * @param filters what is excepted from that, in the order they were read
 */
public record DetectionRule(RuleInfo info, Logsource logsource, Expression condition, List<RuleFilter> filters)
        implements Rule {
    public DetectionRule {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(logsource, "logsource");
        Objects.requireNonNull(condition, "condition");
        filters = List.copyOf(filters);
    }

    /** Without filters. */
    public DetectionRule(RuleInfo info, Logsource logsource, Expression condition) {
        this(info, logsource, condition, List.of());
    }

    @Override
    public DetectionRule withInfo(RuleInfo changed) {
        return new DetectionRule(changed, logsource, condition, filters);
    }
}
