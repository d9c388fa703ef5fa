package jp.hinomi.city;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Severity;

/**
 * Who answers for what: an entry of {@code responsibilities.yaml}.
 *
 * @param severityMin alerts below it do not concern this stakeholder
 * @param escalation id of the escalation that starts when this stakeholder is told
 * @param validFrom first day, in the city's zone; absent = always has been
 * @param validTo last day, inclusive; absent = until further notice
 * @param basis the contract clause it comes from
 */
public record Responsibility(
        String resource,
        String stakeholder,
        Duty duty,
        Optional<Severity> severityMin,
        Optional<String> escalation,
        Optional<LocalDate> validFrom,
        Optional<LocalDate> validTo,
        Optional<LocalDate> reviewDue,
        Optional<String> basis) {
    public Responsibility {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(duty, "duty");
    }

    /** Whether there is a day on which both are valid. */
    public boolean sharesADayWith(Responsibility other) {
        return !endsBefore(other) && !other.endsBefore(this);
    }

    private boolean endsBefore(Responsibility other) {
        return validTo.isPresent()
                && other.validFrom.isPresent()
                && validTo.get().isBefore(other.validFrom.get());
    }

    public boolean isValidOn(LocalDate day) {
        return validFrom.map(from -> !day.isBefore(from)).orElse(true)
                && validTo.map(to -> !day.isAfter(to)).orElse(true);
    }
}
