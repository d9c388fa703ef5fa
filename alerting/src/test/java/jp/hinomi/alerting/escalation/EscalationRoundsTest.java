package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Steps that begin anew: because nobody answered, or because whoever did has left it alone. */
class EscalationRoundsTest extends EscalationStories {
    @Test
    void anAcknowledgedAlertThatIsLeftAloneComesBackAsOftenAsItMay() {
        story("again-1", "again")
                .tells(NOC)
                .at("10 min")
                .answers(NOC, "ack", "accepted")
                .at("1 h")
                .answers(NOC, "ack", "accepted")
                .at("1 h 30 min")
                .tellsNobody()
                .alertIs("acknowledged")
                .at("2 h")
                .tells(NOC)
                .alertIs("open")
                .stands("running 2/1")
                .at("2 h 15 min")
                .tells(BOSS)
                .at("2 h 16 min")
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 2/2")
                .at("2 d")
                .tellsNobody();
    }

    @Test
    void theStepsBeginAnewAndThenTheOperatorIsAlarmedOnce() {
        story("round-1", "round")
                .tells(NOC)
                .at("10 min")
                .tells(BOSS)
                .at("20 min")
                .tells(NOC)
                .stands("running 2/1")
                .at("30 min")
                .tells(BOSS)
                .at("40 min")
                .tells(CSIRT)
                .stands("exhausted 2/2")
                .at("2 d")
                .tellsNobody()
                .opens(NOC, "ask")
                .answers(NOC, "ack", "accepted")
                .stands("acknowledged 2/2");
        assertThat(hinomi.mail().receivedBy(CSIRT))
                .filteredOn(mail -> mail.text().contains("round-1"))
                .extracting(mail -> mail.subject())
                .containsExactly("[火の見 運用警告] 応答がない");
    }
}
