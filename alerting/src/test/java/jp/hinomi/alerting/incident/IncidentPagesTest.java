package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From an alert to a submitted report, the drawn timeline and the files of an incident, in Chromium. {@code -Dhinomi.images=DIR}
 * keeps the pages.
 */
class IncidentPagesTest extends IncidentDesk {
    private static TestBrowser browser;

    @BeforeAll
    static void startTheBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static void endTheBrowser() {
        browser.close();
    }

    /** Of somebody who reads Japanese and has logged in. */
    private static Page desk(List<String> complaints) {
        Page page = browser.newPage("ja-JP", ColorScheme.LIGHT, 1360, 900);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.context().addCookies(loggedIn());
        return page;
    }

    @Test
    void theConsoleLeadsFromAnAlertToASubmittedReport() {
        Leak leak = Leak.detected("led");
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page page = desk(complaints);
        page.navigate(hinomi.url("/alerts/" + leak.alert(2)));
        page.click(".of-incident button");
        page.waitForURL("**/incidents/INC-2026-*");
        String incident = URI.create(page.url()).getPath();
        shot(page, "incident-ja");
        page.check("input[value=ransomware]");
        page.fill("[name=impact]", "庁内の共有フォルダが暗号化され、住民票の窓口が止まっている。");
        page.click("form[action$='/edit'] button");
        page.waitForURL("**?done=saved");
        page.selectOption("[name=form]", "ransomware");
        page.selectOption("[name=recipient]", "ken");
        page.click("form[action$='/reports'] button");
        page.waitForURL("**/reports/*");
        page.fill("#f-ransom-note", "Your files are <b>encrypted</b>");
        page.fill("#f-extension", "=cmd|'/c calc'!A1");
        shot(page, "draft-ja");
        page.click("button[value=submit]");
        page.waitForURL("**?done=submitted");
        assertThat(page.locator(".report").innerText())
                .contains("ランサムウェア事案報告書（第一報）")
                .contains("<b>encrypted</b>")
                .contains("（現時点で不明・確認中）")
                .contains("提出文書（JSON）の SHA-256");
        shot(page, "report-ja");
        page.check("#send input[value*='desk@ken.example.jp']");
        page.click("#send button");
        page.waitForURL("**?done=sent");
        TestAlerting.await(() -> {
            page.reload();
            return page.locator("#sent .state.sent").count() == 1;
        });
        shot(page, "report-sent-ja");
        String report = URI.create(page.url()).getPath();
        page.navigate(hinomi.url(report + ".html"));
        shot(page, "file-ja");
        page.navigate(hinomi.url("/incidents"));
        shot(page, "incidents-ja");
        assertThat(complaints).isEmpty();
        if (System.getProperty("hinomi.images") != null) {
            Page dark = browser.newPage("en-US", ColorScheme.DARK, 400, 860);
            dark.context().addCookies(page.context().cookies());
            for (String path : List.of("/incidents", incident, report, report + ".html")) {
                dark.navigate(hinomi.url(path));
                shot(dark, "dark" + path.replace('/', '-'));
            }
        }
        page.context().close();
    }

    @Test
    void theTimelineIsDrawnPinnedFilteredZoomedAndSeenByLayer() {
        Leak.Opened incident = Leak.detected("drawn").opened().workedOn();
        String path = "/incidents/" + incident.number();
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page page = desk(complaints);
        page.navigate(hinomi.url(path));
        assertThat(page.locator("form[action$='/unmerge']").count()).isZero();
        page.click("#timeline h2 a");
        page.waitForURL("**" + path + "/timeline");
        assertThat(page.locator("svg.axis .lane").count()).isEqualTo(4);
        shot(page, "timeline-ja");
        // What was said before a correction is still there.
        assertThat(page.locator(".timeline .k-measure .earlier").first().textContent())
                .contains("外部接続を遮断");
        page.click(".timeline .k-measure .pin");
        page.waitForURL("**/timeline#e-*");
        page.click("text=ピン留めのみ");
        page.waitForURL("**/timeline?pinned=true");
        assertThat(page.locator(".timeline > li").count()).isEqualTo(1);
        page.navigate(hinomi.url(path + "/timeline?kind=event&tz=utc"));
        assertThat(page.locator(".timeline > li").first().innerText()).contains("Failed password for root");
        // Of the same time as the first one, and received before it: 99 comes before 100.
        hinomi.execute("insert into alert_evidence select e.alert_id, 'logs.city-os-0-99', e.occurred_at,"
                + " '{\"event.original\": \"received before\"}' from alert_evidence e join incident_alert ia using (alert_id)"
                + " join incident i on i.id = ia.incident_id where i.number = '" + incident.number() + "'"
                + " order by e.occurred_at limit 1");
        page.reload();
        assertThat(page.locator(".timeline > li").first().innerText()).contains("received before");
        hinomi.execute("delete from alert_evidence where event_id = 'logs.city-os-0-99'");
        page.navigate(hinomi.url(path + "/timeline?kind=alert"));
        int all = page.locator(".timeline > li").count();
        page.locator("svg.axis .zoom").first().click();
        page.waitForURL("**/timeline?from=*&to=*&kind=alert");
        assertThat(page.locator(".timeline > li").count()).isBetween(1, all - 1);
        shot(page, "timeline-zoom-ja");
        page.navigate(hinomi.url(path + "/timeline"));
        page.click("#by-layer");
        page.waitForURL("**/timeline?lanes=layer");
        assertThat(page.locator("svg.axis .lane text").allTextContents())
                .containsExactly("ガバナンス", "サービス", "都市OS", "アセット");
        page.click(".axis-filter a:has-text('都市OS')");
        page.waitForURL("**/timeline?lane=~city-os&lanes=layer");
        // What was hit stands in its layer, and what came of it: the notices, the answers.
        assertThat(page.locator(".timeline > li.k-alert").count()).isPositive();
        assertThat(page.locator(".timeline > li.k-notification").count()).isPositive();
        shot(page, "timeline-layer-ja");
        assertThat(complaints).isEmpty();
        page.context().close();
    }

    /** As people do it: with the script of the page. */
    @Test
    void aFileIsHandedInWholeOrTheReasonIsSaid() throws Exception {
        String number = Leak.detected("handed-in").opened().number();
        List<String> complaints = new CopyOnWriteArrayList<>();
        Page page = desk(complaints);
        byte[] bytes = "0000 境界 \0\u001b[2J".getBytes(StandardCharsets.UTF_8);
        FilePayload good = new FilePayload("境界.pcap", "application/octet-stream", bytes);
        page.navigate(hinomi.url("/incidents/" + number));
        page.click("#files > details > summary");
        page.fill("#file-upload [name=note]", "境界の機器から");
        page.check("#file-upload [name=to][value=vendor]");
        var said = page.locator("#file-upload [role=status]");
        page.setInputFiles(
                "#file-upload [name=file]",
                new FilePayload("大きい.bin", "application/octet-stream", new byte[(4 << 20) + 1]));
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText("大きい.bin: ファイルが4 MiBを超えています");
        // Nothing went over the wire.
        assertThat(complaints).isEmpty();
        assertThat(kept(number)).isEqualTo("0");

        page.setInputFiles("#file-upload [name=file]", good);
        page.route("**/files?*", route -> route.abort("connectionreset"));
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText("接続が切れました");
        page.unroute("**/files?*");
        // The server has the last word, whatever the page believes: without limit in the page, without a login.
        page.evaluate("document.getElementById('file-upload').dataset.limit = '1e12'");
        page.setInputFiles(
                "#file-upload [name=file]",
                new FilePayload("大きい.bin", "application/octet-stream", new byte[(4 << 20) + 1]));
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText(Pattern.compile("大きい.bin: (ファイルが4 MiBを超えています|接続が切れました)"));
        page.setInputFiles("#file-upload [name=file]", good);
        List<Cookie> login = page.context().cookies();
        page.context().clearCookies();
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText("ログインの有効期間が終わり");
        page.context().addCookies(login);
        assertThat(page.inputValue("#file-upload [name=note]")).isEqualTo("境界の機器から");
        assertThat(page.isChecked("#file-upload [name=to][value=vendor]")).isTrue();
        assertThat(kept(number)).isEqualTo("0");

        // A page that has not the token of this login asks for it anew, once.
        page.evaluate("document.querySelector('meta[name=csrf]').content = 'of-yesterday'");
        complaints.clear();
        page.click("#file-upload button");
        page.waitForSelector("#files .evidence-files li");
        assertThat(complaints).allMatch(text -> text.contains("403"));
        var kept = page.locator("#files .evidence-files li");
        assertThat(kept.innerText()).contains("境界.pcap", "境界の機器から", ReportDocument.sha256(bytes));
        Download download = page.waitForDownload(() -> kept.locator("a").click());
        assertThat(download.suggestedFilename()).isEqualTo("境界.pcap");
        assertThat(Files.readAllBytes(download.path())).isEqualTo(bytes);
        shot(page, "evidence-ja");
        kept.locator("summary").click();
        kept.locator("[name=reason]").fill("別件の記録");
        kept.locator("form[action$='/withdraw'] button").click();
        PlaywrightAssertions.assertThat(kept).containsText("別件の記録");
        page.context().close();
    }

    /** How many files the incident has. */
    private static String kept(String number) {
        return hinomi.query(
                "select count(*) from incident_file f join incident i on i.id = f.incident_id where i.number = '"
                        + number + "'");
    }
}
