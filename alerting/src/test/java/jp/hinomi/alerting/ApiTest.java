package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.ApiTokens;
import jp.hinomi.alerting.security.IdempotentCalls;
import jp.hinomi.city.Role;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static TestAlerting hinomi;

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(new SampleCity()
                .stakeholder(
                        "vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, contact("noc", mail("noc@vendor.example.jp")))
                .resource("api")
                .responsible("api", "vendor")
                .build());
        for (int i = 0; i < 5; i++) {
            hinomi.publish(
                    SampleAlert.of("api-" + i).target("api").severity(i == 3 ? Severity.CRITICAL : Severity.LOW));
        }
        hinomi.awaitAlert("api-4", 1);
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    private static HttpResponse<String> plain(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(hinomi.url(path))).GET();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return TestAlerting.send(request);
    }

    @Test
    void listsPageByPageNewestFirst() {
        JsonNode first = hinomi.get("/api/v1/alerts?limit=3");
        assertThat(first.get("items"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("api-4", "api-3", "api-2");
        JsonNode second =
                hinomi.get("/api/v1/alerts?limit=3&before=" + first.get("next").asLong());
        assertThat(second.get("items"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("api-1", "api-0");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(hinomi.get("/api/v1/alerts?severity=critical").get("items")).hasSize(1);
    }

    @Test
    void acknowledgingTwiceTellsWhoWasFirst() {
        assertThat(hinomi.post("/api/v1/alerts/api-0/ack", "{\"note\":\"first\"}")
                        .get("outcome")
                        .asText())
                .isEqualTo("accepted");
        JsonNode again = hinomi.post("/api/v1/alerts/api-0/ack", "{\"note\":\"second\"}");
        assertThat(again.get("outcome").asText()).isEqualTo("already");
        assertThat(again.get("acknowledgement").get("note").asText()).isEqualTo("first");
        assertThatThrownBy(() -> hinomi.post("/api/v1/alerts/none/ack", "{}")).hasMessageContaining("404");
    }

    @Test
    void withoutTheTokenThereIsNothing() {
        assertThat(plain("/api/v1/alerts", null).statusCode()).isEqualTo(401);
        assertThat(plain("/api/v1/alerts", "wrong-token-wrong-token").statusCode())
                .isEqualTo(401);
        assertThat(plain("/api/v1/alerts/api-1", TestAlerting.TOKEN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokensOpenTheApiOnly() {
        assertThat(plain("/alerts/api-1.json", TestAlerting.TOKEN).statusCode()).isEqualTo(302);
    }

    @Test
    void readinessSaysThatAlertsAreTaken() {
        HttpResponse<String> readiness = plain("/actuator/health/readiness", null);
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.body()).contains("\"UP\"");
        assertThat(plain("/actuator/env", null).statusCode()).isNotEqualTo(200);
    }

    @Test
    void pagesForbidInlineScriptAndForeignContent() {
        HttpResponse<String> login = plain("/login", null);
        assertThat(login.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(login.body()).doesNotContain("<script>", "style=", "http://", "onclick");
    }

    @Test
    void theSwitchesNeverLeadElsewhere() {
        for (String back : new String[] {
            "//evil.example",
            "https://evil.example",
            "/%5Cevil.example",
            "/%0d%0aX:y",
            "/%09/evil.example",
            "/%E3%80%80/evil.example"
        }) {
            assertThat(plain("/preferences?language=ja&back=" + back, null)
                            .headers()
                            .firstValue("Location"))
                    .get()
                    .asString()
                    .doesNotContain("evil", "X:y");
        }
        assertThat(plain("/preferences?language=ja&back=/alerts%3Fstatus=open", null)
                        .headers()
                        .firstValue("Location"))
                .get()
                .asString()
                .endsWith("/alerts?status=open");
    }

    private static HttpRequest.Builder keyed(String path, String key, String body) {
        return HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                .timeout(TestAlerting.SOON)
                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void aCallWithAKeyHasItsEffectOnce() throws Exception {
        String task = "/api/v1/incidents/"
                + hinomi.post("/api/v1/incidents", "{\"alert\":\"api-0\"}")
                        .get("number")
                        .asText() + "/tasks";
        String body = "{\"title\":\"once\",\"owner\":\"csirt\"}";
        HttpResponse<String> first = send(keyed(task, "\"key-1\"", body));
        HttpResponse<String> again = send(keyed(task, "key-1", body));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(hinomi.query("select count(*) from incident_task where title = 'once'"))
                .isEqualTo("1");
        HttpResponse<String> other = send(keyed(task, "key-1", body.replace("once", "twice")));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("another call");
        assertThat(send(keyed(task, "k".repeat(256), body)).statusCode()).isEqualTo(400);
        // What was refused was not done: it may be tried again with the same key.
        assertThat(send(keyed(task, "key-2", "{}")).statusCode()).isEqualTo(400);
        assertThat(send(keyed(task, "key-2", body)).statusCode()).isEqualTo(200);
        // After a day the key is free.
        hinomi.execute("update idempotent_call set at = at - interval '25 hours'");
        assertThat(send(keyed(task, "key-1", body.replace("once", "later"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void parallelCallsWithOneKeyHaveOneEffect() {
        List<CompletableFuture<HttpResponse<String>>> calls = Stream.generate(() -> CLIENT.sendAsync(
                        keyed("/api/v1/incidents", "parallel", "{\"alert\":\"api-4\"}")
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .limit(6)
                .toList();
        List<Integer> statuses =
                calls.stream().map(call -> call.join().statusCode()).toList();
        assertThat(statuses).contains(200).isSubsetOf(200, 409);
        assertThat(hinomi.query("select count(*) from incident_alert where alert_id = 'api-4'"))
                .isEqualTo("1");
    }

    @Test
    void whatBreaksOffLeavesNeitherEffectNorKey() {
        IdempotentCalls calls = hinomi.part(IdempotentCalls.class);
        JdbcClient jdbc = hinomi.part(JdbcClient.class);
        assertThatThrownBy(() -> calls.make("account:test", "crash", new byte[] {1}, Instant.now(), () -> {
                    jdbc.sql(
                                    "insert into saved_view (account, name, query, created_at) values ('x', 'broken', '', now())")
                            .update();
                    throw new IllegalStateException("the power is gone");
                }))
                .hasMessageContaining("power");
        assertThat(hinomi.query("select count(*) from saved_view where name = 'broken'"))
                .isEqualTo("0");
        assertThat(calls.make(
                        "account:test",
                        "crash",
                        new byte[] {1},
                        Instant.now(),
                        () -> new IdempotentCalls.Kept(200, Optional.empty(), new byte[0])))
                .isInstanceOf(IdempotentCalls.Result.Done.class);
        assertThat(calls.make("account:test", "crash", new byte[] {1}, Instant.now(), () -> {
                    throw new AssertionError("it was made before");
                }))
                .isInstanceOf(IdempotentCalls.Result.Before.class);
    }

    private static final String DRILL = """
            {"name": {"ja": "秋の訓練", "en": "Autumn exercise"}, "due": "%s",
             "alerts": [{"resource": "api", "severity": "low", "minutes": 0},
                        {"title": {"ja": "二つ目", "en": "The second"}, "resource": "api", "minutes": 90}]}""".formatted(Instant.now().plusSeconds(86_400));

    /** Planned, listed, begun, answered and cancelled without the console. */
    @Test
    void exercisesAreRunOverTheApi() {
        JsonNode planned = hinomi.post("/api/v1/drills", DRILL);
        long id = planned.get("id").asLong();
        assertThat(planned.at("/alerts/0/title/en").asText()).isEqualTo("Autumn exercise");
        assertThat(planned.at("/alerts/1/title/en").asText()).isEqualTo("The second");
        assertThat(planned.at("/alerts/1/severity").asText()).isEqualTo("high");
        assertThat(hinomi.get("/api/v1/drills?limit=1").at("/items/0/id").asLong())
                .isEqualTo(id);
        String path = "/api/v1/drills/" + id;
        assertThat(hinomi.get(path + "/reactions").get("items")).isEmpty();
        // Its time comes.
        assertThat(hinomi.part(Drills.class).beginNext(Instant.now().plusSeconds(86_401)))
                .isTrue();
        String alert = hinomi.get(path).at("/alerts/0/alert").asText();
        hinomi.post("/api/v1/alerts/" + alert + "/ack", "{\"contact\":\"noc\",\"answer\":\"help\"}");
        JsonNode reactions = hinomi.get(path + "/reactions").get("items");
        assertThat(reactions)
                .extracting(each ->
                        each.get("what").asText() + " " + each.get("who").asText())
                .contains("help noc");
        assertThat(reactions)
                .allSatisfy(each -> assertThat(each.get("n").asInt()).isEqualTo(1));
        assertThat(hinomi.get(path + "/reactions?limit=1").get("next").asLong()).isEqualTo(1);
        assertThat(hinomi.post(path + "/cancel", "").get("state").asText()).isEqualTo("cancelled");
        assertThatThrownBy(() -> hinomi.post(path + "/cancel", "")).hasMessageContaining("409");
        assertThatThrownBy(() -> hinomi.post("/api/v1/drills", "{\"name\":{\"ja\":\"x\"}}"))
                .hasMessageContaining("400")
                .hasMessageContaining("both languages")
                .hasMessageContaining("at least one resource");
        assertThat(hinomi.query("select count(*) from audit_log where action = 'drill.planned'"))
                .isNotEqualTo("0");
    }

    private record Wish(String method, String path, String token, String body, int status, String en, String ja) {
        static Wish of(String method, String path, String body, int status, String en, String ja) {
            return new Wish(method, path, TestAlerting.TOKEN, body, status, en, ja);
        }
    }

    /** Whatever is refused is said in the language that the call asks for, with a word for programs. */
    @Test
    void refusalsAreInTheLanguageOfTheCall() throws Exception {
        String reports = "/api/v1/incidents/"
                + hinomi.post("/api/v1/incidents", "{\"alert\":\"api-2\"}")
                        .get("number")
                        .asText() + "/reports";
        String alert = "/api/v1/alerts/api-2";
        for (Wish wish : List.of(
                Wish.of("GET", "/api/v1/alerts?limit=0", "", 400, "between 1 and 500", "1～500"),
                Wish.of("GET", "/api/v1/alerts?before=x", "", 400, "it is a whole number", "整数"),
                Wish.of("GET", "/api/v1/map/in-force?at=noon", "", 400, "a time is written", "時刻は"),
                Wish.of("GET", "/api/v1/map/route", "", 400, "'q' is missing", "「q」が指定されていません"),
                Wish.of("GET", "/api/v1/nowhere", "", 404, "nothing at /api/v1/nowhere", "何もありません"),
                Wish.of("DELETE", "/api/v1/alerts", "", 405, "use GET", "GET を使って"),
                Wish.of("POST", "/api/v1/incidents", "{\"alert\": no", 400, "line 1", "1行目"),
                Wish.of("POST", "/api/v1/incidents", "", 400, "body is missing", "本文がありません"),
                Wish.of("POST", alert + "/triage", "{\"stepp\":\"ack\"}", 400, "unknown field 'stepp'", "「stepp」という項目"),
                Wish.of("POST", alert + "/triage", "{\"version\":\"x\"}", 400, "stand at 'version'", "「version」には"),
                Wish.of("GET", "/api/v1/alerts/none", "", 404, "no alert none", "警報 none はありません"),
                Wish.of("POST", alert + "/triage", "{\"step\":\"fly\"}", 400, "no such step", "その操作はありません"),
                Wish.of(
                        "POST",
                        alert + "/triage",
                        "{\"step\":\"judge\",\"argument\":\"x\"}",
                        400,
                        "no verdict",
                        "「x」という判定"),
                Wish.of(
                        "POST",
                        alert + "/triage",
                        "{\"step\":\"assign\",\"argument\":\"x\"}",
                        400,
                        "given to 'x'",
                        "「x」に割り当て"),
                Wish.of(
                        "POST",
                        alert + "/triage",
                        "{\"step\":\"begin\",\"version\":99}",
                        409,
                        "omebody did something else",
                        "ほかの人が"),
                Wish.of("POST", alert + "/ack", "{\"answer\":\"x\"}", 400, "'x' is no answer", "「x」という回答"),
                Wish.of("POST", alert + "/ack", "{\"contact\":\"x\"}", 400, "no contact 'x'", "連絡先「x」"),
                Wish.of("POST", reports, "{}", 400, "'form' is missing", "form がありません"),
                Wish.of("POST", reports, "{\"form\":\"x\"}", 400, "no form 'x'", "「x」という様式"),
                Wish.of("GET", "/api/v1/reports/987", "", 404, "no report 987", "報告 987 はありません"),
                Wish.of("GET", "/api/v1/webhooks/987", "", 404, "no webhook 987", "Webhook 987 はありません"),
                Wish.of("POST", "/api/v1/silences/preview", "{}", 400, "silence of everything", "すべてを対象に"),
                Wish.of("POST", "/api/v1/channels/x/test", "", 404, "no stakeholder 'x'", "関係主体「x」はいません"),
                Wish.of("GET", "/api/v1/map/versions/987", "", 404, "no version 987", "第987版はありません"),
                new Wish("GET", "/api/v1/alerts", "", "", 401, "Send a token", "ログインして"),
                new Wish("GET", "/api/v1/alerts", "wrong-token-wrong-token", "", 401, "not known", "登録されていない"))) {
            for (String language : List.of("en", "ja-JP", "fr")) {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hinomi.url(wish.path())))
                        .timeout(TestAlerting.SOON)
                        .header("Accept-Language", language)
                        .header("Content-Type", "application/json")
                        .method(wish.method(), HttpRequest.BodyPublishers.ofString(wish.body()));
                if (!wish.token().isEmpty()) {
                    request.header("Authorization", "Bearer " + wish.token());
                }
                HttpResponse<String> answer = send(request);
                boolean japanese = language.startsWith("ja");
                assertThat(answer.statusCode()).as(wish + answer.body()).isEqualTo(wish.status());
                assertThat(answer.headers().firstValue("Content-Language"))
                        .as(wish.toString())
                        .contains(japanese ? "ja" : "en");
                JsonNode problem = MAPPER.readTree(answer.body());
                assertThat(problem.path("detail").asText())
                        .as(wish + language)
                        .contains(japanese ? wish.ja() : wish.en());
                assertThat(problem.path("refused").asText()).as(wish.toString()).matches("[a-z-]+");
            }
        }
    }

    private static final Path KEPT = Path.of("../docs/api/openapi.json");

    /** A change of the API is seen in review. */
    @Test
    void theDescriptionIsTheOneThatIsKept() throws Exception {
        String now = plain("/api/v1/openapi.json", TestAlerting.TOKEN).body();
        Path fresh = Path.of("target/openapi.json");
        Files.writeString(fresh, now + "\n");
        String kept = Files.exists(KEPT) ? Files.readString(KEPT) : "{}";
        assertThat(MAPPER.readTree(now).equals(MAPPER.readTree(kept)))
                .as(
                        "the API is not as docs/api/openapi.json describes it: look at what is different, and if it is meant,"
                                + " cp alerting/" + fresh + " docs/api/openapi.json")
                .isTrue();
        assertThat(plain("/api/v1/openapi.json", null).statusCode()).isEqualTo(401);
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private record Called(String what, HttpResponse<String> answer) {}

    /** Every call, with what is there and with what is not: none fails, and each answers as its description says. */
    @Test
    void everyCallAnswersAsItIsDescribed() throws Exception {
        JsonNode document = hinomi.get("/api/v1/openapi.json");
        SchemaCheck check = new SchemaCheck(document);
        Map<String, String> there = prepare();
        Map<String, String> bodies = new TreeMap<>(Map.of(
                "/api/v1/alerts/{id}/ack post", "{\"note\":\"seen\"}",
                "/api/v1/incidents post", "{\"alert\":\"api-2\"}",
                "/api/v1/silences post",
                        "{\"match\":{\"resource\":[\"api\"]},\"owner\":\"vendor\",\"reason\":\"works\",\"until\":\""
                                + Instant.now().plusSeconds(600) + "\"}",
                "/api/v1/silences/preview post", "{\"match\":{\"resource\":[\"api\"]}}",
                "/api/v1/incidents/{number}/timeline post", "{\"text\":\"looked at it\",\"type\":\"finding\"}",
                "/api/v1/incidents/{number}/tasks post", "{\"title\":\"call the vendor\",\"owner\":\"csirt\"}",
                "/api/v1/incidents/{number}/judgement put", "{\"verdict\":\"true-positive\",\"entry_path\":\"VPN\"}",
                "/api/v1/incidents/{number} patch", "{\"impact\":\"none\"}"));
        bodies.put("/api/v1/alerts/{id}/triage post", "{\"step\":\"begin\",\"note\":\"mine\"}");
        bodies.put("/api/v1/own/alerts/{id}/ack post", "{\"answer\":\"help\",\"note\":\"both lines are down\"}");
        bodies.put("/api/v1/own/incidents/{number}/timeline post", "{\"text\":\"line cut\",\"shared\":true}");
        bodies.put("/api/v1/drills post", DRILL);
        bodies.put("/api/v1/incidents/{number}/alerts post", "{\"alert\":\"api-3\"}");
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> fine = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : fields(document.get("paths"))) {
            for (Map.Entry<String, JsonNode> call : fields(path.getValue())) {
                String what = path.getKey() + " " + call.getKey();
                String good = fill(path.getKey(), call.getValue(), there);
                List<Called> calls = new ArrayList<>();
                if (call.getKey().equals("get") || bodies.containsKey(what)) {
                    calls.add(call(call.getKey(), good, bodies.get(what), what + " (good)"));
                }
                if (!call.getKey().equals("get")) {
                    calls.add(call(call.getKey(), good, "[\"no\", {\"such\": body", what + " (broken body)"));
                }
                calls.add(call(
                        call.getKey(),
                        fill(path.getKey(), call.getValue(), Map.of()),
                        "{}",
                        what + " (nothing there)"));
                if (good.contains("limit=")) {
                    calls.add(call(call.getKey(), good.replaceAll("limit=\\d+", "limit=0"), null, what + " (limit 0)"));
                    calls.add(call(call.getKey(), good + "&before=x", null, what + " (no number)"));
                }
                for (Called one : calls) {
                    judge(check, call.getValue(), one).ifPresentOrElse(wrong::add, () -> {
                        if (one.answer().statusCode() == 200) {
                            fine.merge(what, 1, Integer::sum);
                        }
                    });
                }
                if (call.getValue().path("summary").asText().isBlank()
                        || call.getValue().path("security").isEmpty()) {
                    wrong.add(what + " is not described");
                }
            }
        }
        assertThat(wrong).isEmpty();
        // Not all of them only refuse.
        assertThat(fine.keySet()).containsAll(bodies.keySet());
        assertThat(fine.keySet().stream().filter(what -> what.endsWith(" get")).count())
                .isGreaterThan(20);
    }

    /** Token of the stakeholder's own. */
    private static String ofVendor;

    private static Map<String, String> prepare() {
        Member vendor = new Member("vendor-feed", AccountRole.STAKEHOLDER, Optional.of("vendor"));
        hinomi.part(Accounts.class).create(vendor, false, "test", Instant.now());
        ofVendor = hinomi.part(ApiTokens.class)
                .create(
                        vendor,
                        "feed",
                        Set.of("own.see", "own.answer", "own.write"),
                        Duration.ofDays(1),
                        "test",
                        Instant.now());
        hinomi.post("/api/v1/alerts/api-1/ack", "{\"note\":\"for the description\"}");
        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"api-1\"}")
                .get("number")
                .asText();
        hinomi.publish("broken", "no alert".getBytes(StandardCharsets.UTF_8));
        TestAlerting.await(() -> hinomi.get("/api/v1/poison").get("count").asInt() > 0);
        return Map.of(
                "number", incident,
                "id", "1",
                "stakeholder", "vendor",
                "contact", "noc",
                "q", "api",
                "format", "json");
    }

    /** The path with values; those that are not there get such as nothing has. */
    private static String fill(String path, JsonNode operation, Map<String, String> there) {
        String filled = path;
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.get("name").asText();
            boolean number = parameter.at("/schema/type").asText().equals("integer");
            String value = name.equals("number") && number
                    ? there.isEmpty() ? "987654" : "1"
                    : (path.startsWith("/api/v1/alerts/{id}") || path.startsWith("/api/v1/own/alerts/{id}"))
                                    && name.equals("id")
                                    && !there.isEmpty()
                            ? "api-1"
                            : there.getOrDefault(name, number ? "987654" : "none");
            if (parameter.get("in").asText().equals("path")) {
                filled = filled.replace("{" + name + "}", value);
            } else if (name.equals("limit")) {
                query.append(query.isEmpty() ? "?" : "&").append("limit=2");
            } else if (parameter.path("required").asBoolean()) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
        return filled + query;
    }

    private static Called call(String method, String path, String body, String what) throws Exception {
        HttpRequest.BodyPublisher publisher = body == null || method.equals("get")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body);
        return new Called(
                what + " " + path,
                send(HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                        .timeout(TestAlerting.SOON)
                        .header(
                                "Authorization",
                                "Bearer " + (path.startsWith("/api/v1/own/") ? ofVendor : TestAlerting.TOKEN))
                        .header("Content-Type", "application/json")
                        .method(method.toUpperCase(Locale.ROOT), publisher)));
    }

    private static Optional<String> judge(SchemaCheck check, JsonNode operation, Called called) throws IOException {
        int status = called.answer().statusCode();
        String said = called.what() + " -> " + status + " " + called.answer().body();
        if (status >= 500) {
            return Optional.of(said);
        }
        JsonNode responses = operation.get("responses");
        JsonNode content = responses.path(Integer.toString(status)).isMissingNode()
                ? responses.path("default").path("content")
                : responses.path(Integer.toString(status)).path("content");
        String type =
                called.answer().headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        if (content.path(type).isMissingNode()) {
            return Optional.of(said + ": answers with " + type + ", which is not described");
        }
        if (!type.endsWith("json") || content.get(type).path("schema").isMissingNode()) {
            return Optional.empty();
        }
        List<String> problems = check.problems(
                content.get(type).get("schema"), MAPPER.readTree(called.answer().body()));
        return problems.isEmpty() ? Optional.empty() : Optional.of(called.what() + ": " + problems);
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
        node.fields().forEachRemaining(all::add);
        return all;
    }
}
