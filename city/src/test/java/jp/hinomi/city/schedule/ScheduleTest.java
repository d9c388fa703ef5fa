package jp.hinomi.city.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schedules by hand. */
class ScheduleTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final HolidayCalendar MAY_DAY =
            new HolidayCalendar("uk", Map.of(LocalDate.of(2026, 5, 4), "Early May bank holiday"));

    private static final Rotation OFFICE = new Rotation(
            "office",
            List.of(List.of("desk")),
            Optional.empty(),
            LocalTime.MIDNIGHT,
            Optional.empty(),
            Optional.empty(),
            WeeklyHours.parse("Mon-Fri 09:00-17:00"),
            OnHolidays.OFF);

    private static final Rotation WEEKLY = new Rotation(
            "weekly",
            List.of(List.of("ann"), List.of("ben", "cho")),
            Optional.of(Shift.parse("1w")),
            LocalTime.of(9, 0),
            Optional.of(LocalDate.of(2026, 3, 23)),
            Optional.empty(),
            WeeklyHours.ALWAYS,
            OnHolidays.WORK);

    @Test
    void theFirstRotationThatHasSomebodyDecides() {
        Schedule schedule = schedule(List.of());
        OnDuty office = schedule.onDuty(london("2026-05-01T10:00"));
        assertThat(office.people()).containsExactly(new OnDuty.Person("desk", new OnDuty.Because.Turn("office")));
        assertThat(office.until()).contains(london("2026-05-01T17:00"));

        OnDuty night = schedule.onDuty(london("2026-05-01T17:00"));
        assertThat(night.contacts()).containsExactly("ben", "cho");
        // On the bank holiday the office stays closed, and the week goes to Ann at nine.
        assertThat(night.until()).contains(london("2026-05-04T09:00"));
        assertThat(schedule.contacts(london("2026-05-04T10:00"))).containsExactly("ann");
    }

    @Test
    void aHandOverStaysAtNineWhenTheClockChanges() {
        Schedule schedule = schedule(List.of());
        assertThat(schedule.contacts(Instant.parse("2026-03-30T07:59:59Z"))).containsExactly("ann");
        assertThat(schedule.contacts(london("2026-03-29T12:00"))).containsExactly("ann");
        assertThat(schedule.handOvers(london("2026-03-28T00:00"), london("2026-03-31T00:00")))
                .containsExactly(
                        new HandOver(london("2026-03-30T09:00"), List.of("ann"), List.of("desk")),
                        new HandOver(london("2026-03-30T17:00"), List.of("desk"), List.of("ben", "cho")));
    }

    @Test
    void anOverrideTakesOverForOnceOrForOnePerson() {
        Substitution forBen = override("2026-05-01T20:00", "2026-05-02T08:00", "dee", "ben");
        Substitution whole = override("2026-05-02T08:00", "2026-05-02T12:00", "eve", null);
        Schedule schedule = schedule(List.of(forBen, whole));
        assertThat(schedule.onDuty(london("2026-05-01T21:00")).people())
                .containsExactly(
                        new OnDuty.Person("dee", new OnDuty.Because.Substitutes(forBen)),
                        new OnDuty.Person("cho", new OnDuty.Because.Turn("weekly")));
        assertThat(schedule.contacts(london("2026-05-02T08:00"))).containsExactly("eve");
        assertThat(schedule.contacts(london("2026-05-02T12:00"))).containsExactly("ben", "cho");
        assertThat(forBen.contradicts(whole)).isFalse();
        assertThat(whole.contradicts(override("2026-05-02T11:59", "2026-05-02T13:00", "ann", "ben")))
                .isTrue();
    }

    @Test
    void whoIsAlwaysOnDutyIsSoWithoutEnd() {
        Schedule schedule = new Schedule(
                "s",
                Map.of(),
                LONDON,
                List.of(new Rotation(
                        "one",
                        List.of(List.of("desk")),
                        Optional.empty(),
                        LocalTime.MIDNIGHT,
                        Optional.empty(),
                        Optional.empty(),
                        WeeklyHours.parse("Mon-Sat 00:00-24:00, Sun 00:00-24:00"),
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                Map.of());
        assertThat(schedule.onDuty(Instant.EPOCH).until()).isEmpty();
        assertThat(schedule.onDuty(Instant.EPOCH).contacts()).containsExactly("desk");
    }

    @Test
    void hoursGoOverMidnightAndOverTheEndOfTheWeek() {
        WeeklyHours night = WeeklyHours.parse("Sat-Mon 22:00-06:00");
        assertThat(night.covers(LONDON, london("2026-06-01T23:00")))
                .as("Monday")
                .isTrue();
        assertThat(night.covers(LONDON, london("2026-06-02T05:59")))
                .as("Tuesday")
                .isTrue();
        assertThat(night.covers(LONDON, london("2026-06-02T06:00"))).isFalse();
        assertThat(night.covers(LONDON, london("2026-06-02T23:00"))).isFalse();
        assertThat(WeeklyHours.parse("24x7").isAlways()).isTrue();
        for (String wrong :
                List.of("", "Mon", "Mon 9:00-17:00", "Mon 09:00-09:00", "Mon 09:00-17:00,", "Mo 09:00-17:00")) {
            assertThatThrownBy(() -> WeeklyHours.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Schedule schedule(List<Substitution> overrides) {
        return new Schedule(
                "s",
                Map.of("en", "S"),
                LONDON,
                List.of(OFFICE, WEEKLY),
                MAY_DAY,
                overrides,
                Optional.empty(),
                Map.of());
    }

    private static Substitution override(String from, String to, String onDuty, String replaces) {
        return new Substitution(
                LocalDateTime.parse(from),
                LocalDateTime.parse(to),
                List.of(onDuty),
                Optional.ofNullable(replaces),
                "hall",
                "illness");
    }

    private static Instant london(String time) {
        return ZonedDateTime.of(LocalDateTime.parse(time), LONDON).toInstant();
    }
}
