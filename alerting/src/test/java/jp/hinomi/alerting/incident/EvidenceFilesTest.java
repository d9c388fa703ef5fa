package jp.hinomi.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

/** Evidence is kept as it came, given only to whom it is meant for, and never lost in silence. */
class EvidenceFilesTest extends IncidentDesk {
    @Test
    void evidenceIsKeptAsItCameAndGivenOnlyToWhomItIsMeantFor() throws Exception {
        Leak leak = Leak.detected("evidence");
        String one = open(leak.alert(1));
        byte[] page = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8);
        JsonNode kept =
                upload(one, "name=..%2F%E8%A8%BC%E6%8B%A0%E2%80%AE%22.svg&to=vendor&tlp=AMBER&note=mail", page, 200);
        assertThat(kept.get("name").asText()).isEqualTo("証拠[U+202E]_.svg");
        assertThat(kept.get("sha256").asText()).isEqualTo(ReportDocument.sha256(page));
        String path = one + "/files/" + kept.get("id").asLong();
        HttpResponse<byte[]> back = file(path);
        assertThat(back.body()).isEqualTo(page);
        assertThat(back.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(back.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;");
        assertThat(back.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(back.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");

        // Again: the same. Another of that name, and an empty one: files of their own.
        String same = "name=%E8%A8%BC%E6%8B%A0%E2%80%AE%22.svg&to=vendor&tlp=AMBER";
        assertThat(upload(one, same, page, 200).get("id")).isEqualTo(kept.get("id"));
        assertThat(upload(one, same, new byte[3_000_000], 200).get("id")).isNotEqualTo(kept.get("id"));
        assertThat(upload(one, "name=empty&tlp=RED&to=vendor", new byte[0], 200)
                        .get("size")
                        .asLong())
                .isZero();
        upload(one, "name=x&to=nobody", page, 400);
        assertThat(upload(one, "name=x", new byte[(4 << 20) + 1], 413)
                        .get("detail")
                        .asText())
                .contains("4 MiB");
        refusedInBothLanguages(one);
        JsonNode listed = hinomi.get(one + "/files").get("items");
        String files = String.join(", ", listed.findValuesAsText("id"));
        assertThat(listed.findValuesAsText("size")).containsExactly(Integer.toString(page.length), "3000000", "0");

        // The vendor has what was given to it, up to its clearance, in the database itself; the others have nothing.
        assertThat(seenBy(files, "vendor", Tlp.AMBER)).isEqualTo("2 4");
        assertThat(seenBy(files, "vendor", Tlp.RED)).isEqualTo("3 4");
        assertThat(seenBy(files, "iot", Tlp.RED)).isEqualTo("0 0");
        send("POST", path, "{\"to\":[]}", 200);
        assertThat(seenBy(files, "vendor", Tlp.AMBER)).isEqualTo("1 3");

        upload(one, "name=for-us&tlp=RED", "x".getBytes(StandardCharsets.UTF_8), 200);
        upload(one, "name=for-them&tlp=AMBER&to=vendor&note=dump", "y".getBytes(StandardCharsets.UTF_8), 200);
        String hash = ReportDocument.sha256("y".getBytes(StandardCharsets.UTF_8));
        for (String format : List.of("/incident.json", "/stix.json", "/timeline.csv")) {
            assertThat(text(one + format)).as(format).contains("for-us", "for-them", hash);
            assertThat(text(one + format + "?to=vendor"))
                    .as(format)
                    .contains("for-them", hash)
                    .doesNotContain("for-us");
            assertThat(text(one + format + "?to=iot")).as(format).doesNotContain("for-them", "for-us", hash);
        }
        assertThat(pages(file(one + "/incident.pdf?to=vendor").body()))
                .contains("for-them", hash.substring(0, 12))
                .doesNotContain("for-us");
        JsonNode given = JSON.readTree(text(one + "/incident.json?to=vendor"));
        assertThat(given.at("/files").findValuesAsText("name")).contains("for-them");
        assertThat(given.at("/files").findValuesAsText("added_by")).containsOnly("other");
        assertThat(given.at("/left_out/files").asInt()).isPositive();

        send("POST", path + "/withdrawal", "{\"reason\":\" \"}", 400);
        send("POST", path + "/withdrawal", "{\"reason\":\"of another case\"}", 200);
        send("POST", path + "/withdrawal", "{\"reason\":\"again\"}", 409);
        assertThat(hinomi.get(one).get("timeline").findValuesAsText("en").toString())
                .contains("was added")
                .contains("of another case");
        assertThat(file(path).body()).isEqualTo(page);
        String id = path.substring(path.lastIndexOf('/') + 1);
        for (String sql : List.of(
                "delete from incident_file where id = " + id,
                "update incident_file set sha256 = repeat('0', 64) where id = " + id,
                "delete from incident_file_part where file_id = " + id,
                "update incident_file_part set bytes = '' where file_id = " + id)) {
            assertThatThrownBy(() -> hinomi.execute(sql)).as(sql).isNotNull();
        }

        // A disk that loses a byte, or somebody with the rights of the owner of the database.
        hinomi.execute("alter table incident_file_part disable trigger user");
        hinomi.execute("update incident_file_part set bytes = set_byte(bytes, 0, 0) where file_id = " + id);
        hinomi.execute("alter table incident_file_part enable trigger user");
        assertThat(send("GET", path, "", 409).toString()).contains("backup");
        assertThat(hinomi.query(
                        "select string_agg(action, ',' order by seq) from audit_log where detail::jsonb ->> 'file' = '"
                                + id + "'"))
                .isEqualTo("incident.file-added,incident.file-read,incident.file-given,incident.file-withdrawn,"
                        + "incident.file-read,incident.file-damaged");
    }

    private static JsonNode upload(String incident, String about, byte[] bytes, int status) throws Exception {
        HttpResponse<String> response =
                TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url(incident + "/files?" + about)))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    /** How many of these files row-level security leaves, and how many of their pieces. @param files their ids, with commas */
    private static String seenBy(String files, String stakeholder, Tlp clearance) throws Exception {
        try (Connection connection = hinomi.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('hinomi.stakeholder', '" + stakeholder
                    + "', true), set_config('hinomi.clearance', '" + clearance.ordinal() + "', true)");
            statement.execute("set local role hinomi_stakeholder");
            try (ResultSet rows = statement.executeQuery("select (select count(*) from incident_file where id in ("
                    + files + ")) || ' ' || (select count(*) from incident_file_part where file_id in (" + files
                    + "))")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** What is refused is said in the language that the call asks for. */
    private static void refusedInBothLanguages(String one) throws Exception {
        record Wish(String method, String path, String body, int status, String en, String ja) {}
        for (Wish wish : List.of(
                new Wish("POST", one + "/merge", "{\"into\":\"" + number(one) + "\"}", 400, "into itself", "自身に統合"),
                new Wish("POST", one + "/tasks", "{\"title\":\"\"}", 400, "1 to 300", "1～300"),
                new Wish("POST", one + "/tasks/99", "{\"done\":true}", 409, "no such task", "その作業はない"),
                new Wish("PATCH", one, "{\"title\":\" \"}", 400, "title is empty", "題名が空"),
                new Wish("PATCH", one, "{\"tlp\":\"BLUE\"}", 400, "'BLUE' is no TLP", "「BLUE」という TLP"),
                new Wish("PATCH", one, "{\"aware\":\"noon\"}", 400, "'noon' is no time", "「noon」は時刻"),
                new Wish("PUT", one + "/judgement", "{\"verdict\":\"x\"}", 400, "'x' is no verdict", "「x」という判定"),
                new Wish("POST", one + "/split", "{\"alerts\":[]}", 400, "at least one", "少なくとも一つ"),
                new Wish("POST", one + "/files?name=x&to=nobody", "x", 400, "no part in", "関係者ではありません"),
                new Wish("GET", one + "/files/99", "", 404, "no file 99", "ファイル 99"),
                new Wish("GET", one + "/incident.json?to=nobody", "", 400, "'nobody'", "「nobody」"),
                new Wish("GET", "/api/v1/incidents/INC-1", "", 404, "no incident INC-1", "INC-1 はありません"))) {
            for (String language : List.of("en", "ja-JP")) {
                HttpResponse<String> response = TestAlerting.send(HttpRequest.newBuilder(
                                URI.create(hinomi.url(wish.path())))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                        .header("Accept-Language", language)
                        .header(
                                "Content-Type",
                                wish.path().contains("/files?") ? "application/octet-stream" : "application/json")
                        .method(wish.method(), HttpRequest.BodyPublishers.ofString(wish.body())));
                assertThat(response.statusCode()).as(wish + response.body()).isEqualTo(wish.status());
                assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/problem+json");
                assertThat(JSON.readTree(response.body()).get("detail").asText())
                        .as(wish + language)
                        .contains(language.equals("en") ? wish.en() : wish.ja());
            }
        }
    }
}
