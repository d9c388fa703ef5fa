package jp.hinomi.alerting.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Policy POLICY = new Policy(
            "standard",
            List.of(
                    new Policy.Step("noc", Optional.of(Duration.ofMinutes(15))),
                    new Policy.Step("csirt", Optional.of(Duration.ofMinutes(30))),
                    new Policy.Step("ciso", Optional.empty())));

    @Test
    void climbsStepByStepAndEndsAfterTheLast() {
        Ladder first = Ladder.start(POLICY);
        assertThat(first.contact()).isEqualTo("noc");
        assertThat(first.answerBy(NOW)).contains(NOW.plusSeconds(900));

        Ladder.Next.Tell second = (Ladder.Next.Tell) first.next();
        assertThat(second.contact()).isEqualTo("csirt");
        assertThat(second.ladder().answerBy(NOW)).contains(NOW.plusSeconds(1800));

        Ladder.Next.Tell third = (Ladder.Next.Tell) second.ladder().next();
        assertThat(third.contact()).isEqualTo("ciso");
        assertThat(third.ladder().answerBy(NOW)).isEmpty();
        assertThat(third.ladder().next()).isEqualTo(new Ladder.Next.Exhausted());
    }

    @Test
    void aStepThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> new Ladder(POLICY, 3)).hasMessageContaining("no step 3");
        assertThatThrownBy(() -> new Policy("empty", List.of())).hasMessageContaining("no steps");
    }
}
