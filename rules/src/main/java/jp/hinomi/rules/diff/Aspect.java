package jp.hinomi.rules.diff;

import java.util.Locale;

/** What may differ between two versions of a rule. */
public enum Aspect {
    NAME(true),
    /** Detection or correlation. */
    KIND(true),
    LOGSOURCE(true),
    /** A field and its values. */
    DETECTION(true),
    /** How the selections are joined. */
    CONDITION(true),
    /** What is excepted from the matches. */
    EXCEPTION(true),
    TYPE(true),
    RULES(true),
    GROUP_BY(true),
    ALIASES(true),
    TIMESPAN(true),
    /** The threshold of a correlation. */
    CRITERION(true),
    FIELD(true),
    LEARNING(true),
    BASELINE(true),
    EPL(true),
    SUPPRESS(true),
    /** Whether it alerts by itself, or only feeds correlations. */
    ALERTS(true),
    LEVEL(true),
    STATUS(true),
    /** Sources without which it sees nothing. */
    SOURCES(true),
    TAGS(false),
    /** Titles, descriptions, first steps and other things that are only read. */
    TEXT(false);

    private final boolean changesAlerts;

    Aspect(boolean changesAlerts) {
        this.changesAlerts = changesAlerts;
    }

    /** True if other alerts, or alerts to others, may come of it; false if they only read otherwise. */
    public boolean changesAlerts() {
        return changesAlerts;
    }

    /** True if it decides which events the rule holds for, so that correlations that refer to it see others. */
    boolean changesMatches() {
        return switch (this) {
            case KIND, LOGSOURCE, DETECTION, CONDITION, EXCEPTION, TYPE, RULES, GROUP_BY, ALIASES, TIMESPAN -> true;
            case CRITERION, FIELD, LEARNING, BASELINE, EPL -> true;
            case NAME, SUPPRESS, ALERTS, LEVEL, STATUS, SOURCES, TAGS, TEXT -> false;
        };
    }

    /** The word in JSON: {@code group-by}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
