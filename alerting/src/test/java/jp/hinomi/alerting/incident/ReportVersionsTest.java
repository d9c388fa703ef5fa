package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.report.ReportDocument;
import org.junit.jupiter.api.Test;

/** A report that was submitted never changes: the next one says what did, and a correction ends the last. */
class ReportVersionsTest extends IncidentDesk {
    @Test
    void aReportIsFrozenWhenItIsSubmittedAndTheNextShowsWhatChanged() throws Exception {
        Leak.Opened incident = Leak.detected("frozen").opened().workedOn();
        send(
                "PATCH",
                incident.api(""),
                json(Map.of("impact", "市全体の影響", "circumstances", List.of("personal-data"))),
                200);
        JsonNode draft = send("POST", incident.api("/reports"), "{\"form\":\"personal-data-leak\"}", 200);
        String path = "/api/v1/reports/" + draft.get("id").asLong();
        assertThat(draft.get("recipient").asText()).isEqualTo("個人情報保護委員会");
        assertThat(draft.at("/fields/overview").asText()).isEmpty();
        assertThat(draft.at("/fields/course").asText()).contains("センサーの乗っ取り").doesNotContain("極秘");
        // The incident is TLP:RED by one of its alerts: its words do not go out at AMBER until somebody writes them.
        JsonNode edited = send(
                "PUT",
                path,
                json(Map.of(
                        "revision",
                        draft.get("revision").asInt(),
                        "fields",
                        Map.of("overview", "会員情報が外部から閲覧された。", "people", "不明\n（最大 1,200 人）"))),
                200);
        assertThat(edited.at("/fields/people").asText()).isEqualTo("不明 （最大 1,200 人）");
        send("PUT", path, json(Map.of("revision", 1, "fields", Map.of("overview", "他の人"))), 409);
        send("PUT", path, json(Map.of("revision", 2, "fields", Map.of("nothing", "x"))), 400);
        send("PUT", path, json(Map.of("revision", 2, "fields", Map.of("overview", "x".repeat(1 << 20)))), 400);
        send("POST", path + "/submit", "{\"revision\":1}", 409);
        JsonNode submitted = send("POST", path + "/submit", "{\"revision\":2}", 200);
        assertThat(submitted.get("seq").asInt()).isEqualTo(1);
        byte[] json = file(path + ".json").body();
        assertThat(ReportDocument.sha256(json))
                .isEqualTo(submitted.get("sha256").asText());
        assertThat(hinomi.query("select detail from audit_log where action = 'report.submitted' and object = 'report:"
                        + draft.get("id").asLong() + "'"))
                .contains(submitted.get("sha256").asText());
        send("PUT", path, json(Map.of("revision", 2, "fields", Map.of("overview", "後から"))), 409);
        assertThatThrownBy(() -> hinomi.execute("update report set fields = '{}' where state = 'submitted'"))
                .hasStackTraceContaining("never changed");
        assertThatThrownBy(() -> hinomi.execute("delete from report")).hasStackTraceContaining("never deleted");

        CLOCK.set(incident.leak().day().plus(Duration.ofHours(3)));
        send(
                "POST",
                incident.api("/timeline"),
                json(Map.of("type", "measure", "text", "鍵を交換した", "in_report", true, "tlp", "AMBER")),
                200);
        JsonNode next =
                send("POST", incident.api("/reports"), "{\"form\":\"personal-data-leak\",\"stage\":\"final\"}", 200);
        assertThat(next.at("/fields/overview").asText()).isEqualTo("会員情報が外部から閲覧された。");
        assertThat(next.get("changed"))
                .extracting(JsonNode::asText)
                .contains("course", "prevention")
                .doesNotContain("overview");
        String second = "/api/v1/reports/" + next.get("id").asLong();
        send("POST", second + "/submit", "{\"revision\":1}", 200);
        JsonNode document = JSON.readTree(file(second + ".json").body());
        assertThat(document.at("/previous/sha256").asText())
                .isEqualTo(submitted.get("sha256").asText());
        for (JsonNode field : document.at("/sections/1/fields")) {
            if (field.get("id").asText().equals("prevention")) {
                assertThat(field.get("before").asText()).doesNotContain("鍵を交換した");
                assertThat(field.get("value").asText()).contains("鍵を交換した");
            }
        }
        // The first stays to the byte what it was.
        assertThat(file(path + ".json").body()).isEqualTo(json);
        // Only the last can be corrected; the one in its place ends it.
        send("POST", path + "/correct", "", 409);
        JsonNode third = send("POST", second + "/correct", "", 200);
        send("POST", "/api/v1/reports/" + third.get("id").asLong() + "/submit", "{\"revision\":1}", 200);
        assertThat(hinomi.get(second).get("state").asText()).isEqualTo("corrected");
        send("POST", second + "/withdraw", "{\"reason\":\"誤り\"}", 409);
        assertThat(new String(file(second + ".html").body(), StandardCharsets.UTF_8))
                .contains("訂正済み");
        // Who read which report, as what.
        assertThat(hinomi.query(
                        "select string_agg(distinct detail::jsonb ->> 'as', ',' order by detail::jsonb ->> 'as')"
                                + " from audit_log where action = 'evidence.seen' and object = 'report:"
                                + next.get("id").asLong() + "'"))
                .contains("api")
                .contains("html,json");
        assertThat(file(second + ".pdf").body()).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(file(second + ".csv")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElseThrow())
                .isEqualTo("attachment; filename=\"" + incident.number() + "-personal-data-leak-2.csv\"");
    }
}
