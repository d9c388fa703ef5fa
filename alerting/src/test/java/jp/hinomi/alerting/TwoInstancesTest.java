package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.hinomi.city.Role;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

/** Two instances share a database and a topic. */
class TwoInstancesTest {
    /** Both take alerts off the queue at the same time, in whatever order: the incident is the same. */
    private static void joinsOnce(TestAlerting hinomi) {
        hinomi.publish(SampleAlert.of("join-0").target("api").seen("198.51.100.4", "edge-07"));
        hinomi.awaitAlert("join-0", 1);
        hinomi.post("/api/v1/incidents", "{\"alert\":\"join-0\"}");
        hinomi.publishAll(IntStream.rangeClosed(1, 60)
                .mapToObj(i -> SampleAlert.of("join-" + i).target("api").seen("198.51.100." + i, "edge-07")));
        TestAlerting.await(() -> hinomi.query("select count(*) from alert where id like 'join-%'")
                        .equals("61")
                && hinomi.query("select count(*) from join_queue").equals("0"));
        assertThat(hinomi.query("select count(*) || ' ' || count(distinct alert_id) || ' ' || count(reason)"
                        + " from incident_alert where detached_at is null"))
                .isEqualTo("61 61 60");
    }

    /** Whichever instance a proxy leads to: the same login, the same forms, and an end that holds at both at once. */
    private static void sessionsAreOfNoInstance(TestAlerting hinomi, RunningAlerting other) throws Exception {
        String there = "http://localhost:" + other.port();
        Visitor visitor = new Visitor(hinomi, "203.0.113.1");
        // What was asked for here is known there, and the form of this instance is taken by that one.
        assertThat(visitor.open("/deliveries?state=dead")).isEqualTo("/login");
        String form = visitor.token("/login");
        assertThat(visitor.send(
                                "POST",
                                form,
                                there + "/login",
                                Map.of("username", "admin", "password", hinomi.password()))
                        .uri())
                .isEqualTo(URI.create(there + "/deliveries?state=dead"));
        assertThat(visitor.open("/gaps")).isEqualTo("/gaps");
        Visitor thief = new Visitor(hinomi, "203.0.113.2");
        thief.token("/login");
        assertThat(visitor.send("POST", form, "/account/sessions/end-others", Map.of())
                        .statusCode())
                .as("a form of before the login")
                .isEqualTo(403);

        Visitor elsewhere = new Visitor(hinomi, "203.0.113.3");
        elsewhere.login("admin", hinomi.password());
        assertThat(elsewhere.open(there + "/gaps")).isEqualTo("/gaps");
        visitor.send("POST", visitor.token("/account"), there + "/account/sessions/end-others", Map.of());
        assertThat(elsewhere.open("/gaps")).isEqualTo("/login");
        assertThat(elsewhere.open(there + "/gaps")).isEqualTo("/login");

        // What the database keeps opens nothing, and the browser has nothing but our own cookies.
        assertThat(hinomi.query("select count(*) from account_session where secret is null and ended_at is null"))
                .isEqualTo("0");
        assertThat(visitor.cookies()).containsOnlyKeys("hinomi-session");
        String cookie = visitor.cookies().get("hinomi-session");
        assertThat(hinomi.query("select count(*) from account_session s where s::text like '%" + cookie + "%'"))
                .isEqualTo("0");
    }

    private static void aRestartEndsNoLogin(TestAlerting hinomi) throws Exception {
        Visitor visitor = new Visitor(hinomi, "203.0.113.4");
        visitor.login("admin", hinomi.password());
        String form = visitor.token("/account");
        hinomi.restart();
        assertThat(visitor.open("/gaps")).isEqualTo("/gaps");
        assertThat(visitor.send("POST", form, "/account/sessions/end-others", Map.of())
                        .uri()
                        .getPath())
                .isEqualTo("/account");
        assertThat(visitor.post("/account", "/logout", Map.of())).startsWith("/login");
        assertThat(visitor.open("/gaps")).isEqualTo("/login");
    }

    @Test
    void everyMessageIsSentOnce() throws Exception {
        int alerts = 30;
        try (TestAlerting hinomi = TestAlerting.start(new SampleCity()
                        .stakeholder(
                                "vendor",
                                Role.CITY_OS_VENDOR,
                                "ja",
                                Tlp.AMBER,
                                contact("noc", mail("noc@vendor.example.jp")))
                        .resource("api")
                        .responsible("api", "vendor")
                        .build());
                RunningAlerting other = hinomi.startAnother()) {
            assertThat(other.initialAdminPassword()).isEmpty();
            // Everything waits, then both instances may send at the same moment.
            hinomi.mail().stop();
            for (int i = 0; i < alerts; i++) {
                hinomi.publish(SampleAlert.of("two-" + i).target("api"));
            }
            hinomi.awaitAlert("two-" + (alerts - 1), 1);
            hinomi.mail().resume();
            hinomi.execute("update delivery set next_attempt_at = created_at where state = 'pending'");
            TestAlerting.await(() -> hinomi.query("select count(*) from delivery where state = 'sent'")
                    .equals(Integer.toString(alerts)));
            List<String> ids = hinomi.mail().received().stream()
                    .map(mail -> mail.header("Message-ID"))
                    .toList();
            assertThat(ids).hasSize(alerts).doesNotHaveDuplicates();
            joinsOnce(hinomi);
            sessionsAreOfNoInstance(hinomi, other);
            aRestartEndsNoLogin(hinomi);
        }
    }
}
