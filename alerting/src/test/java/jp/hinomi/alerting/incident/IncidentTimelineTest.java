package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.Test;

/** The timeline of an incident grows by itself, is only ever added to, and stays readable however long it is. */
class IncidentTimelineTest extends IncidentDesk {
    @Test
    void theTimelineGrowsByItselfAndIsOnlyEverAddedTo() throws Exception {
        Leak leak = Leak.detected("noted");
        Leak.Opened incident = leak.opened();
        hinomi.post("/api/v1/alerts/" + leak.alert(1) + "/ack", "{\"note\":\"tanaka@city.example.jp が対応\"}");
        JsonNode noted = send(
                "POST",
                incident.api("/timeline"),
                json(Map.of("type", "measure", "text", "外部接続を遮断\r\n\u202Eした", "in_report", true, "tlp", "AMBER")),
                200);
        send(
                "POST",
                incident.api("/timeline"),
                json(Map.of(
                        "type",
                        "finding",
                        "text",
                        "センサーの鍵が漏れた",
                        "in_report",
                        true,
                        "tlp",
                        "AMBER",
                        "visible_to",
                        List.of("iot"))),
                200);
        List<String> types = noted.get("timeline").findValuesAsText("type");
        assertThat(types).contains("alert", "notification", "answer", "measure");
        JsonNode measure = null;
        for (JsonNode each : noted.get("timeline")) {
            measure = each.get("type").asText().equals("measure") ? each : measure;
        }
        assertThat(measure.at("/text/ja").asText()).isEqualTo("外部接続を遮断\n[U+202E]した");
        // A correction is appended; the second of the same entry is refused.
        String correction = json(Map.of(
                "type",
                "measure",
                "text",
                "外部接続を全て遮断した（tanaka@city.example.jp）",
                "in_report",
                true,
                "tlp",
                "AMBER",
                "supersedes",
                measure.get("id").asLong()));
        JsonNode corrected = send("POST", incident.api("/timeline"), correction, 200);
        assertThat(corrected.get("timeline").findValuesAsText("type").stream().filter("measure"::equals))
                .hasSize(1);
        send("POST", incident.api("/timeline"), correction, 409);
        int before = hinomi.get(incident.api("")).get("timeline").size();
        assertThat(hinomi.get(incident.api("")).get("timeline")).hasSize(before);
        assertThatThrownBy(() -> hinomi.execute("update timeline_entry set text_ja = 'x'"))
                .hasStackTraceContaining("append-only");
        send("POST", incident.api("/timeline"), "{\"type\":\"alert\",\"text\":\"x\"}", 400);
        send("POST", incident.api("/timeline"), "{\"text\":\"x\",\"visible_to\":[\"nobody\"]}", 400);
    }

    @Test
    void aTimelineOfThousandsIsAsLargeAsOneOfAHundred() {
        Leak.Opened incident = Leak.detected("thousands").opened().workedOn();
        String number = incident.number();
        hinomi.execute("insert into timeline_entry (incident_id, occurred_at, recorded_at, original_tz, type, source,"
                + " author, text_ja, text_en, in_report, tlp, visible_orgs) select i.id, timestamptz '"
                + incident.leak().day() + "' +"
                + " n * interval '1 minute', now(), 'Asia/Tokyo', 'note', 'manual', 'account:a', '<b>' || n, '<b>' || n, false, 2,"
                + " '{}' from incident i, generate_series(1, 5000) n where number = '" + number + "'");
        String page = TestAlerting.send(HttpRequest.newBuilder(
                                URI.create(hinomi.url("/incidents/" + number + "/timeline?kind=note&skip=4950")))
                        .header("Cookie", hinomi.session()))
                .body();
        try (TestBrowser browser = TestBrowser.start()) {
            Page telephone = browser.newPage("ja-JP", ColorScheme.LIGHT, 390, 844);
            telephone.context().addCookies(loggedIn());
            fitsATelephone(telephone, number);
        }
        assertThat(page).contains("&lt;b&gt;5000").doesNotContain("&lt;b&gt;4949");
        assertThat(page.length()).isLessThan(400_000);
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/incidents/" + number)))
                                .header("Cookie", hinomi.session()))
                        .body()
                        .length())
                .isLessThan(400_000);
    }

    /** Of a telephone 390 pixels wide. */
    private static void fitsATelephone(Page page, String number) {
        page.navigate(hinomi.url("/incidents/" + number + "/timeline"));
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        for (var lane : page.locator("svg.axis .lane").all()) {
            String name = lane.getAttribute("data-lane");
            var label = lane.locator("text").boundingBox();
            // No dot of any lane covers the name.
            Object over = page.evaluate(
                    """
                    (label) => [...document.querySelectorAll('svg.axis circle, svg.axis rect:not(.bar)')]
                        .filter((each) => !each.closest('.zoom')).map((each) => each.getBoundingClientRect())
                        .filter((box) => box.top + scrollY < label.y + scrollY + label.height && box.bottom > label.y
                            && box.left < label.x + label.width && box.right > label.x).length""", Map.of("x", label.x, "y", label.y, "width", label.width, "height", label.height));
            assertThat(over).as(name).isEqualTo(0);
        }
        shot(page, "timeline-telephone-ja");
        var finger = page.locator("svg.axis .zoom.wide").first();
        assertThat(finger.boundingBox().width).isGreaterThan(24);
        finger.click();
        page.waitForURL("**/timeline?from=*");
    }
}
