package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.alarm.DeliveryOutcomes;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.audit.AuditVerification;
import jp.hinomi.alerting.delivery.ChannelStates;
import jp.hinomi.alerting.delivery.DeliveryFiles;
import jp.hinomi.alerting.delivery.Digests;
import jp.hinomi.alerting.delivery.IncidentThreads;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.delivery.OutboxWorker;
import jp.hinomi.alerting.delivery.Transports;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.alerting.intake.EscalationRunner;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.Subscription;
import jp.hinomi.alerting.webhook.WebhookFeed;
import jp.hinomi.alerting.webhook.WebhookOutcomes;
import jp.hinomi.alerting.webhook.Webhooks;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import jp.hinomi.testing.TestMail;
import jp.hinomi.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of alerting loses its database between any two of its requests, and everything that it had in mind; what it did
 * not finish another does. Each round takes alerts in, sends what is due over a real mail server and a real webhook, lets the
 * answer's time pass and sends the next step; on the way the connections are cut at random requests, before the database has
 * them or after, and some receivers take a message and do not answer. Afterwards each message was sent: once where keys are
 * honoured, elsewhere at most once more for each attempt that was lost.
 *
 * <p>A few rounds in each build, always the same; {@code -Dhinomi.rounds=2000} for more, {@code -Dhinomi.seed=N} for others.
 */
class CutAnywhereTest {
    private static final int ROUNDS = Integer.getInteger("hinomi.rounds", 4);
    private static final long SEED = Long.getLong("hinomi.seed", 20261127L);
    private static final int ALERTS = 2;
    private static final Instant BEGIN = Instant.parse("2026-07-01T00:00:00Z");

    /** More tries than that and something does not come to an end. */
    private static final int TRIES = 50;

    private static final int SILENT_AT = 7;

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> events = new ConcurrentHashMap<>();
    private final Random random = new Random(SEED);
    private final TestPostgres.Database database = TestPostgres.shared().newDatabase();
    private final TestMail mail = TestMail.start();
    private DatabaseDoor door;
    private RunningAlerting running;
    private final List<OutboxWorker> workers = new ArrayList<>();
    private int cuts;

    private interface Work {
        void run();
    }

    @Test
    void nothingIsLostWhereverTheDatabaseGoes() throws Exception {
        HttpServer hooks = hooks();
        door = DatabaseDoor.before(database.jdbcUrl());
        AlertingSettings settings =
                settings("http://127.0.0.1:" + hooks.getAddress().getPort() + "/hook");
        RunningInCommon.closeIfOpen();
        running = AlertingService.start(settings);
        // The parts are used one by one, so that each cut has its place.
        AlertingService.part(running, Background.class).close();
        makeWorkers(settings);
        subscribe("http://127.0.0.1:" + hooks.getAddress().getPort() + "/events");
        long start = System.nanoTime();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                round(round);
            }
            AuditVerification.Report report = AuditVerification.verify(
                    new AlertingSettings.Database(database.jdbcUrl(), database.user(), database.password()),
                    Optional.empty());
            assertThat(report.findings()).as("seed %s", SEED).isEmpty();
            assertThat(cuts).isGreaterThanOrEqualTo(ROUNDS);
            System.out.printf(
                    "%d rounds, %d cuts, %d mails, %d calls of the webhook in %.0f s%n",
                    ROUNDS,
                    cuts,
                    mail.received().size(),
                    calls.values().stream().mapToInt(AtomicInteger::get).sum(),
                    (System.nanoTime() - start) / 1e9);
        } finally {
            running.close();
            door.close();
            hooks.stop(0);
            mail.close();
        }
    }

    private void round(int round) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            ids.add("cut-" + round + "-" + i);
        }
        AlertIntake intake = AlertingService.part(running, AlertIntake.class);
        TransactionTemplate transaction = AlertingService.part(running, TransactionTemplate.class);
        List<byte[]> records = ids.stream()
                .map(id -> AlertJson.write(SampleAlert.of(id).target("api").build()))
                .toList();
        // One cut at least in each round, often several; where in it the dice say.
        arm(1 + random.nextInt(25));
        untilDone(() -> transaction.executeWithoutResult(status -> intake.takeAll(records, now.get())));
        untilDone(this::sendAll);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(16)));
        if (!door.isArmed()) {
            arm(1 + random.nextInt(60));
        }
        EscalationRunner runner = AlertingService.part(running, EscalationRunner.class);
        untilDone(() -> {
            while (runner.advanceNext()) {
                // Until nothing is due.
            }
        });
        untilDone(this::sendAll);
        if (!door.isArmed()) {
            arm(1 + random.nextInt(40));
        }
        untilDone(this::tellPrograms);
        door.disarm();
        verify(ids);
    }

    private void subscribe(String url) {
        AlertingService.part(running, Webhooks.class)
                .create(
                        new Subscription(
                                "cut",
                                url,
                                EnumSet.allOf(EventType.class),
                                Severity.INFORMATIONAL,
                                Set.of(),
                                Optional.empty(),
                                Tlp.RED),
                        "system",
                        now.get());
    }

    private void tellPrograms() {
        WebhookFeed feed = AlertingService.part(running, WebhookFeed.class);
        boolean more = true;
        while (more) {
            more = feed.next(now.get());
            sendAll();
        }
    }

    private void arm(int request) {
        door.cutAtRequest(request, random.nextBoolean());
    }

    /** Again and again, as whoever takes over would. */
    private void untilDone(Work work) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                if (door.wasCut()) {
                    cuts++;
                } else if (!(e instanceof DataAccessException || e instanceof TransactionException)) {
                    // The pool may still hand out what is cut already; anything else is a fault.
                    throw new AssertionError("failed without a cut (seed " + SEED + ")", e);
                }
                expireLeases();
                if (random.nextInt(3) == 0) {
                    arm(1 + random.nextInt(30));
                }
            }
        }
        throw new AssertionError("does not come to an end (seed " + SEED + ")");
    }

    /** A machine under load may let a call run out of its time: what is to be tried again later is, as it would with time. */
    private void sendAll() {
        for (int i = 0; i < TRIES; i++) {
            for (OutboxWorker worker : workers) {
                while (worker.sendNext(() -> {})) {
                    // Until nothing is due.
                }
            }
            String later = query("select ceil(extract(epoch from min(next_attempt_at)) * 1000)::bigint from delivery"
                    + " where state = 'pending' and last_error is not null and next_attempt_at > '" + now.get() + "'");
            if (later.equals("null")) {
                return;
            }
            now.set(Instant.ofEpochMilli(Long.parseLong(later)));
        }
        throw new AssertionError("does not arrive however often it is tried (seed " + SEED + ")");
    }

    /** The leases of the dead end, as they would with time. */
    private void expireLeases() throws SQLException {
        // The database may still be at work on what it had when the connection was cut: a lease among it comes after
        // this.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> query(
                                "select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'")
                        .equals("0"));
        execute("update delivery set lease_until = clock_timestamp() where lease_owner is not null");
    }

    private void verify(List<String> ids) throws SQLException {
        for (String id : ids) {
            String of = " from delivery where alert_id = '" + id + "'";
            assertThat(query("select string_agg(contact_id || ' ' || channel_type || ' ' || state, ', '"
                            + " order by contact_id, channel_type)" + of))
                    .as(
                            "seed %s, not sent: %s",
                            SEED,
                            query("select string_agg(contact_id || ' next ' || next_attempt_at || ' lease ' ||"
                                    + " coalesce(lease_owner || ' until ' || lease_until, 'none') || ' attempts ' ||"
                                    + " attempts || ' ' || coalesce(last_error, ''), '; ')" + of
                                    + " and state = 'pending'"))
                    .isEqualTo("noc email sent, noc webhook sent, promoter-csirt email sent");
            assertThat(query("select string_agg(state || ' ' || step, ', ') from escalation where alert_id = '" + id
                            + "'"))
                    .isIn("running 1", "exhausted 1");
            assertThat(query("select count(*) from alert_evidence where alert_id = '" + id + "'"))
                    .isEqualTo("2");
            for (String contact : List.of("noc", "promoter-csirt")) {
                int lost = Integer.parseInt(
                        query("select count(*) from delivery_attempt a join delivery d on d.id = a.delivery_id where"
                                + " d.channel_type = 'email' and d.contact_id = '" + contact + "' and d.alert_id = '"
                                + id + "' and (a.result in ('lost', 'failed') or a.late)"));
                assertThat(mails(id, contact))
                        .as("mails to %s, lost %s, seed %s", contact, lost, SEED)
                        .isBetween(1, 1 + lost);
            }
            assertThat(query("select count(distinct idempotency_key)" + of)).isEqualTo("3");
        }
        // Each change of an alert is told: once to a receiver that honours keys, in one call but for attempts that were
        // lost.
        assertThat(events.size())
                .as("seed %s", SEED)
                .isEqualTo(Integer.parseInt(query("select count(*) from audit_log where action = 'alert.received'")));
        int lostCalls =
                Integer.parseInt(query("select count(*) from delivery_attempt a join delivery d on d.id = a.delivery_id"
                        + " where d.channel_type = 'event' and (a.result in ('lost', 'failed') or a.late)"));
        assertThat(events.values().stream().mapToInt(AtomicInteger::get).sum())
                .as("seed %s", SEED)
                .isBetween(events.size(), events.size() + lostCalls);
        assertThat(
                        query(
                                "select coalesce(string_agg(id || ' ' || state || ' next ' || next_attempt_at || ' lease ' ||"
                                        + " coalesce(lease_owner || ' until ' || lease_until, 'none') || ' attempts ' || attempts || ' ' ||"
                                        + " coalesce(last_error, ''), '; '), '') from delivery where channel_type = 'event' and state <> 'sent'"))
                .as("events that were not sent, seed %s", SEED)
                .isEmpty();
        // A receiver that honours keys has each once, however often it was called.
        assertThat(calls)
                .hasSize(Integer.parseInt(
                        query("select count(*) from delivery where channel_type = 'webhook' and kind = 'notice'")));
    }

    private int mails(String id, String contact) {
        Map<String, Integer> byThread = new HashMap<>();
        for (ReceivedMail each : mail.received()) {
            byThread.merge(each.header("Message-ID"), 1, Integer::sum);
        }
        return byThread.entrySet().stream()
                .filter(entry -> entry.getKey().contains("." + id + "." + contact))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private AlertingSettings settings(String hook) {
        City city = new SampleCity()
                .stakeholder(
                        "vendor",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("noc", mail("noc@vendor.example.jp"), webhook(hook, null)))
                .resource("api")
                .escalation("standard", Duration.ofMinutes(15), "noc", "promoter-csirt")
                .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null)
                .build();
        return AlertingSettings.builder(
                        city,
                        // Alerts are handed over by hand.
                        "127.0.0.1:9",
                        new AlertingSettings.Database(door.jdbcUrl(), database.user(), database.password()))
                .port(0)
                .bind("127.0.0.1")
                .smtp(new SmtpSettings(
                        mail.host(),
                        mail.port(),
                        Optional.of(new SmtpSettings.Login(mail.user(), mail.password())),
                        SmtpSettings.Security.STARTTLS_REQUIRED))
                .mailFrom("hinomi@minato.example.jp")
                .clock(now::get)
                .build();
    }

    private void makeWorkers(AlertingSettings settings) {
        Outbox outbox = AlertingService.part(running, Outbox.class);
        ChannelStates states = AlertingService.part(running, ChannelStates.class);
        DeliveryOutcomes outcomes = new DeliveryOutcomes(
                outbox,
                AlertingService.part(running, Escalations.class),
                AlertingService.part(running, AlarmDesk.class));
        Webhooks webhooks = AlertingService.part(running, Webhooks.class);
        WebhookOutcomes toPrograms = new WebhookOutcomes(
                AlertingService.part(running, JdbcClient.class),
                webhooks,
                AlertingService.part(running, AlarmDesk.class));
        Transports.all(
                        settings,
                        settings::city,
                        Map.of(),
                        states,
                        AlertingService.part(running, IncidentThreads.class),
                        AlertingService.part(running, DeliveryFiles.class),
                        webhooks,
                        now::get)
                .keySet()
                .stream()
                .filter(transport -> List.of("email", "webhook", "event").contains(transport.channelType()))
                .forEach(transport -> workers.add(new OutboxWorker(
                        outbox,
                        transport,
                        AlertingService.part(running, Digests.class),
                        transport.channelType().equals("event") ? toPrograms : outcomes,
                        AlertingService.part(running, AuditLog.class),
                        AlertingService.part(running, JdbcClient.class),
                        AlertingService.part(running, TransactionTemplate.class),
                        settings.delivery(),
                        now::get,
                        "worker-" + transport.channelType())));
    }

    private HttpServer hooks() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> take(exchange, calls));
        server.createContext("/events", exchange -> take(exchange, events));
        server.start();
        return server;
    }

    /** Every {@link #SILENT_AT}-th call is taken, and its answer lost. */
    private static void take(HttpExchange exchange, Map<String, AtomicInteger> into) throws IOException {
        exchange.getRequestBody().readAllBytes();
        into.computeIfAbsent(exchange.getRequestHeaders().getFirst("Idempotency-Key"), any -> new AtomicInteger())
                .incrementAndGet();
        if (into.values().stream().mapToInt(AtomicInteger::get).sum() % SILENT_AT != 0) {
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    private String query(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
