package jp.hinomi.alerting.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.schedule.HandOver;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.city.schedule.WeeklyHours;
import org.junit.jupiter.api.Test;

class DueHandOversTest {
    private static final Instant CHANGE = Instant.parse("2026-07-01T12:00:00Z");

    /** Changes at 09:00 and 21:00 in Tokyo. */
    private static Schedule schedule(Optional<Duration> notice) {
        return new Schedule(
                "s",
                Map.of(),
                ZoneId.of("Asia/Tokyo"),
                List.of(new Rotation(
                        "turns",
                        List.of(List.of("ann", "desk"), List.of("ben", "desk")),
                        Optional.of(Shift.parse("12h")),
                        LocalTime.of(9, 0),
                        Optional.of(LocalDate.of(2026, 6, 1)),
                        Optional.empty(),
                        WeeklyHours.ALWAYS,
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                notice,
                Map.of());
    }

    private static List<Instant> due(Duration notice, Instant now) {
        return DueHandOvers.of(schedule(Optional.of(notice)), now).stream()
                .map(HandOver::at)
                .toList();
    }

    @Test
    void isDueFromItsNoticeUntilItIsStale() {
        Duration notice = Duration.ofMinutes(30);
        Instant from = CHANGE.minus(notice);
        assertThat(due(notice, from.minusNanos(1))).isEmpty();
        assertThat(due(notice, from)).containsExactly(CHANGE);
        assertThat(due(notice, CHANGE)).containsExactly(CHANGE);
        assertThat(due(notice, CHANGE.plus(DueHandOvers.STALE).minusNanos(1))).containsExactly(CHANGE);
        assertThat(due(notice, CHANGE.plus(DueHandOvers.STALE))).isEmpty();
        assertThat(DueHandOvers.of(schedule(Optional.empty()), CHANGE)).isEmpty();
    }

    @Test
    void whoStaysIsNotTold() {
        HandOver handOver =
                DueHandOvers.of(schedule(Optional.of(Duration.ZERO)), CHANGE).get(0);
        assertThat(DueHandOvers.changes(handOver))
                .hasSize(2)
                .noneMatch(change -> change.contact().equals("desk"))
                .extracting(DueHandOvers.Change::comes)
                .containsExactly(false, true);
    }
}
