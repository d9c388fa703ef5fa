package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jp.hinomi.alerting.SampleCity;
import org.junit.jupiter.api.Test;

/** Alerts become an incident, incidents are merged, split and judged, and each of it can be undone. */
class IncidentCaseworkTest extends IncidentDesk {
    @Test
    void anAnalystOpensAnIncidentFromAnAlertAndAddsOthers() throws Exception {
        Leak leak = Leak.detected("opened");
        String next = nextNumber();
        send("POST", "/api/v1/incidents", "{\"alert\":\"none\"}", 404);
        JsonNode opened = send("POST", "/api/v1/incidents", "{\"alert\":\"" + leak.alert(1) + "\"}", 200);
        String number = opened.get("number").asText();
        assertThat(number).isEqualTo(next);
        String path = "/api/v1/incidents/" + number;
        assertThat(opened.get("title").asText()).isEqualTo("都市OSへの総当たり攻撃後のログイン成功");
        assertThat(opened.get("aware").asText()).isEqualTo(leak.day().toString());
        JsonNode more = send("POST", path + "/alerts", "{\"alert\":\"" + leak.alert(2) + "\"}", 200);
        assertThat(more.get("severity").asText()).isEqualTo("critical");
        send("POST", path + "/alerts", "{\"alert\":\"" + leak.alert(2) + "\"}", 409);
        send("POST", path + "/alerts", "{\"alert\":\"" + leak.alert(3) + "\"}", 200);
        JsonNode less = send("DELETE", path + "/alerts/" + leak.alert(3), "", 200);
        assertThat(less.at("/alerts/2/detached_by").asText()).isEqualTo("account:api-token");
        JsonNode parties = send("POST", path + "/alerts", "{\"alert\":\"" + leak.alert(3) + "\"}", 200)
                .get("parties");
        assertThat(parties)
                .extracting(party -> party.get("stakeholder").asText())
                .containsExactly("iot", "promoter", "vendor");
        assertThat(parties.get(2).get("scope").toString()).isEqualTo("{\"api\":[\"operator\"]}");
        assertThat(
                        hinomi.query(
                                "select count(*) from audit_log where object = 'incident:" + number + "'"
                                        + " and action in ('incident.alert-attached', 'incident.alert-detached') and actor = 'account:api-token'"))
                .isEqualTo("5");
    }

    /** Numbers follow each other within a year. */
    private static String nextNumber() {
        String year = "INC-" + CLOCK.get().atZone(SampleCity.TOKYO).getYear() + "-";
        String last = hinomi.query("select coalesce(max(substr(number, 10)::int), 0) from incident"
                + " where starts_with(number, '" + year + "')");
        return year + String.format(Locale.ROOT, "%04d", Integer.parseInt(last) + 1);
    }

    @Test
    void incidentsAreMergedSplitAndJudgedAndEachOfItIsUndone() throws Exception {
        Leak leak = Leak.detected("merged");
        String one = open(leak.alert(1));
        String other = open(leak.alert(2));
        send("POST", other + "/timeline", "{\"text\":\"判明した事実\"}", 200);
        send("POST", other + "/merge", "{\"into\":\"" + number(other) + "\"}", 400);
        send("POST", other + "/merge", "{\"into\":\"" + number(one) + "\"}", 200);
        assertThat(hinomi.get(other + "/casework").get("merged_into").asText()).isEqualTo(number(one));
        assertThat(hinomi.get(other).get("status").asText()).isEqualTo("closed");
        JsonNode merged = hinomi.get(one);
        assertThat(merged.get("alerts").findValuesAsText("id")).containsExactly(leak.alert(1), leak.alert(2));
        assertThat(merged.get("severity").asText()).isEqualTo("critical");
        JsonNode note = null;
        for (JsonNode each : merged.get("timeline")) {
            note = each.get("type").asText().equals("note") ? each : note;
        }
        // It was written for those who had a part in the other.
        assertThat(note.get("visible_to").toString()).isEqualTo("[\"iot\",\"promoter\"]");
        send("POST", other + "/merge", "{\"into\":\"" + number(one) + "\"}", 400);

        send("POST", other + "/unmerge", "", 200);
        send("POST", other + "/unmerge", "", 409);
        assertThat(hinomi.get(one + "/casework").get("parties").findValuesAsText("stakeholder"))
                .containsExactly("iot", "promoter", "vendor");
        assertThat(attached(number(one))).isEqualTo(leak.alert(1));
        assertThat(attached(number(other))).isEqualTo(leak.alert(2));

        send("POST", one + "/split", "{\"alerts\":[\"" + leak.alert(1) + "\"]}", 400);
        send("POST", one + "/alerts", "{\"alert\":\"" + leak.alert(3) + "\"}", 200);
        String third = send(
                        "POST",
                        one + "/split",
                        "{\"alerts\":[\"" + leak.alert(3) + "\",\"" + leak.alert(3) + "\",\"no-such\"]}",
                        200)
                .get("number")
                .asText();
        assertThat(attached(number(one)) + " " + attached(third)).isEqualTo(leak.alert(1) + " " + leak.alert(3));

        send("PUT", one + "/judgement", "{\"verdict\":\"guilty\"}", 400);
        send("PUT", one + "/judgement", "{\"verdict\":\"true-positive\",\"entry_path\":\"VPN\\u202e\"}", 200);
        send("POST", one + "/tasks", "{\"title\":\" \"}", 400);
        JsonNode task = send(
                        "POST",
                        one + "/tasks",
                        "{\"title\":\"鍵の交換\",\"owner\":\"noc\",\"due\":\""
                                + leak.day().minusSeconds(1) + "\"}",
                        200)
                .at("/tasks/0");
        assertThat(task.get("overdue").asBoolean()).isTrue();
        String done = one + "/tasks/" + task.get("id").asLong();
        send("POST", done, "{\"done\":true}", 200);
        send("POST", done, "{\"done\":true}", 409);
        send("POST", done, "{\"done\":false}", 200);
        JsonNode casework = hinomi.get(one + "/casework");
        assertThat(casework.get("verdict_id").asInt()).isEqualTo(2);
        assertThat(casework.get("entry_path").asText()).isEqualTo("VPN[U+202E]");
        for (JsonNode party : casework.get("parties")) {
            if (party.get("stakeholder").asText().equals("vendor")) {
                assertThat(party.get("told").isNull()).isFalse();
                assertThat(party.get("answer").isNull()).isTrue();
            }
        }
        assertThat(hinomi.query("select string_agg(action, ',' order by seq) from audit_log where object = 'incident:"
                        + number(one) + "' and action like 'incident.task%'"))
                .isEqualTo("incident.task-added,incident.task-done,incident.task-reopened");

        HttpResponse<byte[]> stix = file(one + "/stix.json");
        assertThat(stix.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"" + number(one) + "-stix.json\"");
        assertThat(stix.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(JSON.readTree(stix.body()).get("objects").findValuesAsText("type"))
                .contains("incident", "observed-data", "ipv4-addr", "marking-definition");
        assertThat(file(one + "/stix.json").body()).isEqualTo(stix.body());
        assertThat(new String(file(one + "/timeline.csv").body(), StandardCharsets.UTF_8))
                .contains("\"alert\",\"system\"");
        assertThat(hinomi.query(
                        "select count(*) from audit_log where action = 'incident.exported' and object = 'incident:"
                                + number(one) + "'"))
                .isEqualTo("3");
    }
}
