package jp.hinomi.alerting.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.events.Severity;
import org.junit.jupiter.api.Test;

/** Whoever wants to begin a silence sees what it would have held, and what is wrong. */
class SilencePreviewTest extends SuppressionStories {
    @Test
    void aPreviewSaysWhatASilenceWouldHaveHeld() {
        hinomi.publish(SampleAlert.of("tried-1").target("api").rule("tried", "試し", "Tried"));
        hinomi.publish(SampleAlert.of("tried-2")
                .target("sensors")
                .rule("tried", "試し", "Tried")
                .severity(Severity.HIGH));
        hinomi.awaitAlert("tried-2", 1);
        JsonNode both = hinomi.post("/api/v1/silences/preview", "{\"match\": {\"rule\": [\"tri*\"]}}");
        assertThat(both.get("alerts").asInt()).isEqualTo(2);
        assertThat(both.get("notices").asInt()).isEqualTo(2);
        assertThat(both.get("by_severity").get("high").asInt()).isPositive();
        JsonNode one = hinomi.post(
                "/api/v1/silences/preview", "{\"match\": {\"rule\": [\"tried\"], \"stakeholder\": [\"maker\"]}}");
        assertThat(one.get("sample")).hasSize(1);
        assertThat(one.get("sample").get(0).asText()).isEqualTo("tried-2");
        NOW.set(NOW.get().plus(Duration.ofHours(25)));
        assertThat(hinomi.post("/api/v1/silences/preview", "{\"match\": {\"rule\": [\"tried\"]}}")
                        .get("notices")
                        .asInt())
                .isZero();
    }

    @Test
    void thePageBeginsASilenceAndSaysWhatIsWrongWithoutLosingWhatWasTyped() {
        String session = hinomi.session();
        String token = Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"")
                .matcher(page("/held", session, null))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        String wrong = page(
                "/held/silences", session, "_csrf=" + token + "&match=rulle%3Dscan_*&owner=nobody&reason=&until=never");
        assertThat(wrong)
                .contains("There is no label “rulle”", "Choose who answers", "Say why", "cannot be read")
                .contains("rulle=scan_*", "value=\"never\"");
        String preview = page("/held/preview", session, "_csrf=" + token + "&match=rule%3Dnothing_of_that_name&until=");
        assertThat(preview).contains("it would have held 0 of");
        String until = NOW.get()
                .plus(Duration.ofHours(1))
                .atZone(SampleCity.TOKYO)
                .toLocalDateTime()
                .toString();
        page(
                "/held/silences",
                session,
                "_csrf=" + token + "&kind=maintenance&match=rule%3Dby_page%0Aresource%3Dapi%7Csensors&owner=vendor"
                        + "&reason=works&until=" + until);
        assertThat(hinomi.query("select kind || ' ' || match::text || ' ' || created_by from silence"
                        + " where reason = 'works'"))
                .isEqualTo("maintenance {\"rule\":[\"by_page\"],\"resource\":[\"api\",\"sensors\"]} account:admin");
    }

    private static String page(String path, String session, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                .header("Cookie", session)
                .header("Accept-Language", "en");
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return TestAlerting.send(request).body();
    }
}
