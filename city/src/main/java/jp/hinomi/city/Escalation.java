package jp.hinomi.city;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is told next when nobody answers: an entry of {@code escalations.yaml}.
 *
 * @param reackAfter how long an acknowledged alert may be left alone before the first step is told again; absent = for ever
 * @param loopMax how often the steps may begin anew, because the last did not answer or because of {@code reackAfter}
 */
public record Escalation(String id, List<Step> steps, Optional<Duration> reackAfter, int loopMax) {
    public Escalation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reackAfter, "reackAfter");
        steps = List.copyOf(steps);
        if (loopMax < 0) {
            throw new IllegalArgumentException("escalation " + id + " begins anew " + loopMax + " times");
        }
    }

    /** One that is gone through once. */
    public Escalation(String id, List<Step> steps) {
        this(id, steps, Optional.empty(), 0);
    }

    /**
     * @param targets ids of the contacts that are told and of the schedules whose contacts on duty are ({@link City#onDuty}), at least one
     * @param ackWithin how long they have to acknowledge before the next step; absent on a last step
     */
    public record Step(List<String> targets, AckMode ack, Optional<Duration> ackWithin) {
        public Step {
            targets = List.copyOf(targets);
            Objects.requireNonNull(ack, "ack");
            Objects.requireNonNull(ackWithin, "ackWithin");
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("a step tells nobody");
            }
        }

        /** A step that tells one. */
        public Step(String target, Optional<Duration> ackWithin) {
            this(List.of(target), AckMode.ANY, ackWithin);
        }
    }
}
