package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.alerting.audit.AuditVerification;
import jp.hinomi.alerting.delivery.WebhookSignature;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to messages when the other side does not behave. */
class DeliveryTest {
    private static final String KEY = "a shared secret";

    @TempDir
    static Path folder;

    private static HttpServer hooks;
    private static PostgresServer postgres;
    private static final AtomicInteger HANGING = new AtomicInteger();
    private static final AtomicInteger HANGING_MOST = new AtomicInteger();
    private static final CountDownLatch RELEASE = new CountDownLatch(1);
    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();
    private static final List<Call> CALLS = new CopyOnWriteArrayList<>();
    private static TestAlerting hinomi;

    record Call(String path, String signature, String timestamp, String idempotencyKey, byte[] body, int answered) {}

    @BeforeAll
    static void start() throws IOException {
        Path secret = Files.writeString(folder.resolve("hook-secret"), KEY + "\n");
        hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.setExecutor(java.util.concurrent.Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "hooks");
            thread.setDaemon(true);
            return thread;
        }));
        hooks.createContext("/hang", exchange -> {
            exchange.getRequestBody().readAllBytes();
            int together = HANGING.incrementAndGet();
            HANGING_MOST.accumulateAndGet(together, Math::max);
            try {
                RELEASE.await(60, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hooks.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 204;
            if (path.equals("/flaky") && FAILURES_LEFT.getAndDecrement() > 0) {
                status = 500;
            } else if (path.equals("/gone")) {
                status = 410;
            } else if (path.equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                status = 302;
            }
            CALLS.add(new Call(
                    path,
                    exchange.getRequestHeaders().getFirst("Hinomi-Signature"),
                    exchange.getRequestHeaders().getFirst("Hinomi-Timestamp"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    body,
                    status));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        hooks.start();
        String base = "http://127.0.0.1:" + hooks.getAddress().getPort();
        City city = new SampleCity()
                .stakeholder(
                        "mailed",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("mailed-noc", mail("noc@mailed.example.jp")))
                .stakeholder(
                        "refused",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("refused-noc", mail("gone@refused.example.jp")))
                .stakeholder(
                        "flaky",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact("flaky-soar", webhook(base + "/flaky", "file:" + secret)))
                .stakeholder(
                        "secretless",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact("secretless-soar", webhook(base + "/x", "env:HINOMI_NO_SUCH_SECRET")))
                .stakeholder(
                        "moved",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact("moved-soar", webhook(base + "/redirect", "file:" + secret)))
                .stakeholder(
                        "tested",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact("proven-soar", webhook(base + "/proven", "file:" + secret)),
                        contact("tested-soar", webhook(base + "/redirect?only-tests", "file:" + secret)))
                .stakeholder(
                        "hangs",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact("hangs-soar", webhook(base + "/hang", "file:" + secret)))
                .stakeholder(
                        "gone",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact("gone-soar", webhook(base + "/gone", "file:" + secret)))
                .stakeholder(
                        "inside",
                        Role.SECURITY_SERVICE,
                        "en",
                        Tlp.AMBER,
                        contact(
                                "inside-soar",
                                webhook(
                                        "http://127.0.0.2:" + hooks.getAddress().getPort() + "/inside",
                                        "file:" + secret)))
                .resource("by-hanging")
                .responsible("by-hanging", "hangs")
                .resource("by-gone")
                .escalation("from-gone", Duration.ofMinutes(15), "gone-soar", "mailed-noc")
                .responsible("by-gone", "gone", Duty.OPERATOR, null, "from-gone", null, null)
                .resource("by-inside")
                .responsible("by-inside", "inside")
                .resource("by-mail")
                .responsible("by-mail", "mailed")
                .resource("by-refused")
                .responsible("by-refused", "refused")
                .resource("by-hook")
                .responsible("by-hook", "flaky")
                .resource("by-secretless")
                .responsible("by-secretless", "secretless")
                .resource("by-moved")
                .responsible("by-moved", "moved")
                .build();
        postgres = PostgresServer.start(new PostgresServer.Settings(folder.resolve("postgres"), 0));
        postgres.createDatabaseIfMissing("alerting");
        // What was leased when the database went waits for the end of its lease.
        DeliverySettings standard = DeliverySettings.standard();
        DeliverySettings impatient = new DeliverySettings(
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                standard.stormLimit(),
                standard.stormWindow(),
                standard.linkValidity());
        hinomi = TestAlerting.start(
                city,
                builder -> builder.delivery(impatient),
                new TestPostgres.Database(postgres.jdbcUrl("alerting"), postgres.user(), postgres.password()));
    }

    @AfterAll
    static void stop() {
        RELEASE.countDown();
        hinomi.close();
        hooks.stop(0);
        postgres.close();
    }

    private static JsonNode delivery(String alert) {
        return hinomi.get("/api/v1/alerts/" + alert).get("deliveries").get(0);
    }

    @Test
    void whatWasWrittenWhileTheMailServerWasDownArrivesOnceItIsBack() {
        hinomi.mail().stop();
        for (int i = 0; i < 3; i++) {
            hinomi.publish(SampleAlert.of("down-" + i).target("by-mail"));
        }
        hinomi.awaitAlert("down-2", 1);
        TestAlerting.await(() ->
                Integer.parseInt(hinomi.query("select count(*) from delivery_attempt where result = 'failed'")) >= 3);
        hinomi.mail().resume();
        TestAlerting.await(() -> hinomi.mail().receivedBy("noc@mailed.example.jp").stream()
                        .filter(mail -> mail.text().contains("down-"))
                        .count()
                == 3);
        TestAlerting.await(() -> delivery("down-0").get("state").asText().equals("sent"));
        JsonNode attempts = delivery("down-0").get("attempts");
        assertThat(attempts.size()).isGreaterThan(1);
        assertThat(attempts.get(0).get("result").asText()).isEqualTo("failed");
        assertThat(attempts.get(0).get("detail").asText()).isNotBlank();
        assertThat(attempts.get(attempts.size() - 1).get("result").asText()).isEqualTo("sent");
    }

    @Test
    void aRefusedMailboxIsADeadLetterAtOnce() {
        hinomi.mail().refuse(recipient -> recipient.startsWith("gone@"));
        hinomi.publish(SampleAlert.of("refused").target("by-refused"));
        hinomi.awaitAlert("refused", 1);
        TestAlerting.await(() -> delivery("refused").get("state").asText().equals("dead"));
        assertThat(delivery("refused").get("attempts")).hasSize(1);
        assertThat(delivery("refused").get("last_error").asText()).contains("no such mailbox");
    }

    @Test
    void aWebhookThatFailsIsCalledAgainAndTheCallsAreSigned() throws IOException {
        FAILURES_LEFT.set(2);
        hinomi.publish(SampleAlert.of("hook").target("by-hook"));
        TestAlerting.await(
                () -> CALLS.stream().anyMatch(call -> call.path().equals("/flaky") && call.answered() == 204));
        List<Call> calls =
                CALLS.stream().filter(call -> call.path().equals("/flaky")).toList();
        assertThat(calls).extracting(Call::answered).containsExactly(500, 500, 204);
        assertThat(calls)
                .extracting(Call::idempotencyKey)
                .containsOnly(calls.get(0).idempotencyKey());
        Call last = calls.get(2);
        assertThat(last.signature())
                .isEqualTo(WebhookSignature.of(KEY.getBytes(StandardCharsets.UTF_8), last.timestamp(), last.body()));
        JsonNode body = new ObjectMapper().readTree(last.body());
        assertThat(body.get("alert").get("id").asText()).isEqualTo("hook");
        assertThat(body.get("alert").get("evidence")).hasSize(2);
        assertThat(body.get("acknowledge").get("url").asText()).contains("/a/");
        TestAlerting.await(() -> delivery("hook").get("state").asText().equals("sent"));
        assertThat(delivery("hook").get("attempts").get(0).get("detail").asText())
                .isEqualTo("HTTP 500");
    }

    @Test
    void anUnknownSecretIsADeadLetterThatSaysWhatToDo() {
        hinomi.publish(SampleAlert.of("secretless").target("by-secretless"));
        hinomi.awaitAlert("secretless", 1);
        TestAlerting.await(() -> delivery("secretless").get("state").asText().equals("dead"));
        assertThat(delivery("secretless").get("last_error").asText())
                .contains("env:HINOMI_NO_SUCH_SECRET is unknown", "set the environment variable");
        assertThat(CALLS).noneMatch(call -> call.path().equals("/x"));
    }

    /** With as many threads as it had messages, one that hangs kept all others waiting for twenty seconds each. */
    @Test
    void aReceiverThatHangsKeepsNobodyElseWaiting() {
        for (int i = 0; i < 12; i++) {
            hinomi.publish(SampleAlert.of("hang-" + i).target("by-hanging"));
        }
        TestAlerting.await(() -> HANGING.get() >= 2);
        hinomi.publish(SampleAlert.of("beside").target("by-gone"));
        TestAlerting.await(() -> CALLS.stream().anyMatch(call -> call.path().equals("/gone")));
        assertThat(HANGING_MOST.get()).as("under way to one receiver").isEqualTo(2);
        assertThat(hinomi.query("select count(*) from delivery_attempt a join delivery d on d.id = a.delivery_id"
                        + " where d.contact_id = 'hangs-soar'"))
                .as("none of those that hang is over")
                .isEqualTo("0");
        // It says that it is gone: that is remembered, the next step comes at once, and the operator hears of it.
        hinomi.mail()
                .await(
                        SOON,
                        mail -> mail.recipient().equals("noc@mailed.example.jp")
                                && mail.text().contains("beside"));
        assertThat(delivery("beside").get("attempts")).hasSize(1);
        assertThat(hinomi.query("select gone_at is not null from channel_state where contact_id = 'gone-soar'"))
                .isEqualTo("t");
        assertThat(hinomi.query("select count(*) from alarm where kind = 'dead-letter' and object like '%/gone'"))
                .isEqualTo("1");
        RELEASE.countDown();
        TestAlerting.await(
                () -> hinomi.query("select count(*) from delivery where contact_id = 'hangs-soar' and state = 'sent'")
                        .equals("12"));
    }

    @Test
    void whatLeadsInsideIsNotCalled() {
        hinomi.publish(SampleAlert.of("inside").target("by-inside"));
        hinomi.awaitAlert("inside", 1);
        TestAlerting.await(() -> delivery("inside").get("state").asText().equals("dead"));
        assertThat(delivery("inside").get("last_error").asText()).contains("127.0.0.2", "not a public address");
        assertThat(CALLS).noneMatch(call -> call.path().equals("/inside"));
    }

    @Test
    void redirectsAreNotFollowed() {
        hinomi.publish(SampleAlert.of("moved").target("by-moved"));
        hinomi.awaitAlert("moved", 1);
        TestAlerting.await(() -> delivery("moved").get("state").asText().equals("dead"));
        assertThat(delivery("moved").get("last_error").asText()).contains("redirects are not followed");
        assertThat(CALLS).noneMatch(call -> call.path().equals("/elsewhere"));
    }

    @Test
    void aPendingMessageSurvivesARestart() {
        hinomi.mail().stop();
        hinomi.publish(SampleAlert.of("restart").target("by-mail"));
        hinomi.awaitAlert("restart", 1);
        hinomi.restart();
        assertThat(hinomi.running().initialAdminPassword()).isEmpty();
        hinomi.mail().resume();
        hinomi.mail().await(SOON, mail -> mail.text().contains("restart"));
        assertThat(hinomi.query("select count(*) from alert where id = 'restart'"))
                .isEqualTo("1");
    }

    @Test
    void whileTheDatabaseIsRestartedNothingIsLost() {
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                int port = postgres.port();
                postgres.close();
                postgres = PostgresServer.start(new PostgresServer.Settings(folder.resolve("postgres"), port));
            }
            hinomi.publish(SampleAlert.of("restarted-database-" + i).target("by-mail"));
        }
        for (int i = 0; i < 10; i++) {
            String id = "restarted-database-" + i;
            hinomi.mail().await(SOON, mail -> mail.text().contains(id));
            TestAlerting.await(
                    () -> hinomi.query("select count(*) from delivery where alert_id = '" + id + "' and state = 'sent'")
                            .equals("1"));
            // One that the mail server had accepted when the database went cannot be known to be there.
            assertThat(hinomi.mail().received().stream()
                            .filter(mail -> mail.text().contains(id))
                            .count())
                    .isBetween(1L, 2L);
        }
        assertThat(AuditVerification.verify(hinomi.database(), Optional.empty()).findings())
                .isEmpty();
    }

    @Test
    void deadLettersOfAPreviewAreSentAgainOverTheApiAndNoOthers() {
        hinomi.publish(SampleAlert.of("again-by-api").target("by-secretless"));
        TestAlerting.await(() -> state("again-by-api").equals("dead 1"));
        String choice = "?contact=secretless-soar&error=no_such_secret";
        JsonNode preview = hinomi.get("/api/v1/dead-letters" + choice);
        assertThat(preview.get("count").asInt()).isPositive();
        assertThat(preview.get("newest").findValuesAsText("error"))
                .allMatch(error -> error.contains("HINOMI_NO_SUCH_SECRET"));
        String wish = "{\"contact\":\"secretless-soar\",\"error\":\"no_such_secret\",\"up_to\":"
                + preview.get("up_to").asLong() + ",\"count\":";
        long count = preview.get("count").asLong();
        assertThatThrownBy(() -> hinomi.post("/api/v1/dead-letters/again", wish + (count + 1) + "}"))
                .hasMessageContaining("409")
                .hasMessageContaining("nothing was sent");
        assertThatThrownBy(() -> hinomi.post("/api/v1/dead-letters/again", "{}"))
                .hasMessageContaining("400");
        assertThat(state("again-by-api")).isEqualTo("dead 1");
        assertThat(hinomi.post("/api/v1/dead-letters/again", wish + count + "}")
                        .get("count")
                        .asLong())
                .isEqualTo(count);
        TestAlerting.await(() -> state("again-by-api").equals("dead 2"));
        assertThat(hinomi.query("select actor from audit_log where action = 'delivery.retried-all' order by seq desc"))
                .startsWith("account:");
    }

    private static String state(String alert) {
        return hinomi.query("select state || ' ' || attempts from delivery where alert_id = '" + alert
                + "' and contact_id = 'secretless-soar'");
    }

    private static JsonNode channel(String contact) {
        for (JsonNode row : hinomi.get("/api/v1/channels").get("items")) {
            if (row.get("contact").asText().equals(contact)) {
                return row;
            }
        }
        throw new AssertionError("no channel of " + contact);
    }

    private static JsonNode tested(JsonNode asked) {
        long id = asked.get(0).get("id").asLong();
        TestAlerting.await(() ->
                !hinomi.get("/api/v1/channel-tests/" + id).get("state").asText().equals("pending"));
        return hinomi.get("/api/v1/channel-tests/" + id);
    }

    @Test
    void aTestGoesTheWayOfAlertsSaysThatItIsOneAndProvesTheChannel() throws IOException {
        JsonNode result = tested(hinomi.post("/api/v1/channels/mailed/mailed-noc/email/test", ""));
        assertThat(result.get("state").asText()).isEqualTo("sent");
        assertThat(result.get("latency_ms").asLong()).isPositive();
        assertThat(hinomi.mail().receivedBy("noc@mailed.example.jp"))
                .anySatisfy(mail -> assertThat(mail.text()).contains("みなと市の火の見からのテストです", "対応は必要ありません"));
        assertThat(channel("mailed-noc").get("state").asText()).isEqualTo("works");
        assertThat(hinomi.query("select actor from audit_log where action = 'channel.tested' and object = 'delivery:"
                        + result.get("id").asLong() + "'"))
                .isEqualTo("api-token");

        assertThat(tested(hinomi.post("/api/v1/channels/tested/proven-soar/test", ""))
                        .get("state")
                        .asText())
                .isEqualTo("sent");
        Call call = CALLS.stream()
                .filter(one -> new String(one.body(), StandardCharsets.UTF_8).contains("channel.test"))
                .findFirst()
                .orElseThrow();
        assertThat(call.signature())
                .isEqualTo(WebhookSignature.of(KEY.getBytes(StandardCharsets.UTF_8), call.timestamp(), call.body()));
        assertThat(new ObjectMapper().readTree(call.body()).get("text").asText())
                .contains("This is a test");

        // A second at once would be one too many.
        assertThatThrownBy(() -> hinomi.post("/api/v1/channels/tested/proven-soar/test", ""))
                .hasMessageContaining("HTTP 429")
                .hasMessageContaining("once in 1 min");
        assertThatThrownBy(() -> hinomi.post("/api/v1/channels/tested/nobody/test", ""))
                .hasMessageContaining("HTTP 404");
    }

    @Test
    void aTestThatDoesNotArriveSaysWhyAndAlarmsNobody() {
        JsonNode result = tested(hinomi.post("/api/v1/channels/tested/tested-soar/webhook/test", ""));
        assertThat(result.get("state").asText()).isEqualTo("dead");
        assertThat(result.get("detail").asText()).contains("redirects are not followed");
        JsonNode state = channel("tested-soar");
        assertThat(state.get("state").asText()).isEqualTo("fails");
        assertThat(state.get("last_error").asText()).contains("redirects are not followed");
        assertThat(state.get("last_failed").isNull()).isFalse();
        assertThat(hinomi.query("select count(*) from alarm where object like '%only-tests'"))
                .isEqualTo("0");
    }

    @Test
    void thePageOfChannelsShowsThemAll() {
        String page = TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/channels")))
                        .header("Cookie", hinomi.session())
                        .header("Accept-Language", "en"))
                .body();
        assertThat(page).contains("noc@mailed.example.jp", "/redirect", "Last success", "Test all");
    }

    @Test
    void whatARecipientSawCanBeOpenedButNotAnsweredInItsNameAndTheLookIsRecorded() {
        hinomi.publish(SampleAlert.of("seen").target("by-mail"));
        hinomi.mail().await(SOON, mail -> mail.text().contains("seen"));
        long id = delivery("seen").get("id").asLong();
        String session = hinomi.session();
        HttpResponse<String> page =
                TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/deliveries/" + id)))
                        .header("Cookie", session));
        String sent = hinomi.query("select message ->> 'subject' from delivery where id = " + id);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(sent, "/deliveries/" + id + "/mail", "sandbox=\"\"");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("frame-src 'self'");

        HttpResponse<String> mail =
                TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/deliveries/" + id + "/mail")))
                        .header("Cookie", session));
        assertThat(mail.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("sandbox", "default-src 'none'")
                .doesNotContain("script");
        assertThat(hinomi.query("select message ->> 'html' from delivery where id = " + id))
                .containsPattern("/a/[A-Za-z0-9_-]{20}");
        for (String shown : List.of(
                page.body(),
                mail.body(),
                hinomi.get("/api/v1/deliveries/" + id + "/message").toString())) {
            assertThat(shown).contains("/a/***").doesNotContainPattern("/a/[A-Za-z0-9_-]{20}");
        }
        assertThat(hinomi.query("select string_agg(actor, ' ' order by seq) from audit_log"
                        + " where action = 'delivery.read' and object = 'delivery:" + id + "'"))
                .isEqualTo("account:admin api-token");
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/deliveries/" + id))))
                        .statusCode())
                .isEqualTo(302);
    }
}
