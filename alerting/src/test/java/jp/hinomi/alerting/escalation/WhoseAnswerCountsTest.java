package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.DATA;
import static jp.hinomi.alerting.escalation.EscalatingCity.MAKER;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.Timeline;
import jp.hinomi.events.Severity;
import org.junit.jupiter.api.Test;

/** Whose answer is enough, whose is only noted, and what is said to those who answer twice, late or to nothing. */
class WhoseAnswerCountsTest extends EscalationStories {
    @Test
    void anyAnswerOfTheStepIsEnough() {
        story("any-1", "any")
                .tells(NOC, MAKER)
                .at("14 min 59 s")
                .tellsNobody()
                .answers(MAKER, "ack", "accepted")
                .alertIs("acknowledged")
                .at("3 h")
                .tellsNobody()
                .stands("acknowledged 1/1");
    }

    /** Before this was mended: anybody's acknowledgement ended every escalation of the alert. */
    @Test
    void whoWasNotAskedTakesNoteAndTheOthersAreStillAsked() {
        new Timeline(hinomi, NOW, "bystander-1")
                .at("0 s")
                .arrives(SampleAlert.of("bystander-1").target("on-ladder").severity(Severity.CRITICAL))
                .tells(NOC, DATA)
                .at("5 min")
                .answers(DATA, "ack", "noted")
                .answers(DATA, "ack", "repeated")
                .alertIs("open")
                .stands("running 1/1")
                .at("15 min")
                .tells(BOSS)
                // An analyst sees it as well; the city was not asked yet.
                .analystAnswers("", "ack", "noted")
                .stands("running 1/2")
                .at("20 min")
                .analystAnswers("", "take-over", "accepted")
                .alertIs("acknowledged")
                .stands("acknowledged 1/2")
                .at("2 h")
                .tellsNobody();
        assertThat(hinomi.query("select string_agg(actor || ' ' || kind || ' ' || noted, ', ' order by id)"
                        + " from acknowledgement where alert_id = 'bystander-1'"))
                .isEqualTo("data-desk ack true, api-token ack true, api-token take-over false");
    }

    /** A colleague of those who were asked may answer for them, unless each has to. */
    @Test
    void aColleagueAnswersForItsOrganisation() {
        story("colleague-1", "any")
                .tells(NOC, MAKER)
                .analystAnswers("vendor-boss", "ack", "accepted")
                .stands("acknowledged 1/1");
        story("colleague-2", "each")
                .tells(NOC, MAKER)
                .analystAnswers("vendor-boss", "ack", "noted")
                .stands("running 1/1");
    }

    @Test
    void eachMustAnswerAndALateAnswerCounts() {
        story("each-1", "each")
                .tells(NOC, MAKER)
                .at("5 min")
                .answers(NOC, "ack", "accepted")
                .stands("running 1/1")
                .alertIs("acknowledged")
                .opens(MAKER, "ask")
                .at("15 min")
                .tells(BOSS)
                .stands("running 1/2")
                .at("20 min")
                .answers(MAKER, "ack", "accepted")
                .stands("acknowledged 1/2")
                .at("5 h")
                .tellsNobody();
    }

    @Test
    void oneOfEachOrganisationMustAnswer() {
        story("organisations-1", "organisations")
                .tells(NOC, BOSS, MAKER)
                .at("5 min")
                .answers(BOSS, "ack", "accepted")
                .stands("running 1/1")
                .at("6 min")
                .answers(MAKER, "ack", "accepted")
                .stands("acknowledged 1/1")
                .at("5 h")
                .tellsNobody();
        story("organisations-2", "organisations")
                .tells(NOC, BOSS, MAKER)
                .at("5 min")
                .answers(BOSS, "ack", "accepted")
                .answers(NOC, "ack", "accepted")
                .at("15 min")
                .tells(CSIRT)
                .at("16 min")
                .analystAnswers("maker-desk", "ack", "accepted")
                .stands("acknowledged 1/2");
    }

    @Test
    void oneOfTwoWhoAnswerAtOnceIsFirstAndBothAreKept() throws Exception {
        Timeline story = story("race-1", "any").tells(NOC, MAKER);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (String contact : List.of("vendor-noc", "maker-desk")) {
                outcomes.add(
                        both.submit(() -> hinomi.post("/api/v1/alerts/race-1/ack", "{\"contact\":\"" + contact + "\"}")
                                .get("outcome")
                                .asText()));
            }
            assertThat(List.of(
                            outcomes.get(0).get(90, TimeUnit.SECONDS),
                            outcomes.get(1).get(90, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder("accepted", "already");
        } finally {
            both.shutdown();
        }
        assertThat(hinomi.query("select string_agg(late::text, ' ' order by id) from acknowledgement"
                        + " where alert_id = 'race-1'"))
                .isEqualTo("false true");
        story.at("1 h").tellsNobody();
    }

    @Test
    void answersThatComeTwiceTooLateOrToNothingArePlainlySaid() {
        story("late-1", "any")
                .tells(NOC, MAKER)
                .opens(NOC, "ask")
                .opens(NOC, "ask")
                .alertIs("open")
                .answers(NOC, "ack", "accepted")
                .answers(NOC, "ack", "repeated")
                .opens(MAKER, "already")
                .answers(MAKER, "ack", "already")
                .answers(MAKER, "not-ours", "already")
                .alertIs("acknowledged");
        assertThat(hinomi.query("select string_agg(actor || ' ' || kind || ' ' || late, ', ' order by id)"
                        + " from acknowledgement where alert_id = 'late-1'"))
                .isEqualTo("vendor-noc ack false, maker-desk ack true, maker-desk not-ours false");

        Timeline closed = story("late-2", "any").tells(NOC, MAKER);
        hinomi.execute("update alert set status = 'closed' where id = 'late-2'");
        closed.opens(NOC, "closed")
                .answers(NOC, "ack", "closed")
                .alertIs("closed")
                .at("15 min")
                .tellsNobody()
                .stands("closed 1/1")
                .at("8 d")
                .opens(NOC, "expired")
                .answers(NOC, "ack", "expired");
    }
}
