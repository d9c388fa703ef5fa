package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import jp.hinomi.city.Role;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiTest {
    private static TestAlerting hinomi;

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(new SampleCity()
                .stakeholder(
                        "vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, contact("noc", mail("noc@vendor.example.jp")))
                .resource("api")
                .responsible("api", "vendor")
                .build());
        for (int i = 0; i < 5; i++) {
            hinomi.publish(
                    SampleAlert.of("api-" + i).target("api").severity(i == 3 ? Severity.CRITICAL : Severity.LOW));
        }
        hinomi.awaitAlert("api-4", 1);
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    private static HttpResponse<String> plain(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(hinomi.url(path))).GET();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return TestAlerting.send(request);
    }

    @Test
    void listsPageByPageNewestFirst() {
        JsonNode first = hinomi.get("/api/v1/alerts?limit=3");
        assertThat(first.get("items"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("api-4", "api-3", "api-2");
        JsonNode second =
                hinomi.get("/api/v1/alerts?limit=3&before=" + first.get("next").asLong());
        assertThat(second.get("items"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("api-1", "api-0");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(hinomi.get("/api/v1/alerts?severity=critical").get("items")).hasSize(1);
    }

    @Test
    void acknowledgingTwiceTellsWhoWasFirst() {
        assertThat(hinomi.post("/api/v1/alerts/api-0/ack", "{\"note\":\"first\"}")
                        .get("outcome")
                        .asText())
                .isEqualTo("accepted");
        JsonNode again = hinomi.post("/api/v1/alerts/api-0/ack", "{\"note\":\"second\"}");
        assertThat(again.get("outcome").asText()).isEqualTo("already");
        assertThat(again.get("acknowledgement").get("note").asText()).isEqualTo("first");
        assertThatThrownBy(() -> hinomi.post("/api/v1/alerts/none/ack", "{}")).hasMessageContaining("404");
    }

    @Test
    void withoutTheTokenThereIsNothing() {
        assertThat(plain("/api/v1/alerts", null).statusCode()).isEqualTo(401);
        assertThat(plain("/api/v1/alerts", "wrong-token-wrong-token").statusCode())
                .isEqualTo(401);
        assertThat(plain("/api/v1/alerts/api-1", TestAlerting.TOKEN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokensOpenTheApiOnly() {
        assertThat(plain("/alerts/api-1.json", TestAlerting.TOKEN).statusCode()).isEqualTo(302);
    }

    @Test
    void readinessSaysThatAlertsAreTaken() {
        HttpResponse<String> readiness = plain("/actuator/health/readiness", null);
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.body()).contains("\"UP\"");
        assertThat(plain("/actuator/env", null).statusCode()).isNotEqualTo(200);
    }

    @Test
    void pagesForbidInlineScriptAndForeignContent() {
        HttpResponse<String> login = plain("/login", null);
        assertThat(login.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(login.body()).doesNotContain("<script>", "style=", "http://", "onclick");
    }

    @Test
    void theSwitchesNeverLeadElsewhere() {
        for (String back : new String[] {
            "//evil.example",
            "https://evil.example",
            "/%5Cevil.example",
            "/%0d%0aX:y",
            "/%09/evil.example",
            "/%E3%80%80/evil.example"
        }) {
            assertThat(plain("/preferences?language=ja&back=" + back, null)
                            .headers()
                            .firstValue("Location"))
                    .get()
                    .asString()
                    .doesNotContain("evil", "X:y");
        }
        assertThat(plain("/preferences?language=ja&back=/alerts%3Fstatus=open", null)
                        .headers()
                        .firstValue("Location"))
                .get()
                .asString()
                .endsWith("/alerts?status=open");
    }
}
