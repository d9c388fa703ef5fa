package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Values of alerts lead on, stand in the address, and do no harm, however hostile or long they are. */
class AlertValuesTest extends ConsoleInChromium {
    @Test
    void filtersStandInTheAddress() {
        hinomi.publish(SampleAlert.of("console-low").target("sensors").severity(Severity.LOW));
        hinomi.publish(SampleAlert.of("console-critical").target("api").severity(Severity.CRITICAL));
        hinomi.awaitAlert("console-critical", 1);
        Page page = login(newPage());
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
        Page page = newPage();
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
        Page page = newPage();
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
        Page page = login(newPage());
        long[] bytes = {0};
        CDPSession network = page.context().newCDPSession(page);
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
