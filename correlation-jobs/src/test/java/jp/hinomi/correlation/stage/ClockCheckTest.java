package jp.hinomi.correlation.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jp.hinomi.correlation.stage.ClockCheck.Verdict;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
    private static final long APPEND = 1_800_000_000_000L;
    private final ClockCheck check = new ClockCheck(Duration.ofHours(1), Duration.ofSeconds(10));

    @Test
    void theEdgesAreTrusted() {
        assertThat(check.check(APPEND, APPEND)).isInstanceOf(Verdict.Trusted.class);
        assertThat(check.check(APPEND - 3_600_000, APPEND)).isInstanceOf(Verdict.Trusted.class);
        assertThat(check.check(APPEND + 10_000, APPEND)).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void beyondThemTheOffsetIsNamed() {
        assertThat(check.check(APPEND - 3_600_001, APPEND)).isEqualTo(new Verdict.Suspect(-3_600_001));
        assertThat(check.check(APPEND + 10_001, APPEND)).isEqualTo(new Verdict.Suspect(10_001));
    }

    @Test
    void noTimeIsTooStrange() {
        assertThat(check.check(Long.MAX_VALUE, -5)).isEqualTo(new Verdict.Suspect(Long.MAX_VALUE));
        assertThat(check.check(Long.MIN_VALUE, 5)).isEqualTo(new Verdict.Suspect(Long.MIN_VALUE));
    }
}
