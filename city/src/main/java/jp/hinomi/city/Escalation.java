package jp.hinomi.city;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Who is told next when nobody answers: an entry of {@code escalations.yaml}. */
public record Escalation(String id, List<Step> steps) {
    public Escalation {
        Objects.requireNonNull(id, "id");
        steps = List.copyOf(steps);
    }

    /**
     * @param contact id of the contact that is told, or of the schedule whose contacts on duty are: {@link City#onDuty}
     * @param ackWithin how long it has to acknowledge before the next step; absent on a last step
     */
    public record Step(String contact, Optional<Duration> ackWithin) {
        public Step {
            Objects.requireNonNull(contact, "contact");
        }
    }
}
