package jp.hinomi.city;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.events.Severity;

/**
 * Who answers for what: an entry of {@code responsibilities.yaml}.
 *
 * @param severityMin alerts below it do not concern this stakeholder
 * @param escalation id of the escalation that starts when this stakeholder is told
 * @param validFrom first day, in the city's zone; absent = always has been
 * @param validTo last day, inclusive; absent = until further notice
 * @param basis the contract clause it comes from
 * @param told id of the contact or schedule that is told for this; absent = the first step of the escalation, else the
 *     stakeholder's first contact with a channel. Never beside an escalation, whose steps say whom.
 * @param under id of the stakeholder under whose responsibility for the same resource this one lies: the provider of the
 *     infrastructure under the vendor of the city OS. Where it cannot be told, that one is.
 * @param scope what of the resource it is about, by language; may be empty
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
        Optional<String> basis,
        Optional<String> told,
        Optional<String> under,
        Map<String, String> scope) {
    public Responsibility {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(duty, "duty");
        scope = Collections.unmodifiableMap(new TreeMap<>(scope));
        if (told.isPresent() && escalation.isPresent()) {
            throw new IllegalArgumentException("whom to tell stands twice: notify and escalation");
        }
        if (under.equals(Optional.of(stakeholder))) {
            throw new IllegalArgumentException("nobody is under themselves: " + stakeholder);
        }
    }

    /** One that lies under nobody's, and leaves open whom of the stakeholder to tell. */
    public Responsibility(
            String resource,
            String stakeholder,
            Duty duty,
            Optional<Severity> severityMin,
            Optional<String> escalation,
            Optional<LocalDate> validFrom,
            Optional<LocalDate> validTo,
            Optional<LocalDate> reviewDue,
            Optional<String> basis) {
        this(
                resource,
                stakeholder,
                duty,
                severityMin,
                escalation,
                validFrom,
                validTo,
                reviewDue,
                basis,
                Optional.empty(),
                Optional.empty(),
                Map.of());
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
