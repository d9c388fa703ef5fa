package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import org.junit.jupiter.api.Test;

/** Terms of reports are tracked, and whoever leads an incident is reminded of them, once. */
class ReportTermsTest extends IncidentDesk {
    @Test
    void termsAreTrackedAndWhoeverLeadsIsRemindedOnce() throws Exception {
        Leak leak = Leak.detected("terms");
        Leak.Opened reported = leak.opened();
        send("PATCH", reported.api(""), "{\"circumstances\":[\"personal-data\"]}", 200);
        JsonNode last =
                send("POST", reported.api("/reports"), "{\"form\":\"personal-data-leak\",\"stage\":\"final\"}", 200);
        send("POST", "/api/v1/reports/" + last.get("id").asLong() + "/submit", "{\"revision\":1}", 200);
        String other = send("POST", "/api/v1/incidents", "{\"alert\":\"" + leak.alert(2) + "\",\"title\":\"別件\"}", 200)
                .get("number")
                .asText();
        String path = "/api/v1/incidents/" + other;
        send("PATCH", path, "{\"circumstances\":[\"personal-data\",\"malicious\"],\"lead\":\"iot-noc\"}", 200);
        // However many incidents of which nothing is to be reported came later.
        hinomi.execute("insert into incident (number, title, status, severity, tlp, impact, circumstances, aware_at,"
                + " opened_by, opened_at, updated_at) select 'crowd-' || n, 'crowd', 'open', 0, 0, '', '{}', now(),"
                + " 'test', now(), now() from generate_series(1, 1001) n");
        List<String> due = new ArrayList<>();
        for (JsonNode each : hinomi.get("/api/v1/report-deadlines").get("items")) {
            if (each.get("incident").asText().equals(other)) {
                due.add(each.get("due").asText());
            }
        }
        hinomi.execute("delete from incident where number like 'crowd-%'");
        // Of the first incident the final report came already, which answers both; of the other none has.
        assertThat(due)
                .contains(
                        endOfDay(leak.day().plus(Duration.ofDays(4))),
                        endOfDay(leak.day().plus(Duration.ofDays(59))));
        assertThat(hinomi.get(path).at("/deadlines/0/state").asText()).isEqualTo("open");
        assertThat(hinomi.get(reported.api("")).at("/deadlines/0/state").asText())
                .isEqualTo("met");

        // On the third day, before the target is over: the lead hears of it once, whatever restarts.
        CLOCK.set(leak.day().plus(Duration.ofHours(2 * 24 + 1)));
        hinomi.restart();
        TestAlerting.await(() -> reminders(other, "iot-noc").equals("1"));
        hinomi.restart();
        arrive(SampleAlert.of("terms-later").at(CLOCK.get()).target("api"));
        assertThat(reminders(other, "iot-noc")).isEqualTo("1");
        var mail = hinomi.mail().await(TestAlerting.SOON, each -> each.subject().contains(other));
        assertThat(mail.to()).isEqualTo("noc@iot.example.jp");
        assertThat(mail.subject()).contains("Personal Information Protection Commission");
        assertThat(mail.text())
                .contains("Term:")
                .contains("/incidents/" + other)
                .doesNotContain("sensor was taken");
        // The promoter hears where nobody is entered who can be reached.
        send("PATCH", path, "{\"lead\":\"\"}", 200);
        CLOCK.set(leak.day().plus(Duration.ofHours(5 * 24 + 1)));
        hinomi.restart();
        TestAlerting.await(() -> reminders(other, "promoter-csirt").equals("1"));
        assertThat(hinomi.get(path).at("/deadlines/0/state").asText()).isEqualTo("overdue");
        assertThat(hinomi.query(
                        "select cause from delivery where contact_id = 'promoter-csirt' and idempotency_key like 'report|"
                                + other + "|%'"))
                .isEqualTo("report-overdue");
    }

    private static String reminders(String incident, String contact) {
        return hinomi.query("select count(*) from delivery where idempotency_key like 'report|" + incident
                + "|%' and contact_id = '" + contact + "'");
    }

    /** Of that day in Tokyo. */
    private static String endOfDay(Instant time) {
        return time.atZone(SampleCity.TOKYO)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(SampleCity.TOKYO)
                .minusSeconds(1)
                .toInstant()
                .toString();
    }
}
