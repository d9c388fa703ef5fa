package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.city.AckMode;
import jp.hinomi.city.City;
import jp.hinomi.city.Role;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.city.schedule.WeeklyHours;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

class RosterTest {
    /** Wednesday, 12:00 and 22:00 in Tokyo. */
    private static final Instant NOON = Instant.parse("2026-07-01T03:00:00Z");

    private static final Instant NIGHT = Instant.parse("2026-07-01T13:00:00Z");

    private static final City CITY = new SampleCity()
            .stakeholder(
                    "vendor",
                    Role.CITY_OS_VENDOR,
                    "ja",
                    Tlp.AMBER,
                    contact("office", "Mon-Fri 09:00-17:00", mail("office@vendor.example.jp")),
                    contact("noc", mail("noc@vendor.example.jp")),
                    contact("mute"))
            .schedule(duty("night-duty", WeeklyHours.parse("Mon-Sun 21:00-09:00")))
            .schedule(duty("vigil", WeeklyHours.ALWAYS))
            .build();

    private static Schedule duty(String id, WeeklyHours hours) {
        return new Schedule(
                id,
                Map.of("en", id),
                SampleCity.TOKYO,
                List.of(new Rotation(
                        "turns",
                        List.of(List.of("office")),
                        Optional.of(Shift.parse("7d")),
                        LocalTime.of(9, 0),
                        Optional.of(LocalDate.of(2026, 6, 1)),
                        Optional.empty(),
                        hours,
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                Map.of());
    }

    private static List<Roster.Called> called(Instant at, Set<String> refused, String... targets) {
        return new Roster(CityInForce.always(CITY))
                .of(new Policy.Step(List.of(targets), AckMode.ANY, Optional.empty()), at, refused);
    }

    private static String told(Instant at, String... targets) {
        return called(at, Set.of(), targets).stream()
                .map(one -> one.id() + (one.isTold() ? "" : one.asleep() ? " asleep" : " passed"))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    /** Before this was mended: the desk's usual hours kept from its duty whoever had it. */
    @Test
    void whoIsOnDutyIsOnCallWhateverTheUsualHoursAre() {
        assertThat(told(NOON, "office")).isEqualTo("office");
        assertThat(told(NIGHT, "office")).isEqualTo("office asleep");
        assertThat(told(NIGHT, "vigil")).isEqualTo("office");
        assertThat(called(NIGHT, Set.of(), "vigil").get(0).via()).contains("vigil");
    }

    /** In either order: named itself it is off call, by the schedule it is not. */
    @Test
    void whoIsNamedTwiceIsToldOnceIfEitherSaysSo() {
        assertThat(told(NIGHT, "office", "vigil")).isEqualTo("office");
        assertThat(told(NIGHT, "vigil", "office")).isEqualTo("office");
        assertThat(called(NIGHT, Set.of(), "office", "vigil").get(0).via()).contains("vigil");
    }

    @Test
    void whoCannotBeToldIsPassedOverWithAReason() {
        assertThat(told(NOON, "night-duty")).isEqualTo("night-duty passed");
        assertThat(told(NIGHT, "mute", "gone")).isEqualTo("mute passed, gone passed");
        assertThat(called(NOON, Set.of("vendor"), "noc", "vigil"))
                .allSatisfy(one -> assertThat(one.passed().orElseThrow().en()).contains("not theirs"))
                .noneMatch(Roster.Called::asleep);
        // Off call only is told in spite of the hour where nobody else would be; nobody else is.
        assertThat(called(NIGHT, Set.of(), "office", "mute").stream().map(Roster.Called::awake))
                .extracting(Roster.Called::isTold)
                .containsExactly(true, false);
    }
}
