package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.DATA;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;

import org.junit.jupiter.api.Test;

/** Who is told when somebody needs help. */
class NeedHelpTest extends EscalationStories {
    @Test
    void needHelpTellsTheNextStepAtOnce() {
        story("help-1", "ladder")
                .tells(NOC)
                .at("2 min")
                .answers(NOC, "help", "help-comes")
                .tells(BOSS)
                .alertIs("open")
                .answers(NOC, "help", "repeated")
                .tellsNobody()
                .at("3 min")
                .analystAnswers("", "help", "help-comes")
                .tells(CSIRT)
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 1/3")
                // Who has taken it may find that they cannot: help comes even now.
                .at("1 h")
                .answers(BOSS, "help", "help-comes")
                .tells(CSIRT)
                .stands("exhausted 1/3");
    }

    @Test
    void whereNoEscalationIsEnteredThePromoterHelps() {
        story("alone-1", "none")
                .tells(DATA)
                .answers(DATA, "help", "help-comes")
                .tells(CSIRT)
                .stands("running 1/2");
        story("alone-2", "none")
                .tells(DATA)
                .answers(DATA, "not-ours", "passed-on")
                .tells(CSIRT);
    }
}
