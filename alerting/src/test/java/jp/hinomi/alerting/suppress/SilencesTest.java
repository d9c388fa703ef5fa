package jp.hinomi.alerting.suppress;

import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.intake.EscalationCheck;
import org.junit.jupiter.api.Test;

/** What a silence that somebody began holds, and tells when it ends or before. */
class SilencesTest extends SuppressionStories {
    @Test
    void aSilenceBegunByHandEndsByHand() {
        long id = silence("known");
        hinomi.publish(SampleAlert.of("known-1").target("api").rule("known", "既知", "Known"));
        hinomi.awaitAlert("known-1", 1);
        assertThat(state("known-1")).isEqualTo("held silence");
        // Whoever looks after the workers leaves alone what is held with a digest, and writes one where there is none.
        pass(Duration.ofMinutes(5));
        EscalationCheck check = hinomi.part(EscalationCheck.class);
        check.look();
        assertThat(state("known-1")).isEqualTo("held silence");
        String digests = " from delivery where kind = 'digest' and rule_id = 'hold:silence:" + id + "'";
        assertThat(hinomi.query("select count(*) || max(state)" + digests)).isEqualTo("1pending");
        hinomi.execute("delete" + digests);
        check.look();
        endSilence(id);
        assertThat(hinomi.mail()
                        .await(SOON, mail -> mail.text().contains("known-1"))
                        .text())
                .contains("サイレンスが終わりました");
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'silence:"
                        + id + "'"))
                .isEqualTo("silence.begun silence.ended");
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/silences")))
                                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"match\": {}, \"owner\": \"vendor\"}")))
                        .statusCode())
                .isEqualTo(400);
    }

    /** As if the notice had been held by one who read of the silence before it was ended, and was done after. */
    @Test
    void whatIsHeldAfterASilenceWasEndedIsTold() {
        long id = silence("belated");
        hinomi.publish(SampleAlert.of("belated-1").target("gate").rule("belated", "遅延", "Belated"));
        hinomi.awaitAlert("belated-1", 1);
        assertThat(state("belated-1")).isEqualTo("held silence");
        hinomi.execute("update silence set ended_at = '" + NOW.get() + "', ended_by = 'x' where id = " + id);
        hinomi.running().timePassed();
        hinomi.mail().await(SOON, mail -> mail.text().contains("belated-1"));
        assertThat(told("csirt@city.example.jp", "belated-1")).isFalse();
        pass(Duration.ofMinutes(16));
        TestAlerting.await(() -> told("csirt@city.example.jp", "belated-1"));
    }

    /** Broken on trial: with the clocks of escalations left alone, the next one is told hours later. */
    @Test
    void whatASilenceHeldIsToBeAnsweredFromItsEndOn() {
        long id = silence("climbs");
        hinomi.publish(SampleAlert.of("climbs-1").target("gate").rule("climbs", "登る", "Climbs"));
        hinomi.awaitAlert("climbs-1", 1);
        assertThat(state("climbs-1")).isEqualTo("held silence");
        pass(Duration.ofMinutes(5));
        endSilence(id);
        hinomi.mail().await(SOON, mail -> mail.text().contains("climbs-1"));
        assertThat(told("csirt@city.example.jp", "climbs-1")).isFalse();
        pass(Duration.ofMinutes(16));
        TestAlerting.await(() -> told("csirt@city.example.jp", "climbs-1"));
    }

    @Test
    void aDigestOfNothingIsNoMessage() {
        long id = silence("done");
        hinomi.publish(SampleAlert.of("done-1").target("api").rule("done", "済み", "Done"));
        hinomi.awaitAlert("done-1", 1);
        assertThat(state("done-1")).isEqualTo("held silence");
        hinomi.post("/api/v1/alerts/done-1/ack", "{}");
        pass(Duration.ofHours(5));
        String digest = " from delivery where kind = 'digest' and rule_id = 'hold:silence:" + id + "'";
        TestAlerting.await(() -> hinomi.query("select state" + digest).equals("sent"));
        assertThat(hinomi.query("select string_agg(detail, ' ') from delivery_attempt where delivery_id = (select id"
                        + digest + ")"))
                .isEqualTo("nothing was held back any more");
        assertThat(told("noc@vendor.example.jp", "done-1")).isFalse();
    }

    @Test
    void whatWaitsCanBeSentBeforeItsTimeAndTheTimeToAnswerBeginsThen() {
        pass(Duration.ofHours(1));
        long id = silence("early");
        hinomi.publish(SampleAlert.of("early-1").target("gate").rule("early", "早い", "Early"));
        hinomi.awaitAlert("early-1", 1);
        assertThat(state("early-1")).isEqualTo("held silence");
        JsonNode digest = null;
        for (JsonNode row : hinomi.get("/api/v1/held/digests").get("items")) {
            digest = row.get("of").asText().equals(Long.toString(id)) ? row : digest;
        }
        assertThat(digest.get("kind").asText()).isEqualTo("silence");
        assertThat(digest.get("held").asInt()).isEqualTo(1);
        assertThat(digest.get("contact").asText()).isEqualTo("noc");
        hinomi.post("/api/v1/held/digests/" + digest.get("id").asLong() + "/send", "");
        hinomi.mail().await(SOON, mail -> mail.text().contains("early-1"));
        assertThat(hinomi.query("select count(*) from audit_log where action = 'held.sent' and object = 'delivery:"
                        + digest.get("id").asLong() + "'"))
                .isEqualTo("1");
        // The next step would be held by the silence as well.
        endSilence(id);
        assertThat(told("csirt@city.example.jp", "early-1")).isFalse();
        pass(Duration.ofMinutes(16));
        TestAlerting.await(() -> told("csirt@city.example.jp", "early-1"));
    }
}
