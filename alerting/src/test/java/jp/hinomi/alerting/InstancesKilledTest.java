package jp.hinomi.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditVerification;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestKafka;
import jp.hinomi.testing.TestMail;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of alerting share a database and a topic; again and again one of them dies by SIGKILL: as its N-th request
 * reaches the database or comes back, as a mail or a webhook arrives, or at any time. PostgreSQL is restarted in between.
 * Afterwards every message was sent: once to a receiver that honours idempotency keys, at most once more elsewhere for each
 * attempt that was lost; and the audit log verifies.
 *
 * <p>Not in each build, because processes take long to start: {@code -Dhinomi.rounds=12}, and {@code -Dhinomi.seed=N} for one
 * that failed. With {@code -Dhinomi.cuts=12} instances also lose all their connections to the database that often, and live on.
 */
@EnabledIfSystemProperty(named = "hinomi.rounds", matches = "[0-9]+")
class InstancesKilledTest {
    private static final int ROUNDS = Integer.getInteger("hinomi.rounds", 1);
    private static final long SEED = Long.getLong("hinomi.seed", 20260701L);
    private static final int CUTS = Integer.getInteger("hinomi.cuts", 0);
    private static final int ALERTS = 4;
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private PostgresServer postgres;
    private final TestMail mail = TestMail.start();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    private final Map<String, Instant> published = new HashMap<>();

    /** Called when a message arrives somewhere, before it is answered. */
    private final AtomicReference<Runnable> onArrival = new AtomicReference<>(() -> {});

    /** A process of alerting behind a door to the database that may be shut for good. */
    private final class Instance implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
        private final Process process;
        private final BufferedReader out;
        private final List<Socket> open = new CopyOnWriteArrayList<>();
        private volatile boolean afterwards;
        private volatile boolean onlyCut;

        Instance(Path city) throws IOException {
            thread("door", () -> {
                while (!door.isClosed()) {
                    Socket client = door.accept();
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), postgres.port());
                    open.add(client);
                    open.add(server);
                    thread("to database", () -> pump(client, server, true));
                    thread("from database", () -> pump(server, client, false));
                }
            });
            ProcessBuilder builder = new ProcessBuilder(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djavax.net.ssl.trustStore=" + mail.trustStore(),
                    "-Djavax.net.ssl.trustStorePassword=" + mail.trustStorePassword(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    KilledAlerting.class.getName(),
                    city.toString(),
                    TestKafka.shared().bootstrapServers(),
                    "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + "/alerting",
                    postgres.user(),
                    postgres.password());
            builder.environment()
                    .putAll(Map.of(
                            "HINOMI_SMTP_HOST", mail.host(),
                            "HINOMI_SMTP_PORT", Integer.toString(mail.port()),
                            "HINOMI_SMTP_USER", mail.user(),
                            "HINOMI_SMTP_PASSWORD", mail.password(),
                            "HINOMI_SMTP_STARTTLS", "required",
                            "HINOMI_MAIL_FROM", "hinomi@minato.example.jp"));
            process = builder.redirectErrorStream(true).start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        void awaitReady() throws IOException {
            StringBuilder said = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("ready")) {
                    thread("output", () -> out.lines().forEach(rest -> {}));
                    return;
                }
                said.append(line).append('\n');
            }
            throw new AssertionError("an instance did not start:\n" + said);
        }

        private void pump(Socket from, Socket to, boolean requests) throws IOException {
            byte[] buffer = new byte[65536];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream sink = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    // The driver flushes once per statement (or batch): what is read here is one, or a part of one.
                    boolean deadly = requests && untilDeath.decrementAndGet() == 0;
                    if (deadly && !afterwards) {
                        die();
                        return;
                    }
                    sink.write(buffer, 0, read);
                    sink.flush();
                    if (deadly) {
                        die();
                        return;
                    }
                }
            }
        }

        /** @param after true: the database has the request, and the instance never learns what came of it */
        void dieAtRequest(int number, boolean after) {
            afterwards = after;
            untilDeath.set(number);
        }

        boolean isCut() {
            return untilDeath.get() <= 0;
        }

        private void die() throws IOException {
            if (!onlyCut) {
                kill();
                return;
            }
            // All at once, as when the database or the network goes: whatever was under way is undone, or done unseen.
            for (Socket socket : open) {
                socket.close();
            }
            open.clear();
        }

        /** It lives on, without any of its connections to the database. */
        void cutAtRequest(int number, boolean after) {
            onlyCut = true;
            dieAtRequest(number, after);
        }

        /** SIGKILL. */
        void kill() {
            process.destroyForcibly();
        }

        boolean awaitDeath(Duration atMost) throws InterruptedException {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() throws IOException {
            kill();
            door.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other side went away, which is what this test is about.
                        Thread.currentThread().interrupt();
                    }
                },
                "killed-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void everyMessageIsSentThoughInstancesDieAnywhere() throws Exception {
        RunningInCommon.closeIfOpen();
        TestAlerting.createTopic();
        Random random = new Random(SEED);
        HttpServer hooks = hooks();
        Path city = city("http://127.0.0.1:" + hooks.getAddress().getPort() + "/hook");
        mail.refuse(recipient -> {
            onArrival.get().run();
            return false;
        });
        postgres = PostgresServer.start(new PostgresServer.Settings(folder.resolve("postgres"), 0));
        List<Instance> alive = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try {
            postgres.createDatabaseIfMissing("alerting");
            alive.add(new Instance(city));
            alive.get(0).awaitReady();
            alive.add(new Instance(city));
            alive.get(1).awaitReady();
            for (int cut = 0; cut < CUTS; cut++) {
                Instance one = alive.get(random.nextInt(2));
                one.cutAtRequest(1 + random.nextInt(60), random.nextBoolean());
                ids.add("killed-" + SEED + "-cut-" + cut);
                publish(ids.get(ids.size() - 1));
                // One that has nothing to do asks the database twice a second as well.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(10))
                        .until(one::isCut);
            }
            for (Instance instance : alive) {
                instance.onlyCut = false;
            }
            for (int round = 0; round < ROUNDS; round++) {
                Instance victim = alive.remove(random.nextInt(alive.size()));
                arm(victim, random);
                for (int i = 0; i < ALERTS; i++) {
                    ids.add("killed-" + SEED + "-" + round + "-" + i);
                    publish(ids.get(ids.size() - 1));
                }
                if (!victim.awaitDeath(Duration.ofMillis(500 + random.nextInt(2500)))) {
                    victim.kill();
                }
                onArrival.set(() -> {});
                victim.close();
                if (round % 5 == 0) {
                    restartPostgres();
                }
                alive.add(new Instance(city));
                alive.get(1).awaitReady();
            }
            verify(ids);
            printWaits();
        } finally {
            for (Instance instance : alive) {
                instance.close();
            }
            hooks.stop(0);
            mail.close();
            postgres.close();
        }
    }

    private void arm(Instance victim, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> victim.dieAtRequest(1 + random.nextInt(120), false);
            case 1 -> victim.dieAtRequest(1 + random.nextInt(120), true);
            case 2 -> {
                AtomicInteger arrivals = new AtomicInteger(1 + random.nextInt(ALERTS));
                onArrival.set(() -> {
                    if (arrivals.decrementAndGet() == 0) {
                        victim.kill();
                    }
                });
            }
            default -> {
                // At any time: when waiting for its death is over.
            }
        }
    }

    private void restartPostgres() {
        int port = postgres.port();
        postgres.close();
        postgres = PostgresServer.start(new PostgresServer.Settings(folder.resolve("postgres"), port));
    }

    private void verify(List<String> ids) throws SQLException {
        try {
            Awaitility.await()
                    .atMost(LONG)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> query("select count(*) from delivery where state = 'sent' and kind = 'notice'")
                            .equals(Integer.toString(2 * ids.size())));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "of " + ids.size() + " alerts (seed " + SEED + "): alerts " + query("select count(*) from alert")
                            + ", unusable " + query("select string_agg(reason, '; ') from poison_record")
                            + ", messages "
                            + query(
                                    "select string_agg(s, ', ') from (select channel_type || ' ' || kind || ' ' || state"
                                            + " || ' ' || count(*) || ' ' || coalesce(max(last_error), '') || ' ' ||"
                                            + " max(next_attempt_at) || ' ' || coalesce(max(lease_until)::text, '') as s"
                                            + " from delivery group by channel_type, kind, state) x"),
                    e);
        }
        assertThat(query("select count(*) from delivery")).isEqualTo(Integer.toString(2 * ids.size()));
        assertThat(query("select count(*) from alert")).isEqualTo(Integer.toString(ids.size()));
        assertThat(query("select count(*) from escalation where state = 'running'"))
                .isEqualTo(Integer.toString(ids.size()));

        Map<String, Integer> mails = new HashMap<>();
        for (ReceivedMail one : mail.received()) {
            mails.merge(one.header("Message-ID"), 1, Integer::sum);
        }
        assertThat(mails).hasSize(ids.size());
        for (String id : ids) {
            int lost = Integer.parseInt(query("select count(*) from delivery_attempt a join delivery d on d.id ="
                    + " a.delivery_id where d.channel_type = 'email' and d.alert_id = '" + id
                    + "' and (a.result = 'lost' or a.late)"));
            assertThat(mails.get("<alert." + id + ".vendor-noc@minato.example.jp>"))
                    .as("mails about %s, of which %s attempts were lost (seed %s)", id, lost, SEED)
                    .isBetween(1, 1 + lost);
        }
        // One key per message, whatever happened: a receiver that honours keys has each once.
        assertThat(calls).hasSize(ids.size());
        assertThat(calls.values().stream().mapToInt(AtomicInteger::get).sum())
                .isLessThanOrEqualTo(ids.size() + ROUNDS * 3 + CUTS);

        AuditVerification.Report report = AuditVerification.verify(
                new AlertingSettings.Database(postgres.jdbcUrl("alerting"), postgres.user(), postgres.password()),
                Optional.empty());
        assertThat(report.findings()).isEmpty();
        assertThat(report.rows()).isGreaterThanOrEqualTo(4L * ids.size());
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl("alerting"), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /** How long alerts had to wait for those that lived on. */
    private void printWaits() throws SQLException {
        List<Long> taken = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        for (Map.Entry<String, Instant> one : published.entrySet()) {
            taken.add(millis(
                    one.getValue(),
                    "select extract(epoch from received_at) from alert where id = '" + one.getKey() + "'"));
            told.add(millis(
                    one.getValue(),
                    "select extract(epoch from max(t.at)) from delivery_attempt t join delivery d on d.id = t.delivery_id"
                            + " where d.alert_id = '" + one.getKey() + "' and t.result = 'sent'"));
        }
        System.out.printf(
                "%d alerts: taken in after %s, told everybody after %s%n", taken.size(), wait(taken), wait(told));
    }

    private long millis(Instant from, String query) throws SQLException {
        return Math.round(Double.parseDouble(query(query)) * 1000) - from.toEpochMilli();
    }

    private static String wait(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return String.format(
                "%.1f s (median), %.1f s (95 %%), %.1f s at worst",
                sorted.get(sorted.size() / 2) / 1e3,
                sorted.get(sorted.size() * 95 / 100) / 1e3,
                sorted.get(sorted.size() - 1) / 1e3);
    }

    private void publish(String id) throws Exception {
        Alert alert = SampleAlert.of(id).target("api").build();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ALERTS, id, AlertJson.write(alert)))
                    .get(30, TimeUnit.SECONDS);
            published.put(id, Instant.now());
        }
    }

    private HttpServer hooks() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            exchange.getRequestBody().readAllBytes();
            calls.computeIfAbsent(exchange.getRequestHeaders().getFirst("Idempotency-Key"), any -> new AtomicInteger())
                    .incrementAndGet();
            onArrival.get().run();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Path city(String hook) throws IOException {
        Path city = Files.createDirectories(folder.resolve("city"));
        Map<String, String> files = Map.of(
                "city.yaml",
                "city: {id: minato, name: {ja: みなと市}, zone: Asia/Tokyo}\n",
                "stakeholders.yaml",
                """
                stakeholders:
                  - id: promoter
                    name: {ja: 市}
                    role: promoter
                    locale: ja
                    max-tlp: RED
                    contacts: [{id: csirt, kind: desk, channels: [{type: email, address: csirt@city.example.jp}]}]
                  - id: vendor
                    name: {ja: 事業者}
                    role: city-os-vendor
                    locale: ja
                    max-tlp: AMBER
                    contacts:
                      - id: vendor-noc
                        kind: desk
                        channels: [{type: email, address: noc@vendor.example.jp}, {type: webhook, url: "HOOK", unsigned: true}]
                """.replace("HOOK", hook),
                "resources.yaml",
                "resources: [{id: api, name: {ja: API}, layer: city-os, criticality: high, selectors: [{source: gw}]}]\n",
                "responsibilities.yaml",
                "responsibilities: [{resource: api, stakeholder: vendor, duty: operator, escalation: standard}]\n",
                "escalations.yaml",
                "escalations: [{id: standard, steps: [{notify: vendor-noc, ack-within: 2h}, {notify: csirt}]}]\n",
                "notification.yaml",
                "notification: {egress: {allow: [127.0.0.1]}, storm: {limit: 1000, window: 1m}}\n",
                "sources.yaml",
                "sources: [{id: gw, topic: logs.gateway, format: nginx, zone: Asia/Tokyo, resource: api}]\n",
                "severity.yaml",
                "severity:\n"
                        + List.of("informational", "low", "medium", "high", "critical").stream()
                                .map(level -> "  LEVEL: {low: LEVEL, medium: LEVEL, high: LEVEL, critical: LEVEL}\n"
                                        .replace("LEVEL", level))
                                .collect(Collectors.joining()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(city.resolve(file.getKey()), file.getValue());
        }
        return city;
    }
}
