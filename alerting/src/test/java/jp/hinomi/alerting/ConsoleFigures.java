package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.TestKafka;
import jp.hinomi.testing.TestPostgres;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How long the console's pages take, over HTTP, and what they weigh, with very many alerts. One browser, one request after the
 * other, gzip as browsers ask for it. Run by {@code benchmarks/run console}.
 */
public final class ConsoleFigures {
    private static final String DATABASE = "figures";
    private static final String SAMPLE = "the-sample";
    private static final int TIMES = 40;
    private static final int ARRIVALS = 20;

    /** Asked for by a page that stands already, or as one. */
    private static final String[] PART = {"HX-Request", "true"};

    private static final String[] WHOLE = {"Sec-Fetch-Dest", "document"};

    /** Of one page: what is slow is asked for less often. */
    private static final Duration AT_MOST = Duration.ofSeconds(8);

    /** Streams beside the one that is measured: as many as there may be. */
    private static final int LISTENERS = 199;

    private final TestAlerting hinomi;
    private final int alerts;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;
    private int heaviest;
    private String heaviestPath = "";

    private ConsoleFigures(TestAlerting hinomi, int alerts) {
        this.hinomi = hinomi;
        this.alerts = alerts;
        this.session = hinomi.session();
    }

    /** Arguments: {@code --keep DIR}, alerts, incidents. */
    public static void main(String[] arguments) throws Exception {
        List<String> rest = new ArrayList<>(List.of(arguments));
        Optional<Path> keep = Optional.empty();
        if (!rest.isEmpty() && rest.get(0).equals("--keep")) {
            keep = Optional.of(Path.of(rest.get(1)));
            rest = rest.subList(2, rest.size());
        }
        int alerts = rest.isEmpty() ? 1_000_000 : Integer.parseInt(rest.get(0));
        int incidents = rest.size() < 2 ? 10_000 : Integer.parseInt(rest.get(1));
        Path folder = keep.isPresent() ? keep.get() : Files.createTempDirectory("hinomi-console-");
        try (PostgresServer server = PostgresServer.start(new PostgresServer.Settings(folder, 0))) {
            run(server, folder, alerts, incidents);
        } finally {
            if (keep.isEmpty()) {
                FileUtils.deleteDirectory(folder.toFile());
            }
        }
        System.exit(0);
    }

    private static void run(PostgresServer server, Path folder, int alerts, int incidents) throws Exception {
        Path filled = folder.resolve("filled");
        boolean fill = !Files.exists(filled);
        if (fill) {
            // What an earlier run left half filled.
            try (Connection connection =
                    DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password())) {
                connection.createStatement().execute("drop database if exists " + DATABASE);
            }
        }
        server.createDatabaseIfMissing(DATABASE);
        TestPostgres.Database database =
                new TestPostgres.Database(server.jdbcUrl(DATABASE), server.user(), server.password());
        if (!fill) {
            try (Connection connection = database.connect()) {
                connection.createStatement().execute("update account set password_shown_at = null");
            }
        }
        try (TestAlerting hinomi = TestAlerting.start(city(), builder -> builder, database)) {
            if (fill) {
                fill(hinomi, database, alerts, incidents);
                Files.createFile(filled);
            }
            new ConsoleFigures(hinomi, alerts).measure();
        }
    }

    private static City city() {
        SampleCity city =
                new SampleCity().escalation("standard", Duration.ofMinutes(15), "contact-0", "promoter-csirt");
        for (int i = 0; i < ConsoleFill.STAKEHOLDERS; i++) {
            city.stakeholder(
                    "stakeholder-" + i,
                    Role.SERVICE_PROVIDER,
                    "ja",
                    Tlp.AMBER,
                    contact("contact-" + i, mail("noc" + i + "@vendor.example.jp")));
        }
        for (int i = 0; i < ConsoleFill.RESOURCES; i++) {
            city.resource("resource-" + i);
            city.responsible(
                    "resource-" + i,
                    "stakeholder-" + i % ConsoleFill.STAKEHOLDERS,
                    Duty.OPERATOR,
                    null,
                    "standard",
                    null,
                    null);
        }
        return city.build();
    }

    private static void fill(TestAlerting hinomi, TestPostgres.Database database, int alerts, int incidents)
            throws SQLException, IOException {
        long start = System.nanoTime();
        hinomi.publish(SampleAlert.of(SAMPLE).target("resource-0"));
        hinomi.awaitAlert(SAMPLE, 1);
        TestAlerting.await(() -> hinomi.query("select state from delivery where alert_id = '" + SAMPLE + "'")
                .equals("sent"));
        String incident = hinomi.post("/api/v1/incidents", "{\"alert\":\"" + SAMPLE + "\"}")
                .path("number")
                .asText();
        // What runs looks for messages to send, and finds them without an index only slowly.
        hinomi.running().close();
        try (Connection connection = database.connect()) {
            new ConsoleFill(database, connection, Instant.now()).fill(alerts, incidents, SAMPLE, incident);
        }
        hinomi.restart();
        System.out.printf("filled in %d s%n", (System.nanoTime() - start) / 1_000_000_000);
    }

    private void measure() throws Exception {
        System.out.printf(
                "%s alerts, %s incidents, database of %s%n",
                hinomi.query("select count(*) from alert"),
                hinomi.query("select count(*) from incident"),
                hinomi.query("select pg_size_pretty(pg_database_size(current_database()))"));
        for (int i = 0; i < 50; i++) {
            get("/alerts?status=all&rule=" + ConsoleFill.rule(i));
            get("/alerts/" + ConsoleFill.id(i * 7));
        }
        System.out.printf("%-44s %8s %8s %8s%n", "page", "p50 ms", "p95 ms", "KiB");
        pages().forEach(this::time);
        System.out.printf(
                "heaviest page: %d KiB (%s); styles, scripts and icons once: %d KiB%n",
                heaviest / 1024, heaviestPath, assets() / 1024);
        visible();
    }

    private Map<String, IntFunction<String>> pages() {
        Map<String, IntFunction<String>> pages = new LinkedHashMap<>();
        pages.put("queue", i -> "/alerts");
        pages.put("queue, worst first", i -> "/alerts?sort=worst");
        pages.put("queue, far down", i -> "/alerts?after=0." + (alerts - i * (alerts / 50)));
        pages.put("queue, all", i -> "/alerts?status=all&sort=worst");
        pages.put("by severity", i -> "/alerts?severity=" + (i % 2 == 0 ? "critical" : "low"));
        pages.put(
                "by status",
                i -> "/alerts?status="
                        + List.of("open", "acknowledged", "in-progress", "closed")
                                .get(i % 4));
        pages.put("by rule", i -> "/alerts?rule=" + ConsoleFill.rule(4 * i));
        pages.put("by a rule that never fired", i -> "/alerts?rule=never-" + i);
        pages.put("by resource", i -> "/alerts?resource=resource-" + i);
        pages.put("by a resource never hit", i -> "/alerts?resource=none-" + i);
        pages.put("by stakeholder", i -> "/alerts?stakeholder=stakeholder-" + i % 8);
        pages.put("by assignee", i -> "/alerts?assignee=" + (i % 2 == 0 ? "~me" : "analyst-" + i % 12));
        pages.put("nobody has it", i -> "/alerts?status=open&assignee=~nobody&sort=worst");
        pages.put("by TLP", i -> "/alerts?tlp=" + Tlp.values()[i % Tlp.values().length].word());
        pages.put("not delivered", i -> "/alerts?delivery=dead" + (i % 2 == 0 ? "" : "&status=all"));
        pages.put("waiting to be delivered", i -> "/alerts?delivery=waiting&status=all");
        pages.put("nobody responsible", i -> "/alerts?delivery=gap");
        pages.put("no message", i -> "/alerts?delivery=none&status=all");
        pages.put("by verdict", i -> "/alerts?status=all&verdict=" + (i % 2 == 0 ? "false-positive" : "test"));
        pages.put("by time", i -> "/alerts?status=all&from=" + ago(8 * i + 1) + "&to=" + ago(8 * i));
        pages.put(
                "by rule, resource and severity",
                i -> "/alerts?severity=high&rule=" + ConsoleFill.rule(i) + "&resource=resource-" + (39 - i));
        pages.put("search: an address", i -> "/alerts?status=all&q=" + ConsoleFill.address(i * i * 17));
        pages.put("search: a word that is everywhere", i -> "/alerts?q=city");
        pages.put("search: two words", i -> "/alerts?status=all&q=host-" + (1500 + i) + "+user" + i);
        pages.put(
                "search: Japanese",
                i -> "/alerts?q=" + List.of("水道", "監視カメラ", "総当たり", "決済").get(i % 4));
        pages.put("search: nothing there", i -> "/alerts?status=all&q=nowhere" + i);
        pages.put(
                "search: pieces that are there, not together",
                i -> "/alerts?status=all&q=host-1.city.example.jp+user4999");
        pages.put("search: without a word", i -> "/alerts?q=-sshd+-%22Brute+force%22");
        pages.put("search: one letter", i -> "/alerts?q=" + (char) ('a' + i % 26));
        pages.put(
                "search: an address near a time",
                i -> "/alerts?status=all&q=" + ConsoleFill.address(i) + "&from=" + ago(i + 1) + "&to=" + ago(i));
        pages.put("facets", i -> "/alerts/facets");
        pages.put("facets, all", i -> "/alerts/facets?status=all");
        pages.put("facets of a search", i -> "/alerts/facets?status=all&q=" + ConsoleFill.address(i));
        pages.put("groups by rule", i -> "/alerts?group=rule");
        pages.put("groups by resource", i -> "/alerts?group=resource");
        pages.put("groups by value", i -> "/alerts?group=value");
        pages.put("how many are new", i -> "/alerts/new?status=all&after=" + (alerts - 20_000 * (i % 2)));
        pages.put("alert, closed", i -> "/alerts/" + ConsoleFill.id(alerts / 50 * i + 1));
        pages.put("alert, newest", i -> "/alerts/" + ConsoleFill.id(alerts - 1 - i));
        pages.put("incidents", i -> "/incidents");
        pages.put("incident", i -> "/incidents/2025-" + String.format("%05d", 1 + i * 10));
        pages.put("deliveries", i -> "/deliveries");
        pages.put("deliveries, dead", i -> "/deliveries?state=dead");
        pages.put("coverage gaps", i -> "/gaps");
        pages.put("operations", i -> "/operations");
        return pages;
    }

    private static String ago(int days) {
        return Instant.now()
                .minus(Duration.ofDays(days))
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
    }

    private HttpResponse<byte[]> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(hinomi.url(path)))
                            .timeout(Duration.ofSeconds(60))
                            .header("Cookie", session)
                            .header("Accept", "text/html, */*;q=0.8")
                            .header("Accept-Encoding", "gzip")
                            .headers(path.startsWith("/alerts/facets") ? PART : WHOLE)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void time(String name, IntFunction<String> path) {
        double[] took = new double[TIMES];
        int bytes = 0;
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        int done = 0;
        while (done < TIMES && System.nanoTime() < deadline) {
            String asked = path.apply(done);
            long start = System.nanoTime();
            HttpResponse<byte[]> answer = get(asked);
            took[done++] = (System.nanoTime() - start) / 1e6;
            if (answer.statusCode() != 200) {
                System.out.printf("%-44s HTTP %d for %s%n", name, answer.statusCode(), asked);
                return;
            }
            bytes = Math.max(bytes, answer.body().length);
        }
        if (bytes > heaviest) {
            heaviest = bytes;
            heaviestPath = name;
        }
        double[] sorted = Arrays.copyOf(took, done);
        Arrays.sort(sorted);
        System.out.printf(
                "%-44s %8.0f %8.0f %8.1f%s%n",
                name,
                sorted[done / 2],
                sorted[Math.min(done - 1, done * 95 / 100)],
                bytes / 1024.0,
                done < TIMES ? " (of " + done + ")" : "");
    }

    /** What a page brings besides itself, the first time. */
    private int assets() throws IOException {
        HttpResponse<byte[]> page = get("/alerts");
        byte[] html = page.headers()
                        .firstValue("Content-Encoding")
                        .filter("gzip"::equals)
                        .isPresent()
                ? new GZIPInputStream(new java.io.ByteArrayInputStream(page.body())).readAllBytes()
                : page.body();
        Matcher asset =
                Pattern.compile("(?:href|src)=\"(/assets/[^\"#]+)").matcher(new String(html, StandardCharsets.UTF_8));
        Map<String, Integer> weights = new LinkedHashMap<>();
        while (asset.find()) {
            weights.computeIfAbsent(asset.group(1), path -> get(path).body().length);
        }
        return weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    private HttpRequest stream() {
        return HttpRequest.newBuilder(URI.create(hinomi.url("/alerts/stream")))
                .header("Cookie", session)
                .build();
    }

    /** Hears of alerts on a stream of its own. */
    private static final class Listener implements Flow.Subscriber<String> {
        private final Map<String, CountDownLatch> awaited;
        private final CountDownLatch ready;

        Listener(Map<String, CountDownLatch> awaited, CountDownLatch ready) {
            this.awaited = awaited;
            this.ready = ready;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.equals("event:ready")) {
                ready.countDown();
            } else if (line.startsWith("data:") && awaited.containsKey(line.substring(5))) {
                awaited.get(line.substring(5)).countDown();
            }
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }

    /** From the record in Kafka to the row that a browser has drawn anew, and to the last of all browsers that hear of it. */
    private void visible() throws Exception {
        Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
        CountDownLatch ready = new CountDownLatch(LISTENERS);
        for (int i = 0; i < LISTENERS; i++) {
            client.sendAsync(stream(), HttpResponse.BodyHandlers.fromLineSubscriber(new Listener(awaited, ready)));
        }
        ready.await(30, TimeUnit.SECONDS);
        HttpResponse<InputStream> stream = client.send(stream(), HttpResponse.BodyHandlers.ofInputStream());
        double[] took = new double[ARRIVALS];
        double[] heard = new double[ARRIVALS];
        int deaf = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.partitionsFor(Topics.ALERTS);
            for (int i = 0; i < ARRIVALS; i++) {
                String id = "arrival-" + System.nanoTime();
                CountDownLatch all = new CountDownLatch(LISTENERS);
                awaited.put(id, all);
                long start = System.nanoTime();
                byte[] record = AlertJson.write(
                        SampleAlert.of(id).target("resource-" + i).build());
                producer.send(new ProducerRecord<>(Topics.ALERTS, id, record));
                String line = lines.readLine();
                while (line != null && !line.contains(id)) {
                    line = lines.readLine();
                }
                get("/alerts/" + id + "/row");
                took[i] = (System.nanoTime() - start) / 1e6;
                all.await(10, TimeUnit.SECONDS);
                heard[i] = (System.nanoTime() - start) / 1e6;
                deaf += (int) all.getCount();
            }
        }
        Arrays.sort(took);
        Arrays.sort(heard);
        System.out.printf(
                "from record to visible, %d browsers on live streams: p50 %.0f ms, max %.0f ms; all of them heard: p50 %.0f ms,"
                        + " max %.0f ms, %d not within 10 s%n",
                LISTENERS + 1 - (int) ready.getCount(),
                took[ARRIVALS / 2],
                took[ARRIVALS - 1],
                heard[ARRIVALS / 2],
                heard[ARRIVALS - 1],
                deaf);
    }
}
