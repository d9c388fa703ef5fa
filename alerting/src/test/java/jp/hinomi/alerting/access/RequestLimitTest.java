package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import jp.hinomi.alerting.Visitor;
import org.junit.jupiter.api.Test;

/** Whoever asks too much waits, and nobody else. */
class RequestLimitTest extends VisitorsOfEveryRole {
    private static final HttpClient ONE_CLIENT = HttpClient.newHttpClient();

    private static HttpResponse<String> apiFrom(String address, String token) throws Exception {
        return ONE_CLIENT.send(
                HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/none")))
                        .header("X-Forwarded-For", address)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whoAsksTooMuchWaitsAndOthersDoNot() throws Exception {
        for (int i = 0; i < 60; i++) {
            assertThat(apiFrom("2001:db8:9::" + i, "a guess").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> over = apiFrom("2001:db8:9::ffff", "a guess");
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(over.headers().firstValue("Retry-After")).contains("1");
        assertThat(over.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(over.body()).contains("\"status\":429", "try again in 1 s");
        assertThat(apiFrom("2001:db8:a::1", "a guess").statusCode()).isEqualTo(401);
        Visitor stranger = new Visitor(hinomi, "2001:db8:9::1");
        HttpResponse<String> page = stranger.get("/login");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body()).contains("Too many requests");

        Visitor lead = login("小林", AccountRole.CSIRT_LEAD, "");
        Map<String, String> wanted = Map.of("name", "loop", "days", "9", "scopes", "alerts.see");
        String busy = once(lead.post("/account", "/account/tokens", wanted));
        String calm = once(lead.post("/account", "/account/tokens", wanted));
        for (int i = 0; i < 600; i++) {
            assertThat(apiFrom("198.51.100.9", busy).statusCode()).isEqualTo(404);
        }
        assertThat(apiFrom("198.51.100.9", busy).statusCode()).isEqualTo(429);
        assertThat(apiFrom("198.51.100.9", calm).statusCode()).isEqualTo(404);
        pass(Duration.ofSeconds(1));
        assertThat(apiFrom("198.51.100.9", busy).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/login").statusCode()).isEqualTo(200);
    }
}
