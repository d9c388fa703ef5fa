package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;
import static jp.hinomi.alerting.escalation.EscalatingCity.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.Timeline;
import jp.hinomi.city.AckMode;
import jp.hinomi.city.City;
import jp.hinomi.city.Escalation;
import org.junit.jupiter.api.Test;

/** A running escalation keeps its steps and takes the addresses of today. */
class MapOfTodayTest extends EscalationStories {
    @Test
    void aRunningEscalationKeepsItsStepsAndTakesTheAddressesOfToday() {
        Timeline story = story("map-1", "ladder").tells(NOC);
        City changed = map("new-boss@vendor.example.jp")
                .escalation(new Escalation("ladder", List.of(step(AckMode.ANY, null, "maker-desk"))))
                .build();
        hinomi.restart(changed);
        try {
            story.at("15 min").tells("new-boss@vendor.example.jp").at("30 min").tells(CSIRT);
        } finally {
            hinomi.restart(map(BOSS).build());
        }
    }

    /** Before this was mended: what waited for the mail server went to whoever had left. */
    @Test
    void nothingGoesToAnAddressThatWasRemovedWhileTheMailServerWasDown() {
        Timeline story = story("removed-1", "ladder").tells(NOC).at("15 min");
        hinomi.mail().stop();
        hinomi.running().timePassed();
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery_attempt a join delivery d"
                        + " on d.id = a.delivery_id where d.address = '" + BOSS + "' and a.result = 'failed'"
                        + " and d.alert_id = 'removed-1'")
                .equals("1"));
        hinomi.restart(map("new-boss@vendor.example.jp").build());
        try {
            hinomi.mail().resume();
            // Nobody can answer what was not sent: the next step need not wait for its time.
            story.at("16 min").tells(CSIRT).stands("running 1/3");
            assertThat(hinomi.query("select state || ' ' || last_error from delivery where alert_id = 'removed-1'"
                            + " and address = '" + BOSS + "'"))
                    .startsWith("dead the contact 'vendor-boss' has no channel email " + BOSS + " any more");
        } finally {
            hinomi.restart(map(BOSS).build());
        }
    }
}
