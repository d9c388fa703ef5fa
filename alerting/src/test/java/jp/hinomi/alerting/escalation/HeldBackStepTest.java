package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.MAKER;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;

import java.time.Duration;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.Timeline;
import org.junit.jupiter.api.Test;

/** How long a step waits of which somebody is told later than the others. */
class HeldBackStepTest extends EscalationStories {
    private static final String MAKER_SILENT = "{\"contact\": [\"maker-desk\"], \"rule\": [\"quiet\"]}";

    /** A notice to the maker is held for two hours. */
    private static Timeline heldStory(String alert, String policy) {
        return new Timeline(hinomi, NOW, alert)
                .at("0 s")
                .silences(MAKER_SILENT, Duration.ofHours(2))
                .arrives(SampleAlert.of(alert).target("on-" + policy).rule("quiet", "静", "Quiet"));
    }

    /** Before this was mended: the step went on at the first of the times, though who had it had answered. */
    @Test
    void whoIsHeldBackHasItsOwnTimeWhereEachMustAnswer() {
        heldStory("each-held-1", "each")
                .tells(NOC)
                .at("5 min")
                .answers(NOC, "ack", "accepted")
                .alertIs("acknowledged")
                .at("15 min")
                .tellsNobody()
                .stands("running 1/1")
                // Answered by another, and yet told: its own answer is needed.
                .at("2 h")
                .tells(MAKER)
                .at("2 h 14 min")
                .tellsNobody()
                .at("2 h 15 min")
                .tells(BOSS);
        // Who misses its time leads on, whatever others have.
        heldStory("each-held-2", "each").tells(NOC).at("15 min").tells(BOSS).stands("running 1/2");
    }

    /** Where one is enough, whoever is told now has no longer because another is held back. */
    @Test
    void aStepThatOneAnswersIsOverAtItsFirstTime() {
        heldStory("any-held-1", "any")
                .tells(NOC)
                .at("14 min")
                .tellsNobody()
                .at("15 min")
                .tells(BOSS);
    }
}
