package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

/** Which alerts join an incident by themselves, which are only proposed, and what becomes of those that cannot be looked at. */
class AlertsJoinTest extends IncidentDesk {
    @Test
    void whatComesAndNamesTheSameJoinsByItselfAndSaysWhy() {
        Instant start = newWeek();
        arrive(
                SampleAlert.of("join-first")
                        .at(start.minusSeconds(600))
                        .target("api")
                        .seen("198.51.100.4", "edge-07"),
                SampleAlert.of("join-before")
                        .at(start.minusSeconds(900))
                        .target("api")
                        .seen("198.51.100.5", "edge-07"));
        CLOCK.set(start.plusSeconds(10));
        String path = "/api/v1/incidents/"
                + send("POST", "/api/v1/incidents", "{\"alert\":\"join-first\"}", 200)
                        .get("number")
                        .asText();
        CLOCK.set(start.plusSeconds(60));
        arrive(
                SampleAlert.of("join-same")
                        .at(start.plusSeconds(30))
                        .target("sensors")
                        .seen("198.51.100.9", "edge-07"),
                SampleAlert.of("join-else")
                        .at(start.plusSeconds(30))
                        .target("api")
                        .seen("198.51.100.10", "edge-08"),
                SampleAlert.of("join-secret")
                        .at(start.plusSeconds(30))
                        .target("api")
                        .tlp(Tlp.RED)
                        .seen("198.51.100.4", "edge-07"));
        JsonNode incident = hinomi.get(path);
        assertThat(incident.at("/alerts")).hasSize(2);
        assertThat(incident.at("/alerts/1/id").asText()).isEqualTo("join-same");
        assertThat(incident.at("/alerts/1/attached_by").asText()).isEqualTo("system");
        assertThat(incident.at("/alerts/1/because").toString())
                .isEqualTo("[{\"kind\":\"host\",\"value\":\"edge-07\",\"apart_s\":629}]");
        // Across stakeholders: whoever answers for the sensors has a part now.
        assertThat(incident.get("parties").findValuesAsText("stakeholder"))
                .containsExactly("iot", "promoter", "vendor");
        assertThat(incident.get("timeline").findValuesAsText("type")).contains("alert");
        assertThat(incident.get("suggestions").findValuesAsText("id"))
                .containsExactlyInAnyOrder("join-before", "join-secret", "join-else");
        assertThat(incident.get("suggestions").findValuesAsText("hold"))
                .containsExactlyInAnyOrder("earlier", "restricted", "weak");

        // A person decides; what was decided stays so, also when the alert comes again with more.
        send("POST", path + "/suggestions/join-before", "{\"accept\":true}", 200);
        send("POST", path + "/suggestions/join-before", "{\"accept\":true}", 409);
        send("POST", path + "/suggestions/join-secret", "{\"accept\":false}", 200);

        // In the mailbox it lies in the thread of the incident's first alert from now on.
        hinomi.publish(SampleAlert.of("join-before")
                .revision(2)
                .severity(Severity.CRITICAL)
                .at(start.minusSeconds(900))
                .target("api")
                .seen("198.51.100.5", "edge-07"));
        TestAlerting.await(() -> references("noc@vendor.example.jp")
                .contains("<alert.join-first.noc@x> <alert.join-before.noc@x>".replace("@x", "@" + domain())));
        JsonNode left = send("DELETE", path + "/alerts/join-same?why=unrelated", "", 200);
        assertThat(left.at("/alerts/1/detach_note").asText()).isEqualTo("unrelated");
        arrive(
                SampleAlert.of("join-same")
                        .revision(2)
                        .count(9)
                        .at(start.plusSeconds(50))
                        .target("sensors")
                        .seen("198.51.100.9", "edge-07"),
                SampleAlert.of("join-secret")
                        .revision(2)
                        .at(start.plusSeconds(50))
                        .target("api")
                        .seen("198.51.100.4", "edge-07"));
        assertThat(attached(incident.get("number").asText())).isEqualTo("join-before,join-first");
    }

    /** What each mail there says that it follows. */
    private static List<String> references(String mailbox) {
        return hinomi.mail().receivedBy(mailbox).stream()
                .map(mail -> {
                    try {
                        return String.join(
                                " ",
                                Optional.ofNullable(mail.message().getHeader("References"))
                                        .orElse(new String[0]));
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .map(header -> header.replaceAll("\\s+", " "))
                .toList();
    }

    /** Of the sender: what its message ids end with. */
    private static String domain() {
        try {
            String id = hinomi.mail()
                    .await(TestAlerting.SOON, mail -> mail.recipient().equals("noc@vendor.example.jp"))
                    .message()
                    .getMessageID();
            return id.substring(id.indexOf('@') + 1, id.indexOf('>'));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatCannotBeJoinedIsSetAsideSaidAndTriedAgain() {
        Instant day = newWeek();
        arrive(
                SampleAlert.of("aside-broken").at(day).target("api").seen("198.51.100.21", "edge-21"),
                SampleAlert.of("aside-after").at(day).target("api").seen("198.51.100.22", "edge-22"));
        hinomi.execute("create table set_aside as select body from alert where id = 'aside-broken'");
        hinomi.execute("update alert set body = '{}' where id = 'aside-broken'");
        hinomi.execute("insert into join_queue (alert_id) values ('aside-broken')");
        TestAlerting.await(
                () -> hinomi.query("select count(*) from alarm where kind = 'set-aside' and settled_at is null")
                        .equals("1"));
        assertThat(console("/operations")).contains("/alerts/aside-broken").contains("an alert needs the key");
        // Those that come after are not held up.
        hinomi.execute("insert into join_queue (alert_id) values ('aside-after')");
        TestAlerting.await(() ->
                hinomi.query("select string_agg(alert_id, ',') from join_queue").equals("aside-broken"));
        hinomi.execute("update alert set body = (select body from set_aside) where id = 'aside-broken'");
        hinomi.execute("drop table set_aside");
        post("/operations/joins", "");
        awaitJoined();
        assertThat(hinomi.query("select settled_by from alarm where kind = 'set-aside'"))
                .isEqualTo("account:admin");
    }
}
