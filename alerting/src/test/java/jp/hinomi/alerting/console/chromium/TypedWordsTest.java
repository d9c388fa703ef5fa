package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.security.Accounts;
import org.junit.jupiter.api.Test;

/** What somebody typed outlives their login, and is nobody else's. */
class TypedWordsTest extends ConsoleInChromium {
    @Test
    void whatWasTypedIntoAFormOutlivesTheLogin() {
        hinomi.publish(SampleAlert.of("console-kept").target("api"));
        hinomi.awaitAlert("console-kept", 1);
        String typed = "called <the> operator at 3, 二度目";
        Page page = newPage();
        page.navigate(hinomi.url("/alerts/console-kept"));
        logIn(page, "admin", hinomi.password());
        page.waitForURL("**/alerts/console-kept");
        page.fill("#note", typed);
        endTheLastLogin();
        page.click("text=Acknowledge >> nth=-1");
        page.waitForURL("**/login");
        assertThat(page.locator("#kept-note")).containsText("was not saved");
        logIn(page, "admin", hinomi.password());
        page.waitForURL("**/alerts/console-kept");
        assertThat(page.locator("#note")).hasValue(typed);
        assertThat(page.locator(".notice.kept")).containsText("has not been saved");
        assertThat(hinomi.query("select count(*) from acknowledgement where alert_id = 'console-kept'"))
                .isEqualTo("0");

        // In another tab of the browser a login begins anew: this page's token is of the one before.
        Page tab = page.context().newPage();
        tab.navigate(hinomi.url("/login"));
        logIn(tab, "admin", hinomi.password());
        tab.waitForURL("**/alerts");
        page.click("text=Acknowledge >> nth=-1");
        assertThat(page.locator(".error-end")).containsText("403");
        assertThat(page.locator("#kept-note")).containsText("was not saved");
        page.click("#kept-note a");
        page.waitForURL("**/alerts/console-kept");
        assertThat(page.locator("#note")).hasValue(typed);
        page.click("text=Acknowledge >> nth=-1");
        page.waitForURL("**/alerts/console-kept?said=accepted");
        assertThat(page.locator(".given")).containsText(typed);
        assertThat(page.locator("#note")).hasValue("");
        assertThat(page.locator(".notice.kept")).hasCount(0);
        org.assertj.core.api.Assertions.assertThat(kept(page)).isNull();
    }

    @Test
    void aQuestionOfTheQueueOutlivesTheLoginToo() {
        hinomi.publish(SampleAlert.of("console-asked").target("sensors"));
        hinomi.awaitAlert("console-asked", 1);
        Page page = newPage();
        page.navigate(hinomi.url("/alerts?q=console-asked"));
        logIn(page, "admin", hinomi.password());
        page.waitForURL("**/alerts?q=console-asked");
        page.keyboard().press("j");
        page.keyboard().press("v");
        page.locator("#step textarea").fill("a drill of the vendor");
        endTheLastLogin();
        page.locator("#step button.primary").click();
        page.waitForURL("**/login");
        assertThat(page.locator("#kept-note")).isVisible();
        logIn(page, "admin", hinomi.password());
        page.waitForURL("**/alerts?q=console-asked");
        assertThat(page.locator("#main > .notice.kept")).containsText("ask for the same step");
        page.keyboard().press("j");
        page.keyboard().press("v");
        assertThat(page.locator("#step textarea")).hasValue("a drill of the vendor");
        assertThat(page.locator("#main > .notice.kept")).hasCount(0);
        page.locator("#step input[type=radio]").first().check();
        page.locator("#step button.primary").click();
        assertThat(page.locator(".toast.action")).isVisible();
        org.assertj.core.api.Assertions.assertThat(kept(page)).isNull();
    }

    @Test
    void whatWasTypedIsNobodyElsesAndNeverAPassword() {
        hinomi.publish(SampleAlert.of("console-mine").target("api"));
        hinomi.awaitAlert("console-mine", 1);
        String password = hinomi.part(Accounts.class)
                .create(new Member("tanabe", AccountRole.ANALYST, Optional.empty()), false, "test", Instant.now())
                .orElseThrow();
        Page page = newPage();
        page.navigate(hinomi.url("/alerts/console-mine"));
        logIn(page, "admin", hinomi.password());
        page.waitForURL("**/alerts/console-mine");
        page.fill("#note", "of the admin");
        endTheLastLogin();
        page.reload();
        page.waitForURL("**/login");
        org.assertj.core.api.Assertions.assertThat(String.valueOf(kept(page))).contains("of the admin");
        logIn(page, "tanabe", password);
        page.waitForURL("**/alerts/console-mine");
        assertThat(page.locator("#note")).hasValue("");
        org.assertj.core.api.Assertions.assertThat(kept(page)).isNull();

        // Given up by logging out.
        page.fill("#note", "of tanabe");
        page.click(".who button");
        page.waitForURL("**/login?bye");
        org.assertj.core.api.Assertions.assertThat(kept(page)).isNull();

        logIn(page, "tanabe", password);
        page.waitForURL("**/alerts");
        page.navigate(hinomi.url("/account"));
        page.fill("#present", password);
        page.fill("#chosen", "correct horse battery");
        page.fill("#again", "correct horse battery");
        endTheLastLogin();
        page.locator("#again").press("Enter");
        page.waitForURL("**/login");
        org.assertj.core.api.Assertions.assertThat(kept(page)).isNull();
    }

    /** A login of its own, which may end without others noticing. */
    private static void logIn(Page page, String name, String password) {
        page.fill("#username", name);
        page.fill("#password", password);
        page.click("form.card button[type=submit]");
    }

    private static void endTheLastLogin() {
        hinomi.execute("update account_session set ended_at = started_at where id ="
                + " (select id from account_session order by started_at desc limit 1)");
    }

    private static Object kept(Page page) {
        return page.evaluate("sessionStorage.getItem('hinomi-kept')");
    }
}
