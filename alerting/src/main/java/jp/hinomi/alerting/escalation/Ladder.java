package jp.hinomi.alerting.escalation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a running escalation stands, and where it goes when nobody has answered. Steps and loops count from 0.
 *
 * @param loop how often the steps have begun anew
 */
public record Ladder(Policy policy, int loop, int step) {
    public Ladder {
        Objects.requireNonNull(policy, "policy");
        if (step < 0 || step >= policy.steps().size()) {
            throw new IllegalArgumentException("escalation " + policy.id() + " has no step " + step);
        }
        if (loop < 0) {
            throw new IllegalArgumentException("escalation " + policy.id() + " in loop " + loop);
        }
    }

    public static Ladder start(Policy policy) {
        return new Ladder(policy, 0, 0);
    }

    /** What happens when the time for an answer is over. */
    public sealed interface Next {
        /** The targets of that step are told. */
        record Tell(Ladder ladder) implements Next {}

        /** Nobody is left to tell. */
        record Exhausted() implements Next {}
    }

    public Next next() {
        if (step + 1 < policy.steps().size()) {
            return new Next.Tell(new Ladder(policy, loop, step + 1));
        }
        return again().<Next>map(Next.Tell::new).orElseGet(Next.Exhausted::new);
    }

    /** From the first step, if it may begin anew once more. */
    public Optional<Ladder> again() {
        return loop < policy.loopMax() ? Optional.of(new Ladder(policy, loop + 1, 0)) : Optional.empty();
    }

    public Policy.Step current() {
        return policy.steps().get(step);
    }

    /** When who was told at {@code now} must have answered; absent = they have all the time there is. */
    public Optional<Instant> answerBy(Instant now) {
        return current().ackWithin().map(now::plus);
    }

    /** When an alert that was acknowledged at {@code now} is asked about again; absent = never. */
    public Optional<Instant> askAgainAt(Instant now) {
        return again().flatMap(any -> policy.reackAfter()).map(now::plus);
    }
}
