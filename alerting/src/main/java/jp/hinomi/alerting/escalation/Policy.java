package jp.hinomi.alerting.escalation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.Escalation;

/** An escalation as it was when it started; an edit of the city's files never alters a running one. */
public record Policy(String id, List<Step> steps) {
    /** @param ackWithin how long the contact has to answer; absent = nobody comes after it */
    public record Step(String contact, Optional<Duration> ackWithin) {
        public Step {
            Objects.requireNonNull(contact, "contact");
            Objects.requireNonNull(ackWithin, "ackWithin");
        }
    }

    public Policy {
        Objects.requireNonNull(id, "id");
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("escalation " + id + " has no steps");
        }
    }

    public static Policy snapshot(Escalation escalation) {
        return new Policy(
                escalation.id(),
                escalation.steps().stream()
                        .map(step -> new Step(step.contact(), step.ackWithin()))
                        .toList());
    }
}
