package jp.hinomi.rules;

/** A Sigma document that can raise alerts. */
public sealed interface Rule permits DetectionRule, CorrelationRule {
    RuleInfo info();

    /** The same rule with other things said about it. */
    Rule withInfo(RuleInfo changed);
}
