package jp.hinomi.alerting.escalation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.AckMode;
import jp.hinomi.city.Escalation;

/**
 * An escalation as it was when it started; an edit of the city's files never alters a running one. Who the ids of its
 * targets stand for, and how they are reached, is looked up when they are told.
 *
 * @param reackAfter how long an acknowledged alert may be left alone; absent = for ever
 * @param loopMax how often the steps may begin anew
 */
public record Policy(String id, List<Step> steps, Optional<Duration> reackAfter, int loopMax) {
    /** Of an alert that no escalation is entered for, once somebody asked for help or said that it is not theirs. */
    public static final String LAST_RESORT = "~promoter";

    /** @param ackWithin how long its contacts have to answer; absent = nobody comes after them */
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

    public Policy {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reackAfter, "reackAfter");
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("escalation " + id + " has no steps");
        }
    }

    /** One that is gone through once. */
    public Policy(String id, List<Step> steps) {
        this(id, steps, Optional.empty(), 0);
    }

    public static Policy snapshot(Escalation escalation) {
        return new Policy(
                escalation.id(),
                escalation.steps().stream()
                        .map(step -> new Step(step.targets(), step.ack(), step.ackWithin()))
                        .toList(),
                escalation.reackAfter(),
                escalation.loopMax());
    }
}
