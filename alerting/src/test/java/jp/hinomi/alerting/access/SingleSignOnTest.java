package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

/** Whom the provider of identities lets in, and as what. */
class SingleSignOnTest extends VisitorsOfEveryRole {
    @Test
    void aProviderThatIsDownStopsNothingButItsOwnButton() throws Exception {
        assertThat(whileTheProviderWasDown)
                .startsWith("/login ")
                .contains("Log in with Minato City ID", "Minato City ID does not answer");
        assertThat(VISITORS.get(AccountRole.ANALYST).open("/alerts")).isEqualTo("/alerts");
        atTheProvider("伊藤", "soc");
        assertThat(visitor().singleSignOn("伊藤")).startsWith("/alerts ");
    }

    @Test
    void whatTheProviderSaysOfSomebodyIsWhatTheyMay() throws Exception {
        atTheProvider("田中 一", "everybody", "soc");
        Visitor tanaka = visitor();
        assertThat(tanaka.singleSignOn("田中 一")).startsWith("/alerts ");
        assertThat(tanaka.get("/accounts").statusCode()).isEqualTo(403);
        assertThat(tanaka.get("/account").body()).contains("田中-一").doesNotContain("Second factor", "New password");
        String token = once(
                tanaka.post("/account", "/account/tokens", Map.of("name", "x", "days", "9", "scopes", "alerts.see")));
        assertThat(api("/api/v1/alerts", token)).isEqualTo(200);
        Visitor admin = VISITORS.get(AccountRole.ADMIN);
        assertThat(admin.post("/accounts", "/accounts/role", Map.of("account", "田中-一", "role", "admin")))
                .contains("is said by the OpenID provider");
        assertThat(admin.post("/accounts", "/accounts/password", Map.of("account", "田中-一")))
                .contains("no such thing");

        atTheProvider("田中 一", "heads", "soc");
        assertThat(visitor().singleSignOn("田中 一")).startsWith("/alerts ");
        assertThat(tanaka.open("/alerts")).as("the session of the old role").isNotEqualTo("/alerts");

        atTheProvider("田中 一", "everybody", "<b>retired</b>");
        Visitor retired = visitor();
        assertThat(retired.singleSignOn("田中 一"))
                .startsWith("/login ")
                .contains("nothing that it says of you has a role", "田中-一", "everybody, &lt;b&gt;retired")
                .doesNotContain("<b>retired");
        assertThat(retired.open("/alerts")).isEqualTo("/login");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(401);

        atTheProvider("田中 一", "soc");
        assertThat(retired.singleSignOn("田中 一")).startsWith("/alerts ");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(200);
        admin.post("/accounts", "/accounts/disable", Map.of("account", "田中-一"));
        assertThat(visitor().singleSignOn("田中 一")).contains("An administrator has disabled your account");
        assertThat(events("田中-一"))
                .isEqualTo("account.created login.succeeded token.created account.role-changed login.succeeded"
                        + " account.withdrawn account.role-changed login.succeeded account.disabled");
        assertThat(hinomi.query("select count(*) from audit_log where action = 'login.failed'"
                        + " and detail::jsonb ->> 'why' = 'unmapped' and detail::jsonb ->> 'name' = '田中-一'"))
                .isEqualTo("1");
    }

    @Test
    void aNameSaysNothingAndAnUnprovenFactorIsNotEnough() throws Exception {
        atTheProvider("admin", "soc");
        assertThat(visitor().singleSignOn("admin")).startsWith("/alerts ").contains("admin@localhost");
        assertThat(hinomi.query("select origin || role from account where name = 'admin'"))
                .isEqualTo("localadmin");
        provider.person("careless", Map.of("groups", List.of("soc"), "amr", List.of("pwd")));
        assertThat(visitor().singleSignOn("careless")).contains("not in the way that Hinomi asks for");
        atTheProvider("ghost", "ghosts");
        assertThat(visitor().singleSignOn("ghost")).contains("not in the responsibility map");
        assertThat(hinomi.query("select count(*) from account where name in ('careless', 'ghost')"))
                .isEqualTo("0");
    }

    @Test
    void aStakeholderOfTheProviderReadsItsOwnRowsAlone() throws Exception {
        hinomi.publish(
                SampleAlert.of("sso-vendor")
                        .rule("sso_vendor", "業者", "Vendor by sign-on")
                        .target("api"),
                SampleAlert.of("sso-maker")
                        .rule("sso_maker", "工場", "Maker by sign-on")
                        .target("sensors"));
        hinomi.awaitAlert("sso-vendor", 1);
        hinomi.awaitAlert("sso-maker", 1);
        atTheProvider("渡辺", "cn=Vendor,ou=parties");
        Visitor vendor = visitor();
        assertThat(vendor.singleSignOn("渡辺"))
                .startsWith("/own ")
                .contains("Vendor by sign-on")
                .doesNotContain("Maker by sign-on");
        assertThat(vendor.get("/own/alerts/sso-vendor").statusCode()).isEqualTo(200);
        assertThat(vendor.get("/own/alerts/sso-maker").statusCode()).isEqualTo(404);
        assertThat(vendor.get("/alerts").statusCode()).isEqualTo(403);
        assertThat(vendor.get("/api/v1/alerts").statusCode()).isEqualTo(403);
    }

    /** Each is a token that the provider signed; only what it says is wrong. */
    @Test
    void anAnswerThatIsNotMeantForThisLoginBringsNobodyIn() throws Exception {
        atTheProvider("山本", "soc");
        Map<String, Consumer<JwtClaimsSet.Builder>> forgeries = Map.of(
                "nonce", claims -> claims.claim("nonce", "of-another-login"),
                "audience", claims -> claims.audience(List.of("another-client")),
                "expired",
                        claims -> claims.issuedAt(NOW.get().minusSeconds(3600))
                                .expiresAt(NOW.get().minusSeconds(61)),
                "future", claims -> claims.issuedAt(NOW.get().plusSeconds(61)),
                "issuer", claims -> claims.issuer("http://localhost:1"));
        try {
            for (Map.Entry<String, Consumer<JwtClaimsSet.Builder>> forgery : forgeries.entrySet()) {
                provider.forge(forgery.getValue());
                Visitor visitor = visitor();
                assertThat(visitor.singleSignOn("山本"))
                        .as(forgery.getKey())
                        .startsWith("/login ")
                        .contains("did not pass the checks");
                assertThat(visitor.open("/alerts")).isEqualTo("/login");
            }
        } finally {
            provider.forge(claims -> {});
        }
        assertThat(hinomi.query("select count(*) from account where name = '山本'"))
                .isEqualTo("0");
        Visitor visitor = visitor();
        assertThat(visitor.get("/login/return/oidc?code=x&state=y").body()).contains("Begin again");
        visitor.singleSignOn("山本");
        assertThat(visitor()
                        .get("/login/return/oidc?error=access_denied&state=y")
                        .body())
                .contains("Begin again");
    }
}
