package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jp.hinomi.alerting.Visitor;
import org.junit.jupiter.api.Test;

/** What a token of somebody's account opens, and for how long. */
class ApiTokenTest extends VisitorsOfEveryRole {
    @Test
    void aTokenOpensItsScopesUntilItExpiresOrIsRevokedOrItsAccountMayLess() throws Exception {
        Visitor lead = login("高橋", AccountRole.CSIRT_LEAD, "");
        assertThat(lead.post(
                        "/account", "/account/tokens", Map.of("name", "x", "days", "9", "scopes", "accounts.manage")))
                .contains("cannot give the scope");
        assertThat(lead.post("/account", "/account/tokens", Map.of("name", "x", "days", "900", "scopes", "alerts.see")))
                .contains("between 1 and 366 days");
        Map<String, String> wanted = Map.of("name", "dashboard", "days", "9", "scopes", "alerts.see");
        String token = once(lead.post("/account", "/account/tokens", wanted));
        assertThat(hinomi.query("select count(*) from api_token where encode(hash, 'escape') like '%" + token + "%'"))
                .isEqualTo("0");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(200);
        assertThat(api("/api/v1/incidents", token)).isEqualTo(403);
        assertThat(api("/api/v1/alerts", token + "x")).isEqualTo(401);
        hinomi.execute("update api_token set expires_at = '" + NOW.get() + "' where name = 'dashboard'");
        assertThat(api("/api/v1/alerts", token)).isEqualTo(401);

        String other = once(lead.post("/account", "/account/tokens", wanted));
        hinomi.execute("update account set role = 'stakeholder', stakeholder = 'vendor' where name = '高橋'");
        assertThat(api("/api/v1/alerts", other)).isEqualTo(403);
        hinomi.execute("update account set role = 'csirt-lead', stakeholder = null where name = '高橋'");
        assertThat(api("/api/v1/alerts", other)).isEqualTo(200);
        String id =
                hinomi.query("select id from api_token where account = '高橋' and name = 'dashboard' order by id desc");
        VISITORS.get(AccountRole.ANALYST).post("/account", "/account/tokens/" + id + "/revoke", Map.of());
        assertThat(api("/api/v1/alerts", other)).as("others cannot revoke it").isEqualTo(200);
        lead.post("/account", "/account/tokens/" + id + "/revoke", Map.of());
        assertThat(api("/api/v1/alerts", other)).isEqualTo(401);
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'account:高橋'"
                        + " and action like 'token.%'"))
                .isEqualTo("token.created token.created token.revoked");
    }
}
