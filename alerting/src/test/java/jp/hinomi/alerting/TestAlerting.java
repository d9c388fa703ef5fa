package jp.hinomi.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.city.City;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.TestKafka;
import jp.hinomi.testing.TestMail;
import jp.hinomi.testing.TestPostgres;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Alerting as it runs, on a real broker, a database of its own and a real mail server. */
public final class TestAlerting implements AutoCloseable {
    public static final String TOKEN = "a-token-for-tests-only";
    public static final Duration SOON = Duration.ofSeconds(90);

    private final TestPostgres.Database database;
    private final TestMail mail = TestMail.start();
    private AlertingSettings settings;
    private RunningAlerting running;
    private final String password;

    private TestAlerting(City city, UnaryOperator<AlertingSettings.Builder> more, TestPostgres.Database database) {
        RunningInCommon.closeIfOpen();
        this.database = database;
        createTopic();
        settings = more.apply(AlertingSettings.builder(
                                city,
                                TestKafka.shared().bootstrapServers(),
                                new AlertingSettings.Database(database.jdbcUrl(), database.user(), database.password()))
                        .port(0)
                        .bind("127.0.0.1")
                        .smtp(new SmtpSettings(
                                mail.host(),
                                mail.port(),
                                Optional.of(new SmtpSettings.Login(mail.user(), mail.password())),
                                SmtpSettings.Security.STARTTLS_REQUIRED))
                        .mailFrom("みなと市 CSIRT <hinomi@minato.example.jp>")
                        .apiToken(TOKEN)
                        .retry(Duration.ofMillis(200), Duration.ofMillis(500)))
                .build();
        running = AlertingService.start(settings);
        password = running.initialAdminPassword().orElseThrow();
        running.initialAdminPasswordShown();
    }

    public static TestAlerting start(City city) {
        return start(city, builder -> builder);
    }

    public static TestAlerting start(City city, UnaryOperator<AlertingSettings.Builder> more) {
        return new TestAlerting(city, more, TestPostgres.shared().newDatabase());
    }

    /** On a database that the test does something to. */
    static TestAlerting start(City city, UnaryOperator<AlertingSettings.Builder> more, TestPostgres.Database database) {
        return new TestAlerting(city, more, database);
    }

    static void createTopic() {
        createTopic(Topics.ALERTS);
    }

    /** Nothing if it is there. */
    public static void createTopic(String topic) {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestMail mail() {
        return mail;
    }

    /** Cookie of a session of the first account. */
    public String session() {
        try {
            CookieManager cookies = new CookieManager();
            HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
            String form = client.send(
                            HttpRequest.newBuilder(URI.create(url("/login"))).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher csrf =
                    Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
            if (!csrf.find()) {
                throw new IllegalStateException("no CSRF token in " + form);
            }
            client.send(
                    HttpRequest.newBuilder(URI.create(url("/login")))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "_csrf=" + csrf.group(1) + "&username=admin&password=" + password))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("hinomi-session"))
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public AlertingSettings.Database database() {
        return settings.database();
    }

    /** The same on another database. */
    public AlertingSettings settings(TestPostgres.Database other) {
        return AlertingSettings.builder(
                        settings.city(),
                        settings.kafka(),
                        new AlertingSettings.Database(other.jdbcUrl(), other.user(), other.password()))
                .port(0)
                .bind("127.0.0.1")
                .build();
    }

    public String password() {
        return password;
    }

    public RunningAlerting running() {
        return running;
    }

    /** A part of what runs. */
    public <T> T part(Class<T> type) {
        return AlertingService.part(running, type);
    }

    /** One of several parts of a type. */
    public <T> T part(String name, Class<T> type) {
        return AlertingService.part(running, name, type);
    }

    public String url(String path) {
        return "http://localhost:" + running.port() + path;
    }

    /** Ends and starts again on the same database. */
    public void restart() {
        running.close();
        running = AlertingService.start(settings);
    }

    /** The same with another map: what an edit of the city's files does. */
    public void restart(City city) {
        running.close();
        settings = new AlertingSettings(
                city,
                settings.files(),
                settings.formats(),
                settings.kafka(),
                settings.database(),
                settings.port(),
                settings.bind(),
                settings.publicUrl(),
                settings.smtp(),
                settings.mailFrom(),
                settings.apiToken(),
                settings.oidc(),
                settings.rates(),
                settings.delivery(),
                settings.proxy(),
                settings.auditCheckpoints(),
                settings.flink(),
                settings.clock());
        running = AlertingService.start(settings);
    }

    /** A second instance beside the first, on the same database and topic. */
    public RunningAlerting startAnother() {
        return AlertingService.start(settings);
    }

    public void publish(SampleAlert... alerts) {
        for (SampleAlert sample : alerts) {
            Alert alert = sample.build();
            publish(alert.id(), AlertJson.write(alert));
        }
    }

    /** Many at once. */
    public void publishAll(Stream<SampleAlert> alerts) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            alerts.map(SampleAlert::build)
                    .forEach(alert ->
                            producer.send(new ProducerRecord<>(Topics.ALERTS, alert.id(), AlertJson.write(alert))));
            producer.flush();
        }
    }

    public void publish(String key, byte[] value) {
        publishTo(Topics.ALERTS, key, value);
    }

    public void publishTo(String topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    public JsonNode post(String path, String body) {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(SOON).header("Authorization", "Bearer " + TOKEN);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("HTTP " + response.statusCode() + ": " + response.body());
        }
        try {
            return new ObjectMapper().readTree(response.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the alert is in the database at that revision. */
    public void awaitAlert(String id, int revision) {
        await(() -> query("select revision from alert where id = '" + id + "'").equals(Integer.toString(revision)));
    }

    public static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    /** The first column of the first row as text; empty without a row. */
    public String query(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For what needs a transaction of its own; the caller closes it. */
    public Connection connect() throws SQLException {
        return database.connect();
    }

    public void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        running.close();
        mail.close();
    }
}
