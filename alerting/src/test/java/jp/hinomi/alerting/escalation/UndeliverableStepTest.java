package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;
import static org.assertj.core.api.Assertions.assertThat;

import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.Timeline;
import jp.hinomi.alerting.intake.EscalationCheck;
import org.junit.jupiter.api.Test;

/** A step that cannot be told does not keep the next one waiting, and is said by another way. */
class UndeliverableStepTest extends EscalationStories {
    @Test
    void aDeadLetterLeadsToTheNextStepAtOnceAndRaisesOneAlarm() {
        // Each must answer, and the bot never can.
        story("dead-1", "bot").tells(NOC, BOSS).stands("running 1/2");
        assertThat(hinomi.query("select string_agg(contact_id || ' ' || t.state, ', ' order by t.step, contact_id)"
                        + " from escalation_target t join escalation e on e.id = t.escalation_id"
                        + " where e.alert_id = 'dead-1'"))
                .isEqualTo("vendor-bot unreachable, vendor-noc waiting, vendor-boss waiting");
        story("dead-2", "bot").tells(NOC, BOSS);
        assertThat(hinomi.query("select found || ' ' || (select count(*) from delivery where alarm_id = alarm.id)"
                        + " from alarm where kind = 'dead-letter' and object like 'webhook:%'"))
                .isEqualTo("2 1");
    }

    private static long hooked(String words) {
        return HOOKED.stream().filter(body -> body.contains(words)).count();
    }

    private static String failing() {
        return hinomi.query("select count(*) from alarm where kind = 'failing' and settled_at is null");
    }

    /** Before this was mended: a mail server that was away for a day raised nothing, and the last step waited as long. */
    @Test
    void aMailServerThatIsAwayIsSaidByAnotherWayAndNoStepWaitsForIt() {
        EscalationCheck check = hinomi.part(EscalationCheck.class);
        check.look();
        HOOKED.clear();
        hinomi.mail().stop();
        Timeline story = story("away-1", "away");
        try {
            story.tellsNobody().at("14 min").tellsNobody();
            check.look();
            assertThat(failing()).isEqualTo("0");
            // Nobody has answered, for whatever reason.
            story.at("15 min").tellsNobody().stands("running 1/2");
            check.look();
            check.look();
            story.tellsNobody();
            assertThat(failing()).isEqualTo("1");
            TestAlerting.await(() -> hooked("\"kind\":\"failing\"") == 1);
            assertThat(hooked("vendor-noc（email " + NOC + "）に")).isEqualTo(1);
            story.at("30 min").tellsNobody().stands("running 1/3");
            story.at("44 min").tellsNobody();
            check.look();
            // The last step has no time of its own.
            story.tellsNobody().stands("running 1/3").at("45 min");
            check.look();
            story.tellsNobody().stands("exhausted 1/3");
            TestAlerting.await(() -> hooked("「away」を最後まで") == 1);
        } finally {
            hinomi.mail().resume();
        }
        story.at("55 min").tells(NOC, BOSS, CSIRT);
        assertThat(failing()).isEqualTo("0");
        story.answers(CSIRT, "ack", "accepted").stands("acknowledged 1/3");
    }
}
