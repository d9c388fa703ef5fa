package jp.hinomi.city.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DueRuleTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Optional<Duration> DAYS = Optional.empty();

    @Test
    void theDayOfAwarenessIsTheFirstAndTheLastIsWhole() {
        DueRule preliminary = new DueRule(DAYS, OptionalInt.of(5), OptionalInt.of(3), Map.of());
        // 23:30 on 1 April in Tokyo, still 1 April there: days 1 to 5 end with 5 April.
        DueRule.Due due = preliminary.due(Instant.parse("2026-04-01T14:30:00Z"), Set.of(), TOKYO);
        assertThat(due.at()).isEqualTo(Instant.parse("2026-04-05T14:59:59Z"));
        assertThat(due.target()).contains(Instant.parse("2026-04-03T14:59:59Z"));
    }

    @Test
    void whatWasMeantGivesMoreTime() {
        DueRule last = new DueRule(DAYS, OptionalInt.of(30), OptionalInt.empty(), Map.of(Circumstance.MALICIOUS, 60));
        Instant aware = Instant.parse("2026-04-01T00:00:00Z");
        assertThat(last.due(aware, Set.of(Circumstance.PERSONAL_DATA), TOKYO).at())
                .isEqualTo(Instant.parse("2026-04-30T14:59:59Z"));
        assertThat(last.due(aware, Set.of(Circumstance.MALICIOUS), TOKYO).at())
                .isEqualTo(Instant.parse("2026-05-30T14:59:59Z"));
    }

    @Test
    void hoursCountToTheSecond() {
        DueRule rule =
                new DueRule(Optional.of(Duration.ofHours(24)), OptionalInt.empty(), OptionalInt.empty(), Map.of());
        assertThat(rule.due(Instant.parse("2026-04-01T01:02:03Z"), Set.of(), TOKYO)
                        .at())
                .isEqualTo(Instant.parse("2026-04-02T01:02:03Z"));
    }

    @Test
    void aTermIsOneThing() {
        assertThatThrownBy(() -> new DueRule(DAYS, OptionalInt.empty(), OptionalInt.empty(), Map.of()))
                .hasMessageContaining("either in days or in hours");
        assertThatThrownBy(() -> new DueRule(DAYS, OptionalInt.of(3), OptionalInt.of(5), Map.of()))
                .hasMessageContaining("target");
    }
}
