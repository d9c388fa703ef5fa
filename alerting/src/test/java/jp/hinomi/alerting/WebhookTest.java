package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.delivery.WebhookSignature;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.ApiTokens;
import jp.hinomi.alerting.webhook.EventRetention;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.city.Role;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs that are told of changes, over real HTTP, whatever the other side does. */
class WebhookTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final AtomicReference<Duration> PASSED = new AtomicReference<>(Duration.ZERO);
    private static final List<Call> CALLS = new CopyOnWriteArrayList<>();

    /** What a receiver answers to the call of that number, from 1, with an event of that type. */
    private interface Behaviour {
        int status(int number, String type);
    }

    /** By path; whoever has none takes everything. */
    private static final Map<String, Behaviour> BEHAVIOURS = new ConcurrentHashMap<>();

    private static final CountDownLatch SLOW = new CountDownLatch(1);
    private static TestAlerting hinomi;
    private static HttpServer receiver;
    private static String base;
    private static String token;

    record Call(String path, int status, Map<String, String> headers, byte[] bytes) {
        JsonNode body() {
            try {
                return MAPPER.readTree(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String type() {
            return body().get("type").asText();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        receiver.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            int number = (int) CALLS.stream()
                            .filter(call -> call.path().equals(path))
                            .count()
                    + 1;
            int status = BEHAVIOURS
                    .getOrDefault(path, (n, type) -> 204)
                    .status(number, MAPPER.readTree(body).path("type").asText());
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", base + "/inside");
            }
            CALLS.add(new Call(path, status, headers, body));
            if (path.equals("/slow") && number == 1) {
                await(SLOW);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
        base = "http://127.0.0.1:" + receiver.getAddress().getPort();
        DeliverySettings standard = DeliverySettings.standard();
        hinomi = TestAlerting.start(
                new SampleCity()
                        .stakeholder(
                                "vendor",
                                Role.CITY_OS_VENDOR,
                                "ja",
                                Tlp.AMBER,
                                contact("noc", mail("noc@vendor.example.jp")))
                        .stakeholder(
                                "maker", Role.IOT_VENDOR, "en", Tlp.GREEN, contact("desk", mail("desk@maker.example")))
                        .resource("api")
                        .resource("sensors")
                        .resource("city-portal")
                        .responsible("api", "vendor")
                        .responsible("sensors", "maker")
                        .build(),
                builder -> builder.clock(() -> Instant.now().plus(PASSED.get()))
                        .delivery(new DeliverySettings(
                                Duration.ofMillis(100),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(20),
                                standard.stormLimit(),
                                standard.stormWindow(),
                                standard.linkValidity())));
        Member integrator = new Member("connects", AccountRole.INTEGRATOR, Optional.empty());
        hinomi.part(Accounts.class).create(integrator, false, "account:admin", Instant.now());
        token = hinomi.part(ApiTokens.class)
                .create(
                        integrator,
                        "test",
                        Set.of("webhooks.see", "webhooks.manage", "alerts.see"),
                        Duration.ofDays(30),
                        "account:admin",
                        Instant.now());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        SLOW.countDown();
        hinomi.close();
        receiver.stop(0);
    }

    private static HttpResponse<String> call(String method, String path, String body) {
        return call(token, method, path, body);
    }

    private static HttpResponse<String> call(String bearer, String method, String path, String body) {
        return TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/webhooks" + path)))
                .timeout(TestAlerting.SOON)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String wish(String path, String events, String more) {
        return "{\"name\":\"" + path + "\",\"url\":\"" + base + path + "\",\"events\":[\""
                + events.replace(" ", "\",\"") + "\"]" + more + "}";
    }

    private static JsonNode make(String path, String events, String more) {
        return json(call("POST", "", wish(path, events, more)));
    }

    private static List<Call> calls(String path) {
        return CALLS.stream().filter(call -> call.path().equals(path)).toList();
    }

    private static List<String> taken(String path) {
        return calls(path).stream()
                .filter(call -> call.status() / 100 == 2)
                .map(Call::type)
                .toList();
    }

    private static void publish(String id) {
        hinomi.publish(SampleAlert.of(id).target("api"));
        hinomi.awaitAlert(id, 1);
    }

    private static JsonNode standing(JsonNode made) {
        return json(call("GET", "/" + made.get("id").asLong(), ""));
    }

    private static String remove(JsonNode made) {
        return call("DELETE", "/" + made.get("id").asLong(), "").body();
    }

    /** Thirty days after it arrived an event is forgotten; what waits for somebody stays, and nothing else goes. */
    @Test
    void whatArrivedIsForgottenAfterATime() {
        JsonNode made = make("/kept", "alert.created", "");
        String object = "webhook:" + made.get("id").asLong();
        publish("kept-1");
        publish("kept-2");
        TestAlerting.await(() -> taken("/kept").size() == 2);
        String of = " from delivery where contact_id = '" + object + "' and state = 'sent'";
        TestAlerting.await(() -> hinomi.query("select count(*)" + of).equals("2"));
        JsonNode told = json(call("GET", "/" + made.get("id").asLong() + "/deliveries", ""));
        assertThat(told.at("/items/0/event").asText()).isEqualTo("alert.created");
        // That it was sent is no line of the audit log; what happened is one.
        assertThat(hinomi.query("select count(*) from audit_log where action = 'delivery.sent' and object in"
                        + " (select 'delivery:' || id" + of + ")"))
                .isEqualTo("0");
        assertThat(hinomi.query("select count(*) from audit_log where object = 'alert:kept-1'"))
                .isNotEqualTo("0");
        hinomi.execute("update delivery set state = 'dead' where id = (select max(id)" + of + ")");
        EventRetention retention = hinomi.part(EventRetention.class);
        String messages = hinomi.query("select count(*) from delivery where channel_type <> 'event'");
        assertThat(retention.deleteSome(Instant.now().plus(Duration.ofDays(29))))
                .isFalse();
        assertThat(hinomi.query("select count(*)" + of)).isEqualTo("1");
        // Other stories of this class let days pass.
        retention.deleteSome(Instant.now().plus(Duration.ofDays(33)));
        assertThat(hinomi.query("select count(*)" + of)).isEqualTo("0");
        assertThat(hinomi.query("select count(*) from delivery where contact_id = '" + object + "'"))
                .isEqualTo("1");
        assertThat(hinomi.query("select count(*) from delivery where channel_type <> 'event'"))
                .isEqualTo(messages);
        remove(made);
    }

    @Test
    void eachChangeIsToldOnceAndSigned() throws Exception {
        JsonNode made = make("/all", String.join(" ", words()), "");
        publish("told");
        hinomi.post("/api/v1/alerts/told/ack", "{\"note\":\"not for other people's eyes\"}");
        triage("told", "{\"step\":\"assign\",\"argument\":\"admin\"}");
        triage("told", "{\"step\":\"judge\",\"argument\":\"true-positive\",\"note\":\"not for other people's eyes\"}");
        triage("told", "{\"step\":\"reopen\"}");
        publish("told-too");
        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"told\"}")
                .get("number")
                .asText();
        hinomi.post("/api/v1/incidents/" + incident + "/alerts", "{\"alert\":\"told-too\"}");
        patch(incident, "{\"severity\":\"critical\"}");
        patch(incident, "{\"status\":\"closed\"}");
        List<String> expected = List.of(
                "alert.created",
                "alert.acknowledged",
                "alert.assigned",
                "alert.judged",
                "alert.reopened",
                "alert.created",
                "incident.opened",
                "incident.joined",
                "incident.joined",
                "incident.changed",
                "incident.closed");
        TestAlerting.await(() -> taken("/all").size() >= expected.size());
        List<Call> calls = calls("/all");
        assertThat(calls.stream()
                        .sorted(java.util.Comparator.comparing(
                                call -> call.body().get("sequence").asLong()))
                        .map(Call::type))
                .containsExactlyElementsOf(expected);
        assertThat(calls.stream().map(call -> call.headers().get("idempotency-key")))
                .doesNotHaveDuplicates();
        byte[] secret = made.get("secret").asText().getBytes(StandardCharsets.UTF_8);
        for (Call call : calls) {
            assertThat(call.headers().get("hinomi-signature"))
                    .isEqualTo(WebhookSignature.of(secret, call.headers().get("hinomi-timestamp"), call.bytes()));
            assertThat(new String(call.bytes(), StandardCharsets.UTF_8)).doesNotContain("other people");
        }
        JsonNode judged = calls.stream()
                .filter(call -> call.type().equals("alert.judged"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(judged.at("/change/verdict").asText()).isEqualTo("true-positive");
        assertThat(judged.at("/alert/id").asText()).isEqualTo("told");
        assertThat(judged.at("/console").asText()).endsWith("/alerts/told");
        TestAlerting.await(() -> standing(made).get("waiting").asLong() == 0);
        assertThat(standing(made).get("last_ok").isNull()).isFalse();
        JsonNode deliveries = json(call("GET", "/" + made.get("id").asLong() + "/deliveries?limit=4&state=sent", ""));
        assertThat(deliveries.get("items")).hasSize(4);
        assertThat(deliveries.get("next").isNull()).isFalse();
        remove(made);
        publish("nobody-is-told");
        assertThat(calls("/all")).hasSameSizeAs(calls);
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        for (EventType type : EventType.values()) {
            words.add(type.word());
        }
        words.remove("alert.updated");
        return words;
    }

    private static void triage(String alert, String step) {
        JsonNode now = hinomi.get("/api/v1/alerts/" + alert);
        hinomi.post(
                "/api/v1/alerts/" + alert + "/triage",
                step.replace("}", ",\"version\":" + now.get("version").asInt() + "}"));
    }

    private static void patch(String incident, String body) {
        HttpResponse<String> answer =
                TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/incidents/" + incident)))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whatFailsIsTriedAgainWithTheSameKeyAndArrivesOnce() {
        BEHAVIOURS.put("/flaky", (number, type) -> number <= 3 ? number == 2 ? 401 : 500 : 204);
        JsonNode made = make("/flaky", "alert.created", "");
        publish("after-errors");
        TestAlerting.await(() -> taken("/flaky").size() == 1);
        assertThat(calls("/flaky")).extracting(Call::status).containsExactly(500, 401, 500, 204);
        assertThat(calls("/flaky").stream().map(call -> call.headers().get("idempotency-key")))
                .containsOnly(calls("/flaky").get(0).headers().get("idempotency-key"));
        remove(made);
    }

    @Test
    void whoAnswersTooLateIsCalledOnceMore() {
        JsonNode made = make("/slow", "alert.created", "");
        publish("too-late");
        TestAlerting.await(() -> taken("/slow").size() == 2);
        assertThat(calls("/slow").get(0).headers().get("idempotency-key"))
                .isEqualTo(calls("/slow").get(1).headers().get("idempotency-key"));
        TestAlerting.await(() -> standing(made).get("waiting").asLong() == 0);
        remove(made);
    }

    @Test
    void nobodyListensUntilSomebodyDoes() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        JsonNode made =
                json(call("POST", "", wish("/back", "alert.created", "").replace(base, "http://127.0.0.1:" + port)));
        publish("while-down");
        TestAlerting.await(() -> !standing(made).get("last_error").isNull());
        HttpServer late = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        List<String> came = new CopyOnWriteArrayList<>();
        late.createContext("/back", exchange -> {
            came.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        late.start();
        try {
            TestAlerting.await(() -> standing(made).get("waiting").asLong() == 0);
            assertThat(came).hasSize(1).allMatch(body -> body.contains("while-down"));
        } finally {
            late.stop(0);
        }
        remove(made);
    }

    @Test
    void redirectsAreNotFollowedAndLeadNowhere() {
        BEHAVIOURS.put("/moved", (number, type) -> 302);
        JsonNode made = make("/moved", "alert.created", "");
        publish("moved");
        TestAlerting.await(() -> standing(made).get("last_error").asText().contains("redirects are not followed"));
        assertThat(calls("/inside")).isEmpty();
        remove(made);
    }

    @Test
    void whoIsGoneIsSuspendedWithAnAlarmAndNothingIsLost() {
        AtomicBoolean back = new AtomicBoolean();
        BEHAVIOURS.put("/gone", (number, type) -> back.get() ? 204 : 410);
        JsonNode made = make("/gone", "alert.created", "");
        long id = made.get("id").asLong();
        publish("gone-1");
        TestAlerting.await(() -> standing(made).get("state").asText().equals("suspended"));
        assertThat(standing(made).at("/reason/en").asText()).contains("410");
        assertThat(alarms(id)).isEqualTo("1");
        publish("gone-2");
        assertThat(call("POST", "/" + id + "/suspend", "").statusCode()).isEqualTo(409);
        // A ping is let through: that is how one sees that it works again.
        back.set(true);
        json(call("POST", "/" + id + "/ping", ""));
        TestAlerting.await(() -> taken("/gone").equals(List.of("ping")));
        assertThat(json(call("POST", "/" + id + "/resume", ""))
                        .get("deliveries")
                        .asInt())
                .isEqualTo(1);
        TestAlerting.await(() -> taken("/gone").size() == 3);
        assertThat(calls("/gone").stream()
                        .filter(call -> call.status() == 204 && !call.type().equals("ping"))
                        .map(call -> call.body().at("/alert/id").asText()))
                .containsExactlyInAnyOrder("gone-1", "gone-2");
        TestAlerting.await(() -> alarms(id).equals("0"));
        remove(made);
    }

    private static String alarms(long id) {
        return hinomi.query("select count(*) from alarm where object = 'webhook:" + id + "' and settled_at is null");
    }

    @Test
    void whoTakesNothingUntilTheDeadlineIsSuspended() {
        BEHAVIOURS.put("/dead", (number, type) -> 503);
        BEHAVIOURS.put("/picky", (number, type) -> type.equals("alert.judged") ? 422 : 204);
        JsonNode dead = make("/dead", "alert.created", "");
        JsonNode picky = make("/picky", "alert.created alert.judged", "");
        publish("for-the-dead");
        triage("for-the-dead", "{\"step\":\"judge\",\"argument\":\"test\"}");
        TestAlerting.await(() -> calls("/dead").size() > 1 && calls("/picky").size() > 2);
        publish("for-the-picky");
        TestAlerting.await(() -> taken("/picky").size() == 2);
        PASSED.updateAndGet(time -> time.plus(Duration.ofHours(25)));
        TestAlerting.await(() -> standing(dead).get("state").asText().equals("suspended"));
        assertThat(standing(dead).at("/reason/en").asText()).contains("503", "deadline");
        // One message that a receiver does not like is a dead letter; the receiver works.
        TestAlerting.await(() -> standing(picky).get("dead").asLong() == 1);
        assertThat(standing(picky).get("state").asText()).isEqualTo("active");
        remove(dead);
        remove(picky);
        assertThat(hinomi.query("select count(*) from delivery where state = 'dead' and contact_id in ('webhook:"
                        + dead.get("id").asLong() + "', 'webhook:"
                        + picky.get("id").asLong() + "')"))
                .isEqualTo("0");
    }

    @Test
    void whatSomebodyNeedNotKnowIsNotSent() {
        JsonNode severe = make("/severe", "alert.created", ",\"severity\":\"critical\"");
        JsonNode sensors = make("/sensors", "alert.created", ",\"resources\":[\"sensors\"]");
        JsonNode red = make("/red", "alert.created", ",\"tlp\":\"RED\"");
        JsonNode amber = make("/amber", "alert.created", "");
        JsonNode vendor = make("/vendor", String.join(" ", words()), ",\"stakeholder\":\"vendor\",\"tlp\":\"RED\"");
        JsonNode maker = make("/maker", String.join(" ", words()), ",\"stakeholder\":\"maker\",\"tlp\":\"RED\"");
        hinomi.publish(SampleAlert.of("on-api").target("api").severity(Severity.HIGH));
        hinomi.publish(SampleAlert.of("on-sensors")
                .target("sensors")
                .severity(Severity.CRITICAL)
                .tlp(Tlp.GREEN));
        hinomi.publish(SampleAlert.of("secret-api").target("api").tlp(Tlp.RED));
        hinomi.publish(SampleAlert.of("amber-sensors").target("sensors").tlp(Tlp.AMBER));
        hinomi.awaitAlert("amber-sensors", 1);
        triage("on-api", "{\"step\":\"assign\",\"argument\":\"admin\"}");
        triage("on-api", "{\"step\":\"judge\",\"argument\":\"false-positive\"}");
        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"on-api\"}")
                .get("number")
                .asText();
        patch(incident, "{\"impact\":\"words about the whole\"}");
        hinomi.post("/api/v1/incidents/" + incident + "/alerts", "{\"alert\":\"on-sensors\"}");
        TestAlerting.await(() -> hinomi.query(
                        "select count(*) from webhook where state = 'active' and position < (select max(seq) from audit_log"
                                + " where action = 'incident.alert-attached')")
                .equals("0"));
        for (JsonNode each : List.of(severe, sensors, red, amber, vendor, maker)) {
            TestAlerting.await(() -> standing(each).get("waiting").asLong() == 0);
        }
        assertThat(alerts("/severe")).containsExactlyInAnyOrder("on-sensors");
        assertThat(alerts("/sensors")).containsExactlyInAnyOrder("on-sensors", "amber-sensors");
        assertThat(alerts("/red")).containsExactlyInAnyOrder("on-api", "on-sensors", "secret-api", "amber-sensors");
        assertThat(alerts("/amber")).containsExactlyInAnyOrder("on-api", "on-sensors", "amber-sensors");
        assertThat(taken("/vendor")).containsExactlyInAnyOrder("alert.created", "alert.judged", "incident.opened");
        assertThat(taken("/maker")).containsExactlyInAnyOrder("alert.created");
        assertThat(alerts("/maker")).containsExactly("on-sensors");
        for (Call call : calls("/vendor")) {
            assertThat(new String(call.bytes(), StandardCharsets.UTF_8))
                    .doesNotContain("false-positive", "account:", "assignee", "words about", "secret-api", "sensors");
        }
        for (JsonNode each : List.of(severe, sensors, red, amber, vendor, maker)) {
            remove(each);
        }
    }

    /** An incident is as restricted as its alerts: whoever it is hidden from learns that once, and nothing else of it. */
    @Test
    void whoMayNotSeeAnIncidentAnyMoreIsToldThatOnly() {
        String events = "incident.opened incident.changed incident.restricted incident.hidden";
        JsonNode amber = make("/i-amber", events, "");
        JsonNode red = make("/i-red", events, ",\"tlp\":\"RED\"");
        JsonNode vendor = make("/i-vendor", events, ",\"stakeholder\":\"vendor\",\"tlp\":\"RED\"");
        JsonNode maker = make("/i-maker", events, ",\"stakeholder\":\"maker\",\"tlp\":\"RED\"");
        JsonNode elsewhere = make("/i-elsewhere", events, ",\"resources\":[\"city-portal\"]");
        SampleAlert leak = SampleAlert.of("leak").target("api").touches("sensors", Alert.Part.TARGET);
        hinomi.publish(leak.tlp(Tlp.GREEN));
        hinomi.awaitAlert("leak", 1);
        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"leak\"}")
                .get("number")
                .asText();
        awaitWritten("incident.opened", incident);
        hinomi.publish(leak.revision(2).tlp(Tlp.AMBER));
        hinomi.awaitAlert("leak", 2);
        awaitRestricted(incident, 1);
        hinomi.publish(leak.revision(3).tlp(Tlp.RED));
        hinomi.awaitAlert("leak", 3);
        awaitRestricted(incident, 2);
        patch(incident, "{\"severity\":\"critical\"}");
        awaitWritten("incident.changed", incident);
        for (JsonNode each : List.of(amber, red, vendor, maker)) {
            TestAlerting.await(() -> standing(each).get("waiting").asLong() == 0);
        }
        assertThat(inOrder("/i-red"))
                .containsExactly("incident.opened", "incident.restricted", "incident.restricted", "incident.changed");
        assertThat(inOrder("/i-amber")).containsExactly("incident.opened", "incident.restricted", "incident.hidden");
        assertThat(inOrder("/i-vendor")).containsExactly("incident.opened", "incident.restricted", "incident.hidden");
        assertThat(inOrder("/i-maker")).containsExactly("incident.opened", "incident.hidden");
        assertThat(calls("/i-elsewhere")).isEmpty();
        JsonNode restricted = calls("/i-vendor").stream()
                .filter(call -> call.type().equals("incident.restricted"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(restricted.at("/change/tlp"))
                .isEqualTo(MAPPER.createObjectNode().put("before", "GREEN").put("after", "AMBER"));
        assertThat(restricted.at("/incident/tlp").asText()).isEqualTo("AMBER");
        for (String path : List.of("/i-amber", "/i-vendor", "/i-maker")) {
            JsonNode hidden = calls(path).stream()
                    .filter(call -> call.type().equals("incident.hidden"))
                    .findFirst()
                    .orElseThrow()
                    .body();
            assertThat(hidden.get("incident").toString()).isEqualTo("{\"number\":\"" + incident + "\"}");
            assertThat(hidden.properties().stream().map(Map.Entry::getKey))
                    .containsExactly("type", "city", "webhook", "time", "sequence", "incident");
        }
        for (JsonNode each : List.of(amber, red, vendor, maker, elsewhere)) {
            remove(each);
        }
    }

    private static void awaitRestricted(String incident, int times) {
        TestAlerting.await(() -> hinomi.query("select count(*) from audit_log where action = 'incident.restricted'"
                        + " and object = 'incident:" + incident + "'")
                .equals(Integer.toString(times)));
        awaitWritten("incident.restricted", incident);
    }

    /** Until each webhook has what it is told of that: what an event shows depends on when it is written. */
    private static void awaitWritten(String action, String incident) {
        TestAlerting.await(() -> hinomi.query(
                        "select count(*) from webhook where state = 'active' and position < (select max(seq) from audit_log"
                                + " where action = '" + action + "' and object = 'incident:" + incident + "')")
                .equals("0"));
    }

    private static List<String> inOrder(String path) {
        return calls(path).stream()
                .sorted(java.util.Comparator.comparing(
                        call -> call.body().get("sequence").asLong()))
                .map(Call::type)
                .toList();
    }

    private static List<String> alerts(String path) {
        return calls(path).stream()
                .filter(call -> call.body().has("alert"))
                .map(call -> call.body().at("/alert/id").asText())
                .distinct()
                .toList();
    }

    @Test
    void whatCannotBeAWebhookIsRefusedWithEveryReason() {
        HttpResponse<String> all = call(
                "POST",
                "",
                "{\"name\":\"x\",\"url\":\"http://192.168.3.4/x\",\"events\":[\"alert.created\"],"
                        + "\"resources\":[\"nowhere\"],\"stakeholder\":\"nobody\"}");
        assertThat(all.statusCode()).isEqualTo(400);
        assertThat(all.body()).contains("not a public address", "no resource 'nowhere'", "no stakeholder 'nobody'");
        assertThat(call("POST", "", wish("/x", "alert.eaten", "")).body())
                .contains("alert.eaten", "choose of alert.created");
        assertThat(call("POST", "", wish("/x", "alert.created", "").replace(base, "http://receiver.example.jp"))
                        .body())
                .contains("does not use https");
        assertThat(call("POST", "", wish("/x", "alert.created", "").replace("http://", "http://me:secret@"))
                        .body())
                .contains("leave it out");
        assertThat(call("POST", "", wish("/x", "report.filed", ",\"stakeholder\":\"vendor\""))
                        .body())
                .contains("None of these events");
        assertThat(call("PUT", "/987654", wish("/x", "alert.created", "")).statusCode())
                .isEqualTo(404);
        // The lead's token sees webhooks and makes none.
        assertThat(call(TestAlerting.TOKEN, "GET", "", "").statusCode()).isEqualTo(200);
        assertThat(call(TestAlerting.TOKEN, "POST", "", wish("/x", "alert.created", ""))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aWebhookIsMadeChangedAndTriedOutInTheConsole() throws Exception {
        Visitor admin = new Visitor(hinomi, "198.51.100.77");
        admin.login("admin", hinomi.password());
        String made = admin.post(
                "/webhooks",
                "/webhooks",
                Map.of(
                        "name", "<b>tickets</b>",
                        "url", base + "/tickets",
                        "events", "alert.created",
                        "severity", "low",
                        "tlp", "AMBER"));
        assertThat(made)
                .startsWith("/webhooks/")
                .contains("whsec_", "&lt;b&gt;tickets")
                .doesNotContain("<b>tickets");
        String page = made.substring(0, made.indexOf(' '));
        assertThat(admin.get(page).body()).doesNotContain("whsec_");
        admin.post(page, page + "/ping", Map.of());
        TestAlerting.await(() -> taken("/tickets").equals(List.of("ping")));
        String refused = admin.post(
                page,
                page,
                Map.of(
                        "name", "kept while it is refused",
                        "url", "http://10.1.2.3/",
                        "events", "alert.created",
                        "severity", "low",
                        "tlp", "AMBER"));
        assertThat(refused).contains("not a public address", "kept while it is refused");
        assertThat(admin.post(page, page + "/suspend", Map.of())).contains("Suspended by admin");
        assertThat(admin.post(page, page + "/resume", Map.of())).contains("Resumed");
        assertThat(admin.post(page, page + "/remove", Map.of())).startsWith("/webhooks ");
        assertThat(admin.get(page).statusCode()).isEqualTo(404);
        assertThat(hinomi.query("select string_agg(action, ' ' order by seq) from audit_log where object = 'webhook:"
                        + page.substring(page.lastIndexOf('/') + 1) + "'"))
                .isEqualTo("webhook.created webhook.pinged webhook.suspended webhook.resumed webhook.removed");
    }
}
