package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

/** What a stakeholder is shown in a report: its own part of an incident, as a message would show it. */
class StakeholderReportTest extends IncidentDesk {
    @Test
    void aStakeholdersReportHasItsOwnPartOnly() throws Exception {
        Leak.Opened incident = Leak.detected("parts").opened().workedOn();
        send(
                "PATCH",
                incident.api(""),
                json(Map.of("impact", "市全体の影響", "circumstances", List.of("personal-data"), "lead", "nobody")),
                200);
        JsonNode report = send(
                "POST",
                incident.api("/reports"),
                "{\"form\":\"stakeholder\",\"stage\":\"initial\",\"recipient\":\"vendor\"}",
                200);
        JsonNode fields = report.get("fields");
        assertThat(fields.get("resources").asText()).contains("api資産").doesNotContain("sensors");
        assertThat(fields.get("alerts").asText())
                .contains("都市OSへの総当たり攻撃後のログイン成功")
                .doesNotContain("センサーの乗っ取り")
                .doesNotContain("極秘");
        assertThat(fields.get("summary").asText()).isEmpty();
        assertThat(fields.get("timeline").asText())
                .contains("外部接続を全て遮断した")
                .contains("[mail]")
                .doesNotContain("tanaka")
                .doesNotContain("センサー");
        assertThat(fields.get("told").asText()).contains("noc").doesNotContain("iot");
        assertThat(fields.get("cause").asText()).isEmpty();
        assertThat(fields.get("severity").asText()).isEqualTo("高");
        assertThat(fields.toString()).doesNotContain("極秘").doesNotContain("市全体の影響");
        // The other stakeholder reads English, and about its sensors.
        JsonNode other =
                send("POST", incident.api("/reports"), "{\"form\":\"stakeholder\",\"recipient\":\"iot\"}", 200);
        assertThat(other.at("/fields/alerts").asText()).contains("A sensor was taken over");
        assertThat(other.at("/fields/resources").asText())
                .contains("sensors resource")
                .doesNotContain("api");
        assertThat(other.at("/fields/timeline").asText()).contains("センサーの鍵が漏れた");
        send("POST", incident.api("/reports"), "{\"form\":\"stakeholder\",\"recipient\":\"nobody\"}", 400);
        send("POST", incident.api("/reports"), "{\"form\":\"nothing\"}", 400);
    }

    /** A report shows what a message would: no indicator of another's line, and of the timeline nothing above its label of today. */
    @Test
    void aReportShowsOfAnAlertWhatAMessageWould() throws Exception {
        SampleAlert alert = SampleAlert.of("shared-1")
                .at(newWeek())
                .rule("shared", "共有の検知", "A shared detection")
                .target("gate")
                .target("plant")
                .lines("to the gate", "to the plant")
                .destinations("10.1.0.1", "10.2.0.1")
                .indicator(Map.of(
                        "id",
                        "i-9",
                        "feed",
                        "cert",
                        "name",
                        "Bot",
                        "field",
                        "destination.ip",
                        "value",
                        "10.2.0.1",
                        "tlp",
                        "GREEN"));
        arrive(alert);
        String one = open("shared-1");
        String draft = "{\"form\":\"stakeholder\",\"recipient\":\"%s\"}";
        JsonNode vendor =
                send("POST", one + "/reports", draft.formatted("vendor"), 200).get("fields");
        JsonNode iot =
                send("POST", one + "/reports", draft.formatted("iot"), 200).get("fields");
        assertThat(vendor.toString()).contains("共有の検知").doesNotContain("10.2.0.1", "Bot");
        assertThat(iot.toString()).contains("10.2.0.1", "Bot");
        // More restricted since: what stood in the timeline before is as well.
        arrive(alert.revision(2).tlp(Tlp.RED));
        JsonNode later =
                send("POST", one + "/reports", draft.formatted("promoter"), 200).get("fields");
        assertThat(later.get("timeline").asText()).contains("共有の検知");
        // It may have joined another incident by itself as well.
        assertThat(hinomi.query("select count(*) from timeline_entry where raw_ref = 'alert:shared-1' and incident_id ="
                        + " (select id from incident where number = '" + number(one)
                        + "') and tlp = "
                        + Tlp.AMBER.ordinal()
                        + " and timeline_entry_label(tlp, raw_ref, follows, incident_id, supersedes_id) = "
                        + Tlp.RED.ordinal()))
                .isEqualTo("1");
        assertThat(text(one + "/incident.json?to=vendor")).doesNotContain("共有の検知");
    }
}
