package jp.hinomi.alerting.escalation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Where a running escalation stands, and where it goes when nobody has answered. Steps count from 0. */
public record Ladder(Policy policy, int step) {
    public Ladder {
        Objects.requireNonNull(policy, "policy");
        if (step < 0 || step >= policy.steps().size()) {
            throw new IllegalArgumentException("escalation " + policy.id() + " has no step " + step);
        }
    }

    public static Ladder start(Policy policy) {
        return new Ladder(policy, 0);
    }

    /** What happens when the time for an answer is over. */
    public sealed interface Next {
        /** The next contact is told. */
        record Tell(Ladder ladder, String contact) implements Next {}

        /** Nobody is left to tell. */
        record Exhausted() implements Next {}
    }

    public Next next() {
        if (step + 1 >= policy.steps().size()) {
            return new Next.Exhausted();
        }
        Ladder up = new Ladder(policy, step + 1);
        return new Next.Tell(up, up.contact());
    }

    public String contact() {
        return policy.steps().get(step).contact();
    }

    /** When the contact of this step, told at {@code now}, must have answered; absent = it has all the time there is. */
    public Optional<Instant> answerBy(Instant now) {
        return policy.steps().get(step).ackWithin().map(now::plus);
    }
}
