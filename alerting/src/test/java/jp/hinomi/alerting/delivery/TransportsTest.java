package jp.hinomi.alerting.delivery;

import static jp.hinomi.alerting.delivery.OneContact.channels;
import static jp.hinomi.alerting.delivery.OneContact.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receivers of every kind, as they should be and as they should not, each a real server. */
class TransportsTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(2);

    record Call(String method, URI uri, Map<String, String> headers, String body) {}

    @TempDir
    static Path folder;

    private static HttpServer server;
    private static final List<Call> CALLS = new CopyOnWriteArrayList<>();
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();
    private static HttpSender http;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            URI uri = exchange.getRequestURI();
            CALLS.add(new Call(exchange.getRequestMethod(), uri, headers, body));
            String path = uri.getPath();
            byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
            int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
            if (path.equals("/echo")) {
                status = 400;
                answer = ("no such hook " + uri.getPath() + "?" + uri.getQuery() + " secret-value")
                        .getBytes(StandardCharsets.UTF_8);
            } else if (path.equals("/token")) {
                answer =
                        "{\"access_token\":\"the-token\",\"token_type\":\"Bearer\",\"expires_in\":\"86400\",\"scope\":\"bot\"}"
                                .getBytes(StandardCharsets.UTF_8);
            } else if (path.startsWith("/v1.0/")) {
                status = 201;
            } else if (path.equals("/sms-wrong")) {
                answer = "{\"result\":\"no credit\"}".getBytes(StandardCharsets.UTF_8);
            } else if (path.equals("/sms")) {
                answer = "{\"result\":\"queued\"}".getBytes(StandardCharsets.UTF_8);
            }
            if (status / 100 == 3) {
                exchange.getResponseHeaders().add("Location", base + "/stolen");
            } else if (status == 429) {
                exchange.getResponseHeaders().add("Retry-After", "120");
            } else if (status == 503) {
                exchange.getResponseHeaders().add("Retry-After", "Wed, 01 Jul 2026 00:05:00 GMT");
            }
            if (path.equals("/hang")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                await(OVER);
            } else if (path.equals("/endless")) {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[65536];
                try {
                    while (OVER.getCount() > 0) {
                        exchange.getResponseBody().write(block);
                    }
                } catch (IOException e) {
                    // That the client goes is what the test waits for.
                }
            } else {
                exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
                if (status != 204) {
                    exchange.getResponseBody().write(answer);
                }
            }
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        http = sender("127.0.0.1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        OVER.countDown();
        server.stop(0);
        http.close();
    }

    private static HttpSender sender(String... allow) {
        return new HttpSender(
                new EgressGuard(List.of(allow)),
                Optional.empty(),
                new Secrets(ENVIRONMENT),
                SHORT,
                InstantSource.fixed(NOW));
    }

    private static List<Call> calls(String path) {
        return CALLS.stream().filter(call -> call.uri().getPath().equals(path)).toList();
    }

    private static SendResult webhook(String path) {
        Channel hook = new Channel.Webhook(URI.create(base + path), Optional.empty());
        return new WebhookTransport(http, new Secrets(ENVIRONMENT), channels(hook), InstantSource.fixed(NOW))
                .send(message(hook, Map.of("a", 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "200,sent", "202,sent", "204,sent", "301,dead", "302,dead", "307,dead", "308,dead", "400,dead", "401,dead",
        "403,dead", "404,dead", "408,retry", "410,gone", "413,dead", "422,dead", "425,retry", "429,retry", "500,retry",
        "502,retry", "503,retry"
    })
    void whatAStatusMeans(int status, String meaning) {
        SendResult result = webhook("/status/" + status);
        String was = result instanceof SendResult.Sent
                ? "sent"
                : result instanceof SendResult.Refused refused ? refused.gone() ? "gone" : "dead" : "retry";
        assertThat(was).isEqualTo(meaning);
        assertThat(calls("/stolen")).isEmpty();
        if (status == 429) {
            assertThat(((SendResult.Failed) result).retryAfter()).contains(Duration.ofSeconds(120));
        } else if (status == 503) {
            assertThat(((SendResult.Failed) result).retryAfter()).contains(Duration.ofMinutes(5));
        }
    }

    @Test
    void anAnswerThatNeverEndsIsOverInTime() {
        long start = System.nanoTime();
        SendResult hanging = webhook("/hang");
        assertThat(hanging).as("its status said that it is taken").isInstanceOf(SendResult.Sent.class);
        SendResult endless = webhook("/endless");
        assertThat(endless).as("64 KiB are enough of an answer").isInstanceOf(SendResult.Sent.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0"})
    void nothingIsSentToThisMachineUnlessTheCityAllowsIt(String host) throws IOException {
        try (HttpSender strict = sender()) {
            int before = CALLS.size();
            HttpAnswer answer = strict.send(HttpCall.post(
                    URI.create("http://" + host + ":" + server.getAddress().getPort() + "/ssrf"),
                    "text/plain",
                    new byte[] {'x'}));
            assertThat(answer.result()).isNotInstanceOf(SendResult.Sent.class);
            assertThat(CALLS).hasSize(before);
            if (!host.matches("\\d+")) {
                assertThat(answer).isInstanceOf(HttpAnswer.OffLimits.class);
                assertThat(answer.result().detail()).contains("is not a public address", "egress: {allow: […]}");
            }
        }
    }

    @Test
    void aHostThatTheCityNamesMayBeInside() throws IOException {
        try (HttpSender named = sender("localhost")) {
            assertThat(named.send(HttpCall.post(
                                    URI.create("http://localhost:"
                                            + server.getAddress().getPort() + "/named"),
                                    "text/plain",
                                    new byte[] {'x'}))
                            .result())
                    .isInstanceOf(SendResult.Sent.class);
        }
    }

    @Test
    void aSecretIsTakenOutBeforeTheAnswerIsCut() {
        List<String> secrets = Hidden.of(URI.create("https://chat.example.jp/hooks/abc?key=se%2Fcret-value"));
        for (String said : List.of("se%2Fcret-value", "se/cret-value", "/hooks/abc")) {
            HttpAnswer answer =
                    new HttpAnswer.Answered(400, "x".repeat(295) + said, Optional.empty(), Optional.empty());
            assertThat(answer.hiding(secrets).result().detail()).endsWith("xx•••");
        }
        HttpAnswer moved = new HttpAnswer.Answered(
                302, "", Optional.empty(), Optional.of("https://other.example.jp/hooks/abc?" + "y".repeat(60_000)));
        assertThat(moved.hiding(secrets).result().detail())
                .doesNotContain("/hooks/abc")
                .hasSizeLessThan(500);
    }

    @Test
    void theUrlOfAChatRoomIsASecretThatNoErrorRepeats() throws IOException {
        try (HttpSender named = sender("localhost", "127.0.0.1")) {
            ENVIRONMENT.put("ROOM", "http://localhost:" + server.getAddress().getPort() + "/echo?token=secret-value");
            Channel room = new Channel.Chat(Channel.Chat.Product.SLACK, "env:ROOM", Optional.empty());
            ChatTransport slack =
                    new ChatTransport(Channel.Chat.Product.SLACK, named, new Secrets(ENVIRONMENT), channels(room));
            SendResult refused = slack.send(message(room, Map.of("text", "x")));
            assertThat(refused).isInstanceOf(SendResult.Refused.class);
            assertThat(refused.detail()).startsWith("HTTP 400").doesNotContain("/echo", "secret-value");
            assertThat(calls("/echo").get(0).headers()).containsKey("idempotency-key");

            ENVIRONMENT.put("ROOM", "not a url secret-value");
            assertThat(slack.send(message(room, Map.of())).detail())
                    .contains("env:ROOM", "copy the URL")
                    .doesNotContain("secret-value");
            ENVIRONMENT.put("ROOM", "http://chat.example.jp/secret-value");
            assertThat(slack.send(message(room, Map.of())).detail())
                    .contains("does not use https")
                    .doesNotContain("secret-value");
            ENVIRONMENT.remove("ROOM");
            assertThat(slack.send(message(room, Map.of())).detail()).contains("set the environment variable ROOM");
        }
    }

    @Test
    void aBotOfLineWorksGetsItsTokenOnceAndWrites() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path key = Files.writeString(
                folder.resolve("line-works.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        ENVIRONMENT.put("LW_SECRET", "client secret");
        Channel.LineWorks bot = new Channel.LineWorks(
                "2000001",
                "channels/abc-def",
                "client-1",
                "env:LW_SECRET",
                "svc.serviceaccount@minato",
                "file:" + key,
                URI.create(base + "/v1.0"),
                URI.create(base + "/token"),
                Optional.empty());
        LineWorksTransport transport =
                new LineWorksTransport(http, new Secrets(ENVIRONMENT), channels(bot), InstantSource.fixed(NOW));
        Object body = Map.of("content", Map.of("type", "text", "text", "火の見"));
        assertThat(transport.send(message(bot, body))).isEqualTo(new SendResult.Sent("HTTP 201"));
        assertThat(transport.send(message(bot, body))).isInstanceOf(SendResult.Sent.class);

        assertThat(calls("/token")).as("the token is kept").hasSize(1);
        Map<String, String> form = form(calls("/token").get(0).body());
        assertThat(form)
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .containsEntry("client_id", "client-1")
                .containsEntry("client_secret", "client secret")
                .containsEntry("scope", "bot");
        String[] jwt = form.get("assertion").split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
        JsonNode claims = Columns.tree(new String(Base64.getUrlDecoder().decode(jwt[1]), StandardCharsets.UTF_8));
        assertThat(claims.get("iss").asText()).isEqualTo("client-1");
        assertThat(claims.get("sub").asText()).isEqualTo("svc.serviceaccount@minato");
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isLessThanOrEqualTo(3600);

        Call sent = calls("/v1.0/bots/2000001/channels/abc-def/messages").get(0);
        assertThat(sent.headers()).containsEntry("authorization", "Bearer the-token");
        assertThat(Columns.tree(sent.body()).at("/content/text").asText()).isEqualTo("火の見");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Gateway gateway(String path, Gateway.Encoding encoding, String body, String success) {
        return new Gateway(
                "main",
                Gateway.Kind.SMS,
                URI.create(base + path),
                Gateway.Method.POST,
                Map.of("Authorization", "env:SMS_AUTH"),
                encoding,
                body,
                Optional.ofNullable(success),
                300,
                5,
                Duration.ofMinutes(15));
    }

    @Test
    void textForAGatewayIsEscapedWhateverItSays() {
        ENVIRONMENT.put("SMS_AUTH", "Bearer sms-secret");
        Channel.Phone phone = new Channel.Phone(Gateway.Kind.SMS, "+819000000000", "main", Optional.empty());
        String hostile = "\"}, \"to\": \"+1\" & text=x {{number}} \\ 火\n";
        Gateway json =
                gateway("/sms", Gateway.Encoding.JSON, "{\"to\": \"{{number}}\", \"text\": \"{{text}}\"}", "queued");
        PhoneTransport transport =
                new PhoneTransport(Gateway.Kind.SMS, http, new Secrets(ENVIRONMENT), channels(phone, json));
        assertThat(transport.send(message(phone, Map.of("text", hostile)))).isInstanceOf(SendResult.Sent.class);
        Call call = calls("/sms").get(calls("/sms").size() - 1);
        assertThat(Columns.tree(call.body()).get("text").asText()).isEqualTo(hostile);
        assertThat(Columns.tree(call.body()).get("to").asText()).isEqualTo("+819000000000");
        assertThat(call.headers()).containsEntry("authorization", "Bearer sms-secret");

        Gateway form = gateway("/sms", Gateway.Encoding.FORM, "To={{number}}&Body={{text}}&Ref={{id}}", null);
        new PhoneTransport(Gateway.Kind.SMS, http, new Secrets(ENVIRONMENT), channels(phone, form))
                .send(message(phone, Map.of("text", hostile)));
        call = calls("/sms").get(calls("/sms").size() - 1);
        assertThat(form(call.body()))
                .containsEntry("Body", hostile)
                .containsEntry("To", "+819000000000")
                .hasSize(3);
    }

    @Test
    void aGatewayThatSaysOkAndMeansNoHasNotTakenIt() {
        ENVIRONMENT.put("SMS_AUTH", "Bearer sms-secret");
        Channel.Phone phone = new Channel.Phone(Gateway.Kind.SMS, "+819000000000", "main", Optional.empty());
        Gateway wrong = gateway("/sms-wrong", Gateway.Encoding.JSON, "{{number}} {{text}}", "\"result\":\"queued\"");
        SendResult result = new PhoneTransport(Gateway.Kind.SMS, http, new Secrets(ENVIRONMENT), channels(phone, wrong))
                .send(message(phone, Map.of("text", "x")));
        assertThat(result).as("not asked dozens of times").isInstanceOf(SendResult.Refused.class);
        assertThat(result.detail()).contains("without what 'success' asks for", "no credit");
    }

    @Test
    void aChannelThatIsGoneFromTheFilesGetsNothing() {
        Channel.Phone phone = new Channel.Phone(Gateway.Kind.SMS, "+819000000000", "main", Optional.empty());
        Channel.Phone other = new Channel.Phone(Gateway.Kind.SMS, "+819000000001", "main", Optional.empty());
        SendResult result = new PhoneTransport(Gateway.Kind.SMS, http, new Secrets(ENVIRONMENT), channels(other))
                .send(message(phone, Map.of("text", "x")));
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        assertThat(result.detail()).contains("'the-contact' has no channel sms +819000000000 any more");

        Channel hook = new Channel.Webhook(URI.create(base + "/removed"), Optional.empty());
        SendResult called = new WebhookTransport(
                        http, new Secrets(ENVIRONMENT), channels(other), InstantSource.fixed(NOW))
                .send(message(hook, Map.of("a", 1)));
        assertThat(called).isInstanceOf(SendResult.Refused.class);
        assertThat(called.detail()).contains("has no channel webhook " + base + "/removed any more");
        assertThat(calls("/removed")).isEmpty();
    }

    /** As it was rotated in the files, not as it was when the message was written. */
    @Test
    void aWebhookIsSignedWithTheSecretOfToday() {
        ENVIRONMENT.put("HOOK_KEY", "of today");
        URI url = URI.create(base + "/rotated");
        Channel.Webhook today = new Channel.Webhook(url, Optional.of("env:HOOK_KEY"));
        assertThat(new WebhookTransport(http, new Secrets(ENVIRONMENT), channels(today), InstantSource.fixed(NOW))
                        .send(message(new Channel.Webhook(url, Optional.of("env:OF_YESTERDAY")), Map.of("a", 1))))
                .isInstanceOf(SendResult.Sent.class);
        Call call = calls("/rotated").get(0);
        assertThat(call.headers().get("hinomi-signature"))
                .isEqualTo(WebhookSignature.of(
                        "of today".getBytes(StandardCharsets.UTF_8),
                        call.headers().get("hinomi-timestamp"),
                        call.body().getBytes(StandardCharsets.UTF_8)));
    }
}
