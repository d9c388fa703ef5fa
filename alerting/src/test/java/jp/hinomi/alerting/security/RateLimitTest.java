package jp.hinomi.alerting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private static int taken(RateLimit limit, String who, Instant at, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limit.take(who, at).isEmpty() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aMinutesWorthGoesAtOnceAndTheRestEvenly() {
        RateLimit limit = new RateLimit(60);
        assertThat(taken(limit, "a", NOW, 200)).isEqualTo(60);
        assertThat(limit.take("a", NOW)).contains(Duration.ofSeconds(1));
        assertThat(limit.wait("b", NOW)).as("others are not held up").isEmpty();
        assertThat(taken(limit, "a", NOW.plusSeconds(10), 200)).isEqualTo(10);
        assertThat(taken(limit, "a", NOW.plusSeconds(500), 200))
                .as("nothing is saved up")
                .isEqualTo(60);
    }

    @Test
    void askingWhetherItIsOverTakesNothing() {
        RateLimit limit = new RateLimit(2);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.wait("a", NOW)).isEmpty();
        }
        assertThat(taken(limit, "a", NOW, 9)).isEqualTo(2);
        assertThat(limit.wait("a", NOW)).contains(Duration.ofSeconds(30));
    }

    @Test
    void aClockThatIsSetBackShutsNobodyOut() {
        RateLimit limit = new RateLimit(60);
        taken(limit, "a", NOW, 60);
        assertThat(taken(limit, "a", NOW.minus(Duration.ofDays(1)), 200)).isEqualTo(60);
    }

    @Test
    void manyAddressesTakeNoMoreMemory() {
        RateLimit limit = new RateLimit(1);
        taken(limit, "busy", NOW, 1);
        for (int i = 0; i < 3 * RateLimit.MOST; i++) {
            limit.take("of a flood " + i, NOW);
            if (i % 1000 == 0) {
                assertThat(limit.take("busy", NOW))
                        .as("who goes on asking is remembered")
                        .isPresent();
            }
        }
        assertThat(limit.remembered()).isEqualTo(RateLimit.MOST);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(taken(new RateLimit(0), "a", NOW, 100_000)).isEqualTo(100_000);
    }
}
