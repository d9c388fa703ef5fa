package jp.hinomi.alerting.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;

/** When a failed message is tried again: pauses double up to a longest one, each shortened by chance by up to half. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** What happens after a failure. */
    public sealed interface Next {
        record TryAt(Instant at) implements Next {}

        record GiveUp(Bilingual reason) implements Next {}
    }

    /**
     * @param attempts made so far, at least 1
     * @param askedFor the pause that the receiver asked for; it is respected if it is longer
     * @param chance in [0, 1): spreads the retries of many messages that failed together
     */
    public Next next(int attempts, Instant now, Instant deadline, Optional<Duration> askedFor, double chance) {
        Duration pause = pause(attempts, chance);
        if (askedFor.isPresent() && askedFor.get().compareTo(pause) > 0) {
            pause = askedFor.get();
        }
        Instant at = now.plus(pause);
        if (!now.isBefore(deadline)) {
            return new Next.GiveUp(new Bilingual(
                    "期限（" + deadline + "）までに" + attempts + "回試行しましたが届きませんでした。",
                    "Not delivered in " + attempts + " attempts until the deadline " + deadline + "."));
        }
        // One last attempt is made at the deadline itself.
        return new Next.TryAt(at.isAfter(deadline) ? deadline : at);
    }

    Duration pause(int attempts, double chance) {
        // 2^40 of any pause exceeds every deadline; the bound keeps the shift defined.
        int doublings = Math.min(attempts - 1, 40);
        double millis = Math.min((double) longest.toMillis(), (double) first.toMillis() * (1L << doublings));
        return Duration.ofMillis((long) (millis * (1 - chance / 2)));
    }
}
