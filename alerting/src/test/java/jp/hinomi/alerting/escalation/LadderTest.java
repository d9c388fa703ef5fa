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
    private static final List<Policy.Step> STEPS = List.of(
            new Policy.Step("noc", Optional.of(Duration.ofMinutes(15))),
            new Policy.Step("csirt", Optional.of(Duration.ofMinutes(30))),
            new Policy.Step("ciso", Optional.empty()));
    private static final Policy POLICY = new Policy("standard", STEPS);

    private static Ladder up(Ladder ladder) {
        return ((Ladder.Next.Tell) ladder.next()).ladder();
    }

    @Test
    void climbsStepByStepAndEndsAfterTheLast() {
        Ladder first = Ladder.start(POLICY);
        assertThat(first.current().targets()).containsExactly("noc");
        assertThat(first.answerBy(NOW)).contains(NOW.plusSeconds(900));

        Ladder second = up(first);
        assertThat(second.current().targets()).containsExactly("csirt");
        assertThat(second.answerBy(NOW)).contains(NOW.plusSeconds(1800));

        Ladder third = up(second);
        assertThat(third.answerBy(NOW)).isEmpty();
        assertThat(third.next()).isEqualTo(new Ladder.Next.Exhausted());
    }

    @Test
    void beginsAnewAsOftenAsItMay() {
        Policy twice = new Policy("twice", STEPS.subList(0, 2), Optional.of(Duration.ofHours(4)), 1);
        Ladder again = up(up(Ladder.start(twice)));
        assertThat(again).isEqualTo(new Ladder(twice, 1, 0));
        assertThat(up(again).next()).isEqualTo(new Ladder.Next.Exhausted());

        assertThat(Ladder.start(twice).askAgainAt(NOW)).contains(NOW.plusSeconds(4 * 3600));
        assertThat(again.askAgainAt(NOW)).isEmpty();
        assertThat(Ladder.start(POLICY).askAgainAt(NOW)).isEmpty();
    }

    @Test
    void aStepThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> new Ladder(POLICY, 0, 3)).hasMessageContaining("no step 3");
        assertThatThrownBy(() -> new Policy("empty", List.of())).hasMessageContaining("no steps");
    }
}
