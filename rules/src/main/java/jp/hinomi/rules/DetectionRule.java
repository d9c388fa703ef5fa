package jp.hinomi.rules;

import java.util.Objects;

/** A rule over single events. Its parsed detection belongs to the matcher and is added by the rules module. */
public record DetectionRule(RuleInfo info, Logsource logsource) implements Rule {
    public DetectionRule {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(logsource, "logsource");
    }
}
