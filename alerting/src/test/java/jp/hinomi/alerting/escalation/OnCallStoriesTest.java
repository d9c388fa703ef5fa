package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.DATA;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;
import static jp.hinomi.alerting.escalation.EscalatingCity.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.hinomi.alerting.SampleCity;
import org.junit.jupiter.api.Test;

/** Who is on call at the hour is told, by hours and by schedules. */
class OnCallStoriesTest extends EscalationStories {
    @Test
    void whoIsOffCallIsPassedOverAndHearsOfItInTheMorning() {
        Instant evening = NOW.get().plus(Duration.ofDays(8)).truncatedTo(ChronoUnit.DAYS);
        // A Thursday or so: the first day from there on whose next morning is a working day.
        while (evening.atZone(SampleCity.TOKYO).getDayOfWeek().getValue() != 4) {
            evening = evening.plus(Duration.ofDays(1));
        }
        NOW.set(evening.plus(Duration.ofHours(11))); // 20:00 in Tokyo
        story("night-1", "night")
                .tells(NOC)
                .stands("running 1/2")
                .at("15 min")
                .tells(CSIRT)
                .stands("exhausted 1/2")
                .at("12 h 59 min")
                .tellsNobody()
                .at("13 h")
                .tells(OFFICE);
        NOW.set(evening.plus(Duration.ofDays(4)).plus(Duration.ofHours(11)));
        // Nobody else would hear of it before: better woken than lost.
        story("asleep-1", "asleep").tells(OFFICE).stands("running 1/1");
    }

    /** Who is on duty by a schedule is told at once, though the desk's usual hours begin in the morning. */
    @Test
    void whoIsOnDutyAtNightIsTold() {
        NOW.set(NOW.get().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(24 + 17))); // 02:00 in Tokyo
        story("vigil-1", "vigil").tells(OFFICE).stands("running 1/1");
    }

    /** The schedule changes hands at 09:00 and 21:00: who is on duty when the step is told is told. */
    @Test
    void aHandOverInTheMiddleOfAnEscalationIsRespected() {
        Instant today = NOW.get().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.DAYS);
        NOW.set(today.plus(Duration.ofMinutes(11 * 60 + 15))); // 20:15 in Tokyo
        story("duty-1", "duty").tells(NOC).at("30 min").tells(BOSS);
        NOW.set(today.plus(Duration.ofMinutes(11 * 60 + 45)));
        story("duty-2", "duty").tells(NOC).at("30 min").tells(DATA).stands("running 1/2");
        assertThat(hinomi.query(
                        "select via_schedule from escalation_target t join escalation e on e.id = t.escalation_id"
                                + " where e.alert_id = 'duty-2' and t.contact_id = 'data-desk'"))
                .isEqualTo("vendor-duty");
    }
}
