package jp.hinomi.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.security.AccountReset;
import jp.hinomi.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in, who does not, and for how long, on a clock that the test holds. */
class LoginTest {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
    private static TestAlerting hinomi;
    private static String password;

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(new SampleCity().build(), builder -> builder.clock(NOW::get));
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    @BeforeEach
    void afresh() {
        // A day later all is forgotten.
        pass(Duration.ofDays(2));
        password = reset();
    }

    private static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    private static String reset() {
        return AccountReset.reset(hinomi.database(), "admin", "test", NOW.get());
    }

    private static final class Browser extends Visitor {
        Browser(String address) {
            super(hinomi, address);
        }
    }

    private static String addresses(int number) {
        return "203.0.113." + number;
    }

    /** Failed, with "/alerts" at the end, while nothing counted attempts. */
    @Test
    void anAccountIsLockedAfterTenWrongPasswordsFromAnywhereAndOpensAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(new Browser(addresses(i)).login("admin", "guess " + i))
                    .startsWith("/login")
                    .contains("Account or password is wrong");
        }
        assertThat(new Browser(addresses(99)).login("admin", password))
                .startsWith("/login")
                .contains("Too many wrong attempts", "hinomi account reset");
        assertThat(hinomi.query("select count(*) from audit_log where action = 'login.failed'"
                        + " and object = 'account:admin' and at >= '" + NOW.get() + "'"))
                .isEqualTo("10");
        pass(Duration.ofSeconds(61));
        assertThat(new Browser(addresses(99)).login("admin", password)).startsWith("/alerts");
    }

    @Test
    void anAddressIsLockedHoweverManyNamesItTriesAndOthersAreNot() throws Exception {
        for (int i = 0; i < 10; i++) {
            new Browser("2001:db8::" + i).login("nobody-" + i, "guess");
        }
        assertThat(new Browser("2001:db8::77").login("admin", password)).contains("Too many wrong attempts");
        assertThat(new Browser("2001:db8:0:1::77").login("admin", password)).startsWith("/alerts");
        // Names that are no accounts may be passwords.
        assertThat(hinomi.query("select count(*) from audit_log where object like '%nobody%'"))
                .isEqualTo("0");
    }

    @Test
    void aResetEndsTheLockAndTheOldPassword() throws Exception {
        for (int i = 0; i < 10; i++) {
            new Browser(addresses(i)).login("admin", "guess");
        }
        String fresh = reset();
        assertThat(fresh).isNotEqualTo(password);
        assertThat(new Browser(addresses(50)).login("admin", password)).contains("is wrong");
        assertThat(new Browser(addresses(51)).login("admin", fresh)).startsWith("/alerts");
        assertThat(hinomi.query("select actor from audit_log where action = 'account.password-reset'"
                        + " order by seq desc limit 1"))
                .isEqualTo("test");
    }

    @Test
    void peopleChangeTheirPassword() throws Exception {
        Browser browser = new Browser(addresses(1));
        browser.login("admin", password);
        String chosen = "correct horse battery";
        assertThat(browser.post("/account", Map.of("present", "wrong", "chosen", chosen, "again", chosen)))
                .contains("present password is wrong");
        assertThat(browser.post("/account", Map.of("present", password, "chosen", "short", "again", "short")))
                .contains("shorter than 12");
        assertThat(browser.post("/account", Map.of("present", password, "chosen", chosen, "again", chosen + "!")))
                .contains("differ");
        assertThat(browser.post("/account", Map.of("present", password, "chosen", chosen, "again", chosen)))
                .contains("was changed");
        assertThat(new Browser(addresses(2)).login("admin", password)).contains("is wrong");
        assertThat(new Browser(addresses(3)).login("admin", chosen)).startsWith("/alerts");
        assertThat(hinomi.query("select count(*) from audit_log where action = 'account.password-changed' and at >= '"
                        + NOW.get() + "'"))
                .isEqualTo("1");
    }

    /** Failed while a session outlived the password that it began with. */
    @Test
    void aNewPasswordEndsTheSessionsOfOthers() throws Exception {
        Browser owner = new Browser(addresses(1));
        Browser other = new Browser(addresses(2));
        assertThat(owner.login("admin", password)).startsWith("/alerts");
        assertThat(other.login("admin", password)).startsWith("/alerts");
        assertThat(other.open("/gaps")).isEqualTo("/gaps");
        pass(Duration.ofSeconds(1));
        String chosen = "correct horse battery";
        assertThat(owner.post("/account", Map.of("present", password, "chosen", chosen, "again", chosen)))
                .contains("was changed");
        assertThat(owner.open("/gaps")).isEqualTo("/gaps");
        assertThat(other.open("/gaps")).isEqualTo("/login");
        pass(Duration.ofSeconds(1));
        reset();
        assertThat(owner.open("/gaps")).isEqualTo("/login");
    }

    @Test
    void aSessionEndsWhenNobodyUsesItAndHoweverMuchItIsUsed() throws Exception {
        Browser idle = new Browser(addresses(1));
        Browser busy = new Browser(addresses(2));
        assertThat(idle.login("admin", password)).startsWith("/alerts");
        assertThat(busy.login("admin", password)).startsWith("/alerts");
        pass(Duration.ofHours(11));
        assertThat(idle.open("/gaps")).isEqualTo("/gaps");
        assertThat(busy.open("/gaps")).isEqualTo("/gaps");
        pass(Duration.ofHours(6));
        assertThat(busy.open("/gaps")).isEqualTo("/gaps");
        pass(Duration.ofHours(6));
        assertThat(busy.open("/gaps")).isEqualTo("/gaps");
        assertThat(idle.open("/gaps")).isEqualTo("/login");
        for (int hours = 23; hours + 11 < 14 * 24; hours += 11) {
            pass(Duration.ofHours(11));
            assertThat(busy.open("/gaps")).isEqualTo("/gaps");
        }
        pass(Duration.ofHours(11));
        assertThat(busy.open("/gaps")).isEqualTo("/login");
    }

    /** Failed while the first start's password was kept though the process had ended before it could print it. */
    @Test
    void aFirstPasswordThatNobodySawIsMadeAnew() {
        TestPostgres.Database database = TestPostgres.shared().newDatabase();
        AlertingSettings settings = hinomi.settings(database);
        String first;
        try (RunningAlerting running = AlertingService.start(settings)) {
            first = running.initialAdminPassword().orElseThrow();
        }
        try (RunningAlerting running = AlertingService.start(settings)) {
            assertThat(running.initialAdminPassword()).isPresent().get().isNotEqualTo(first);
            running.initialAdminPasswordShown();
        }
        try (RunningAlerting running = AlertingService.start(settings)) {
            assertThat(running.initialAdminPassword()).isEmpty();
        }
    }
}
