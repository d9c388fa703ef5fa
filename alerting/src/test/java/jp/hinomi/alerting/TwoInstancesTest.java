package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void everyMessageIsSentOnce() {
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
        }
    }
}
