package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes out of an incident, in every format, has only what whom it is for may see. */
class IncidentExportTest extends IncidentDesk {
    @Test
    void whatGoesOutHasOnlyWhatWhomItIsForMaySee() throws Exception {
        Leak leak = Leak.detected("exported");
        String one = open(leak.alert(1));
        send("POST", one + "/alerts", "{\"alert\":\"" + leak.alert(2) + "\"}", 200);
        send("POST", one + "/alerts", "{\"alert\":\"" + leak.alert(3) + "\"}", 200);
        JsonNode first = send("POST", one + "/timeline", "{\"text\":\"first words\",\"tlp\":\"AMBER\"}", 200);
        long id = first.at("/timeline/" + (first.get("timeline").size() - 1) + "/id")
                .asLong();
        send(
                "POST",
                one + "/timeline",
                "{\"text\":\"corrected in secret\",\"tlp\":\"RED\",\"supersedes\":" + id + "}",
                200);
        send(
                "POST",
                one + "/timeline",
                "{\"text\":\"for the vendor\",\"tlp\":\"AMBER\",\"visible_to\":[\"vendor\"]}",
                200);
        send("POST", one + "/tasks", "{\"title\":\"rotate keys\"}", 200);
        for (String format : List.of("/incident.json", "/stix.json", "/timeline.csv")) {
            assertThat(text(one + format))
                    .as(format)
                    .contains("corrected in secret")
                    .contains("TLP:RED");
            for (String whom : List.of("?to=vendor", "?to=vendor&tlp=RED", "?tlp=AMBER%2BSTRICT")) {
                assertThat(text(one + format + whom))
                        .as(format + whom)
                        .contains("for the vendor")
                        .doesNotContain("secret", "極秘", leak.alert(3), "first words", "rotate keys", "e828b379");
            }
            assertThat(text(one + format + "?to=iot")).as(format).doesNotContain("for the vendor", "極秘", "secret");
            assertThat(file(one + format + "?tlp=CLEAR").body()).isNotEmpty();
        }
        JsonNode vendor = JSON.readTree(text(one + "/incident.json?to=vendor"));
        assertThat(vendor.get("tlp").asText()).isEqualTo("AMBER");
        assertThat(vendor.at("/incident/title").isNull()).isTrue();
        assertThat(vendor.at("/left_out/alerts").asInt()).isEqualTo(2);
        assertThat(vendor.at("/left_out/words").asBoolean()).isTrue();
        assertThat(vendor.get("alerts").findValuesAsText("id")).containsExactly(leak.alert(1));
        // Of what it touches, their part; who wrote it is the promoter's business.
        assertThat(vendor.at("/alerts/0/resources").toString()).isEqualTo("{\"api\":[\"target\"]}");
        assertThat(vendor.get("timeline").findValuesAsText("author")).doesNotContain("account:admin");
        JsonNode house = JSON.readTree(text(one + "/incident.json"));
        assertThat(house.at("/left_out/alerts").asInt()).isZero();
        assertThat(house.get("tasks")).hasSize(1);

        HttpResponse<byte[]> pdf = file(one + "/incident.pdf?to=vendor");
        assertThat(pdf.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"" + number(one) + "-incident-vendor-AMBER.pdf\"");
        assertThat(pages(pdf.body())).contains("for the vendor", "TLP:AMBER").doesNotContain("secret", "極秘", "TLP:RED");
        assertThat(pages(file(one + "/incident.pdf").body())).contains("corrected in secret", "TLP:RED");
        send("GET", one + "/incident.pdf?to=nobody", "", 400);
        send("GET", one + "/incident.json?tlp=BLUE", "", 400);
        assertThat(hinomi.query("select detail::jsonb ->> 'to' from audit_log where action = 'incident.exported'"
                        + " and object = 'incident:" + number(one) + "' and detail::jsonb ->> 'format' = 'pdf'"
                        + " order by seq limit 1"))
                .isEqualTo("vendor");
    }
}
