package jp.hinomi.alerting.learning;

import jp.hinomi.alerting.triage.Verdict;

/** What a verdict says about the rule that raised the alert. */
public enum Weight {
    /** It showed something that somebody had to look at. */
    WORTHWHILE,
    /** It cost time and showed nothing. */
    WASTED,
    /** It says nothing about the rule: a test, a copy, what others handle, or what could not be found out. */
    NONE;

    public static Weight of(Verdict verdict) {
        return switch (verdict) {
            case TRUE_POSITIVE, SUSPICIOUS, SECURITY_RISK -> WORTHWHILE;
            case FALSE_POSITIVE, BENIGN, DISREGARD -> WASTED;
            case TEST, INSUFFICIENT_DATA, DUPLICATE, MANAGED_EXTERNALLY -> NONE;
        };
    }
}
