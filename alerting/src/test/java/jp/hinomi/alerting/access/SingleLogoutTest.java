package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.TestProvider;
import jp.hinomi.alerting.Visitor;
import jp.hinomi.testing.TestBrowser;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

/** Whoever logs out here or at the provider of identities is logged out at both. */
class SingleLogoutTest extends VisitorsOfEveryRole {
    private static final HttpClient ONE_CLIENT = HttpClient.newHttpClient();

    @Test
    void whoLogsOutIsLoggedOutAtTheProviderToo() throws Exception {
        atTheProvider("中村", "soc");
        Visitor nakamura = visitor();
        nakamura.singleSignOn("中村");
        HttpResponse<String> leaving = nakamura.form("/account", "/logout", Map.of());
        assertThat(leaving.headers().firstValue("Refresh").orElse("")).startsWith("0; url=" + provider.issuer());
        assertThat(nakamura.open("/alerts")).isEqualTo("/login");
        Matcher onward = Pattern.compile("id=\"onward\" href=\"([^\"]+)\"").matcher(leaving.body());
        assertThat(onward.find()).as(leaving.body()).isTrue();
        HttpResponse<String> back = nakamura.get(onward.group(1).replace("&amp;", "&"));
        assertThat(back.uri()).isEqualTo(URI.create(hinomi.url("/login")));
        // No session is left there: the provider asks for the password.
        assertThat(nakamura.get("/login/with/oidc").uri().getPort())
                .isEqualTo(provider.issuer().getPort());
        assertThat(events("中村")).isEqualTo("account.created login.succeeded session.ended");
    }

    private static int ended(String token) throws Exception {
        return ONE_CLIENT
                .send(
                        HttpRequest.newBuilder(URI.create(hinomi.url("/login/ended")))
                                .header("X-Forwarded-For", "203.0.113.250")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** The provider says so: first of one session, then of all; and nothing happens by what does not say just that. */
    @Test
    void whoLogsOutAtTheProviderIsLoggedOutHere() throws Exception {
        atTheProvider("清水", "soc");
        atTheProvider("森", "soc");
        Visitor here = visitor();
        Visitor there = visitor();
        Visitor other = visitor();
        assertThat(here.singleSignOn("清水")).startsWith("/alerts ");
        pass(Duration.ofSeconds(1));
        assertThat(there.singleSignOn("清水")).startsWith("/alerts ");
        assertThat(other.singleSignOn("森")).startsWith("/alerts ");
        String first = hinomi.query(
                "select provider_session from account_session where account = '清水'" + " order by started_at limit 1");
        assertThat(first).isNotEmpty();

        Map<String, Consumer<JwtClaimsSet.Builder>> forgeries = Map.of(
                "no event",
                        claims -> claims.claim("events", Map.of("other", Map.of()))
                                .subject("清水"),
                "an ID token", claims -> claims.claim("nonce", "n").subject("清水"),
                "another client", claims -> claims.audience(List.of("another")).subject("清水"),
                "another issuer", claims -> claims.issuer("http://localhost:1").subject("清水"),
                "old", claims -> claims.issuedAt(NOW.get().minusSeconds(301)).subject("清水"),
                "over",
                        claims -> claims.expiresAt(NOW.get().minusSeconds(61))
                                .issuedAt(NOW.get().minusSeconds(62))
                                .subject("清水"),
                "of nobody", claims -> {});
        for (Map.Entry<String, Consumer<JwtClaimsSet.Builder>> forgery : forgeries.entrySet()) {
            assertThat(ended(provider.logoutToken(forgery.getValue())))
                    .as(forgery.getKey())
                    .isEqualTo(400);
        }
        assertThat(ended(provider.forgedLogoutToken())).isEqualTo(400);
        assertThat(ended("nonsense")).isEqualTo(400);
        assertThat(here.open("/alerts")).isEqualTo("/alerts");

        String ofOne = provider.logoutToken(claims -> claims.claim("sid", first));
        assertThat(ended(ofOne)).isEqualTo(200);
        assertThat(here.open("/alerts")).isEqualTo("/login");
        assertThat(there.open("/alerts")).isEqualTo("/alerts");
        String ofAll = provider.logoutToken(claims -> claims.subject("清水"));
        assertThat(ended(ofAll)).isEqualTo(200);
        assertThat(there.open("/alerts")).isEqualTo("/login");
        assertThat(other.open("/alerts")).as("somebody else").isEqualTo("/alerts");
        // Said again later, it says nothing of the login since.
        pass(Duration.ofSeconds(62));
        assertThat(here.singleSignOn("清水")).startsWith("/alerts ");
        ended(ofAll);
        assertThat(here.open("/alerts")).isEqualTo("/alerts");
        assertThat(events("清水"))
                .isEqualTo(
                        "account.created login.succeeded login.succeeded sessions.ended sessions.ended login.succeeded");
        assertThat(hinomi.query(
                        "select count(*) from account_session where ended_at is not null and id_token is not null"))
                .isEqualTo("0");
    }

    /** With the redirects, cookies and policies that a browser holds us to. */
    @Test
    void peopleLogInAndOutAtTheProviderInABrowser() {
        atTheProvider("石川", "everybody", "soc");
        atTheProvider("岡田", "everybody");
        try (TestBrowser browser = TestBrowser.start()) {
            for (String language : List.of("ja-JP", "en-US")) {
                boolean japanese = language.equals("ja-JP");
                Page page = browser.newPage(language, ColorScheme.LIGHT, 1280, 800);
                List<String> complaints = new CopyOnWriteArrayList<>();
                page.onConsoleMessage(message -> {
                    if (Set.of("error", "warning").contains(message.type())
                            && message.location().startsWith(hinomi.url("/"))) {
                        complaints.add(message.text());
                    }
                });
                // What was asked for is where the login leads.
                page.navigate(hinomi.url("/incidents?all=true"));
                page.click("#sso");
                atTheProvidersForm(page, "石川");
                page.waitForURL(hinomi.url("/incidents?all=true"));
                assertThat(page.locator(".who a").textContent()).isEqualTo("石川");
                assertThat(page.locator("nav a[href='/channels']").count()).isEqualTo(1);
                assertThat(page.locator("nav a[href='/accounts']").count())
                        .as("no role for it")
                        .isZero();

                page.click(".who button");
                page.waitForURL(hinomi.url("/login"));
                page.click("#sso");
                // Logged out there as well: it asks for the password again.
                atTheProvidersForm(page, "岡田");
                page.waitForURL("**/login?sso=unmapped");
                assertThat(page.locator("[role=alert]").textContent())
                        .contains("岡田", "everybody")
                        .contains(japanese ? "役割" : "nothing that it says of you has a role");
                page.reload();
                assertThat(page.locator("[role=alert]").textContent()).doesNotContain("岡田");
                assertThat(complaints).isEmpty();
                page.context().close();
            }
        }
        assertThat(events("石川"))
                .isEqualTo("account.created login.succeeded session.ended login.succeeded session.ended");
    }

    private static void atTheProvidersForm(Page page, String name) {
        page.waitForURL(provider.issuer() + "/login*");
        page.fill("input[name=username]", name);
        page.fill("input[name=password]", TestProvider.PASSWORD);
        page.click("button[type=submit]");
    }
}
