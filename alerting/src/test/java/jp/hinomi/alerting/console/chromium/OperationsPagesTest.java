package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Topics;
import org.junit.jupiter.api.Test;

/** Where it is seen what runs, what alarms, what was not delivered and what could not be read. */
class OperationsPagesTest extends ConsoleInChromium {
    @Test
    void gapsAndDeliveriesHaveTheirPages() {
        hinomi.publish(SampleAlert.of("console-gap").target("sensors"));
        hinomi.mail().await(SOON, one -> one.text().contains("console-gap"));
        Page page = newPage("ja-JP", ColorScheme.DARK, 1280, 900);
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
        Page page = newPage("ja-JP", ColorScheme.DARK, 1280, 900);
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
                        "select (select count(*) from source_health where source = 'fw-edge-01') + count(*) from reject"
                                + " where beginning like '<script>x%'")
                .equals("2"));
        Page page = newPage("ja-JP", ColorScheme.DARK, 1280, 900);
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
}
