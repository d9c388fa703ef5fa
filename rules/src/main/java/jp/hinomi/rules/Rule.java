package jp.hinomi.rules;

/** A Sigma document that can raise alerts. */
public sealed interface Rule permits DetectionRule, CorrelationRule {
    RuleInfo info();
}
