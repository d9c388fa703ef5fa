package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestBrowser;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An incident from its first alert to its final report, as the city tells it. {@code -Dhinomi.images=DIR} keeps the pages. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IncidentReportTest {
    private static final Instant FIRST_DAY = Instant.parse("2026-04-01T01:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(FIRST_DAY);

    private static TestAlerting hinomi;
    private static String number;

    @BeforeAll
    static void start() {
        System.setProperty("HINOMI_EVIDENCE_MAX_MIB", "4");
        hinomi = TestAlerting.start(
                new SampleCity()
                        .stakeholder(
                                "vendor",
                                Role.CITY_OS_VENDOR,
                                "ja",
                                Tlp.AMBER,
                                contact("noc", mail("noc@vendor.example.jp")))
                        .stakeholder(
                                "iot", Role.IOT_VENDOR, "en", Tlp.AMBER, contact("iot-noc", mail("noc@iot.example.jp")))
                        // A prefecture: told of nothing by itself, but reported to.
                        .stakeholder(
                                "ken",
                                Role.AUTHORITY,
                                "ja",
                                Tlp.AMBER,
                                contact(
                                        "ken-desk",
                                        mail("desk@ken.example.jp"),
                                        new Channel.Email("list@ken.example.jp", Optional.of(Tlp.GREEN)),
                                        webhook("https://hooks.ken.example.jp/x", null)))
                        .resource("api")
                        .resource("sensors")
                        .responsible("api", "vendor")
                        .responsible("sensors", "iot")
                        .resource("gate", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
                        .resource("plant", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
                        .responsible("gate", "vendor")
                        .responsible("plant", "iot")
                        .build(),
                builder -> builder.clock(CLOCK::get));
        hinomi.publish(
                SampleAlert.of("leak-1")
                        .at(FIRST_DAY.minusSeconds(60))
                        .target("api")
                        .touches("sensors", Alert.Part.ORIGIN)
                        .group("source.ip", "203.0.113.7"),
                SampleAlert.of("leak-2")
                        .at(FIRST_DAY.minusSeconds(30))
                        .rule("sensor_takeover", "センサーの乗っ取り", "A sensor was taken over")
                        .target("sensors")
                        .severity(Severity.CRITICAL),
                SampleAlert.of("leak-3")
                        .at(FIRST_DAY.minusSeconds(20))
                        .rule("secret", "極秘の検知", "A secret detection")
                        .target("api")
                        .tlp(Tlp.RED));
        hinomi.awaitAlert("leak-3", 1);
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery where state <> 'sent'")
                        .equals("0")
                && !hinomi.query("select count(*) from delivery where contact_id = 'noc'")
                        .equals("0"));
    }

    @AfterAll
    static void stop() {
        System.clearProperty("HINOMI_EVIDENCE_MAX_MIB");
        hinomi.close();
    }

    private static JsonNode send(String method, String path, String body, int status) {
        HttpResponse<String> response = TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        try {
            return JSON.readTree(response.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    private static HttpResponse<byte[]> file(String path) throws Exception {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static String json(Map<String, ?> value) throws Exception {
        return JSON.writeValueAsString(value);
    }

    private static String api(String path) {
        return "/api/v1/incidents/" + number + path;
    }

    @Test
    @Order(1)
    void anAnalystOpensAnIncidentFromAnAlertAndAddsOthers() throws Exception {
        send("POST", "/api/v1/incidents", "{\"alert\":\"none\"}", 404);
        JsonNode opened = send("POST", "/api/v1/incidents", "{\"alert\":\"leak-1\"}", 200);
        number = opened.get("number").asText();
        assertThat(number).isEqualTo("INC-2026-0001");
        assertThat(opened.get("title").asText()).isEqualTo("都市OSへの総当たり攻撃後のログイン成功");
        assertThat(opened.get("aware").asText()).isEqualTo(FIRST_DAY.toString());
        JsonNode more = send("POST", api("/alerts"), "{\"alert\":\"leak-2\"}", 200);
        assertThat(more.get("severity").asText()).isEqualTo("critical");
        send("POST", api("/alerts"), "{\"alert\":\"leak-2\"}", 409);
        send("POST", api("/alerts"), "{\"alert\":\"leak-3\"}", 200);
        JsonNode less = send("DELETE", api("/alerts/leak-3"), "", 200);
        assertThat(less.at("/alerts/2/detached_by").asText()).isEqualTo("account:api-token");
        JsonNode parties =
                send("POST", api("/alerts"), "{\"alert\":\"leak-3\"}", 200).get("parties");
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

    @Test
    @Order(2)
    void theTimelineGrowsByItselfAndIsOnlyEverAddedTo() throws Exception {
        hinomi.post("/api/v1/alerts/leak-1/ack", "{\"note\":\"tanaka@city.example.jp が対応\"}");
        JsonNode noted = send(
                "POST",
                api("/timeline"),
                json(Map.of("type", "measure", "text", "外部接続を遮断\r\n\u202Eした", "in_report", true, "tlp", "AMBER")),
                200);
        send(
                "POST",
                api("/timeline"),
                json(Map.of(
                        "type",
                        "finding",
                        "text",
                        "センサーの鍵が漏れた",
                        "in_report",
                        true,
                        "tlp",
                        "AMBER",
                        "visible_to",
                        List.of("iot"))),
                200);
        List<String> types = noted.get("timeline").findValuesAsText("type");
        assertThat(types).contains("alert", "notification", "answer", "measure");
        JsonNode measure = null;
        for (JsonNode each : noted.get("timeline")) {
            measure = each.get("type").asText().equals("measure") ? each : measure;
        }
        assertThat(measure.at("/text/ja").asText()).isEqualTo("外部接続を遮断\n[U+202E]した");
        // A correction is appended; the second of the same entry is refused.
        String correction = json(Map.of(
                "type",
                "measure",
                "text",
                "外部接続を全て遮断した（tanaka@city.example.jp）",
                "in_report",
                true,
                "tlp",
                "AMBER",
                "supersedes",
                measure.get("id").asLong()));
        JsonNode corrected = send("POST", api("/timeline"), correction, 200);
        assertThat(corrected.get("timeline").findValuesAsText("type").stream().filter("measure"::equals))
                .hasSize(1);
        send("POST", api("/timeline"), correction, 409);
        int before = hinomi.get(api("")).get("timeline").size();
        assertThat(hinomi.get(api("")).get("timeline")).hasSize(before);
        assertThatThrownBy(() -> hinomi.execute("update timeline_entry set text_ja = 'x'"))
                .hasStackTraceContaining("append-only");
        send("POST", api("/timeline"), "{\"type\":\"alert\",\"text\":\"x\"}", 400);
        send("POST", api("/timeline"), "{\"text\":\"x\",\"visible_to\":[\"nobody\"]}", 400);
    }

    @Test
    @Order(3)
    void aStakeholdersReportHasItsOwnPartOnly() throws Exception {
        send(
                "PATCH",
                api(""),
                json(Map.of("impact", "市全体の影響", "circumstances", List.of("personal-data"), "lead", "nobody")),
                200);
        JsonNode report = send(
                "POST",
                api("/reports"),
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
        JsonNode other = send("POST", api("/reports"), "{\"form\":\"stakeholder\",\"recipient\":\"iot\"}", 200);
        assertThat(other.at("/fields/alerts").asText()).contains("A sensor was taken over");
        assertThat(other.at("/fields/resources").asText())
                .contains("sensors resource")
                .doesNotContain("api");
        assertThat(other.at("/fields/timeline").asText()).contains("センサーの鍵が漏れた");
        send("POST", api("/reports"), "{\"form\":\"stakeholder\",\"recipient\":\"nobody\"}", 400);
        send("POST", api("/reports"), "{\"form\":\"nothing\"}", 400);
    }

    @Test
    @Order(4)
    void aReportIsFrozenWhenItIsSubmittedAndTheNextShowsWhatChanged() throws Exception {
        JsonNode draft = send("POST", api("/reports"), "{\"form\":\"personal-data-leak\"}", 200);
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
        assertThat(hinomi.query("select detail from audit_log where action = 'report.submitted'"))
                .contains(submitted.get("sha256").asText());
        send("PUT", path, json(Map.of("revision", 2, "fields", Map.of("overview", "後から"))), 409);
        assertThatThrownBy(() -> hinomi.execute("update report set fields = '{}' where state = 'submitted'"))
                .hasStackTraceContaining("never changed");
        assertThatThrownBy(() -> hinomi.execute("delete from report")).hasStackTraceContaining("never deleted");

        CLOCK.set(FIRST_DAY.plus(Duration.ofHours(3)));
        send(
                "POST",
                api("/timeline"),
                json(Map.of("type", "measure", "text", "鍵を交換した", "in_report", true, "tlp", "AMBER")),
                200);
        JsonNode next = send("POST", api("/reports"), "{\"form\":\"personal-data-leak\",\"stage\":\"final\"}", 200);
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
        assertThat(new String(file(second + ".html").body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("訂正済み");
        // Who read which report, as what.
        assertThat(hinomi.query(
                        "select string_agg(distinct detail::jsonb ->> 'as', ',' order by detail::jsonb ->> 'as')"
                                + " from audit_log where action = 'evidence.seen' and object = 'report:"
                                + next.get("id").asLong() + "'"))
                .contains("api")
                .contains("html,json");
        assertThat(file(second + ".pdf").body())
                .startsWith("%PDF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(file(second + ".csv")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElseThrow())
                .isEqualTo("attachment; filename=\"INC-2026-0001-personal-data-leak-2.csv\"");
    }

    @Test
    @Order(5)
    void termsAreTrackedAndWhoeverLeadsIsRemindedOnce() throws Exception {
        CLOCK.set(FIRST_DAY);
        String other = send("POST", "/api/v1/incidents", "{\"alert\":\"leak-2\",\"title\":\"別件\"}", 200)
                .get("number")
                .asText();
        String path = "/api/v1/incidents/" + other;
        send("PATCH", path, "{\"circumstances\":[\"personal-data\",\"malicious\"],\"lead\":\"iot-noc\"}", 200);
        // However many incidents of which nothing is to be reported came later.
        hinomi.execute("insert into incident (number, title, status, severity, tlp, impact, circumstances, aware_at,"
                + " opened_by, opened_at, updated_at) select 'crowd-' || n, 'crowd', 'open', 0, 0, '', '{}', now(),"
                + " 'test', now(), now() from generate_series(1, 1001) n");
        List<String> due = hinomi.get("/api/v1/report-deadlines").findValuesAsText("due");
        hinomi.execute("delete from incident where number like 'crowd-%'");
        // Of the first incident the final report came already, which answers both; of the other none has.
        assertThat(due).contains("2026-04-05T14:59:59Z", "2026-05-30T14:59:59Z");
        assertThat(hinomi.get(path).at("/deadlines/0/state").asText()).isEqualTo("open");
        assertThat(hinomi.get(api("")).at("/deadlines/0/state").asText()).isEqualTo("met");

        // On the third day, before the target is over: the lead hears of it once, whatever restarts.
        CLOCK.set(Instant.parse("2026-04-03T02:00:00Z"));
        hinomi.restart();
        TestAlerting.await(() -> reminders(other, "iot-noc").equals("1"));
        hinomi.restart();
        hinomi.publish(SampleAlert.of("later").at(CLOCK.get()).target("api"));
        hinomi.awaitAlert("later", 1);
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
        CLOCK.set(Instant.parse("2026-04-06T02:00:00Z"));
        hinomi.restart();
        TestAlerting.await(() -> reminders(other, "promoter-csirt").equals("1"));
        assertThat(hinomi.get(path).at("/deadlines/0/state").asText()).isEqualTo("overdue");
        assertThat(hinomi.query(
                        "select cause from delivery where contact_id = 'promoter-csirt' and rule_id = 'report'"))
                .isEqualTo("report-overdue");
    }

    private static String reminders(String incident, String contact) {
        return hinomi.query("select count(*) from delivery where idempotency_key like 'report|" + incident
                + "|%' and contact_id = '" + contact + "'");
    }

    @Test
    @Order(6)
    void theConsoleLeadsFromAnAlertToASubmittedReport() {
        try (TestBrowser browser = TestBrowser.start()) {
            Page page = browser.newPage("ja-JP", ColorScheme.LIGHT, 1360, 900);
            List<String> complaints = new CopyOnWriteArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(hinomi.url("/"));
            page.fill("#username", "admin");
            page.fill("#password", hinomi.password());
            page.click("button[type=submit]");
            page.waitForURL("**/alerts");
            page.navigate(hinomi.url("/alerts/leak-2"));
            page.click(".of-incident button");
            page.waitForURL("**/incidents/INC-2026-*");
            shot(page, "incident-ja");
            page.check("input[value=ransomware]");
            page.fill("[name=impact]", "庁内の共有フォルダが暗号化され、住民票の窓口が止まっている。");
            page.click("form[action$='/edit'] button");
            page.waitForURL("**?done=saved");
            page.selectOption("[name=form]", "ransomware");
            page.selectOption("[name=recipient]", "ken");
            page.click("form[action$='/reports'] button");
            page.waitForURL("**/reports/*");
            page.fill("#f-ransom-note", "Your files are <b>encrypted</b>");
            page.fill("#f-extension", "=cmd|'/c calc'!A1");
            shot(page, "draft-ja");
            page.click("button[value=submit]");
            page.waitForURL("**?done=submitted");
            assertThat(page.locator(".report").innerText())
                    .contains("ランサムウェア事案報告書（第一報）")
                    .contains("<b>encrypted</b>")
                    .contains("（現時点で不明・確認中）")
                    .contains("提出文書（JSON）の SHA-256");
            shot(page, "report-ja");
            page.check("#send input[value*='desk@ken.example.jp']");
            page.click("#send button");
            page.waitForURL("**?done=sent");
            TestAlerting.await(() -> {
                page.reload();
                return page.locator("#sent .state.sent").count() == 1;
            });
            shot(page, "report-sent-ja");
            String html = page.url().replaceAll("\\?.*", ".html");
            page.navigate(html);
            shot(page, "file-ja");
            page.navigate(hinomi.url("/incidents"));
            shot(page, "incidents-ja");
            assertThat(complaints).isEmpty();
            looksAtTheTimeline(page);
            assertThat(complaints).isEmpty();
            keepsEvidence(page, complaints);
            if (System.getProperty("hinomi.images") != null) {
                Page dark = browser.newPage("en-US", ColorScheme.DARK, 400, 860);
                dark.context().addCookies(page.context().cookies());
                for (String path : List.of(
                        "/incidents",
                        "/incidents/INC-2026-0001/timeline",
                        "/incidents/INC-2026-0001",
                        "/reports/1",
                        "/reports/3",
                        "/reports/4.html")) {
                    dark.navigate(hinomi.url(path));
                    shot(dark, "dark" + path.replace('/', '-'));
                }
            }
        }
    }

    private static void looksAtTheTimeline(Page page) {
        page.navigate(hinomi.url("/incidents/INC-2026-0001"));
        assertThat(page.locator("form[action$='/unmerge']").count()).isZero();
        page.click("#timeline h2 a");
        page.waitForURL("**/incidents/INC-2026-0001/timeline");
        assertThat(page.locator("svg.axis .lane").count()).isEqualTo(4);
        shot(page, "timeline-ja");
        // What was said before a correction is still there.
        assertThat(page.locator(".timeline .k-measure .earlier").first().textContent())
                .contains("外部接続を遮断");
        page.click(".timeline .k-measure .pin");
        page.waitForURL("**/timeline#e-*");
        page.click("text=ピン留めのみ");
        page.waitForURL("**/timeline?pinned=true");
        assertThat(page.locator(".timeline > li").count()).isEqualTo(1);
        page.navigate(hinomi.url("/incidents/INC-2026-0001/timeline?kind=event&tz=utc"));
        assertThat(page.locator(".timeline > li").first().innerText()).contains("Failed password for root");
        // Of the same time as the first one, and received before it: 99 comes before 100.
        hinomi.execute("insert into alert_evidence select e.alert_id, 'logs.city-os-0-99', e.occurred_at,"
                + " '{\"event.original\": \"received before\"}' from alert_evidence e join incident_alert ia using (alert_id)"
                + " order by e.occurred_at limit 1");
        page.reload();
        assertThat(page.locator(".timeline > li").first().innerText()).contains("received before");
        hinomi.execute("delete from alert_evidence where event_id = 'logs.city-os-0-99'");
        page.navigate(hinomi.url("/incidents/INC-2026-0001/timeline?kind=alert"));
        int all = page.locator(".timeline > li").count();
        page.locator("svg.axis .zoom").first().click();
        page.waitForURL("**/timeline?from=*&to=*&kind=alert");
        assertThat(page.locator(".timeline > li").count()).isBetween(1, all - 1);
        shot(page, "timeline-zoom-ja");
        page.navigate(hinomi.url("/incidents/INC-2026-0001/timeline"));
        page.click("#by-layer");
        page.waitForURL("**/timeline?lanes=layer");
        assertThat(page.locator("svg.axis .lane text").allTextContents())
                .containsExactly("ガバナンス", "サービス", "都市OS", "アセット");
        page.click(".axis-filter a:has-text('都市OS')");
        page.waitForURL("**/timeline?lane=~city-os&lanes=layer");
        // What was hit stands in its layer, and what came of it: the notices, the answers.
        assertThat(page.locator(".timeline > li.k-alert").count()).isPositive();
        assertThat(page.locator(".timeline > li.k-notification").count()).isPositive();
        shot(page, "timeline-layer-ja");
    }

    /** As people do it: with the script of the page. */
    private static void keepsEvidence(Page page, List<String> complaints) {
        byte[] bytes = "0000 境界 \0\u001b[2J".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        FilePayload good = new FilePayload("境界.pcap", "application/octet-stream", bytes);
        page.navigate(hinomi.url("/incidents/INC-2026-0001"));
        page.click("#files > details > summary");
        page.fill("#file-upload [name=note]", "境界の機器から");
        page.check("#file-upload [name=to][value=vendor]");
        var said = page.locator("#file-upload [role=status]");
        page.setInputFiles(
                "#file-upload [name=file]",
                new FilePayload("大きい.bin", "application/octet-stream", new byte[(4 << 20) + 1]));
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText("大きい.bin: ファイルが4 MiBを超えています");
        // Nothing went over the wire.
        assertThat(complaints).isEmpty();
        assertThat(hinomi.query("select count(*) from incident_file")).isEqualTo("0");

        page.setInputFiles("#file-upload [name=file]", good);
        page.route("**/files?*", route -> route.abort("connectionreset"));
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText("接続が切れました");
        page.unroute("**/files?*");
        // The server has the last word, whatever the page believes: without limit in the page, without a login.
        page.evaluate("document.getElementById('file-upload').dataset.limit = '1e12'");
        page.setInputFiles(
                "#file-upload [name=file]",
                new FilePayload("大きい.bin", "application/octet-stream", new byte[(4 << 20) + 1]));
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText(Pattern.compile("大きい.bin: (ファイルが4 MiBを超えています|接続が切れました)"));
        page.setInputFiles("#file-upload [name=file]", good);
        List<Cookie> login = page.context().cookies();
        page.context().clearCookies();
        page.click("#file-upload button");
        PlaywrightAssertions.assertThat(said).containsText("ログインの有効期間が終わり");
        page.context().addCookies(login);
        assertThat(page.inputValue("#file-upload [name=note]")).isEqualTo("境界の機器から");
        assertThat(page.isChecked("#file-upload [name=to][value=vendor]")).isTrue();
        assertThat(hinomi.query("select count(*) from incident_file")).isEqualTo("0");

        // A page that has not the token of this login asks for it anew, once.
        page.evaluate("document.querySelector('meta[name=csrf]').content = 'of-yesterday'");
        complaints.clear();
        page.click("#file-upload button");
        page.waitForSelector("#files .evidence-files li");
        assertThat(complaints).allMatch(text -> text.contains("403"));
        var kept = page.locator("#files .evidence-files li");
        assertThat(kept.innerText())
                .contains("境界.pcap", "境界の機器から", jp.hinomi.alerting.report.ReportDocument.sha256(bytes));
        try {
            Download download = page.waitForDownload(() -> kept.locator("a").click());
            assertThat(download.suggestedFilename()).isEqualTo("境界.pcap");
            assertThat(java.nio.file.Files.readAllBytes(download.path())).isEqualTo(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        shot(page, "evidence-ja");
        kept.locator("summary").click();
        kept.locator("[name=reason]").fill("別件の記録");
        kept.locator("form[action$='/withdraw'] button").click();
        PlaywrightAssertions.assertThat(kept).containsText("別件の記録");
    }

    /** Of a telephone 390 pixels wide. */
    private static void fitsATelephone(Page page) {
        page.navigate(hinomi.url("/incidents/INC-2026-0001/timeline"));
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        for (var lane : page.locator("svg.axis .lane").all()) {
            String name = lane.getAttribute("data-lane");
            var label = lane.locator("text").boundingBox();
            // No dot of any lane covers the name.
            Object over = page.evaluate(
                    """
                    (label) => [...document.querySelectorAll('svg.axis circle, svg.axis rect:not(.bar)')]
                        .filter((each) => !each.closest('.zoom')).map((each) => each.getBoundingClientRect())
                        .filter((box) => box.top + scrollY < label.y + scrollY + label.height && box.bottom > label.y
                            && box.left < label.x + label.width && box.right > label.x).length""", Map.of("x", label.x, "y", label.y, "width", label.width, "height", label.height));
            assertThat(over).as(name).isEqualTo(0);
        }
        shot(page, "timeline-telephone-ja");
        var finger = page.locator("svg.axis .zoom.wide").first();
        assertThat(finger.boundingBox().width).isGreaterThan(24);
        finger.click();
        page.waitForURL("**/timeline?from=*");
    }

    @Test
    @Order(8)
    void incidentsAreMergedSplitAndJudgedAndEachOfItIsUndone() throws Exception {
        CLOCK.set(Instant.parse("2026-04-11T01:00:00Z"));
        String one = open("leak-1");
        String other = open("leak-2");
        send("POST", other + "/timeline", "{\"text\":\"判明した事実\"}", 200);
        send("POST", other + "/merge", "{\"into\":\"" + number(other) + "\"}", 400);
        send("POST", other + "/merge", "{\"into\":\"" + number(one) + "\"}", 200);
        assertThat(hinomi.get(other + "/casework").get("merged_into").asText()).isEqualTo(number(one));
        assertThat(hinomi.get(other).get("status").asText()).isEqualTo("closed");
        JsonNode merged = hinomi.get(one);
        assertThat(merged.get("alerts").findValuesAsText("id")).containsExactly("leak-1", "leak-2");
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
        assertThat(attached(number(one))).isEqualTo("leak-1");
        assertThat(attached(number(other))).isEqualTo("leak-2");

        send("POST", one + "/split", "{\"alerts\":[\"leak-1\"]}", 400);
        send("POST", one + "/alerts", "{\"alert\":\"leak-3\"}", 200);
        String third = send("POST", one + "/split", "{\"alerts\":[\"leak-3\",\"leak-3\",\"no-such\"]}", 200)
                .get("number")
                .asText();
        assertThat(attached(number(one)) + " " + attached(third)).isEqualTo("leak-1 leak-3");

        send("PUT", one + "/judgement", "{\"verdict\":\"guilty\"}", 400);
        send("PUT", one + "/judgement", "{\"verdict\":\"true-positive\",\"entry_path\":\"VPN\\u202e\"}", 200);
        send("POST", one + "/tasks", "{\"title\":\" \"}", 400);
        JsonNode task = send(
                        "POST",
                        one + "/tasks",
                        "{\"title\":\"鍵の交換\",\"owner\":\"noc\",\"due\":\"2026-04-11T00:59:59Z\"}",
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
        assertThat(new String(file(one + "/timeline.csv").body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"alert\",\"system\"");
        assertThat(hinomi.query(
                        "select count(*) from audit_log where action = 'incident.exported' and object = 'incident:"
                                + number(one) + "'"))
                .isEqualTo("3");
    }

    @Test
    @Order(10)
    void whatGoesOutHasOnlyWhatWhomItIsForMaySee() throws Exception {
        String one = open("leak-1");
        send("POST", one + "/alerts", "{\"alert\":\"leak-2\"}", 200);
        send("POST", one + "/alerts", "{\"alert\":\"leak-3\"}", 200);
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
                        .doesNotContain("secret", "極秘", "leak-3", "first words", "rotate keys", "e828b379");
            }
            assertThat(text(one + format + "?to=iot")).as(format).doesNotContain("for the vendor", "極秘", "secret");
            assertThat(file(one + format + "?tlp=CLEAR").body()).isNotEmpty();
        }
        JsonNode vendor = JSON.readTree(text(one + "/incident.json?to=vendor"));
        assertThat(vendor.get("tlp").asText()).isEqualTo("AMBER");
        assertThat(vendor.at("/incident/title").isNull()).isTrue();
        assertThat(vendor.at("/left_out/alerts").asInt()).isEqualTo(2);
        assertThat(vendor.at("/left_out/words").asBoolean()).isTrue();
        assertThat(vendor.get("alerts").findValuesAsText("id")).containsExactly("leak-1");
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

    /** A report shows what a message would: no indicator of another's line, and of the timeline nothing above its label of today. */
    @Test
    @Order(11)
    void aReportShowsOfAnAlertWhatAMessageWould() throws Exception {
        SampleAlert alert = SampleAlert.of("shared-1")
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
        hinomi.publish(alert);
        hinomi.awaitAlert("shared-1", 1);
        String one = open("shared-1");
        String draft = "{\"form\":\"stakeholder\",\"recipient\":\"%s\"}";
        JsonNode vendor =
                send("POST", one + "/reports", draft.formatted("vendor"), 200).get("fields");
        JsonNode iot =
                send("POST", one + "/reports", draft.formatted("iot"), 200).get("fields");
        assertThat(vendor.toString()).contains("共有の検知").doesNotContain("10.2.0.1", "Bot");
        assertThat(iot.toString()).contains("10.2.0.1", "Bot");
        // More restricted since: what stood in the timeline before is as well.
        hinomi.publish(alert.revision(2).tlp(Tlp.RED));
        hinomi.awaitAlert("shared-1", 2);
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

    /** What becomes more restricted takes with it what was made of it: words, entries, corrections, notes, drafts. */
    @Test
    @Order(11)
    void anIncidentIsAsRestrictedAsItsAlertsAreNow() throws Exception {
        SampleAlert alert = SampleAlert.of("turn-1")
                .rule("turning", "後で極秘になる検知", "A detection that turns secret")
                .seen("198.51.100.71", "turning-01")
                .target("gate")
                .tlp(Tlp.AMBER);
        hinomi.publish(alert);
        hinomi.awaitAlert("turn-1", 1);
        String one = open("turn-1");
        send("PATCH", one, json(Map.of("impact", "IMPACT-OF-TURN", "circumstances", List.of("personal-data"))), 200);
        // By form and by call without a label: as the incident. With one: as whoever wrote it chose.
        post(
                "/incidents/" + number(one) + "/timeline",
                "type=note&text=NOTE-OF-FORM&occurred=2026-04-11T10:00&inReport=true");
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

        hinomi.publish(alert.revision(2).count(99).tlp(Tlp.RED));
        hinomi.awaitAlert("turn-1", 2);
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
        hinomi.publish(SampleAlert.of("turn-2")
                .seen("198.51.100.72", "turning-02")
                .target("gate")
                .tlp(Tlp.GREEN));
        hinomi.awaitAlert("turn-2", 1);
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
        close(one);
        close(other);
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

    /** A finished report goes to whom it is for when a person says so, and to nobody who may not see it. */
    @Test
    @Order(11)
    void aFinishedReportIsSentWhenAPersonSaysSo() throws Exception {
        SampleAlert alert = SampleAlert.of("send-1")
                .rule("sending", "届ける検知", "A detection to tell of")
                .seen("198.51.100.73", "sending-01")
                .target("gate");
        hinomi.publish(alert);
        hinomi.awaitAlert("send-1", 1);
        String one = open("send-1");
        JsonNode draft = send("POST", one + "/reports", "{\"form\":\"cyber-incident\",\"recipient\":\"ken\"}", 200);
        String report = "/api/v1/reports/" + draft.get("id").asLong();
        String desk = "{\"to\":[{\"contact\":\"ken-desk\",\"channel\":\"email\",\"address\":\"%s\"}],\"again\":%s}";
        String toDesk = desk.formatted("desk@ken.example.jp", false);
        assertThat(send("POST", report + "/send", toDesk, 409).get("refused").asText())
                .isEqualTo("report-unfinished");
        JsonNode submitted = send("POST", report + "/submit", "{\"revision\":1}", 200);
        assertThat(mailsAbout(one)).isZero();

        // What would go where, and why not.
        JsonNode ways = hinomi.get(report + "/sendings").get("ways");
        assertThat(ways.findValuesAsText("address")).containsExactly("desk@ken.example.jp", "list@ken.example.jp");
        assertThat(ways.at("/0/refused").isNull()).isTrue();
        assertThat(ways.at("/1/refused").asText()).contains("list@ken.example.jp", "TLP:AMBER", "TLP:GREEN");
        assertThat(send("POST", report + "/send", desk.formatted("list@ken.example.jp", false), 409)
                        .get("detail")
                        .asText())
                .contains("ken-desk would be shown", "TLP:AMBER", "TLP:GREEN");
        send("POST", report + "/send", "{\"to\":[]}", 409);
        assertThat(send("POST", report + "/send", desk.formatted("nobody@ken.example.jp", false), 409)
                        .get("detail")
                        .asText())
                .contains("desk@ken.example.jp");
        assertThat(hinomi.query("select count(*) from report_sending where report_id = "
                        + draft.get("id").asLong()))
                .isEqualTo("0");

        JsonNode asked = send("POST", report + "/send", toDesk, 200);
        assertThat(asked.at("/0/sha256").asText())
                .isEqualTo(submitted.get("sha256").asText());
        ReceivedMail mail = hinomi.mail()
                .await(
                        TestAlerting.SOON,
                        each -> each.recipient().equals("desk@ken.example.jp")
                                && each.subject().contains(number(one)));
        assertThat(mail.subject()).contains(number(one), "報告書");
        assertThat(mail.text())
                .contains("ken社 御中", submitted.get("sha256").asText(), "TLP:AMBER")
                .doesNotContain("/own/");
        assertThat(mail.html()).contains("添付").contains(submitted.get("sha256").asText());
        if (System.getProperty("hinomi.images") != null) {
            java.nio.file.Files.writeString(
                    Path.of(System.getProperty("hinomi.images"), "mail-report.html"), mail.html());
        }
        Map<String, byte[]> files = attachments(mail);
        String name = number(one) + "-cyber-incident-1.";
        assertThat(files).containsOnlyKeys(name + "pdf", name + "csv");
        assertThat(pages(files.get(name + "pdf"))).contains("届ける検知");
        assertThat(new String(files.get(name + "csv"), java.nio.charset.StandardCharsets.UTF_8))
                .contains("届ける検知", submitted.get("sha256").asText());
        for (JsonNode file : asked.at("/0/files")) {
            assertThat(ReportDocument.sha256(files.get(file.get("name").asText())))
                    .isEqualTo(file.get("sha256").asText());
        }
        TestAlerting.await(() ->
                hinomi.get(report + "/sendings").at("/sent/0/state").asText().equals("sent"));
        assertThat(hinomi.get(one).get("timeline").findValuesAsText("ja").toString())
                .contains("ken社 (ken-desk) に報告書", submitted.get("sha256").asText());
        assertThat(console("/incidents/" + number(one)))
                .contains("ken-desk", submitted.get("sha256").asText().substring(0, 12));
        assertThat(hinomi.query("select count(*) from audit_log where action = 'report.sent' and detail like '%"
                        + submitted.get("sha256").asText() + "%' and actor = 'account:api-token'"))
                .isEqualTo("1");

        // Twice only if that is meant.
        assertThat(send("POST", report + "/send", toDesk, 409).get("refused").asText())
                .isEqualTo("report-arrived");
        hinomi.mail().refuse(recipient -> recipient.equals("desk@ken.example.jp"));
        try {
            send("POST", report + "/send", desk.formatted("desk@ken.example.jp", true), 200);
            TestAlerting.await(() -> hinomi.get(report + "/sendings")
                    .at("/sent/1/state")
                    .asText()
                    .equals("dead"));
        } finally {
            hinomi.mail().refuse(recipient -> false);
        }
        assertThat(hinomi.get(one).get("timeline").findValuesAsText("ja").toString())
                .contains("送信できず");

        assertThat(mailsAbout(one)).isEqualTo(1);
        // A dead letter gets another life, and the same files.
        long dead = hinomi.get(report + "/sendings").at("/sent/1/delivery").asLong();
        assertThat(AlertingService.part(hinomi.running(), Outbox.class)
                        .revive(dead, CLOCK.get(), Duration.ofMinutes(5)))
                .isTrue();
        TestAlerting.await(() -> mailsAbout(one) == 2);
        ReceivedMail late = hinomi.mail().receivedBy("desk@ken.example.jp").stream()
                .filter(each -> each.subject().contains(number(one)))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(ReportDocument.sha256(attachments(late).get(name + "pdf")))
                .isEqualTo(hinomi.query("select sha256 from delivery_file where place = 0 and delivery_id = " + dead));

        // Over other channels only where somebody can log in, and then no word of what it says.
        AlertingService.part(hinomi.running(), jp.hinomi.alerting.security.Accounts.class)
                .create(
                        new jp.hinomi.alerting.access.Member(
                                "ken-desk", jp.hinomi.alerting.access.AccountRole.STAKEHOLDER, Optional.of("ken")),
                        false,
                        "account:admin",
                        CLOCK.get());
        assertThat(hinomi.get(report + "/sendings").get("ways").findValuesAsText("channel"))
                .containsExactly("email", "email", "webhook");
        send("POST", report + "/send", "{\"to\":[{\"contact\":\"ken-desk\",\"channel\":\"webhook\"}]}", 200);
        assertThat(hinomi.query("select d.message from delivery d join report_sending s on s.delivery_id = d.id"
                        + " where d.channel_type = 'webhook'"))
                .contains("report.sent", "/own/reports/" + draft.get("id").asLong() + ".html")
                .doesNotContain("届ける検知");
        assertThat(hinomi.query("select count(*) from delivery_file f join delivery d on d.id = f.delivery_id"
                        + " where d.channel_type = 'webhook'"))
                .isEqualTo("0");

        // What became more restricted since does not go, and is not on their own pages either.
        assertThat(ownReport(draft.get("id").asLong())).contains("届ける検知");
        hinomi.publish(alert.revision(2).tlp(Tlp.RED));
        hinomi.awaitAlert("send-1", 2);
        JsonNode refused = send("POST", report + "/send", desk.formatted("desk@ken.example.jp", true), 409);
        assertThat(refused.get("refused").asText()).isEqualTo("report-withheld");
        assertThatThrownBy(() -> ownReport(draft.get("id").asLong()))
                .hasMessageContaining("403")
                .hasMessageContaining("more restricted")
                .hasMessageNotContaining("send-1");
        assertThat(refused.get("detail").asText()).contains("send-1 TLP:RED", "TLP:AMBER");
        assertThat(console("/reports/" + draft.get("id").asLong())).contains("send-1 TLP:RED");
        close(one);
    }

    /** What comes in other tests must not join it. */
    private static void close(String incident) {
        send("PATCH", incident, "{\"status\":\"closed\"}", 200);
    }

    private static String ownReport(long id) {
        return new String(
                AlertingService.part(hinomi.running(), jp.hinomi.alerting.own.OwnReports.class)
                        .file("ken", id, "html", Optional.empty(), "account:ken-desk")
                        .orElseThrow()
                        .getBody(),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long mailsAbout(String incident) {
        return hinomi.mail().receivedBy("desk@ken.example.jp").stream()
                .filter(each -> each.subject().contains(number(incident)))
                .count();
    }

    private static Map<String, byte[]> attachments(ReceivedMail mail) throws Exception {
        Map<String, byte[]> files = new java.util.LinkedHashMap<>();
        jakarta.mail.Multipart parts = (jakarta.mail.Multipart) mail.message().getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            if (jakarta.mail.Part.ATTACHMENT.equals(parts.getBodyPart(i).getDisposition())) {
                files.put(
                        parts.getBodyPart(i).getFileName(),
                        parts.getBodyPart(i).getInputStream().readAllBytes());
            }
        }
        return files;
    }

    @Test
    @Order(11)
    void evidenceIsKeptAsItCameAndGivenOnlyToWhomItIsMeantFor() throws Exception {
        String one = open("leak-1");
        byte[] page = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        JsonNode kept =
                upload(one, "name=..%2F%E8%A8%BC%E6%8B%A0%E2%80%AE%22.svg&to=vendor&tlp=AMBER&note=mail", page, 200);
        assertThat(kept.get("name").asText()).isEqualTo("証拠[U+202E]_.svg");
        assertThat(kept.get("sha256").asText()).isEqualTo(jp.hinomi.alerting.report.ReportDocument.sha256(page));
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
        JsonNode files = hinomi.get(one + "/files").get("items");
        assertThat(files.findValuesAsText("size")).containsExactly(Integer.toString(page.length), "3000000", "0");

        // The vendor has what was given to it, up to its clearance, in the database itself; the others have nothing.
        assertThat(seenBy("vendor", Tlp.AMBER)).isEqualTo("2 4");
        assertThat(seenBy("vendor", Tlp.RED)).isEqualTo("3 4");
        assertThat(seenBy("iot", Tlp.RED)).isEqualTo("0 0");
        send("POST", path, "{\"to\":[]}", 200);
        assertThat(seenBy("vendor", Tlp.AMBER)).isEqualTo("1 3");

        upload(one, "name=for-us&tlp=RED", "x".getBytes(java.nio.charset.StandardCharsets.UTF_8), 200);
        upload(
                one,
                "name=for-them&tlp=AMBER&to=vendor&note=dump",
                "y".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                200);
        String hash =
                jp.hinomi.alerting.report.ReportDocument.sha256("y".getBytes(java.nio.charset.StandardCharsets.UTF_8));
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
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> hinomi.execute(sql))
                    .as(sql)
                    .isNotNull();
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

    @Test
    @Order(12)
    void whatCannotBeJoinedIsSetAsideSaidAndTriedAgain() {
        hinomi.execute("create table kept as select body from alert where id = 'join-else'");
        hinomi.execute("update alert set body = '{}' where id = 'join-else'");
        hinomi.execute("insert into join_queue (alert_id) values ('join-else')");
        TestAlerting.await(
                () -> hinomi.query("select count(*) from alarm where kind = 'set-aside' and settled_at is null")
                        .equals("1"));
        assertThat(console("/operations")).contains("/alerts/join-else").contains("an alert needs the key");
        // Those that come after are not held up.
        hinomi.execute("insert into join_queue (alert_id) values ('join-first')");
        TestAlerting.await(() ->
                hinomi.query("select string_agg(alert_id, ',') from join_queue").equals("join-else"));
        hinomi.execute("update alert set body = (select body from kept) where id = 'join-else'");
        post("/operations/joins", "");
        awaitJoined();
        assertThat(hinomi.query("select settled_by from alarm where kind = 'set-aside'"))
                .isEqualTo("account:admin");
    }

    @Test
    @Order(13)
    void exactlyTheDeadLettersThatWereShownAreSentAgain() {
        hinomi.execute("update delivery set state = 'dead', last_error = '550 <b>No</b> such mailbox'"
                + " where id in (select id from delivery where contact_id = 'noc' order by id limit 2)");
        hinomi.execute("update delivery set state = 'dead', last_error = 'timeout'"
                + " where id in (select id from delivery where contact_id = 'iot-noc' order by id limit 1)");
        String shown = console("/deliveries/again?contact=noc&error=no%3C%2Fb%3E+SUCH");
        assertThat(shown).contains("name=\"count\" value=\"2\"").doesNotContain("timeout", "<b>No</b>");
        String newest = hinomi.query("select max(id) from delivery where state = 'dead' and contact_id = 'noc'");
        post("/deliveries/again", "contact=noc&count=3&upTo=" + newest);
        assertThat(dead()).isEqualTo("3");
        post("/deliveries/again", "contact=noc&count=2&upTo=" + newest);
        assertThat(dead()).isEqualTo("1");
        TestAlerting.await(
                () -> hinomi.query("select count(*) from delivery where state <> 'sent' and contact_id = 'noc'")
                        .equals("0"));
        assertThat(hinomi.query(
                        "select detail::jsonb ->> 'deliveries' from audit_log where action = 'delivery.retried-all'"))
                .isEqualTo("2");
    }

    private static String dead() {
        return hinomi.query("select count(*) from delivery where state = 'dead'");
    }

    private static String console(String path) {
        return TestAlerting.send(
                        HttpRequest.newBuilder(URI.create(hinomi.url(path))).header("Cookie", hinomi.session()))
                .body();
    }

    /** A form of the console. */
    private static void post(String path, String form) {
        String session = hinomi.session();
        java.util.regex.Matcher token = java.util.regex.Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"")
                .matcher(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/operations")))
                                .header("Cookie", session))
                        .body());
        assertThat(token.find()).isTrue();
        int status = TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                        .header("Cookie", session)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                (form.isEmpty() ? "" : form + "&") + "_csrf=" + token.group(1))))
                .statusCode();
        assertThat(status).isLessThan(400);
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

    /** How many files row-level security leaves, and how many of their pieces. */
    private static String seenBy(String stakeholder, Tlp clearance) throws Exception {
        try (Connection connection = hinomi.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('hinomi.stakeholder', '" + stakeholder
                    + "', true), set_config('hinomi.clearance', '" + clearance.ordinal() + "', true)");
            statement.execute("set local role hinomi_stakeholder");
            try (ResultSet rows = statement.executeQuery("select (select count(*) from incident_file) || ' '"
                    + " || (select count(*) from incident_file_part)")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static String text(String path) throws Exception {
        return new String(file(path).body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String pages(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
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

    private static String open(String alert) {
        return "/api/v1/incidents/"
                + send("POST", "/api/v1/incidents", "{\"alert\":\"" + alert + "\"}", 200)
                        .get("number")
                        .asText();
    }

    private static String number(String path) {
        return path.substring("/api/v1/incidents/".length());
    }

    private static String attached(String incident) {
        return hinomi.query("select string_agg(alert_id, ',' order by alert_id) from incident_alert ia"
                + " join incident i on i.id = ia.incident_id where detached_at is null and number = '" + incident
                + "'");
    }

    @Test
    @Order(9)
    void aTimelineOfThousandsIsAsLargeAsOneOfAHundred() {
        hinomi.execute("insert into timeline_entry (incident_id, occurred_at, recorded_at, original_tz, type, source,"
                + " author, text_ja, text_en, in_report, tlp, visible_orgs) select i.id, timestamptz '2026-04-01Z' +"
                + " n * interval '1 minute', now(), 'Asia/Tokyo', 'note', 'manual', 'account:a', '<b>' || n, '<b>' || n, false, 2,"
                + " '{}' from incident i, generate_series(1, 5000) n where number = 'INC-2026-0001'");
        String page = TestAlerting.send(HttpRequest.newBuilder(
                                URI.create(hinomi.url("/incidents/INC-2026-0001/timeline?kind=note&skip=4950")))
                        .header("Cookie", hinomi.session()))
                .body();
        try (TestBrowser browser = TestBrowser.start()) {
            Page telephone = browser.newPage("ja-JP", ColorScheme.LIGHT, 390, 844);
            telephone
                    .context()
                    .addCookies(List.of(
                            new Cookie("hinomi-session", hinomi.session().replaceFirst("^hinomi-session=", ""))
                                    .setUrl(hinomi.url("/"))));
            fitsATelephone(telephone);
        }
        assertThat(page).contains("&lt;b&gt;5000").doesNotContain("&lt;b&gt;4949");
        assertThat(page.length()).isLessThan(400_000);
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/incidents/INC-2026-0001")))
                                .header("Cookie", hinomi.session()))
                        .body()
                        .length())
                .isLessThan(400_000);
    }

    @Test
    @Order(7)
    void whatComesAndNamesTheSameJoinsByItselfAndSaysWhy() {
        Instant start = Instant.parse("2026-04-10T01:00:00Z");
        CLOCK.set(start);
        hinomi.publish(
                SampleAlert.of("join-first")
                        .at(start.minusSeconds(600))
                        .target("api")
                        .seen("198.51.100.4", "edge-07"),
                SampleAlert.of("join-before")
                        .at(start.minusSeconds(900))
                        .target("api")
                        .seen("198.51.100.5", "edge-07"));
        hinomi.awaitAlert("join-before", 1);
        CLOCK.set(start.plusSeconds(10));
        String path = "/api/v1/incidents/"
                + send("POST", "/api/v1/incidents", "{\"alert\":\"join-first\"}", 200)
                        .get("number")
                        .asText();
        CLOCK.set(start.plusSeconds(60));
        hinomi.publish(
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
        hinomi.awaitAlert("join-secret", 1);
        awaitJoined();
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
        hinomi.publish(
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
        hinomi.awaitAlert("join-secret", 2);
        awaitJoined();
        assertThat(hinomi.query("select string_agg(alert_id, ',' order by alert_id) from incident_alert ia"
                        + " join incident i on i.id = ia.incident_id where detached_at is null and number = '"
                        + incident.get("number").asText() + "'"))
                .isEqualTo("join-before,join-first");
    }

    /** What each mail there says that it follows. */
    private static List<String> references(String mailbox) {
        return hinomi.mail().receivedBy(mailbox).stream()
                .map(mail -> {
                    try {
                        return String.join(
                                " ",
                                java.util.Optional.ofNullable(mail.message().getHeader("References"))
                                        .orElse(new String[0]));
                    } catch (jakarta.mail.MessagingException e) {
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
                    .receivedBy("noc@vendor.example.jp")
                    .get(0)
                    .message()
                    .getMessageID();
            return id.substring(id.indexOf('@') + 1, id.indexOf('>'));
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitJoined() {
        TestAlerting.await(() -> hinomi.query("select count(*) from join_queue").equals("0"));
    }

    private static void shot(Page page, String name) {
        String directory = System.getProperty("hinomi.images");
        if (directory != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + ".png"))
                    .setFullPage(true));
        }
    }
}
