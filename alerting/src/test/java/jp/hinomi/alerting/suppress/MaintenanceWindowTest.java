package jp.hinomi.alerting.suppress;

import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.map.CityInForce;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a maintenance window of the city's files holds, and tells when it is over or gone. */
class MaintenanceWindowTest extends SuppressionStories {
    /** The Wednesday to come, 09:00 in Tokyo: time only goes on. */
    private static Instant nextWindow() {
        Instant day = NOW.get().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        while (day.atZone(SampleCity.TOKYO).getDayOfWeek() != DayOfWeek.WEDNESDAY) {
            day = day.plus(Duration.ofDays(1));
        }
        return day;
    }

    /** Before this was mended: the digest kept the time that the window would have ended at. */
    @Test
    void whatASilenceThatIsGoneFromTheFilesHeldIsTold() {
        NOW.set(nextWindow().plus(Duration.ofMinutes(10)));
        hinomi.publish(SampleAlert.of("gone-1").target("api").rule("patched_gone", "更新", "Patched"));
        hinomi.awaitAlert("gone-1", 1);
        assertThat(state("gone-1")).isEqualTo("held maintenance");
        CityInForce edited = CityInForce.always(map(List.of()));
        JdbcClient jdbc = hinomi.part(JdbcClient.class);
        TransactionTemplate transaction = hinomi.part(TransactionTemplate.class);
        Releases releases = hinomi.part(Releases.class);
        Silences silences = new Silences(jdbc, transaction, hinomi.part(AuditLog.class), releases, edited);
        assertThat(new HeldReview(jdbc, silences, releases, edited, transaction, CLOCK).look())
                .isEqualTo(1);
        hinomi.running().timePassed();
        hinomi.mail().await(SOON, mail -> mail.text().contains("gone-1"));
        assertThat(hinomi.query("select reasons::text from delivery where alert_id = 'gone-1'"))
                .contains("ended before its time");
    }

    @Test
    void aMaintenanceWindowHoldsAndTellsWhatIsStillOpenWhenItIsOver() {
        Instant begins = nextWindow();
        NOW.set(begins.plus(Duration.ofMinutes(10)));
        hinomi.publish(SampleAlert.of("patch-1").target("api").rule("patched_a", "更新", "Patched"));
        hinomi.publish(SampleAlert.of("patch-2").target("api").rule("patched_b", "更新", "Patched"));
        hinomi.awaitAlert("patch-2", 1);
        assertThat(state("patch-1")).isEqualTo("held maintenance");
        assertThat(hinomi.query("select reasons::text from delivery where alert_id = 'patch-1'"))
                .contains("patch-night", "月例パッチ");
        JsonNode silence = null;
        for (JsonNode each : hinomi.get("/api/v1/silences").get("items")) {
            silence = each.get("id").asText().equals("patch-night") ? each : silence;
        }
        assertThat(silence.get("active").asBoolean()).isTrue();
        assertThat(silence.get("held").asInt()).isEqualTo(2);
        assertThat(hinomi.get("/api/v1/held").get("maintenance").asInt()).isEqualTo(2);
        hinomi.post("/api/v1/alerts/patch-2/ack", "{}");

        // 10:00: what is still open comes, what was answered is settled, with its reason.
        NOW.set(begins.plus(Duration.ofHours(1)));
        String digest = hinomi.mail()
                .await(SOON, mail -> mail.text().contains("patch-1"))
                .text();
        assertThat(digest).contains("メンテナンスが終わりました", "1 件").doesNotContain("patch-2");
        assertThat(state("patch-1")).isEqualTo("digested maintenance");
        assertThat(state("patch-2")).isEqualTo("settled maintenance");

        // Where its message could not be written, for its channel was gone, a retry tells what it took.
        String sent = "from delivery where kind = 'digest' and rule_id = 'hold:maintenance:patch-night'"
                + " order by id desc limit 1";
        long digestId = Long.parseLong(hinomi.query("select id " + sent));
        hinomi.execute("update delivery set state = 'dead', message = null where id = " + digestId);
        Outbox outbox = hinomi.part(Outbox.class);
        assertThat(outbox.revive(digestId, NOW.get(), Duration.ofHours(1))).isTrue();
        TestAlerting.await(() -> hinomi.mail().receivedBy("noc@vendor.example.jp").stream()
                        .filter(mail -> mail.text().contains("patch-1"))
                        .count()
                == 2);
        // Received is not yet noted as sent: what the test writes would be written over.
        TestAlerting.await(() -> hinomi.query("select state from delivery where id = " + digestId)
                .equals("sent"));

        // A message that no transport can read is a failure with its reason, which keeps nothing else waiting.
        hinomi.execute("update delivery set state = 'dead', message = '[]' where id = " + digestId);
        assertThat(outbox.revive(digestId, NOW.get(), Duration.ofHours(1))).isTrue();
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery_attempt where result = 'failed'"
                        + " and detail like 'a fault of Hinomi%' and delivery_id = " + digestId)
                .equals("1"));

        // After it nothing is held.
        hinomi.publish(SampleAlert.of("patch-3").target("api").rule("patched_c", "更新", "Patched"));
        hinomi.mail().await(SOON, mail -> mail.text().contains("patch-3"));
    }
}
