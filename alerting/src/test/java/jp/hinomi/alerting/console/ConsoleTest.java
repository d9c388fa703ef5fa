package jp.hinomi.alerting.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.alerting.learning.Learning;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.proposal.ProposalRefusal;
import jp.hinomi.alerting.proposal.ProposedException;
import jp.hinomi.alerting.proposal.ProposedExceptions;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.city.Role;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What an analyst and a stakeholder do, in Chromium. */
class ConsoleTest {
    private static TestAlerting hinomi;
    private static TestBrowser browser;
    private static List<Cookie> session = List.of();

    @BeforeAll
    static void start() {
        // Before there is somebody who reads them: topics that come later are found only after a while.
        for (String topic : List.of(Topics.RULES, Topics.SOURCE_HEALTH, Topics.REJECTS)) {
            TestAlerting.createTopic(topic);
        }
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

    /** By the form the first time; later with the session that this gave. */
    private static Page login(Page page) {
        if (!session.isEmpty()) {
            page.context().addCookies(session);
            page.navigate(hinomi.url("/alerts"));
            return page;
        }
        page.navigate(hinomi.url("/"));
        page.fill("#username", "admin");
        page.fill("#password", hinomi.password());
        page.click("button[type=submit]");
        page.waitForURL("**/alerts");
        session = page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("hinomi-session"))
                .map(cookie -> new Cookie(cookie.name, cookie.value).setUrl(hinomi.url("/")))
                .toList();
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

    @Test
    void whatWasTypedIntoAFormOutlivesTheLogin() {
        hinomi.publish(SampleAlert.of("console-kept").target("api"));
        hinomi.awaitAlert("console-kept", 1);
        String typed = "called <the> operator at 3, 二度目";
        Page page = browser.newPage();
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
        assertThat(page.locator("h1")).hasText("403");
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
        page.context().close();
    }

    @Test
    void aQuestionOfTheQueueOutlivesTheLoginToo() {
        hinomi.publish(SampleAlert.of("console-asked").target("sensors"));
        hinomi.awaitAlert("console-asked", 1);
        Page page = browser.newPage();
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
        page.context().close();
    }

    @Test
    void whatWasTypedIsNobodyElsesAndNeverAPassword() {
        hinomi.publish(SampleAlert.of("console-mine").target("api"));
        hinomi.awaitAlert("console-mine", 1);
        String password = hinomi.part(Accounts.class)
                .create(new Member("tanabe", AccountRole.ANALYST, Optional.empty()), false, "test", Instant.now())
                .orElseThrow();
        Page page = browser.newPage();
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
        page.context().close();
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
    void fromAValueOneGetsToEverythingWithItAndToAllOfIt() {
        String agent = "=cmd|' /C calc'!A0 \u202e\u001b[2J";
        String line = "long " + "x".repeat(200_000) + " end-of-the-line";
        hinomi.publish(
                SampleAlert.of("value-1")
                        .target("api")
                        .rule("values", "値", "=Values()")
                        .lines("first", line)
                        .group("user_agent.original", agent),
                SampleAlert.of("value-2")
                        .target("api")
                        .rule("values", "値", "=Values()")
                        .group("user_agent.original", agent));
        hinomi.awaitAlert("value-1", 1);
        hinomi.awaitAlert("value-2", 1);
        Page page = browser.newPage();
        List<String> complaints = complaints(page);
        login(page);
        page.navigate(hinomi.url("/alerts/value-2"));
        page.locator("#verdict").selectOption("benign");
        page.click("#judge button");
        assertThat(page.locator(".judged")).containsText("benign");

        page.navigate(hinomi.url("/alerts/value-1"));
        assertThat(page.locator(".similar")).containsText("same values");
        assertThat(page.locator(".similar .verdict-bar")).containsText("1 benign");
        assertThat(page.locator("svg.evidence-axis circle")).hasCount(2);
        page.locator("svg.evidence-axis a").last().click();
        assertThat(page).hasURL(Pattern.compile("#evidence-1$"));
        assertThat(page.locator("#evidence-1 .original")).containsText("+");
        page.locator(".facts a.pick").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".value-menu a").first()).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator(".facts a.pick")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator(".value-menu a").first()).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("tr.alert-row")).hasCount(2);
        assertThat(page.locator("#alert-value-2")).isVisible();
        page.goBack();
        page.click(".facts a.pick");
        page.click(".value-menu a:has-text('5 minutes')");
        assertThat(page).hasURL(Pattern.compile("from=.*to="));
        assertThat(page.locator("tr.alert-row")).hasCount(2);
        page.goBack();
        page.click("#evidence-1 a:has-text('All of it')");
        assertThat(page.locator(".value-page .original")).containsText("end-of-the-line");

        String table = TestAlerting.send(
                        HttpRequest.newBuilder(URI.create(hinomi.url("/alerts.csv?rule=values&status=all")))
                                .header("Accept-Language", "en")
                                .header("Cookie", hinomi.session()))
                .body();
        assertThat(table).startsWith("\uFEFF\"id\",").doesNotContain("\u202e", "\u001b");
        assertThat(table.lines()).hasSize(3);
        assertThat(table)
                .contains("\"'=Values()\"")
                .contains("\"user_agent.original==cmd|' /C calc'!A0 [U+202E][ESC][2J\"");
        String whole = TestAlerting.send(HttpRequest.newBuilder(URI.create(
                                hinomi.url("/alerts/value-1/value.txt?field=event.original&event=logs.city-os-0-101")))
                        .header("Cookie", hinomi.session()))
                .body();
        assertThat(whole).isEqualTo(line);
        assertThat(complaints).isEmpty();
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
    void sourcesRejectsTheJobAndTheAuditLogHaveTheirPages() {
        hinomi.publishTo(
                Topics.SOURCE_HEALTH,
                "fw-edge-01",
                SourceHealthJson.write(new SourceHealth(
                        "fw-edge-01",
                        SourceHealth.State.SILENT,
                        System.currentTimeMillis() - 60_000,
                        System.currentTimeMillis(),
                        OptionalLong.of(System.currentTimeMillis() - 120_000),
                        12.5,
                        0.25,
                        OptionalLong.of(-32_400_000),
                        OptionalLong.of(10),
                        Optional.of("see whether it runs"))));
        hinomi.publishTo(Topics.REJECTS, "fw-edge-01", "<script>x</script>\u001b[2J".getBytes(UTF_8));
        TestAlerting.await(() -> hinomi.query(
                        "select (select count(*) from source_health where source = 'fw-edge-01') + count(*) from reject")
                .equals("2"));
        Page page = browser.newPage("ja-JP", ColorScheme.DARK, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.click("nav >> text=運用");
        page.click(".tabs >> text=ログの送信元");
        assertThat(page.locator("tr[data-source=fw-edge-01]")).containsText("沈黙");
        assertThat(page.locator("tr[data-source=fw-edge-01]")).containsText("−9:00 h");
        assertThat(page.locator("tr[data-source=fw-edge-01]")).containsText("25 %");
        assertThat(page.locator("tr[data-source=fw-edge-01] svg.spark")).isVisible();
        page.click(".tabs >> text=読めなかった記録");
        assertThat(page.locator("#newest .original")).hasText("<script>x</script>ESC[2J");
        page.click(".tabs >> text=相関ジョブ");
        assertThat(page.locator("main .notice")).containsText("HINOMI_FLINK_REST");
        page.click(".tabs >> text=監査ログ");
        page.click("#verify");
        assertThat(page.locator("#verified")).containsText("改ざんはありません");
        assertThat(page.locator("main table")).containsText("audit.verified");
        assertThat(complaints).isEmpty();
    }

    private static final String GUESSING = """
            title: A password guessed
            title_ja: パスワードの推測
            name: learning_guessed
            level: high
            status: stable
            tags: [cps.ac-9, attack.credential-access, attack.t1110]
            not_evaluable_without: [learning-silent-01]
            correlation:
              type: event_count
              rules: [learning_refused]
              group-by: [source.ip]
              timespan: 10m
              condition: {gte: 5}
            ---
            title: A login refused
            name: learning_refused
            logsource: {category: authentication}
            detection: {refused: {event.outcome: failure}, condition: refused}
            """;

    private static void guessed(int number, String source, long events, Verdict verdict) {
        String id = "learning-" + number;
        hinomi.publish(SampleAlert.of(id)
                .rule("learning_guessed", "パスワードの推測", "A password guessed")
                .at(Instant.now())
                .group("source.ip", source)
                .count(events)
                .target("sensors"));
        hinomi.awaitAlert(id, 1);
        hinomi.part(Triage.class).take(id, new Step.Judge(verdict), "", OptionalInt.empty(), "admin", Instant.now());
    }

    @Test
    void verdictsSayHowFarARuleCanBeTrustedAndWhatToChange() {
        hinomi.publishTo(Topics.RULES, "learning_guessed", GUESSING.getBytes(UTF_8));
        hinomi.publishTo(
                Topics.SOURCE_HEALTH,
                "learning-silent-01",
                SourceHealthJson.write(new SourceHealth(
                        "learning-silent-01",
                        SourceHealth.State.SILENT,
                        0,
                        System.currentTimeMillis(),
                        OptionalLong.empty(),
                        0,
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty())));
        for (int i = 0; i < 4; i++) {
            guessed(i, "192.0.2.17", 6, Verdict.FALSE_POSITIVE);
        }
        guessed(4, "203.0.113.9", 40, Verdict.TRUE_POSITIVE);
        guessed(5, "203.0.113.9", 6, Verdict.DUPLICATE); // says nothing of the rule
        TestAlerting.await(() -> hinomi.query(
                        "select (select count(*) from rule_document where key = 'learning_guessed') + count(*) from source_health"
                                + " where source = 'learning-silent-01'")
                .equals("2"));
        Page page = browser.newPage("en-US", ColorScheme.LIGHT, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.click("nav >> text=Rules");
        var row = page.locator("tr[data-rule=learning_guessed]");
        // Where somebody looked just before, the figures of then hold for a moment.
        TestAlerting.await(() -> {
            page.reload();
            return row.textContent().contains("20 %");
        });
        assertThat(row).containsText("4–62 %, 1 of 5 judged"); // Wilson's interval of one of five
        assertThat(row).containsText("Could not be evaluated: silent are learning-silent-01");
        assertThat(page.locator("tr[data-rule=learning_refused]")).containsText("only part of correlations");
        assertThat(page.request().get(hinomi.url("/rules.csv")).text())
                .contains("\"learning_guessed\",\"learning_guessed\",\"A password guessed\",\"high\"")
                .contains("\"blind\",6,0,\"\",1,5,0.2,0.036,0.624,\"learning-silent-01\"");

        page.click(".tabs >> text=Coverage");
        page.click("#controls tr:has-text('CPS.AC-9') summary >> nth=0");
        assertThat(page.locator("#controls tr:has-text('CPS.AC-9')")).containsText("learning_guessed");
        assertThat(page.locator("#attack tr:has-text('credential-access')")).containsText("T1110");
        assertThat(page.request().get(hinomi.url("/rules/attack.csv")).text())
                .contains("\"credential-access\",\"T1110\",\"Brute Force\",1,\"learning_guessed\"");

        page.click(".tabs >> text=Proposals");
        var raise = page.locator(".proposal", new Page.LocatorOptions().setHasText("from 5 to 40"));
        assertThat(raise).containsText("Would have hidden 5 of 6 stored alerts: 4 wasted, 1 not judged, 0 worthwhile.");
        var except = page.locator(".proposal", new Page.LocatorOptions().setHasText("192.0.2.17"));
        assertThat(except)
                .containsText("Would have hidden 4 of 6 stored alerts: 4 wasted, 0 not judged, 0 worthwhile.");
        except.locator("summary >> nth=1").click();
        assertThat(except.locator("pre")).containsText("rules: [\"learning_refused\"]");
        assertThat(complaints).isEmpty();
    }

    /** {@code -Dhinomi.images=DIR} keeps the page as it is, at a desk and dark on a telephone. */
    private static void image(Page page, String name) {
        String folder = System.getProperty("hinomi.images");
        if (folder != null) {
            for (boolean desk : new boolean[] {false, true}) {
                page.setViewportSize(desk ? 1280 : 390, 900);
                page.emulateMedia(
                        new Page.EmulateMediaOptions().setColorScheme(desk ? ColorScheme.LIGHT : ColorScheme.DARK));
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of(folder, name + (desk ? "" : "-telephone") + ".png")));
            }
        }
    }

    private static final String PORTS = """
            title: Ports tried
            name: except_ports
            correlation: {type: event_count, rules: [city_os_login], group-by: [source.ip], timespan: 10m, condition: {gte: 2}}
            ---
            title: A login
            name: city_os_login
            logsource: {category: authentication}
            detection: {of: {event.outcome: [failure, success]}, condition: of}
            """;

    private static void tried(int number, String source, String host, Verdict verdict) {
        String id = "except-" + number;
        hinomi.publish(SampleAlert.of(id)
                .rule("except_ports", "ポート探索", "Ports tried")
                .seen(source, host)
                .userAgent("*\"]}\u202E <script>document.title='owned'</script>")
                .target("sensors"));
        hinomi.awaitAlert(id, 1);
        hinomi.part(Triage.class).take(id, new Step.Judge(verdict), "", OptionalInt.empty(), "admin", Instant.now());
    }

    @Test
    void anExceptionIsProposedFromAValueOnceOneHasSeenWhatItWouldHaveHidden() {
        hinomi.publishTo(Topics.RULES, "except_ports", PORTS.getBytes(UTF_8));
        TestAlerting.await(() -> !hinomi.query("select key from rule_document where key = 'except_ports'")
                .isEmpty());
        tried(1, "192.0.2.40", "bastion-01", Verdict.FALSE_POSITIVE);
        tried(2, "192.0.2.40", "bastion-01", Verdict.FALSE_POSITIVE);
        tried(3, "192.0.2.40", "bastion-02", Verdict.TRUE_POSITIVE);
        tried(4, "203.0.113.44", "bastion-01", Verdict.FALSE_POSITIVE);
        Page page = browser.newPage("en-US", ColorScheme.LIGHT, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.navigate(hinomi.url("/alerts/except-1"));
        page.locator(".evidence .key a.pick >> text=192.0.2.40").last().click();
        page.click(".value-menu >> text=Exception with this value");
        var preview = page.locator("#preview");
        assertThat(preview).containsText("It would have hidden 3 of 4.");
        assertThat(preview).containsText("Looked at were 4 stored alerts of the rule, since ");
        assertThat(preview.locator("[role=alert]")).containsText("1 of them showed something");
        assertThat(preview.locator(".hidden-alerts li").first()).containsText("true positive");

        page.check("[name=value][value=':host.name']");
        assertThat(preview).containsText("It would have hidden 2 of 4.");
        assertThat(preview.locator("[role=alert]")).hasCount(0);
        assertThat(page).hasURL(Pattern.compile("value=%3Asource.ip.*value=|value=%3Ahost.name.*value="));
        page.check("[name=value][value=':user_agent.original']");
        assertThat(preview.locator("details pre")).containsText("\\u202e");
        page.reload();
        assertThat(preview).containsText("It would have hidden 2 of 4.");

        page.selectOption("[name=owner]", "vendor");
        image(page, "exception");
        page.fill("[name=ja]", "自前の診断");
        page.fill("[name=until]", LocalDate.now(SampleCity.TOKYO).plusDays(400).toString());
        page.locator("#exception").evaluate("form => form.noValidate = true");
        page.click("#propose");
        assertThat(page.locator("#refused")).containsText("Give a last day from today to ");
        assertThat(page.locator("[name=ja]")).hasValue("自前の診断");
        page.fill("[name=until]", LocalDate.now(SampleCity.TOKYO).plusDays(30).toString());
        // Meanwhile somebody judges, and what was looked at is no longer so.
        tried(5, "192.0.2.40", "bastion-01", Verdict.SUSPICIOUS);
        page.click("#propose");
        assertThat(page.locator("#refused")).containsText("not what you looked at");
        assertThat(preview.locator("[role=alert]")).containsText("1 of them showed something");
        page.click("#propose");
        page.waitForURL("**/rules/proposals/*");
        assertThat(page.locator(".conditions")).containsText("192.0.2.40");
        assertThat(page.locator("#decide")).containsText("Somebody else has to approve it");
        assertThat(page.locator("#approve")).hasCount(0);
        assertThat(page).not().hasTitle("owned");

        long number = Long.parseLong(page.url().replaceAll(".*/", ""));
        ProposedExceptions proposals = hinomi.part(ProposedExceptions.class);
        ProposedException made = proposals.get(number);
        assertThat(made.seen()).isEqualTo(new ProposedException.Seen(3, 1, 5));
        assertThatThrownBy(() -> proposals.approve(number, made.sha256(), "", "admin", Instant.now()))
                .isInstanceOf(ProposalRefusal.class)
                .hasMessageContaining("somebody else");
        assertThatThrownBy(() -> hinomi.execute(
                        "update rule_proposal set state = 'approved', decided_by = made_by, decided_at = now()"))
                .hasMessageContaining("rule_proposal_four_eyes");
        var look = hinomi.get("/api/v1/alerts/except-1/exception-preview?value=:source.ip&value=:host.name");
        assertThat(look.get("hidden").findValuesAsText("id")).containsExactly("except-5", "except-1", "except-2");
        assertThat(look.get("hidden").get(0).get("worthwhile").asBoolean()).isTrue();
        assertThat(hinomi.get("/api/v1/rules/proposals/" + number).get("text").asText())
                .isEqualTo(made.body());
        var refused = TestAlerting.send(
                HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/rules/proposals/" + number + "/approve")))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                        .header("Accept-Language", "ja")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"sha256\":\"" + made.sha256() + "\"}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("トークンは人ではありません").contains("\"no-person\"");
        proposals.approve(number, made.sha256(), "looked at the logs", "author", Instant.now());
        page.reload();
        assertThat(page.locator("#decide")).containsText("looked at the logs");
        assertThat(page.locator("#accept"))
                .containsText("hinomi rules accept --bootstrap-servers HOST:PORT --key KEY " + number + " FOLDER");
        image(page, "proposal");
        assertThat(page.request().get(page.url() + ".yml").text()).isEqualTo(made.body());

        hinomi.publishTo(Topics.RULES, made.name(), made.body().getBytes(UTF_8));
        TestAlerting.await(() -> !hinomi.query("select key from rule_document where key = '" + made.name() + "'")
                .isEmpty());
        page.reload();
        assertThat(page.locator(".page-head")).containsText("in force");
        page.navigate(hinomi.url("/rules/proposals"));
        image(page, "proposals");
        assertThat(page.locator("#made tr", new Page.LocatorOptions().setHasText("Proposal " + number)))
                .containsText("approved");
        assertThat(complaints).isEmpty();
    }

    @Test
    void anExerciseSaysSoInEveryMessageAndCountsInNoStatistics() {
        Page page = browser.newPage("ja-JP", ColorScheme.DARK, 390, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.navigate(hinomi.url("/rules/drills"));
        page.fill("[name=ja]", "秋の訓練");
        page.fill("[name=en]", "=autumn exercise");
        page.selectOption("[name=resource]", "api");
        page.fill("[name=at]", "2001-01-01T00:00");
        page.click("#plan");
        assertThat(page.locator(".notice.bad")).containsText("過去");
        assertThat(page.locator("[name=ja]")).hasValue("秋の訓練");
        page.fill("[name=at]", "");
        page.click("#more");
        assertThat(page.locator(".drill-step")).hasCount(2);
        assertThat(page.locator("[name=ja]")).hasValue("秋の訓練");
        image(page, "drills");
        page.click("#more");
        page.locator("[name=resource]").nth(1).selectOption("sensors");
        page.locator("[name=after]").nth(1).fill("45");
        page.locator("[name=step-ja]").nth(1).fill("センサーも");
        page.click("#plan");
        assertThat(page.locator(".notice.bad")).containsText("両方の言語で");
        page.locator("[name=step-en]").nth(1).fill("sensors too");
        page.click("#plan");
        page.waitForURL("**/rules/drills/*");

        ReceivedMail mail = hinomi.mail().await(SOON, one -> one.subject().contains("秋の訓練"));
        assertThat(mail.subject()).contains("【訓練】");
        assertThat(mail.text()).contains("これは訓練です");
        String id = hinomi.query("select alert_id from drill_step where sent_at is not null");
        assertThat(hinomi.query("select drill from alert where id = '" + id + "'"))
                .isEqualTo("t");
        hinomi.part(Triage.class).take(id, new Step.Acknowledge(), "", OptionalInt.empty(), "admin", Instant.now());

        page.reload();
        assertThat(page.locator("[data-step='1']")).containsText("vendor-noc");
        assertThat(page.locator("[data-step='1'] tr:has-text('確認')")).containsText("admin");
        assertThat(page.locator("[data-step='1']")).containsText("後に最初の応答");
        // The second comes three quarters of an hour later; the third was left out.
        assertThat(page.locator(".drill-part")).hasCount(2);
        assertThat(page.locator("[data-step='2']")).containsText("センサーも");
        assertThat(page.locator("[data-step='2']")).containsText("開始から 45分");
        Drills drills = hinomi.part(Drills.class);
        Drill drill = drills.newest().get(0);
        assertThat(drills.beginNext(drill.begunAt().orElseThrow().plusSeconds(45 * 60 - 1)))
                .isFalse();
        assertThat(drills.beginNext(drill.begunAt().orElseThrow().plusSeconds(45 * 60)))
                .isTrue();
        assertThat(hinomi.query("select title_en || ' ' || drill from alert where id = 'drill-" + drill.id() + "-2'"))
                .isEqualTo("[DRILL] sensors too true");
        assertThat(drills.cancel(drill.id(), "admin", Instant.now())).isFalse(); // all was sent
        page.reload();
        assertThat(page.locator("[data-step='2']")).containsText("promoter-csirt");
        image(page, "drill");
        long other = drills.plan(drill.name(), drill.steps(), Instant.now().plusSeconds(3600), "admin", Instant.now());
        assertThat(drills.cancel(other, "admin", Instant.now())).isTrue();
        assertThat(drills.beginNext(Instant.now().plusSeconds(7200))).isFalse();
        assertThat(page.request().get(page.url() + ".csv").text()).contains("\"ack\",\"admin\",\"console\"");
        page.navigate(hinomi.url("/alerts/" + id));
        assertThat(page.locator("h1")).containsText("【訓練】秋の訓練");
        Learning counted = new Learning(hinomi.part(JdbcClient.class), hinomi.part(RuleBook.class));
        assertThat(counted.all(SampleCity.TOKYO, Instant.now()))
                .noneMatch(rule -> rule.figures().id().startsWith(Drill.RULE));
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

    private static void dueNow() {
        hinomi.execute("update bulk_action set due_at = now() - interval '1 second' where state = 'waiting'");
    }

    private static String work(String id) {
        return hinomi.query("select work || ' ' || coalesce(verdict, '') || ' ' || coalesce(assignee, '')"
                + " from alert where id = '" + id + "'");
    }

    @Test
    void aStepForAWholeListTouchesExactlyWhatWasThereAndWhatNobodyElseChanged() {
        hinomi.publishAll(java.util.stream.IntStream.rangeClosed(1, 60)
                .mapToObj(
                        i -> SampleAlert.of("whole-" + i).target("api").rule("whole-list", "一覧全体", "The whole list")));
        TestAlerting.await(() -> hinomi.query("select count(*) from alert where rule_id = 'whole-list'")
                .equals("60"));
        Page page = login(browser.newPage());
        page.navigate(hinomi.url("/alerts?rule=whole-list"));
        assertThat(page.locator("tr.alert-row")).hasCount(50);
        hinomi.publish(SampleAlert.of("whole-61").target("api").rule("whole-list", "一覧全体", "The whole list"));
        hinomi.awaitAlert("whole-61", 1);
        page.keyboard().press("j");
        page.keyboard().press("X");
        page.keyboard().press("v");
        assertThat(page.locator("#step .exact")).hasText("This will judge and close 60 alerts.");
        page.fill("#step textarea", "a test of the whole list");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".toast.action")).isVisible();
        // Somebody else takes one of them meanwhile.
        hinomi.execute("update alert set assignee = 'other', triage_version = triage_version + 1 where id = 'whole-7'");
        dueNow();
        TestAlerting.await(() -> hinomi.query("select count(*) from bulk_action where state <> 'done' and alerts = 60")
                .equals("0"));
        assertThat(page.locator(".toast.action")).containsText("Done: 59.");
        assertThat(page.locator(".toast.action")).containsText("1 were changed by somebody else");
        assertThat(page.locator(".toast.action a")).hasText("whole-7");
        assertThat(work("whole-7")).isEqualTo("open  other");
        assertThat(work("whole-61")).isEqualTo("open  ");
        assertThat(hinomi.query("select count(*) from alert_verdict v join alert a on a.id = v.alert_id"
                        + " where a.rule_id = 'whole-list' and v.note = 'a test of the whole list'"))
                .isEqualTo("59");

        page.navigate(hinomi.url("/alerts?rule=whole-list&status=all&group=resource"));
        assertThat(page.locator(".groups tbody tr")).hasCount(1);
        assertThat(page.locator(".groups tbody .number").first()).hasText("61");
        page.navigate(hinomi.url("/alerts?rule=whole-list&status=all"));
        page.click("#fold");
        assertThat(page.locator("#facets")).containsText("61 alerts");
        page.click("#facets a:has-text('closed')");
        assertThat(page).hasURL(Pattern.compile("status=closed"));
        page.click(".save summary");
        page.fill(".save input[name=name]", "The <b>list</b>");
        page.click(".save button");
        assertThat(page.locator(".view a[aria-current]")).hasText("The <b>list</b>");
        page.click(".view .drop");
        assertThat(page.locator(".view")).hasCount(0);
    }

    @Test
    void twoPeopleOnOneAlertLoseNothing() {
        hinomi.publish(SampleAlert.of("two-people").target("api"));
        hinomi.awaitAlert("two-people", 1);
        Page one = login(browser.newPage());
        one.navigate(hinomi.url("/alerts/two-people"));
        Page other = login(browser.newPage());
        other.navigate(hinomi.url("/alerts/two-people"));
        other.selectOption("#verdict", "true-positive");
        other.fill("#verdict-note", "seen on the bastion");
        other.click("#judge button");
        assertThat(other.locator(".alert-head .state")).hasText("closed");

        one.selectOption("#verdict", "false-positive");
        one.fill("#verdict-note", "only <the> scanner");
        one.click("#judge button");
        assertThat(one.locator(".notice[role=status]").first()).containsText("Nothing was overwritten");
        assertThat(one.locator("#verdict-note")).hasValue("only <the> scanner");
        assertThat(one.locator(".judged")).containsText("seen on the bastion");
        one.selectOption("#verdict", "false-positive");
        one.click("#judge button");
        assertThat(one.locator(".judged li")).hasCount(2);
        assertThat(one.locator(".alert-head .verdict")).hasText("false positive");
        one.click("text=Reopen");
        assertThat(one.locator(".alert-head .state")).hasText("in progress");
    }

    /** Failed when the form of an incident overwrote what another had written since it was opened. */
    @Test
    void twoPeopleOnOneIncidentLoseNothing() {
        hinomi.publish(SampleAlert.of("two-on-incident").target("api"));
        hinomi.awaitAlert("two-on-incident", 1);
        String number = hinomi.post("/api/v1/incidents", "{\"alert\":\"two-on-incident\"}")
                .get("number")
                .asText();
        Page one = login(browser.newPage());
        one.navigate(hinomi.url("/incidents/" + number));
        Page other = login(browser.newPage());
        other.navigate(hinomi.url("/incidents/" + number));
        other.selectOption("#judgement select", "true-positive");
        other.fill("#judgement textarea", "VPN without a second factor");
        other.click("#judgement button");
        other.selectOption("form[action$='/edit'] select[name=status]", "closed");
        other.fill("form[action$='/edit'] textarea", "one account");
        other.click("form[action$='/edit'] button");
        assertThat(other.locator(".alert-head .state")).hasText("closed");

        one.selectOption("#judgement select", "false-positive");
        one.fill("#judgement textarea", "only <the> scanner");
        one.click("#judgement button");
        assertThat(one.locator(".notice[role=alert]")).containsText("Nothing was overwritten");
        assertThat(one.locator("#judgement textarea")).hasValue("only <the> scanner");
        assertThat(one.locator("#judgement select")).hasValue("false-positive");
        assertThat(one.locator("#judgement .muted")).containsText("VPN without a second factor");
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select verdict from incident where number = '" + number + "'"))
                .isEqualTo("true-positive");
        // Whoever has read it and means it, saves it.
        one.click("#judgement button");
        assertThat(one.locator(".notice.good")).isVisible();
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select verdict from incident where number = '" + number + "'"))
                .isEqualTo("false-positive");

        Page third = login(browser.newPage());
        third.navigate(hinomi.url("/incidents/" + number));
        other.fill("form[action$='/edit'] textarea", "two accounts");
        other.click("form[action$='/edit'] button");
        third.fill("form[action$='/edit'] textarea", "three accounts");
        third.click("form[action$='/edit'] button");
        assertThat(third.locator(".notice[role=alert]")).containsText("Nothing was overwritten");
        assertThat(third.locator("form[action$='/edit'] textarea")).hasValue("three accounts");
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select impact from incident where number = '" + number + "'"))
                .isEqualTo("two accounts");
    }

    @Test
    void theBackButtonAfterAnActionShowsWhatIsAndDoesNothingTwice() {
        hinomi.publish(SampleAlert.of("back-button").target("api"));
        hinomi.awaitAlert("back-button", 1);
        Page page = login(browser.newPage());
        List<String> complaints = complaints(page);
        page.navigate(hinomi.url("/alerts/back-button"));
        page.fill("#note", "seen <once>");
        page.click("text=Acknowledge >> nth=-1");
        page.waitForURL("**/alerts/back-button?said=accepted");
        page.goBack();
        assertThat(page).hasURL(Pattern.compile("/alerts/back-button$"));
        assertThat(page.locator(".alert-head .state")).hasText("acknowledged");
        assertThat(page.locator(".given")).containsText("seen <once>");
        page.goForward();
        page.reload();
        org.assertj.core.api.Assertions.assertThat(
                        hinomi.query("select count(*) from acknowledgement where alert_id = 'back-button'"))
                .isEqualTo("1");
        // A list that somebody comes back to is live.
        page.navigate(hinomi.url("/alerts"));
        page.click("#alert-back-button .title");
        page.waitForURL("**/alerts/back-button");
        page.goBack();
        assertThat(page.locator("#live")).hasText("Live");
        hinomi.publish(SampleAlert.of("back-live").target("api"));
        assertThat(page.locator("#alert-back-live, #fresh:visible").first()).isVisible();
        org.assertj.core.api.Assertions.assertThat(complaints).isEmpty();
    }

    @Test
    void aStreamThatIsLostIsSaidAndWhatCameMeanwhileIsThereOnceItIsBack() {
        Page page = browser.newPage();
        List<String> streams = new CopyOnWriteArrayList<>();
        // Begins as it should and breaks off.
        page.route("**/alerts/stream", route -> {
            streams.add(route.request().url());
            route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody("retry: 300\nevent: ready\ndata: \n\n"));
        });
        login(page);
        assertThat(page.locator("#live.off")).isVisible();
        hinomi.publish(SampleAlert.of("while-lost").target("api"));
        hinomi.awaitAlert("while-lost", 1);
        // The queue is there as it was, and can be worked on.
        page.keyboard().press("j");
        assertThat(page.locator("tr.selected")).hasCount(1);
        page.unroute("**/alerts/stream");
        assertThat(page.locator("#live:not(.off)")).hasText("Live");
        assertThat(page.locator("#alert-while-lost, #fresh:visible").first()).isVisible();
        org.assertj.core.api.Assertions.assertThat(streams).isNotEmpty();
    }

    @Test
    void aFieldOfAMebibyteCostsNoPageItsSpeedAndIsThereAsAWhole() {
        String begin = "GET /" + "あ<b>\u202e".repeat(5);
        String line = begin + "x".repeat((1 << 20) - begin.length() - 12) + "end-of-it-all";
        // Larger than the topic of tests takes: it comes in by the same door behind it.
        byte[] record = AlertJson.write(SampleAlert.of("mebibyte")
                .target("api")
                .lines("first", line)
                .userAgent(line)
                .build());
        hinomi.part(TransactionTemplate.class)
                .executeWithoutResult(status -> hinomi.part(AlertIntake.class).takeAll(List.of(record), Instant.now()));
        Page page = login(browser.newPage());
        long[] bytes = {0};
        com.microsoft.playwright.CDPSession network = page.context().newCDPSession(page);
        network.send("Network.enable");
        network.on(
                "Network.loadingFinished",
                event -> bytes[0] += event.get("encodedDataLength").getAsLong());
        for (String path : List.of("/alerts/mebibyte", "/alerts")) {
            bytes[0] = 0;
            page.navigate(hinomi.url(path));
            page.waitForLoadState();
            org.assertj.core.api.Assertions.assertThat(bytes[0])
                    .as("transferred for " + path)
                    .isBetween(1L, 150L * 1024);
        }
        page.navigate(hinomi.url("/alerts/mebibyte"));
        assertThat(page.locator("#evidence-1 .original")).containsText("<b>");
        org.assertj.core.api.Assertions.assertThat(
                        page.locator("#evidence-1 .original").innerText())
                .contains("U+202E")
                .hasSizeLessThan(20_000);
        String whole = TestAlerting.send(HttpRequest.newBuilder(URI.create(
                                hinomi.url("/alerts/mebibyte/value.txt?field=event.original&event=logs.city-os-0-101")))
                        .header("Cookie", hinomi.session()))
                .body();
        org.assertj.core.api.Assertions.assertThat(whole).isEqualTo(line);
    }
}
