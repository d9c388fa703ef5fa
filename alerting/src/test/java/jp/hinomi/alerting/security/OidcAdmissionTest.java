package jp.hinomi.alerting.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.OidcSettings;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.settings.Environment;
import org.junit.jupiter.api.Test;

/** Who is let in by an OpenID provider, and as what; and how that is set. */
class OidcAdmissionTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "HINOMI_OIDC_ISSUER", "https://id.example.jp/realms/city",
            "HINOMI_OIDC_CLIENT_ID", "hinomi",
            "HINOMI_OIDC_ROLES", "heads=csirt-lead; soc = analyst ;cn=Vendor,ou=x=stakeholder:vendor;",
            "HINOMI_OIDC_ROLES_CLAIM", "realm_access.roles",
            "HINOMI_OIDC_ACR", "gold, silver",
            "HINOMI_OIDC_AMR", "mfa hwk");

    private static Map<String, String> with(String name, String value) {
        Map<String, String> variables = new java.util.HashMap<>(VARIABLES);
        variables.put(name, value);
        return variables;
    }

    private static final OidcSettings SETTINGS =
            Environment.of(VARIABLES).oidc().orElseThrow();

    private static OidcAdmission admit(Map<String, Object> claims) {
        Map<String, Object> token = Map.of("acr", "silver", "amr", List.of("pwd", "hwk"));
        return OidcAdmission.decide(SETTINGS, token, claims, Set.of("vendor"));
    }

    private static Map<String, Object> somebody(Object roles) {
        return Map.of("sub", "1", "preferred_username", "佐藤 花子", "realm_access", Map.of("roles", roles));
    }

    @Test
    void theFirstGrantThatSomebodyHasCounts() {
        assertThat(admit(somebody(List.of("soc", "heads", "soc"))))
                .isEqualTo(new OidcAdmission.Granted("佐藤-花子", AccountRole.CSIRT_LEAD, Optional.empty()));
        assertThat(admit(somebody("soc")))
                .isEqualTo(new OidcAdmission.Granted("佐藤-花子", AccountRole.ANALYST, Optional.empty()));
        assertThat(admit(somebody(List.of("cn=Vendor,ou=x"))))
                .isEqualTo(new OidcAdmission.Granted("佐藤-花子", AccountRole.STAKEHOLDER, Optional.of("vendor")));
    }

    @Test
    void nothingThatIsNotMappedIsGranted() {
        assertThat(admit(somebody(List.of("SOC", "soc ", "analyst", "admin"))))
                .isEqualTo(new OidcAdmission.Refused(
                        OidcRefusal.UNMAPPED, "佐藤-花子", List.of("SOC", "soc ", "analyst", "admin")));
        assertThat(admit(somebody(Map.of("soc", true)))).isInstanceOf(OidcAdmission.Refused.class);
        assertThat(admit(Map.of("sub", "1", "roles", List.of("soc")))).isInstanceOf(OidcAdmission.Refused.class);
        OidcAdmission gone = OidcAdmission.decide(
                SETTINGS,
                Map.of("acr", "gold", "amr", List.of("mfa")),
                somebody(List.of("cn=Vendor,ou=x")),
                Set.of("another"));
        assertThat(gone)
                .isInstanceOfSatisfying(
                        OidcAdmission.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(OidcRefusal.NO_STAKEHOLDER));
    }

    @Test
    void theWayOfTheLoginMustBeProven() {
        for (Map<String, Object> token : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("acr", "gold"),
                Map.of("amr", List.of("mfa")),
                Map.of("acr", "bronze", "amr", List.of("mfa")),
                Map.of("acr", "gold", "amr", List.of("pwd")))) {
            // What is told besides the token proves nothing.
            Map<String, Object> claims = Map.of(
                    "acr", "gold", "amr", List.of("mfa"), "realm_access", Map.of("roles", List.of("soc")), "sub", "1");
            assertThat(OidcAdmission.decide(SETTINGS, token, claims, Set.of()))
                    .isInstanceOfSatisfying(
                            OidcAdmission.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(OidcRefusal.WEAK));
        }
    }

    @Test
    void namesAreMadeOfWhatNamesOfAccountsMayHave() {
        assertThat(name("@<script>alert(1)</script>")).isEqualTo("script-alert-1-script-");
        assertThat(name("\u202e")).isEqualTo("account");
        assertThat(name("😀".repeat(100))).isEqualTo("account");
        assertThat(name("𠮷".repeat(100)).codePointCount(0, 80)).isEqualTo(40);
    }

    private static String name(String said) {
        return ((OidcAdmission.Granted) admit(Map.of(
                        "sub", "1", "preferred_username", said, "realm_access", Map.of("roles", List.of("soc")))))
                .name();
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThat(Environment.of(Map.of()).oidc()).isEmpty();
        assertThatThrownBy(() -> Environment.of(with("HINOMI_OIDC_ROLES", "soc=analist; x; y=stakeholder"))
                        .oidc())
                .hasMessageContainingAll(
                        "HINOMI_OIDC_ROLES", "'analist' is no role", "'x' is no grant", "stakeholder:ID");
        assertThatThrownBy(() -> Environment.of(with("HINOMI_OIDC_ISSUER", "http://id.example.jp"))
                        .oidc())
                .hasMessageContaining("no https address");
        assertThatThrownBy(
                        () -> Environment.of(with("HINOMI_OIDC_CLIENT_ID", " ")).oidc())
                .hasMessageContaining("HINOMI_OIDC_CLIENT_ID is not set");
        assertThatThrownBy(() ->
                        Environment.of(with("HINOMI_OIDC_SCOPES", "profile")).oidc())
                .hasMessageContaining("'openid'");
        assertThat(SETTINGS.toString()).doesNotContain("secret");
    }
}
