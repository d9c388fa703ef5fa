package jp.hinomi.alerting.access;

import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.Visitor;
import jp.hinomi.testing.ReceivedMail;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** A stakeholder reads its own and what it was told of, by whichever way it asks, and nothing of another. */
class OwnRowsTest extends VisitorsOfEveryRole {
    /**
     * Two stakeholders with an alert and an incident each. Whatever one of them asks for, by any address with the other's ids, the other's
     * words never come back; and its own do, so that the test would see them.
     */
    @Test
    void aStakeholderReadsNothingOfAnother() throws Exception {
        String marker = "MARKER-OF-VENDOR";
        hinomi.publish(
                SampleAlert.of("own-vendor")
                        .rule("vendor_rule", marker + " ja", marker + " en")
                        .target("api")
                        .group("source.ip", "198.51.100.77"),
                SampleAlert.of("own-maker")
                        .rule("maker_rule", "センサー", "Sensors of maker")
                        .target("sensors"));
        hinomi.awaitAlert("own-vendor", 1);
        hinomi.awaitAlert("own-maker", 1);
        String vendors = hinomi.post("/api/v1/incidents", "{\"alert\":\"own-vendor\"}")
                .get("number")
                .asText();
        String makers = hinomi.post("/api/v1/incidents", "{\"alert\":\"own-maker\"}")
                .get("number")
                .asText();
        Visitor vendor = VISITORS.get(AccountRole.STAKEHOLDER);
        Visitor maker = visitor();
        assertThat(maker.login("工場", password("工場", AccountRole.STAKEHOLDER, "maker")))
                .startsWith("/own ");

        assertThat(vendor.get("/own").body()).contains(marker).doesNotContain("Sensors of maker");
        assertThat(vendor.get("/own/alerts/own-vendor").body())
                .contains(marker, "198.51.100.77", "I have seen this and act");
        assertThat(vendor.get("/own/incidents/" + vendors).body()).contains(marker);
        assertThat(vendor.get("/own/contacts").body())
                .contains("noc@vendor.example.jp")
                .doesNotContain("desk@maker");
        assertThat(maker.get("/own").body()).contains("Sensors of maker");
        assertThat(vendor.post("/own/alerts/own-vendor", Map.of("answer", "ack", "note", "on our way")))
                .startsWith("/own/alerts/own-vendor ")
                .contains("on our way");
        assertThat(vendor.post("/own/incidents/" + vendors, Map.of("text", "We cut the line. " + marker)))
                .contains("We cut the line.");
        assertThat(maker.form("/own/contacts", "/own/alerts/own-vendor", Map.of("answer", "ack"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(maker.form("/own/contacts", "/own/incidents/" + vendors, Map.of("text", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(
                        hinomi.query(
                                "select string_agg(actor || ' ' || by_account, ',') from acknowledgement where alert_id = 'own-vendor'"))
                .isEqualTo("vendor-noc stakeholder-of-test");

        String report = submitted(vendors, "vendor", marker);
        assertThat(vendor.get("/own").body()).contains("/own/reports/" + report + ".pdf");
        assertThat(vendor.get("/own/incidents/" + vendors).body()).contains("/own/reports/" + report + ".html");
        assertThat(vendor.get("/own/reports/" + report + ".html").body()).contains(marker);
        assertThat(maker.get("/own/reports/" + report + ".html").statusCode()).isEqualTo(404);
        assertThat(maker.get("/own/reports/" + report + ".json").statusCode()).isEqualTo(404);
        // What is not submitted yet is nobody's outside.
        String draft = draft(vendors, "vendor", marker);
        assertThat(vendor.get("/own/reports/" + draft + ".html").statusCode()).isEqualTo(404);
        String token = once(
                vendor.post("/account", "/account/tokens", Map.of("name", "feed", "days", "9", "scopes", "own.see")));
        String other = once(
                maker.post("/account", "/account/tokens", Map.of("name", "feed", "days", "9", "scopes", "own.see")));
        for (String path : List.of(
                "/api/v1/own/alerts/own-vendor",
                "/api/v1/own/incidents/" + vendors,
                "/api/v1/own/reports/" + report + ".json")) {
            assertThat(bearer(path, token).body()).as(path).contains(marker);
            assertThat(bearer(path, other).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(bearer("/api/v1/own/alerts", token).body()).contains(marker).doesNotContain("Sensors of maker");
        assertThat(bearer("/api/v1/own/reports", token).body()).contains("\"id\":" + report);
        assertThat(bearer("/api/v1/own/reports", other).body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(bearer("/api/v1/own/contacts", token).body()).contains("noc@vendor.example.jp");
        assertThat(bearer("/api/v1/alerts", token).statusCode()).isEqualTo(403);
        assertThat(hinomi.query("select string_agg(distinct actor, ' ') from audit_log where object = 'report:" + report
                        + "' and action = 'evidence.seen'"))
                .isEqualTo("account:stakeholder-of-test");

        String delivery = hinomi.query("select min(id) from delivery where stakeholder_id = 'vendor'");
        List<String> leaks = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> mapping : mappings().entrySet()) {
            Set<RequestMethod> methods = mapping.getKey().getMethodsCondition().getMethods();
            if (!methods.isEmpty() && !methods.contains(RequestMethod.GET)) {
                continue;
            }
            for (String pattern : mapping.getKey().getPatternValues()) {
                for (String id : List.of("own-vendor", vendors, delivery, report, "1")) {
                    String path = pattern.replaceAll("\\{format:[^}]*}", "json").replaceAll("\\{[^}]*}", id);
                    // Pages repeat their own address, so this asks for a part of the words.
                    String query = "?q=MARKER-OF&stakeholder=vendor&alert=own-vendor&all=true&after=0";
                    var answer = maker.get(path + query);
                    if (answer.body().contains(marker) || answer.body().contains("198.51.100.77")) {
                        leaks.add(path + ": " + answer.statusCode());
                    }
                    if (pattern.indexOf('{') < 0) {
                        break;
                    }
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(makers).isNotEqualTo(vendors);
    }

    private static String draft(String incident, String to, String says) {
        String id = hinomi.post(
                        "/api/v1/incidents/" + incident + "/reports",
                        "{\"form\":\"stakeholder\",\"recipient\":\"" + to + "\"}")
                .get("id")
                .asText();
        // Its answer names the fields; the first that is text takes the words.
        hinomi.execute("update report set fields = (select json_object_agg(key, value || ' " + says
                + "') from json_each_text(fields)) where id = " + id);
        return id;
    }

    private static String submitted(String incident, String to, String says) {
        String id = draft(incident, to, says);
        String revision = hinomi.query("select revision from report where id = " + id);
        hinomi.post("/api/v1/reports/" + id + "/submit", "{\"revision\":" + revision + "}");
        return id;
    }

    private static HttpResponse<String> bearer(String path, String token) {
        return TestAlerting.send(
                HttpRequest.newBuilder(URI.create(hinomi.url(path))).header("Authorization", "Bearer " + token));
    }

    /** The second step of another's escalation, which answers for nothing itself, on all of its ways to the alert. */
    @Test
    void whoWasToldAsTheNextStepSeesWhatItWasToldOfAndNoMore() throws Exception {
        hinomi.publish(SampleAlert.of("next-step")
                .target("gate")
                .target("plant")
                .lines("to the gate", "PLANT-SECRET line", "to nobody")
                .destinations("10.1.0.1", "10.2.0.1", "198.51.100.1")
                .indicator(Map.of(
                        "id", "i-2", "feed", "cert", "name", "Bot", "field", "destination.ip", "value", "10.2.0.1"))
                .group("user.email", "tanaka.taro@example.jp"));
        hinomi.awaitAlert("next-step", 1);
        pass(Duration.ofMinutes(2));
        ReceivedMail mail = hinomi.mail().await(SOON, one -> one.recipient().equals("soc@soc.example"));
        assertThat(mail.text())
                .contains("to the gate", "to nobody")
                .doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1");

        Visitor soc = login("監視", AccountRole.STAKEHOLDER, "soc");
        assertThat(soc.get("/own/alerts/next-step").body())
                .contains("to the gate", "to nobody", "[mail]")
                .doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1");
        assertThat(visitor().get(mail.link("/a/").orElseThrow()).body())
                .contains("gate resource", "[mail]")
                .doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1");
        assertThat(hinomi.query("select string_agg(actor || ' ' || (detail::jsonb ->> 'clearance') || ' '"
                        + " || (detail::jsonb -> 'group' ->> 'user.email'), ',' order by seq)"
                        + " from audit_log where action = 'evidence.seen' and object = 'alert:next-step'"))
                .isEqualTo("account:監視 AMBER [mail],contact:soc-desk AMBER [mail]");

        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"next-step\"}")
                .get("number")
                .asText();
        for (String whom : List.of("soc", "vendor")) {
            String export = hinomi.get("/api/v1/incidents/" + incident + "/incident.json?to=" + whom)
                    .toString();
            assertThat(export).as(whom).contains("gate").doesNotContain("PLANT-SECRET", "tanaka", "10.2.0.1", "plant");
        }
    }

    private static final String AS_MAKER =
            "set_config('hinomi.stakeholder', 'maker', true), set_config('hinomi.clearance', '9', true)";

    /** What a query that forgot its condition reads: the database itself keeps to the rows. */
    @Test
    void aForgottenConditionLeaksNothing() throws Exception {
        hinomi.publish(
                SampleAlert.of("rows-vendor").target("api"),
                SampleAlert.of("rows-maker").target("sensors"));
        hinomi.awaitAlert("rows-vendor", 1);
        hinomi.awaitAlert("rows-maker", 1);
        submitted(
                hinomi.post("/api/v1/incidents", "{\"alert\":\"rows-vendor\"}")
                        .get("number")
                        .asText(),
                "vendor",
                "rows-vendor");
        hinomi.post("/api/v1/incidents", "{\"alert\":\"rows-maker\"}");
        AlertingSettings.Database database = hinomi.database();
        List<String> read = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select c.table_name || '.' || c.column_name from information_schema.columns c"
                            + " join information_schema.tables t using (table_schema, table_name)"
                            + " where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by 1")) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
            connection.setAutoCommit(false);
            for (String column : columns) {
                String table = column.substring(0, column.indexOf('.'));
                statement.execute("select " + AS_MAKER);
                statement.execute("set local role hinomi_stakeholder");
                try (ResultSet rows = statement.executeQuery("select " + column + "::text from " + table)) {
                    read.add(column);
                    while (rows.next()) {
                        String text = String.valueOf(rows.getString(1));
                        assertThat(text)
                                .as(column)
                                .doesNotContain("rows-vendor")
                                .isNotEqualTo("vendor")
                                .doesNotContain("vendor-noc");
                    }
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(column).isEqualTo("42501");
                    closed.add(column);
                }
                connection.rollback();
            }
            statement.execute("select " + AS_MAKER);
            statement.execute("set local role hinomi_stakeholder");
            try (ResultSet rows =
                    statement.executeQuery("select count(*) filter (where id = 'rows-maker') from alert")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            connection.rollback();
        }
        assertThat(read).contains("alert.id", "delivery.stakeholder_id", "timeline_entry.text_en", "report.recipient");
        assertThat(closed)
                .contains(
                        "alert.body",
                        "alert_evidence.body",
                        "account.name",
                        "audit_log.detail",
                        "incident.title",
                        "report.document",
                        "report.fields");
    }
}
