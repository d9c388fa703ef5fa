package jp.hinomi.alerting.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.report.Stage;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final Instant TARGET = Instant.parse("2026-04-04T00:00:00Z");
    private static final Instant DUE = Instant.parse("2026-04-06T00:00:00Z");

    private static Deadline deadline(Instant met) {
        return new Deadline(
                "INC-2026-0001",
                "f",
                Map.of(),
                "r",
                Map.of(),
                Stage.INITIAL,
                Map.of(),
                Optional.of(TARGET),
                DUE,
                Optional.ofNullable(met));
    }

    @Test
    void remindersComeADayBeforeTheTargetADayBeforeTheTermAndAfterIt() {
        Deadline open = deadline(null);
        assertThat(open.reminder(TARGET.minus(Duration.ofHours(25)))).isEmpty();
        assertThat(open.reminder(TARGET.minus(Duration.ofHours(24)))).contains(Deadline.Reminder.TARGET);
        assertThat(open.reminder(DUE.minus(Duration.ofHours(24)))).contains(Deadline.Reminder.DUE);
        assertThat(open.reminder(DUE.minusMillis(1))).contains(Deadline.Reminder.DUE);
        assertThat(open.reminder(DUE)).contains(Deadline.Reminder.OVERDUE);
        assertThat(deadline(DUE).reminder(DUE.plusSeconds(1))).isEmpty();
    }

    @Test
    void theStateSaysWhetherItCameInTime() {
        assertThat(deadline(null).state(TARGET.minus(Duration.ofDays(2)))).isEqualTo(Deadline.State.OPEN);
        assertThat(deadline(null).state(TARGET)).isEqualTo(Deadline.State.SOON);
        assertThat(deadline(null).state(DUE)).isEqualTo(Deadline.State.OVERDUE);
        assertThat(deadline(DUE).state(DUE.plusSeconds(9))).isEqualTo(Deadline.State.MET);
        assertThat(deadline(DUE.plusSeconds(1)).state(DUE.plusSeconds(9))).isEqualTo(Deadline.State.MET_LATE);
    }
}
