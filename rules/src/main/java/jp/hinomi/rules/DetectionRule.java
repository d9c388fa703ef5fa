package jp.hinomi.rules;

import java.util.Objects;
import jp.hinomi.rules.detection.Expression;

/**
 * A rule over single events.
 *
 * @param condition what must hold for an event, with the filters that apply to the rule already in it
 */
public record DetectionRule(RuleInfo info, Logsource logsource, Expression condition) implements Rule {
    public DetectionRule {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(logsource, "logsource");
        Objects.requireNonNull(condition, "condition");
    }

    @Override
    public DetectionRule withInfo(RuleInfo changed) {
        return new DetectionRule(changed, logsource, condition);
    }
}
