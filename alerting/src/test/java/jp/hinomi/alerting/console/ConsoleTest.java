package jp.hinomi.alerting.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.city.Role;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an analyst and a stakeholder do, in Chromium. */
class ConsoleTest {
    private static TestAlerting hinomi;
    private static TestBrowser browser;

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(new SampleCity()
                .stakeholder(
                        "vendor",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("vendor-noc", mail("noc@vendor.example.jp")))
                .resource("api")
                .resource("sensors")
                .responsible("api", "vendor")
                .build());
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        hinomi.close();
    }

    private static Page login(Page page) {
        page.navigate(hinomi.url("/"));
        page.fill("#username", "admin");
        page.fill("#password", hinomi.password());
        page.click("button[type=submit]");
        page.waitForURL("**/alerts");
        return page;
    }

    /** Everything the browser complains about: broken scripts, refused styles, missing files. */
    private static List<String> complaints(Page page) {
        List<String> complaints = new CopyOnWriteArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }

    @Test
    void anAnalystSeesAnAlertArriveOpensItByKeyboardAndAcknowledgesIt() {
        Page page = browser.newPage();
        List<String> complaints = complaints(page);
        login(page);
        assertThat(page.locator("#live")).hasText("Live");

        hinomi.publish(SampleAlert.of("console-live")
                .target("api")
                .without("fw-edge-01")
                .indicator(Map.of(
                        "id",
                        "i-1",
                        "feed",
                        "cert",
                        "name",
                        "Bot <b>7</b>",
                        "field",
                        "source.ip",
                        "value",
                        "203.0.113.7")));
        assertThat(page.locator("#alert-console-live .title"))
                .hasText("Successful login after brute force on the city OS");
        assertThat(page.locator("#alert-console-live .status")).hasText("open");

        page.keyboard().press("j");
        while (!"console-live".equals(page.locator("tr.selected").getAttribute("data-id"))) {
            page.keyboard().press("j");
        }
        page.keyboard().press("Enter");
        page.waitForURL("**/alerts/console-live");
        assertThat(page.locator(".indicators")).containsText("Bot <b>7</b>");
        assertThat(page.locator(".indicators")).containsText("203.0.113.7");
        assertThat(page.locator(".rule ~ .notice")).containsText("fw-edge-01");
        assertThat(page.locator(".evidence .original").last())
                .hasText("Accepted password for root from 203.0.113.7 port 4242 ssh2");
        assertThat(page.locator(".why")).containsText("You are operator of api resource (api)");
        assertThat(page.locator(".deliveries")).containsText("noc@vendor.example.jp");

        page.keyboard().press("a");
        page.keyboard().type("looking into it");
        page.click("text=Acknowledge >> nth=-1");
        page.waitForURL("**/alerts/console-live?said=accepted");
        assertThat(page.locator(".given")).containsText("looking into it");
        assertThat(page.locator(".alert-head .state")).hasText("acknowledged");
        assertThat(complaints).isEmpty();
    }

    @Test
    void newAlertsDoNotMoveTheListUnderTheAnalystsHands() {
        hinomi.publish(SampleAlert.of("console-still-1").target("api"));
        hinomi.awaitAlert("console-still-1", 1);
        Page page = login(browser.newPage());
        page.keyboard().press("j");
        String selected = page.locator("tr.selected").getAttribute("data-id");

        hinomi.publish(SampleAlert.of("console-still-2").target("api"));
        assertThat(page.locator("#fresh")).hasText("1 new");
        org.assertj.core.api.Assertions.assertThat(page.locator("tr.selected").getAttribute("data-id"))
                .isEqualTo(selected);
        org.assertj.core.api.Assertions.assertThat(
                        page.locator("#alert-console-still-2").count())
                .isZero();

        page.click("#fresh");
        assertThat(page.locator("#alert-console-still-2")).isVisible();
    }

    @Test
    void aRowChangesInPlaceWhenSomebodyElseAcknowledges() {
        hinomi.publish(SampleAlert.of("console-row").target("api"));
        hinomi.awaitAlert("console-row", 1);
        Page page = login(browser.newPage());
        assertThat(page.locator("#alert-console-row .status")).hasText("open");
        hinomi.post("/api/v1/alerts/console-row/ack", "{}");
        assertThat(page.locator("#alert-console-row .status")).hasText("acknowledged");
    }

    @Test
    void filtersStandInTheAddress() {
        hinomi.publish(SampleAlert.of("console-low").target("sensors").severity(Severity.LOW));
        hinomi.publish(SampleAlert.of("console-critical").target("api").severity(Severity.CRITICAL));
        hinomi.awaitAlert("console-critical", 1);
        Page page = login(browser.newPage());
        page.check("input[name=severity][value=low]", new Page.CheckOptions().setForce(true));
        page.waitForURL("**/alerts?severity=low");
        assertThat(page.locator("#alert-console-critical")).hasCount(0);
        assertThat(page.locator("#alert-console-low")).isVisible();

        page.navigate(hinomi.url("/alerts?q=console-critical&resource=api"));
        assertThat(page.locator("tr.alert-row")).hasCount(1);
        assertThat(page.locator("#q")).hasValue("console-critical");
        assertThat(page.locator("select[name=resource]")).hasValue("api");
    }

    @Test
    void hostileLogTextIsShownAsTextAndDoesNothing() {
        String script = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";
        hinomi.publish(SampleAlert.of("console-hostile")
                .target("api")
                .lines("GET /" + script + " \u202egnp.exe \u001b[2J")
                .userAgent(script)
                .group("user.name", script + "\u202e"));
        hinomi.awaitAlert("console-hostile", 1);
        Page page = browser.newPage();
        login(page);
        assertThat(page.locator("#alert-console-hostile .value bdi")).containsText("<script>");
        page.click("#alert-console-hostile .title");
        assertThat(page.locator(".original").first()).containsText(script + " U+202Egnp.exe ESC[2J");
        assertThat(page.locator("main img[src=x]")).hasCount(0);
        assertThat(page).not().hasTitle(Pattern.compile("owned"));
    }

    @Test
    void theStakeholderAcknowledgesFromTheMailWithoutALogin() {
        hinomi.publish(SampleAlert.of("console-link").target("api"));
        ReceivedMail mail = hinomi.mail().await(SOON, one -> one.text().contains("console-link"));
        String link = mail.link("/a/").orElseThrow();

        Page page = browser.newPage("en-US", ColorScheme.LIGHT, 390, 844);
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
    void gapsAndDeliveriesHaveTheirPages() {
        hinomi.publish(SampleAlert.of("console-gap").target("sensors"));
        hinomi.mail().await(SOON, one -> one.text().contains("console-gap"));
        Page page = browser.newPage("ja-JP", ColorScheme.DARK, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.click("nav >> text=分担の空白");
        assertThat(page.locator("main table")).containsText("sensors資産");
        page.click("nav >> text=通知の配送");
        assertThat(page.locator("main table")).containsText("csirt@city.example.jp");
        page.click("text=English");
        assertThat(page.locator("h1")).hasText("Deliveries");
        page.click("text=Light");
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        assertThat(complaints).isEmpty();
    }

    @Test
    void operationsShowWhatRunsAndWhatAlarms() {
        hinomi.publish(SampleAlert.of("console-runs").target("api"));
        hinomi.awaitAlert("console-runs", 1);
        hinomi.post("/api/v1/alerts/console-runs/ack", "{\"answer\":\"help\"}");
        TestAlerting.await(() -> hinomi.query("select step from escalation where alert_id = 'console-runs'")
                .equals("1"));
        hinomi.execute("insert into alarm (kind, object, text_ja, text_en, raised_at, last_at)"
                + " values ('not-run', 'test', '試験<b>', 'a test <b>', now(), now())");
        Page page = browser.newPage("ja-JP", ColorScheme.DARK, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.click("nav >> text=運用");
        assertThat(page.locator("#alarms")).containsText("試験<b>");
        assertThat(page.locator("#running")).containsText("推進主体へ");
        assertThat(page.locator("#running")).containsText("promoter-csirt");
        page.click("text=English");
        assertThat(page.locator("#alarms")).containsText("a test <b>");
        page.locator("#alarms tr", new Page.LocatorOptions().setHasText("a test"))
                .locator("button")
                .click();
        assertThat(page.locator("#alarms")).not().containsText("a test");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aDeadLetterIsSentAgainAtThePressOfAButton() {
        hinomi.mail().refuse(recipient -> true);
        hinomi.publish(SampleAlert.of("console-dead").target("api"));
        TestAlerting.await(() -> hinomi.query("select state from delivery where alert_id = 'console-dead'")
                .equals("dead"));
        Page page = login(browser.newPage());
        page.navigate(hinomi.url("/deliveries?state=dead"));
        assertThat(page.locator("main table")).containsText("no such mailbox");

        hinomi.mail().refuse(recipient -> false);
        // The promoter was to be alarmed, and could not be either: that is one more, and no alarm about an alarm.
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("alarm")))
                .hasCount(1);
        page.locator("tr", new Page.LocatorOptions().setHasText("vendor-noc"))
                .locator("text=Retry")
                .click();
        hinomi.mail().await(SOON, one -> one.text().contains("console-dead"));
        TestAlerting.await(() -> hinomi.query("select state from delivery where alert_id = 'console-dead'")
                .equals("sent"));
    }

    @Test
    void aWrongPasswordIsSaidAndNothingIsShownWithoutALogin() {
        Page page = browser.newPage();
        page.navigate(hinomi.url("/deliveries"));
        assertThat(page).hasURL(Pattern.compile("/login$"));
        page.fill("#username", "admin");
        page.fill("#password", "guess");
        page.click("button[type=submit]");
        assertThat(page.locator("[role=alert]")).hasText("Account or password is wrong.");
    }
}
