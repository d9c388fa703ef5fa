package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.Visitor;
import jp.hinomi.alerting.security.TotpCodes;
import org.junit.jupiter.api.Test;

/** Accounts, their passwords, second factors and sessions. */
class AccountsTest extends VisitorsOfEveryRole {
    private static final Pattern RECOVERY = Pattern.compile("<li><code>([a-z0-9-]{14})</code></li>");

    @Test
    void anAdminMakesAnAccountItsOwnerChoosesAPasswordAndIsShutOutAgain() throws Exception {
        Visitor admin = VISITORS.get(AccountRole.ADMIN);
        assertThat(admin.post("/accounts", Map.of("account", "山田", "role", "stakeholder", "stakeholder", "nobody")))
                .contains("no stakeholder");
        String given = once(admin.post("/accounts", Map.of("account", "山田", "role", "analyst", "stakeholder", "")));
        assertThat(admin.post("/accounts", Map.of("account", "山田", "role", "analyst")))
                .contains("already");

        Visitor owner = visitor();
        assertThat(owner.login("山田", given)).startsWith("/account");
        assertThat(owner.open("/alerts")).isEqualTo("/account");
        assertThat(owner.form("/account", "/alerts/none/ack", Map.of()).statusCode())
                .isEqualTo(403);
        String chosen = "correct horse battery";
        assertThat(owner.post("/account", Map.of("present", given, "chosen", chosen, "again", chosen)))
                .contains("was changed");
        assertThat(owner.open("/alerts")).isEqualTo("/alerts");
        assertThat(owner.get("/accounts").statusCode()).isEqualTo(403);

        assertThat(admin.post("/accounts", "/accounts/role", Map.of("account", "山田", "role", "admin")))
                .contains("Done");
        assertThat(owner.open("/alerts")).isEqualTo("/login");
        assertThat(owner.login("山田", chosen)).startsWith("/alerts");
        assertThat(owner.get("/accounts").statusCode()).isEqualTo(200);
        assertThat(admin.post("/accounts", "/accounts/disable", Map.of("account", "山田")))
                .contains("Done");
        assertThat(owner.open("/alerts")).isEqualTo("/login");
        assertThat(owner.login("山田", chosen)).startsWith("/login");
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'account:山田'"
                        + " and action like 'account.%'"))
                .isEqualTo("account.created account.password-changed account.role-changed account.disabled");
    }

    @Test
    void theLastAdminCannotShutEverybodyOut() throws Exception {
        Visitor admin = VISITORS.get(AccountRole.ADMIN);
        assertThat(admin.post("/accounts", "/accounts/disable", Map.of("account", "admin")))
                .contains("Done");
        assertThat(admin.post("/accounts", "/accounts/disable", Map.of("account", "admin-of-test")))
                .contains("only administrator");
        assertThat(admin.post("/accounts", "/accounts/role", Map.of("account", "admin-of-test", "role", "auditor")))
                .contains("only administrator");
        assertThat(admin.post("/accounts", "/accounts/enable", Map.of("account", "admin")))
                .contains("Done");
    }

    /** Of the secret that the page shows. */
    private static String code(String secret) {
        return TotpCodes.now(secret, NOW.get());
    }

    @Test
    void aSecondFactorIsAskedForAndACodeIsGoodForOnce() throws Exception {
        String password = password("佐藤", AccountRole.ANALYST, "");
        Visitor owner = visitor();
        owner.login("佐藤", password);
        String secret = once(owner.post("/account", "/account/second-factor/begin", Map.of()));
        assertThat(owner.post("/account", "/account/second-factor", Map.of("code", "000000")))
                .contains("code is wrong");
        secret = once(owner.post("/account", "/account/second-factor/begin", Map.of()));
        String page = owner.post("/account", "/account/second-factor", Map.of("code", code(secret)));
        List<String> recovery =
                RECOVERY.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(recovery).hasSize(10);

        Visitor thief = visitor();
        assertThat(thief.login("佐藤", password)).startsWith("/login/code");
        assertThat(thief.open("/alerts")).isEqualTo("/login/code");
        assertThat(thief.get("/api/v1/alerts").statusCode()).isEqualTo(403);
        assertThat(thief.form("/login/code", "/account/second-factor/remove", Map.of("code", "1"))
                        .statusCode())
                .isEqualTo(403);
        // The code with which it was set up is used up.
        assertThat(thief.post("/login/code", Map.of("code", code(secret)))).contains("code is wrong");
        pass(Duration.ofSeconds(30));
        Visitor again = visitor();
        again.login("佐藤", password);
        assertThat(again.post("/login/code", Map.of("code", code(secret)))).startsWith("/alerts");
        assertThat(thief.post("/login/code", Map.of("code", code(secret)))).contains("code is wrong");
        Visitor paper = visitor();
        paper.login("佐藤", password);
        assertThat(paper.post("/login/code", Map.of("code", recovery.get(3)))).startsWith("/alerts");
        assertThat(thief.post("/login/code", Map.of("code", recovery.get(3)))).contains("code is wrong");
        // Codes are six digits: ten tries, whatever is tried in between.
        for (int i = 0; i < 10; i++) {
            visitor().login("佐藤", password);
        }
        assertThat(visitor().login("佐藤", password)).contains("Too many wrong attempts");
        assertThat(thief.post("/login/code", Map.of("code", recovery.get(4)))).contains("Too many wrong attempts");
    }

    @Test
    void peopleSeeWhereTheyAreLoggedInAndEndIt() throws Exception {
        String password = password("鈴木", AccountRole.ANALYST, "");
        Visitor here = visitor();
        Visitor there = visitor();
        here.login("鈴木", password);
        there.login("鈴木", password);
        Matcher session = Pattern.compile("name=\"session\" value=\"([^\"]+)\"")
                .matcher(here.get("/account").body());
        assertThat(session.find()).isTrue();
        assertThat(VISITORS.get(AccountRole.ANALYST)
                        .post("/account", "/account/sessions/end", Map.of("session", session.group(1))))
                .startsWith("/account");
        assertThat(there.open("/alerts")).as("others cannot end it").isEqualTo("/alerts");
        here.post("/account", "/account/sessions/end", Map.of("session", session.group(1)));
        assertThat(there.open("/alerts")).isEqualTo("/login");
        assertThat(here.open("/alerts")).isEqualTo("/alerts");
        there.login("鈴木", password);
        VISITORS.get(AccountRole.ADMIN).post("/accounts", "/accounts/sessions/end", Map.of("account", "鈴木"));
        assertThat(there.open("/alerts")).isEqualTo("/login");
        assertThat(here.open("/alerts")).isEqualTo("/login");
    }
}
