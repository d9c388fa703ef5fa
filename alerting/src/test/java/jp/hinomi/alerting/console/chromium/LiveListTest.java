package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import org.junit.jupiter.api.Test;

/** The list of alerts is live: it grows and changes while somebody works on it, and never under their hands. */
class LiveListTest extends ConsoleInChromium {
    @Test
    void anAnalystSeesAnAlertArriveOpensItByKeyboardAndAcknowledgesIt() {
        Page page = newPage();
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
        for (int more = 0;
                more < 60 && !"console-live".equals(page.locator("tr.selected").getAttribute("data-id"));
                more++) {
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
        Page page = login(newPage());
        assertThat(page.locator("#live")).hasText("Live");
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
        Page page = login(newPage());
        assertThat(page.locator("#live")).hasText("Live");
        assertThat(page.locator("#alert-console-row .status")).hasText("open");
        hinomi.post("/api/v1/alerts/console-row/ack", "{}");
        assertThat(page.locator("#alert-console-row .status")).hasText("acknowledged");
    }

    @Test
    void theBackButtonAfterAnActionShowsWhatIsAndDoesNothingTwice() {
        hinomi.publish(SampleAlert.of("back-button").target("api"));
        hinomi.awaitAlert("back-button", 1);
        Page page = login(newPage());
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
        Page page = newPage();
        List<String> streams = new CopyOnWriteArrayList<>();
        // Begins as it should and breaks off.
        page.route("**/alerts/stream", route -> {
            streams.add(route.request().url());
            route.fulfill(new Route.FulfillOptions()
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
}
