package jp.hinomi.alerting.access;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.OidcSettings;
import jp.hinomi.alerting.RateSettings;
import jp.hinomi.alerting.RunningInCommon;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.TestProvider;
import jp.hinomi.alerting.Visitor;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Visitors of every role at a running application that also lets in whom a provider of identities knows, as the tests of who may
 * see and do what have them in common. Each test takes accounts, alerts and addresses of its own.
 */
abstract class VisitorsOfEveryRole {
    /** Goes on only. */
    static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));

    @RegisterExtension
    static final RunningInCommon IN_COMMON = new RunningInCommon(VisitorsOfEveryRole::start);

    /** One of every role; the stakeholder is the vendor. */
    static final Map<AccountRole, Visitor> VISITORS = new EnumMap<>(AccountRole.class);

    private static final Pattern ONCE = Pattern.compile("<code class=\"once\"[^>]*>([^<]+)</code>");

    static TestAlerting hinomi;
    static TestProvider provider;

    /** What somebody saw who wanted in by the provider then. */
    static String whileTheProviderWasDown;

    private static int addresses;

    private static AutoCloseable start() {
        provider = TestProvider.start(NOW::get);
        provider.down(true);
        hinomi = TestAlerting.start(
                new SampleCity()
                        .stakeholder(
                                "vendor",
                                Role.CITY_OS_VENDOR,
                                "ja",
                                Tlp.AMBER,
                                contact("vendor-noc", mail("noc@vendor.example.jp")))
                        .stakeholder(
                                "maker",
                                Role.IOT_VENDOR,
                                "en",
                                Tlp.AMBER,
                                contact("maker-desk", mail("desk@maker.example")))
                        .resource("api")
                        .resource("sensors")
                        .responsible("api", "vendor")
                        .responsible("sensors", "maker")
                        .stakeholder(
                                "soc",
                                Role.SECURITY_SERVICE,
                                "en",
                                Tlp.AMBER,
                                contact("soc-desk", mail("soc@soc.example")))
                        .resource("gate", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
                        .resource("plant", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
                        .escalation("gate-steps", Duration.ofMinutes(1), "vendor-noc", "soc-desk")
                        .responsible("gate", "vendor", Duty.OPERATOR, null, "gate-steps", null, null)
                        .responsible("plant", "maker")
                        .build(),
                builder -> builder.clock(NOW::get).oidc(oidc()).rates(new RateSettings(600, 60)));
        try {
            provider.knows(URI.create(hinomi.url("/")));
            whileTheProviderWasDown = visitor().singleSignOn("nobody");
            for (AccountRole role : AccountRole.values()) {
                VISITORS.put(role, login(role.word() + "-of-test", role, "vendor"));
            }
            provider.down(false);
            pass(Duration.ofSeconds(6));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return () -> {
            hinomi.close();
            provider.close();
        };
    }

    /** Nobody's limit of requests is used up by another test. */
    @BeforeEach
    void laterThanAllOthers() {
        pass(Duration.ofMinutes(1));
    }

    private static OidcSettings oidc() {
        return new OidcSettings(
                provider.issuer(),
                TestProvider.CLIENT,
                Optional.of(TestProvider.SECRET),
                Optional.of("Minato City ID"),
                OidcSettings.SCOPES,
                OidcSettings.NAME_CLAIM,
                OidcSettings.ROLES_CLAIM,
                OidcSettings.grants(
                        "heads=csirt-lead; soc=analyst; cn=Vendor,ou=parties=stakeholder:vendor; ghosts=stakeholder:nobody"),
                List.of(),
                Set.of("mfa"));
    }

    static String password(String name, AccountRole role, String stakeholder) {
        return hinomi.part(Accounts.class)
                .create(
                        new Member(
                                name,
                                role,
                                role == AccountRole.STAKEHOLDER ? Optional.of(stakeholder) : Optional.empty()),
                        false,
                        "test",
                        NOW.get())
                .orElseThrow();
    }

    static Visitor login(String name, AccountRole role, String stakeholder) throws Exception {
        Visitor visitor = visitor();
        visitor.login(name, password(name, role, stakeholder));
        return visitor;
    }

    static Visitor visitor() {
        addresses++;
        return new Visitor(hinomi, "203.0.113." + addresses);
    }

    static Map<RequestMappingInfo, HandlerMethod> mappings() {
        return hinomi.part("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
    }

    /** A secret that a page shows once. */
    static String once(String page) {
        Matcher matcher = ONCE.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    /** The status of the answer. */
    static int api(String path, String token) {
        return TestAlerting.send(
                        HttpRequest.newBuilder(URI.create(hinomi.url(path))).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    static void atTheProvider(String name, String... groups) {
        provider.person(name, Map.of("groups", List.of(groups), "amr", List.of("pwd", "mfa")));
    }

    static String events(String object) {
        return hinomi.query(
                "select string_agg(action, ' ' order by seq) from audit_log where object = 'account:" + object + "'");
    }
}
