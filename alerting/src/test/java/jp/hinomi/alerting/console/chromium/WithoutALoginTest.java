package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.testing.ReceivedMail;
import org.junit.jupiter.api.Test;

/** Without a login there is the link of one's mail, and nothing else. */
class WithoutALoginTest extends ConsoleInChromium {
    @Test
    void theStakeholderAcknowledgesFromTheMailWithoutALogin() {
        hinomi.publish(SampleAlert.of("console-link").target("api"));
        ReceivedMail mail = hinomi.mail().await(SOON, one -> one.text().contains("console-link"));
        String link = mail.link("/a/").orElseThrow();

        Page page = newPage("en-US", ColorScheme.LIGHT, 390, 844);
        page.navigate(link);
        // In the recipient's language, whatever the browser asks for.
        assertThat(page.locator("h1")).hasText("都市OSへの総当たり攻撃後のログイン成功");
        // Opening it has changed nothing.
        assertThat(hinomi.get("/api/v1/alerts/console-link").get("status").asText())
                .isEqualTo("open");

        page.fill("#note", "当番が対応中です");
        page.click("#confirm");
        assertThat(page.locator(".notice")).containsText("確認を記録しました");
        var alert = hinomi.get("/api/v1/alerts/console-link");
        assertThat(alert.get("status").asText()).isEqualTo("acknowledged");
        assertThat(alert.get("acknowledgements").get(0).get("contact").asText()).isEqualTo("vendor-noc");
        assertThat(alert.get("acknowledgements").get(0).get("stakeholder").asText())
                .isEqualTo("vendor");
        assertThat(alert.get("acknowledgements").get(0).get("note").asText()).isEqualTo("当番が対応中です");

        page.navigate(link);
        assertThat(page.locator(".notice")).containsText("すでに確認されています");
        assertThat(page.locator(".notice")).containsText("vendor-noc");
        assertThat(page.locator("#confirm")).hasCount(0);

        page.navigate(link.substring(0, link.length() - 6));
        assertThat(page.locator("h1")).hasText("This link does not work.");
    }

    @Test
    void aWrongPasswordIsSaidAndNothingIsShownWithoutALogin() {
        Page page = newPage();
        page.navigate(hinomi.url("/deliveries"));
        assertThat(page).hasURL(Pattern.compile("/login$"));
        page.fill("#username", "admin");
        page.fill("#password", "guess");
        page.click("button[type=submit]");
        assertThat(page.locator("[role=alert]")).hasText("Account or password is wrong.");
    }
}
