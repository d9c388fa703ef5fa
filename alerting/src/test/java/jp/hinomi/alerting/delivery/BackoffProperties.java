package jp.hinomi.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffProperties {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    @Property
    void pausesGrowToTheLongestAndAreShortenedByHalfAtMost(
            @ForAll @IntRange(min = 1, max = 10_000) int attempts,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        Duration pause = BACKOFF.pause(attempts, chance);
        double full = Math.min(300_000.0, 2000.0 * Math.pow(2, attempts - 1));
        assertThat((double) pause.toMillis()).isBetween(full / 2 - 1, full);
    }

    @Property
    void neverTriesAfterTheDeadlineAndGivesUpOnlyThen(
            @ForAll @IntRange(min = 1, max = 100) int attempts,
            @ForAll @LongRange(min = -600, max = 600) long secondsLeft) {
        Instant deadline = NOW.plusSeconds(secondsLeft);
        Backoff.Next next = BACKOFF.next(attempts, NOW, deadline, Optional.empty(), 0.5);
        if (secondsLeft <= 0) {
            assertThat(next).isInstanceOf(Backoff.Next.GiveUp.class);
        } else {
            Instant at = ((Backoff.Next.TryAt) next).at();
            assertThat(at).isAfter(NOW).isBeforeOrEqualTo(deadline);
        }
    }

    @Example
    void waitsAsLongAsTheOtherSideAsks() {
        Backoff.Next next = BACKOFF.next(1, NOW, NOW.plusSeconds(3600), Optional.of(Duration.ofSeconds(120)), 0);
        assertThat(next).isEqualTo(new Backoff.Next.TryAt(NOW.plusSeconds(120)));
    }
}
