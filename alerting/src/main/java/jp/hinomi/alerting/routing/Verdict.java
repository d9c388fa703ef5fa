package jp.hinomi.alerting.routing;

import java.time.LocalDate;
import java.util.Locale;
import jp.hinomi.city.Responsibility;
import jp.hinomi.events.Severity;

/** What became of one responsibility when an alert was routed. */
public enum Verdict {
    /** Its stakeholder is told. */
    APPLIES,
    /** Its first day is after the alert's. */
    NOT_YET_VALID,
    /** Its last day was before the alert's. */
    EXPIRED,
    /** The alert is less severe than it asks for. */
    BELOW_SEVERITY,
    /** Its resource only saw what happened to others; those others are told. */
    ONLY_OBSERVED,
    /** The alert is about a rule that is being tried out, or about the rules themselves: their authors are told. */
    FOR_AUTHORS;

    /** Validity comes first: what does not hold that day is not asked about severity. */
    static Verdict of(Responsibility responsibility, LocalDate day, Severity severity) {
        if (responsibility.validFrom().filter(day::isBefore).isPresent()) {
            return NOT_YET_VALID;
        }
        if (responsibility.validTo().filter(day::isAfter).isPresent()) {
            return EXPIRED;
        }
        if (responsibility
                .severityMin()
                .filter(min -> severity.compareTo(min) < 0)
                .isPresent()) {
            return BELOW_SEVERITY;
        }
        return APPLIES;
    }

    /** The word in stored decisions: {@code below-severity}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
