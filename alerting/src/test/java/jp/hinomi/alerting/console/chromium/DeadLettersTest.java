package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.Visitor;
import org.junit.jupiter.api.Test;

/** What could not be delivered is sent again when somebody says so. */
class DeadLettersTest extends ConsoleInChromium {
    @Test
    void aDeadLetterIsSentAgainAtThePressOfAButton() {
        // What others wait for is not to be refused.
        awaitNothingWaits();
        hinomi.mail().refuse(recipient -> true);
        Page page = newPage();
        try {
            hinomi.publish(SampleAlert.of("console-dead").target("api"));
            TestAlerting.await(() -> hinomi.query("select state from delivery where alert_id = 'console-dead'")
                    .equals("dead"));
            // The promoter was to be alarmed, and could not be either: that is one more, and no alarm about an alarm.
            TestAlerting.await(
                    () -> hinomi.query("select count(*) from delivery where state = 'dead' and alarm_id is not null")
                            .equals("1"));
            awaitNothingWaits();
            login(page);
            page.navigate(hinomi.url("/deliveries?state=dead"));
            assertThat(page.locator("main table")).containsText("no such mailbox");
        } finally {
            hinomi.mail().refuse(recipient -> false);
        }
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("alarm")))
                .hasCount(1);
        page.locator("tr", new Page.LocatorOptions().setHasText("vendor-noc"))
                .locator("text=Retry")
                .click();
        hinomi.mail().await(SOON, one -> one.text().contains("console-dead"));
        TestAlerting.await(() -> hinomi.query("select state from delivery where alert_id = 'console-dead'")
                .equals("sent"));
    }

    /** No message is on its way. */
    private static void awaitNothingWaits() {
        TestAlerting.await(() -> hinomi.query(
                        "select count(*) from delivery where state = 'pending' and next_attempt_at <= now() + interval '1 minute'")
                .equals("0"));
    }

    @Test
    void exactlyTheDeadLettersThatWereShownAreSentAgain() throws Exception {
        hinomi.publish(
                SampleAlert.of("again-1").target("pumps"),
                SampleAlert.of("again-2").target("pumps"),
                SampleAlert.of("again-3").target("sensors"));
        TestAlerting.await(() -> again("sent").equals("3"));
        hinomi.execute("update delivery set state = 'dead', last_error = '550 <b>No</b> such mailbox'"
                + " where alert_id in ('again-1', 'again-2')");
        hinomi.execute("update delivery set state = 'dead', last_error = 'timeout' where alert_id = 'again-3'");
        Visitor analyst = new Visitor(hinomi, "203.0.113.1");
        analyst.login("admin", hinomi.password());
        assertThat(analyst.get("/deliveries/again?contact=works-desk&error=no%3C%2Fb%3E+SUCH")
                        .body())
                .contains("name=\"count\" value=\"2\"")
                .doesNotContain("timeout", "<b>No</b>");
        String newest = hinomi.query("select max(id) from delivery where state = 'dead' and contact_id = 'works-desk'");
        sendAgain(analyst, "3", newest);
        assertThat(again("dead")).isEqualTo("3");
        sendAgain(analyst, "2", newest);
        assertThat(again("dead")).isEqualTo("1");
        TestAlerting.await(() -> again("sent").equals("2"));
        assertThat(hinomi.query(
                        "select detail::jsonb ->> 'deliveries' from audit_log where action = 'delivery.retried-all'"))
                .isEqualTo("2");
        hinomi.execute("update delivery set state = 'sent' where alert_id = 'again-3'");
    }

    private static void sendAgain(Visitor analyst, String count, String newest) throws Exception {
        int status = analyst.form(
                        "/account",
                        "/deliveries/again",
                        Map.of("contact", "works-desk", "count", count, "upTo", newest))
                .statusCode();
        assertThat(status).isLessThan(400);
    }

    /** How many of the three messages are in that state. */
    private static String again(String state) {
        return hinomi.query("select count(*) from delivery where alert_id like 'again-_' and state = '" + state + "'");
    }
}
