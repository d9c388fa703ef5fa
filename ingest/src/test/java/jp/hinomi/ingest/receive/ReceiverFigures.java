package jp.hinomi.ingest.receive;

import static jp.hinomi.ingest.Cities.source;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import jp.hinomi.ingest.kafka.TopicSetup;

/**
 * How many messages the receivers take and Kafka acknowledges per second, for each way in, and what a message costs: all
 * threads of the process, broker included, without the sender, which is a process of its own. Stands among the tests
 * because it uses their certificates; run by {@code benchmarks/run receivers}. Arguments: messages per round, rounds, ways
 * as {@link Way#transport()} names them (default: all). Ends with 1 if the goal is missed.
 */
public final class ReceiverFigures {
    private static final double GOAL_OF_TCP = 150_000;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final long LOOK_NANOS = 5_000_000;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * @param name as it is printed
     * @param share one of so many messages is sent, where a round would take too long
     */
    private record Case(String name, Way way, LoadSender.Kind kind, int share, boolean hasGoal) {}

    private static final List<Case> CASES = List.of(
            new Case("TCP, octet-counted", Way.SYSLOG_TCP, LoadSender.Kind.COUNTED, 1, true),
            new Case("TCP, lines", Way.SYSLOG_TCP, LoadSender.Kind.LINES, 1, true),
            new Case("TLS, octet-counted", Way.SYSLOG_TLS, LoadSender.Kind.COUNTED, 1, false),
            new Case("RELP, window of 128", Way.RELP, LoadSender.Kind.RELP, 5, false),
            new Case("UDP", Way.SYSLOG_UDP, LoadSender.Kind.DATAGRAMS, 1, false));

    /** @param lost not even taken; more than none only of UDP */
    private record Figure(double perSecond, double micros, double lost) {}

    private final Receivers receivers;
    private final Path authority;
    private final int messages;
    private final List<String> ways;

    private ReceiverFigures(Receivers receivers, Path authority, int messages, List<String> ways) {
        this.receivers = receivers;
        this.authority = authority;
        this.messages = messages;
        this.ways = ways;
    }

    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        if (messages < 1000 || rounds < 1) {
            throw new IllegalArgumentException("at least 1000 messages and one round");
        }
        List<String> ways = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
        Path folder = Files.createTempDirectory("hinomi-receivers");
        boolean met;
        try {
            met = run(folder, messages, rounds, ways);
        } finally {
            delete(folder);
        }
        System.exit(met ? 0 : 1);
    }

    private static boolean run(Path folder, int messages, int rounds, List<String> ways) throws Exception {
        TestPki pki = new TestPki("Bench CA");
        Path authority = pki.authority().writeCertificate(folder.resolve("ca.pem"));
        TestPki.Pair server = pki.issue("log.example.jp", "localhost");
        TlsSettings tls = new TlsSettings(
                server.writeCertificate(folder.resolve("cert.pem")),
                server.writeKey(folder.resolve("key.pem")),
                Optional.empty(),
                TlsSettings.Clients.NONE);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0))) {
            TopicSetup.ensure(kafka.bootstrapServers(), 4);
            ReceiverSettings settings = ReceiverSettings.of(city(), kafka.bootstrapServers(), "bench")
                    .withHost("127.0.0.1")
                    .withTls(tls)
                    .withPorts(ReceiverPorts.ANY);
            try (Receivers receivers = Receivers.start(settings)) {
                return new ReceiverFigures(receivers, authority, messages, ways).print(rounds);
            }
        }
    }

    /** Twenty web servers, which is who the messages are of. */
    private static City city() {
        return Cities.of(IntStream.range(0, 20)
                .mapToObj(i -> source(String.format(Locale.ROOT, "web-%02d", i), Topics.LOGS_GATEWAY, "nginx", "UTF-8"))
                .toArray(Source[]::new));
    }

    private boolean print(int rounds) throws IOException {
        measure(CASES.get(0)); // code that has not run yet is slow
        System.out.println("| way | messages/s | processor time per message | lost |");
        System.out.println("|---|---|---|---|");
        boolean met = true;
        for (Case one : CASES) {
            if (!ways.isEmpty() && !ways.contains(one.way().transport())) {
                continue;
            }
            List<Figure> figures = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                figures.add(measure(one));
            }
            figures.sort(Comparator.comparingDouble(Figure::perSecond));
            double[] micros =
                    figures.stream().mapToDouble(Figure::micros).sorted().toArray();
            Figure median = figures.get(figures.size() / 2);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f (%,.0f–%,.0f) | %.1f µs (%.1f–%.1f) | %.0f %% |%n",
                    one.name(),
                    median.perSecond(),
                    figures.get(0).perSecond(),
                    figures.get(figures.size() - 1).perSecond(),
                    micros[micros.length / 2],
                    micros[0],
                    micros[micros.length - 1],
                    100 * median.lost());
            met &= !one.hasGoal() || median.perSecond() >= GOAL_OF_TCP;
        }
        System.out.printf(
                Locale.ROOT,
                "%nmedian (least–greatest) of %d rounds of %,d messages (RELP: a fifth); goal of TCP: %,.0f messages/s; load %.1f%n",
                rounds,
                messages,
                GOAL_OF_TCP,
                PROCESS.getSystemLoadAverage());
        return met;
    }

    private Figure measure(Case one) throws IOException {
        Process sender = LoadSender.process(
                        one.kind(),
                        receivers.port(one.way()),
                        messages / one.share(),
                        one.way() == Way.SYSLOG_TLS ? authority : null)
                .start();
        try (BufferedReader words =
                        new BufferedReader(new InputStreamReader(sender.getInputStream(), StandardCharsets.UTF_8));
                OutputStream start = sender.getOutputStream()) {
            if (!LoadSender.READY.equals(words.readLine())) {
                throw new IOException("the sender did not start");
            }
            ReceiverCounters.Snapshot before = receivers.counters();
            long cpu = processorTime();
            long began = System.nanoTime();
            start.write('\n');
            start.flush();
            long ended = awaitAll(one, before, sender, began);
            long spent = processorTime() - cpu;
            ReceiverCounters.Snapshot since = receivers.counters().since(before);
            if (since.of(one.way()).rejected() > 0) {
                throw new IllegalStateException("the receivers do not know who sends");
            }
            long acknowledged = since.acknowledged();
            return new Figure(
                    acknowledged * 1e9 / (ended - began),
                    spent / 1e3 / acknowledged,
                    1 - acknowledged / (double) (messages / one.share()));
        } finally {
            sender.destroyForcibly();
        }
    }

    /** Without this thread: whoever asks is not what is measured. */
    private static long processorTime() {
        return PROCESS.getProcessCpuTime() - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Until everything that was taken is acknowledged and no more can come: of datagrams, which may still be in the socket's
     * buffer, when nothing has come for a while. Returns when the last came.
     */
    private long awaitAll(Case one, ReceiverCounters.Snapshot before, Process sender, long began) {
        long acknowledged = 0;
        long changed = began;
        while (acknowledged < messages / one.share()) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now = System.nanoTime();
            long count = receivers.counters().since(before).acknowledged();
            if (count != acknowledged) {
                acknowledged = count;
                changed = now;
            }
            boolean drained = !sender.isAlive() && receivers.counters().waitingBytes() == 0;
            if (one.way() == Way.SYSLOG_UDP && drained && now - changed > QUIET.toNanos()) {
                break;
            }
            if (now - began > LONGEST_ROUND.toNanos()) {
                throw new IllegalStateException(one.name() + ": not through within " + LONGEST_ROUND);
            }
        }
        return changed;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException error) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
