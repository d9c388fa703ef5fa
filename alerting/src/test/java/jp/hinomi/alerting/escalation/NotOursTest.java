package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;
import static jp.hinomi.alerting.escalation.EscalatingCity.CSIRT;
import static jp.hinomi.alerting.escalation.EscalatingCity.DATA;
import static jp.hinomi.alerting.escalation.EscalatingCity.MAKER;
import static jp.hinomi.alerting.escalation.EscalatingCity.NOC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is asked when somebody says that an alert is not theirs. */
class NotOursTest extends EscalationStories {
    @Test
    void notOursGoesToTheNextWhoIsResponsibleAndNotToTheSameOrganisation() {
        story("not-ours-1", "ladder")
                .tells(NOC)
                .at("5 min")
                .answers(NOC, "not-ours", "passed-on")
                .tells(DATA)
                .alertIs("open")
                .answers(NOC, "not-ours", "repeated")
                .at("19 min 59 s")
                .tellsNobody()
                // The vendor's boss would come next, but the vendor has said no: the step after that does.
                .at("20 min")
                .tells(CSIRT)
                .stands("running 1/3");
        assertThat(hinomi.query("select string_agg(kind, ' ') from coverage_gap where alert_id = 'not-ours-1'"))
                .isEqualTo("disputed");
    }

    @Test
    void thePromoterIsTheLastAndCannotPassItOn() {
        story("not-ours-2", "ladder")
                .tells(NOC)
                .answers(NOC, "not-ours", "passed-on")
                .tells(DATA)
                .answers(DATA, "not-ours", "passed-on")
                .tells(CSIRT)
                .answers(CSIRT, "not-ours", "nobody-else")
                .answers(CSIRT, "ack", "accepted")
                .alertIs("acknowledged")
                .answers(NOC, "not-ours", "repeated");
        assertThat(hinomi.query("select string_agg(actor || ' ' || kind, ', ' order by id) from acknowledgement"
                        + " where alert_id = 'not-ours-2'"))
                .isEqualTo("vendor-noc not-ours, data-desk not-ours, promoter-csirt not-ours, promoter-csirt ack");
    }

    /** Before this was mended: "already", and the organisation that said no was never heard. */
    @Test
    void whoIsStillWaitedForMaySayNotOursThoughAnotherHasTakenIt() {
        story("still-1", "each")
                .tells(NOC, MAKER)
                .answers(NOC, "ack", "accepted")
                .alertIs("acknowledged")
                .answers(MAKER, "not-ours", "passed-on")
                .tells(CSIRT)
                .alertIs("open")
                .answers(CSIRT, "ack", "accepted")
                .stands("acknowledged 1/1")
                .alertIs("acknowledged");
    }

    /** Before this was mended: with one gone and nobody in its place, the other's answer passed for both. */
    @Test
    void whatSomebodySaidIsNotTheirsAndNobodyElseHasStaysOpen() {
        // The promoter is asked by an escalation of its own, so the map has nobody else.
        story("orphan-1", "shared")
                .tells(NOC, MAKER, CSIRT)
                .at("5 min")
                .answers(MAKER, "not-ours", "passed-on")
                .tells(BOSS)
                .stands("running 1/2, running 1/1")
                .at("6 min")
                .answers(NOC, "ack", "accepted")
                .stands("running 1/2, running 1/1")
                .alertIs("open")
                .at("7 min")
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 1/2, running 1/1")
                .alertIs("acknowledged");
    }

    /** Before this was mended: who knew of the alert was passed over, and nobody was asked. */
    @Test
    void whoWasToldAndNeverAskedIsAskedWhenAnotherSaysNo() {
        story("informed-1", "informed")
                .tells(NOC, MAKER, DATA, CSIRT)
                .at("5 min")
                .answers(MAKER, "not-ours", "passed-on")
                .tells(DATA)
                .stands("running 1/1")
                .at("6 min")
                .answers(DATA, "not-ours", "passed-on")
                .tells(CSIRT)
                .stands("running 1/1")
                .at("7 min")
                .answers(NOC, "ack", "accepted")
                .answers(CSIRT, "ack", "accepted")
                .stands("acknowledged 1/1")
                .alertIs("acknowledged");
    }
}
