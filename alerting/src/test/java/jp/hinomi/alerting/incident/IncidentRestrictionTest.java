package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

/** An incident is as restricted as its alerts are now, and so is what was made of them. */
class IncidentRestrictionTest extends IncidentDesk {
    /** What becomes more restricted takes with it what was made of it: words, entries, corrections, notes, drafts. */
    @Test
    void anIncidentIsAsRestrictedAsItsAlertsAreNow() throws Exception {
        Instant day = newWeek();
        SampleAlert alert = SampleAlert.of("turn-1")
                .at(day)
                .rule("turning", "後で極秘になる検知", "A detection that turns secret")
                .seen("198.51.100.71", "turning-01")
                .target("gate")
                .tlp(Tlp.AMBER);
        arrive(alert);
        String one = open("turn-1");
        send("PATCH", one, json(Map.of("impact", "IMPACT-OF-TURN", "circumstances", List.of("personal-data"))), 200);
        // By form and by call without a label: as the incident. With one: as whoever wrote it chose.
        post(
                "/incidents/" + number(one) + "/timeline",
                "type=note&text=NOTE-OF-FORM&occurred="
                        + day.atZone(SampleCity.TOKYO).toLocalDate() + "T10:00&inReport=true");
        send("POST", one + "/timeline", "{\"text\":\"NOTE-OF-CALL\",\"in_report\":true}", 200);
        JsonNode chosen = send(
                "POST", one + "/timeline", "{\"text\":\"NOTE-OF-CHOICE\",\"tlp\":\"GREEN\",\"in_report\":true}", 200);
        // A correction of what came by itself, twice over: what it was made of stands two entries before.
        for (String value : List.of("false", "true")) {
            String entry = hinomi.query("select max(t.id) from timeline_entry t join incident i on i.id = t.incident_id"
                    + " where i.number = '" + number(one) + "' and text_ja like '%後で極秘%' and type = 'alert'");
            post("/incidents/" + number(one) + "/timeline/" + entry + "/in-report", "value=" + value);
        }
        assertThat(chosen.get("tlp").asText()).isEqualTo("AMBER");
        String secret = "後で極秘|turns secret|IMPACT-OF-TURN|NOTE-OF-FORM|NOTE-OF-CALL";
        for (String word : secret.split("\\|")) {
            assertThat(text(one + "/incident.json?to=vendor")).contains(word);
        }
        assertThat(ownTimeline("vendor", number(one)))
                .contains("後で極秘", "NOTE-OF-FORM", "NOTE-OF-CALL", "NOTE-OF-CHOICE");
        JsonNode draft = send("POST", one + "/reports", "{\"form\":\"personal-data-leak\"}", 200);
        assertThat(draft.at("/fields/overview").asText()).contains("IMPACT-OF-TURN");
        assertThat(draft.at("/fields/course").asText()).contains("後で極秘");

        arrive(alert.revision(2).count(99).tlp(Tlp.RED));
        assertThat(hinomi.get(one).get("tlp").asText()).isEqualTo("RED");
        assertThat(hinomi.get("/api/v1/incidents").toString())
                .contains("\"number\":\"" + number(one) + "\",\"title\":\"後で極秘になる検知\"");
        for (String whom : List.of("?to=vendor", "?tlp=AMBER")) {
            for (String format : List.of("/incident.json", "/stix.json", "/timeline.csv")) {
                assertThat(text(one + format + whom)).as(format + whom).doesNotContain(secret.split("\\|"));
            }
            assertThat(pages(file(one + "/incident.pdf" + whom).body())).doesNotContain(secret.split("\\|"));
            assertThat(text(one + "/incident.json" + whom)).contains("NOTE-OF-CHOICE");
        }
        assertThat(ownTimeline("vendor", number(one)))
                .contains("NOTE-OF-CHOICE")
                .doesNotContain("後で極秘", "NOTE-OF-FORM", "NOTE-OF-CALL");
        assertThat(text(one + "/incident.json")).contains(secret.split("\\|"));

        // Not by an edit either, while it has that alert.
        JsonNode refused = send("PATCH", one, "{\"tlp\":\"GREEN\"}", 400);
        assertThat(refused.get("detail").asText()).contains("turn-1", "RED");
        send("PATCH", one, "{\"title\":\"Another title\"}", 200);

        // What was filled in before is in the draft still: it does not go out so.
        String path = "/api/v1/reports/" + draft.get("id").asLong();
        JsonNode held = send("POST", path + "/submit", "{\"revision\":1}", 409);
        assertThat(held.get("detail").asText()).contains("turn-1", "RED", "AMBER", "refill");
        JsonNode anew = send("POST", path + "/refill", "{\"revision\":1}", 200);
        assertThat(anew.get("fields").toString())
                .doesNotContain(secret.split("\\|"))
                .contains("NOTE-OF-CHOICE");
        send("POST", path + "/submit", "{\"revision\":2}", 200);
        assertThat(text(path + ".json")).doesNotContain(secret.split("\\|"));

        // An alert that joins restricts what was written before it came.
        arrive(SampleAlert.of("turn-2")
                .at(day)
                .seen("198.51.100.72", "turning-02")
                .target("gate")
                .tlp(Tlp.GREEN));
        String other = open("turn-2");
        send("POST", other + "/timeline", "{\"text\":\"NOTE-BEFORE\"}", 200);
        assertThat(ownTimeline("vendor", number(other))).contains("NOTE-BEFORE");
        send("POST", other + "/alerts", "{\"alert\":\"turn-1\"}", 200);
        assertThat(ownTimeline("vendor", number(other))).doesNotContain("NOTE-BEFORE");
        // And what merged is as restricted there as what it merged with.
        String third = open("turn-2");
        send("POST", third + "/timeline", "{\"text\":\"NOTE-OF-THIRD\",\"visible_to\":[\"vendor\"]}", 200);
        assertThat(ownTimeline("vendor", number(third))).contains("NOTE-OF-THIRD");
        send("POST", third + "/merge", "{\"into\":\"" + number(other) + "\"}", 200);
        assertThat(ownTimeline("vendor", number(other))).doesNotContain("NOTE-OF-THIRD");
    }

    /** What row-level security leaves of a timeline, and how restricted the incident is. */
    private static String ownTimeline(String stakeholder, String incident) throws Exception {
        try (Connection connection = hinomi.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('hinomi.stakeholder', '" + stakeholder
                    + "', true), set_config('hinomi.clearance', '" + Tlp.AMBER.ordinal() + "', true)");
            statement.execute("set local role hinomi_stakeholder");
            try (ResultSet rows = statement.executeQuery("select coalesce(string_agg(text_ja, ' '), '') from"
                    + " timeline_entry t join incident i on i.id = t.incident_id where i.number = '" + incident
                    + "'")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
