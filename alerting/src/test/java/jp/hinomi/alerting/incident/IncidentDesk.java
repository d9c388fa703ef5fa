package jp.hinomi.alerting.incident;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.RunningInCommon;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.city.Storm;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The desk that works on the incidents of a city, as the tests of incidents and their reports have it in common: one running
 * application on a clock that they hold. Each test works on alerts and incidents of its own, in a week of its own
 * ({@link #newWeek}), so that nothing of one joins, is proposed to or is counted with another's.
 */
abstract class IncidentDesk {
    static final ObjectMapper JSON = new ObjectMapper();

    /** A Wednesday, 10:00 in Tokyo. */
    static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.parse("2026-04-01T01:00:00Z"));

    @RegisterExtension
    static final RunningInCommon IN_COMMON = new RunningInCommon(IncidentDesk::start);

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"");

    static TestAlerting hinomi;

    /** What chat programs and gateways for text messages were sent, by path. */
    static final Map<String, List<String>> POSTED = new ConcurrentHashMap<>();

    private static AutoCloseable start() {
        HttpServer outside = outside();
        String at = "http://localhost:" + outside.getAddress().getPort();
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
                        // Another, without mail.
                        .stakeholder(
                                "keisatsu",
                                Role.AUTHORITY,
                                "ja",
                                Tlp.AMBER,
                                contact(
                                        "keisatsu-room",
                                        new Channel.Chat(
                                                Channel.Chat.Product.MATTERMOST,
                                                "file:" + urlIn(at + "/room"),
                                                Optional.empty()),
                                        new Channel.Phone(
                                                Gateway.Kind.SMS, "+819000000001", "city-sms", Optional.empty())))
                        .notification(new Notification(
                                List.of("127.0.0.1", "localhost"),
                                Map.of("city-sms", smsGateway(URI.create(at + "/sms"))),
                                Optional.empty(),
                                new Storm(10_000, Duration.ofMinutes(10)),
                                List.of(),
                                List.of()))
                        .resource("api")
                        .resource("sensors")
                        .responsible("api", "vendor")
                        .responsible("sensors", "iot")
                        .resource("gate", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
                        .resource("plant", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
                        .responsible("gate", "vendor")
                        // Told only of what is bad.
                        .resource("cellar")
                        .responsible("cellar", "vendor", Duty.OPERATOR, Severity.HIGH, null, null, null)
                        .responsible("plant", "iot")
                        .build(),
                builder -> builder.clock(CLOCK::get));
        return () -> {
            System.clearProperty("HINOMI_EVIDENCE_MAX_MIB");
            hinomi.close();
            outside.stop(0);
        };
    }

    private static HttpServer outside() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                POSTED.computeIfAbsent(exchange.getRequestURI().getPath(), any -> new CopyOnWriteArrayList<>())
                        .add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with the URL of a chat program, which is a secret. */
    private static Path urlIn(String url) {
        try {
            Path file = Files.createTempFile("hinomi-room-", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Gateway smsGateway(URI url) {
        Gateway like = SampleCity.smsGateway();
        return new Gateway(
                "city-sms",
                like.kind(),
                url,
                like.method(),
                like.headers(),
                like.encoding(),
                "{\"to\":\"{{number}}\",\"text\":\"{{text}}\"}",
                like.success(),
                like.maxLength(),
                like.limit(),
                like.window());
    }

    /** The clock goes on to 10:00 in Tokyo of a day that is a week from now, which it returns. */
    static Instant newWeek() {
        return CLOCK.updateAndGet(
                now -> now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(7)).plus(Duration.ofHours(1)));
    }

    /** From the topic to the database, and looked at whether they belong to an incident, before a test goes on. */
    static void arrive(SampleAlert... alerts) {
        hinomi.publish(alerts);
        for (SampleAlert alert : alerts) {
            hinomi.awaitAlert(alert.build().id(), alert.build().revision());
        }
        awaitJoined();
    }

    static void awaitJoined() {
        TestAlerting.await(() -> hinomi.query("select count(*) from join_queue").equals("0"));
    }

    static JsonNode send(String method, String path, String body, int status) {
        HttpResponse<String> response = TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    static HttpResponse<byte[]> file(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    static String text(String path) throws IOException, InterruptedException {
        return new String(file(path).body(), StandardCharsets.UTF_8);
    }

    /** What a reader of a PDF sees. */
    static String pages(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    static String json(Map<String, ?> value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }

    /** Its address in the API. */
    static String open(String alert) {
        return "/api/v1/incidents/"
                + send("POST", "/api/v1/incidents", "{\"alert\":\"" + alert + "\"}", 200)
                        .get("number")
                        .asText();
    }

    /** @param path its address in the API */
    static String number(String path) {
        return path.substring("/api/v1/incidents/".length());
    }

    /** The alerts that are in it, in the order of their ids. */
    static String attached(String number) {
        return hinomi.query("select string_agg(alert_id, ',' order by alert_id) from incident_alert ia"
                + " join incident i on i.id = ia.incident_id where detached_at is null and number = '" + number + "'");
    }

    /** A page of the console. */
    static String console(String path) {
        return TestAlerting.send(
                        HttpRequest.newBuilder(URI.create(hinomi.url(path))).header("Cookie", hinomi.session()))
                .body();
    }

    /** A form of the console. */
    static void post(String path, String form) {
        String session = hinomi.session();
        Matcher token = TOKEN.matcher(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/operations")))
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

    /** The session of somebody who has logged in at the console, for a browser. */
    static List<Cookie> loggedIn() {
        return List.of(new Cookie("hinomi-session", hinomi.session().replaceFirst("^hinomi-session=", ""))
                .setUrl(hinomi.url("/")));
    }

    /** {@code -Dhinomi.images=DIR} keeps the page. */
    static void shot(Page page, String name) {
        String directory = System.getProperty("hinomi.images");
        if (directory != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + ".png"))
                    .setFullPage(true));
        }
    }
}
