package jp.hinomi.alerting.incident;

import static jp.hinomi.alerting.incident.IncidentDesk.JSON;
import static jp.hinomi.alerting.incident.IncidentDesk.arrive;
import static jp.hinomi.alerting.incident.IncidentDesk.hinomi;
import static jp.hinomi.alerting.incident.IncidentDesk.newWeek;
import static jp.hinomi.alerting.incident.IncidentDesk.number;
import static jp.hinomi.alerting.incident.IncidentDesk.open;
import static jp.hinomi.alerting.incident.IncidentDesk.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * A leak of data, seen in three alerts: of the vendor's API and, by what came from there, of the sensors; of the sensors, critical;
 * and one that is TLP:RED. Everybody was told who is to be told.
 *
 * @param name of no other test's
 * @param day when it was noticed: the clock's time
 */
record Leak(String name, Instant day) {
    /** In a week of its own. */
    static Leak detected(String name) {
        Leak leak = new Leak(name, newWeek());
        arrive(
                SampleAlert.of(leak.alert(1))
                        .at(leak.day.minusSeconds(60))
                        .target("api")
                        .touches("sensors", Alert.Part.ORIGIN)
                        .group("source.ip", "203.0.113.7"),
                SampleAlert.of(leak.alert(2))
                        .at(leak.day.minusSeconds(30))
                        .rule("sensor_takeover", "センサーの乗っ取り", "A sensor was taken over")
                        .target("sensors")
                        .severity(Severity.CRITICAL),
                SampleAlert.of(leak.alert(3))
                        .at(leak.day.minusSeconds(20))
                        .rule("secret", "極秘の検知", "A secret detection")
                        .target("api")
                        .tlp(Tlp.RED));
        String ofIt = " from delivery where alert_id like '" + name + "-%'";
        TestAlerting.await(() -> hinomi.query(
                        "select count(*) filter (where state <> 'sent') || ' ' || count(*) filter (where contact_id = 'noc')"
                                + ofIt)
                .matches("0 [1-9]\\d*"));
        return leak;
    }

    /** An analyst has made one incident of all three. */
    Opened opened() {
        String path = open(alert(1));
        send("POST", path + "/alerts", "{\"alert\":\"" + alert(2) + "\"}", 200);
        send("POST", path + "/alerts", "{\"alert\":\"" + alert(3) + "\"}", 200);
        return new Opened(this, number(path));
    }

    /** @param which 1 to 3 */
    String alert(int which) {
        return name + "-" + which;
    }

    record Opened(Leak leak, String number) {
        String api(String path) {
            return "/api/v1/incidents/" + number + path;
        }

        /** It was answered; a measure was written down, and corrected; and a finding for those of the sensors alone. */
        Opened workedOn() {
            hinomi.post("/api/v1/alerts/" + leak.alert(1) + "/ack", "{\"note\":\"tanaka@city.example.jp が対応\"}");
            JsonNode noted =
                    send("POST", api("/timeline"), entry("measure", "外部接続を遮断").toString(), 200);
            send("POST", api("/timeline"), finding().toString(), 200);
            long measure = 0;
            for (JsonNode each : noted.get("timeline")) {
                measure = each.get("type").asText().equals("measure")
                        ? each.get("id").asLong()
                        : measure;
            }
            send(
                    "POST",
                    api("/timeline"),
                    entry("measure", "外部接続を全て遮断した（tanaka@city.example.jp）")
                            .put("supersedes", measure)
                            .toString(),
                    200);
            return this;
        }

        /** For reports, TLP:AMBER. */
        static ObjectNode entry(String type, String text) {
            return JSON.createObjectNode()
                    .put("type", type)
                    .put("text", text)
                    .put("in_report", true)
                    .put("tlp", "AMBER");
        }

        private static ObjectNode finding() {
            ObjectNode finding = entry("finding", "センサーの鍵が漏れた");
            finding.putArray("visible_to").add("iot");
            return finding;
        }
    }
}
