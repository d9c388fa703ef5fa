package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class KafkaOutageTest {
    private static final int LINES = 40_000;
    private static final int RELP = 100;
    private static final int DATAGRAM = 2 * LINES;
    private static final int LATE = 3 * LINES;
    private static final String PADDING = "x".repeat(400);

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Receivers.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        log.list = Collections.synchronizedList(log.list);
        log.start();
        LOG.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        LOG.detachAppender(log);
    }

    /** 40,000 lines are 17 MB: more than the buffer of 8 MB, so the sender must wait, and the socket's buffers too. */
    @Test
    void tcpSendersWaitAndNoAnswerOfRelpIsEarlyAndDatagramsGoToTheSpool() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        TopicSetup.ensure(kafka.bootstrapServers(), 1);
        ReceiverSettings settings = ReceiverSettings.of(ReceiversTest.CITY, kafka.bootstrapServers(), "secret")
                .withHost("127.0.0.1")
                .withPorts(ReceiverPorts.ANY)
                .withSpool(new SpoolSettings(folder.resolve("spool"), 1 << 20))
                .withBuffer(8 << 20, Duration.ofSeconds(2));
        TopicReader logs = new TopicReader(kafka.bootstrapServers(), Topics.LOGS_CITY_OS);
        try (Receivers receivers = Receivers.start(settings)) {
            int port = kafka.port();
            kafka.close();
            RelpClient relp = new RelpClient(receivers.port(Way.RELP));
            relp.open();
            for (int i = 2; i < 2 + RELP; i++) {
                relp.send(i, "syslog", line(LINES + i));
            }
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendAll(receivers.port(Way.SYSLOG_TCP)));
            await().atMost(180, TimeUnit.SECONDS)
                    .until(() -> receivers.counters().timesHeldBack() > 0);

            // Who connects now is not even read, so nobody can fill the memory by connecting again and again.
            RelpClient late = new RelpClient(receivers.port(Way.RELP));
            late.send(1, "open", "relp_version=0\ncommands=syslog");
            late.send(2, "syslog", line(LATE));
            udp(receivers.port(Way.SYSLOG_UDP), line(DATAGRAM));
            await().atMost(120, TimeUnit.SECONDS)
                    .until(() -> receivers.counters().spool().written() == 1);
            // The spool of 1 MiB takes some of these, which are unknown senders'.
            await().atMost(120, TimeUnit.SECONDS).until(() -> {
                udp(receivers.port(Way.SYSLOG_UDP), "x".repeat(60_000));
                return receivers.counters().of(Way.SYSLOG_UDP).dropped() > 0;
            });
            await().atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(said("lost datagrams of syslog UDP"))
                            .isNotEmpty()
                            .first()
                            .asString()
                            .contains(
                                    "because too much waited for Kafka",
                                    "is the broker up",
                                    "the spool had no room left",
                                    "TCP, TLS or RELP"));
            assertThat(get(receivers.port(Way.HTTP), "/health").body())
                    .contains("\"status\":\"waiting for Kafka\"", "\"lost_datagrams\":");
            assertThat(get(receivers.port(Way.HTTP), "/counters").body())
                    .contains("\"syslog-udp\":{\"received\":0,\"rejected\":0,\"dropped\":", "\"acknowledged\":0")
                    .containsPattern("\"spool\":\\{\"written\":1[0-9],\"sent\":0,\"bytes\":[1-9]")
                    .containsPattern("\"syslog-tcp\":\\{\"received\":[1-9]")
                    .containsPattern("\"held_back\":[1-9]")
                    .containsPattern("\"waiting_bytes\":[1-9]");
            HttpResponse<String> refused = post(receivers.port(Way.HTTP));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("nothing of this request was stored");
            assertThat(receivers.counters().of(Way.SYSLOG_TCP).received()).isLessThan(LINES);
            assertThat(receivers.counters().acknowledged()).isZero();
            assertThat(relp.hasHeard()).as("nothing is in Kafka").isFalse();
            assertThat(late.hasHeard()).isFalse();
            assertThat(receivers.counters().of(Way.RELP).received()).isEqualTo(RELP);

            kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, port));
            sender.get(60, TimeUnit.SECONDS);
            for (int i = 2; i < 2 + RELP; i++) {
                assertThat(relp.hear()).isEqualTo(new RelpClient.Frame(i, "rsp", "200 OK"));
            }
            assertThat(late.hear().text()).startsWith("200 OK\n");
            assertThat(late.hear()).isEqualTo(new RelpClient.Frame(2, "rsp", "200 OK"));
            relp.close();
            late.close();
            List<String> stored = logs.await(LINES + RELP + 2).stream()
                    .map(record -> new String(record.value(), UTF_8))
                    .toList();
            assertThat(stored)
                    .filteredOn(text -> number(text) < LINES)
                    .containsExactlyElementsOf(IntStream.range(0, LINES)
                            .mapToObj(KafkaOutageTest::line)
                            .toList());
            assertThat(stored)
                    .filteredOn(text -> number(text) >= LINES && number(text) != LATE)
                    .containsExactlyElementsOf(Stream.concat(
                                    IntStream.range(2, 2 + RELP).mapToObj(i -> line(LINES + i)),
                                    Stream.of(line(DATAGRAM)))
                            .toList());
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> receivers.counters().spool().bytes() == 0);
            assertThat(post(receivers.port(Way.HTTP)).statusCode()).isEqualTo(200);
        } finally {
            logs.close();
            kafka.close();
        }
        assertThat(said("stopped; since the start:"))
                .singleElement()
                .asString()
                .contains(
                        "syslog TCP 40,000,",
                        "RELP 101,",
                        "HTTP 1,",
                        " × senders held back",
                        "0 bytes wait for Kafka",
                        " datagrams written to the spool",
                        " sent from the spool");
        assertThat(said("lost datagrams").size())
                .as("said every ten seconds at most")
                .isLessThan(15);
    }

    /** Nobody reads while Kafka is away, so those who left are not seen to have left. */
    @Test
    void whoConnectsAnewDuringAnOutageIsNotTurnedAwayBecauseOfDeadConnections() throws Exception {
        int port = freePort();
        ReceiverSettings settings = ReceiverSettings.of(ReceiversTest.CITY, "127.0.0.1:" + port, "secret")
                .withHost("127.0.0.1")
                .withPorts(ReceiverPorts.ANY)
                .withBuffer(4 << 20, Duration.ofSeconds(2));
        List<RelpClient> anew = new ArrayList<>();
        EmbeddedKafka kafka = null;
        try (Receivers receivers = Receivers.start(settings, 4)) {
            await().atMost(60, TimeUnit.SECONDS).until(() -> {
                udp(receivers.port(Way.SYSLOG_UDP), "x".repeat(60_000));
                return receivers.counters().of(Way.SYSLOG_UDP).dropped() > 0;
            });
            for (int i = 0; i < 2 * 4; i++) {
                try (RelpClient dead = new RelpClient(receivers.port(Way.RELP))) {
                    dead.send(1, "open", "relp_version=0\ncommands=syslog");
                }
            }
            for (int i = 0; i < 3; i++) {
                RelpClient client = new RelpClient(receivers.port(Way.RELP));
                client.send(1, "open", "relp_version=0\ncommands=syslog");
                client.send(2, "syslog", line(i));
                anew.add(client);
            }
            assertThat(get(receivers.port(Way.HTTP), "/health").statusCode())
                    .as("each port has connections of its own")
                    .isNotZero();
            kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, port));
            TopicSetup.ensure(kafka.bootstrapServers(), 1);
            for (RelpClient client : anew) {
                assertThat(client.hear().text()).startsWith("200 OK\n");
                assertThat(client.hear()).isEqualTo(new RelpClient.Frame(2, "rsp", "200 OK"));
                client.close();
            }
        } finally {
            if (kafka != null) {
                kafka.close();
            }
        }
    }

    /**
     * A handshake is read even then, but nothing after it, so nobody fills the memory by connecting over TLS again and again.
     * With TLS 1.2 the server's part of the handshake ends last: what comes then cannot have come together with it.
     */
    @Test
    void whoConnectsOverTlsDuringAnOutageIsNotReadAfterTheHandshake() throws Exception {
        TestPki pki = new TestPki("Minato CA");
        TestPki.Pair server = pki.issue("log.example.jp", "localhost");
        ReceiverSettings settings = ReceiverSettings.of(ReceiversTest.CITY, "127.0.0.1:" + freePort(), "secret")
                .withTls(new TlsSettings(
                        server.writeCertificate(folder.resolve("cert.pem")),
                        server.writeKey(folder.resolve("key.pem")),
                        Optional.empty(),
                        TlsSettings.Clients.NONE))
                .withHost("127.0.0.1")
                .withPorts(ReceiverPorts.ANY)
                .withBuffer(4 << 20, Duration.ofSeconds(2));
        try (Receivers receivers = Receivers.start(settings)) {
            await().atMost(60, TimeUnit.SECONDS).until(() -> {
                udp(receivers.port(Way.SYSLOG_UDP), "x".repeat(60_000));
                return receivers.counters().of(Way.SYSLOG_UDP).dropped() > 0;
            });
            // What was too long for the rest of the buffer has not filled it.
            try (Socket fill = new Socket(InetAddress.getLoopbackAddress(), receivers.port(Way.SYSLOG_TCP))) {
                fill.getOutputStream().write(("<38>" + "x".repeat(100_000) + '\n').getBytes(UTF_8));
                await().atMost(60, TimeUnit.SECONDS)
                        .until(() -> receivers.counters().timesHeldBack() > 0);
                long before = receivers.counters().timesHeldBack();
                SSLSocket socket = (SSLSocket) pki.client(null)
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), receivers.port(Way.RELP_TLS));
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.startHandshake();
                try (RelpClient client = new RelpClient(socket)) {
                    client.sendTogether(List.of("1 open 30 relp_version=0\ncommands=syslog\n", "2 syslog 5 hello\n"));
                    await().atMost(60, TimeUnit.SECONDS)
                            .until(() -> receivers.counters().timesHeldBack() > before);
                    assertThat(receivers.counters().of(Way.RELP_TLS).received()
                                    + receivers.counters().of(Way.RELP_TLS).rejected())
                            .isZero();
                }
            }
        }
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void datagramsThatAreStillInMemoryWhenTheReceiversStopAreSentByTheNextOnes() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        TopicSetup.ensure(kafka.bootstrapServers(), 1);
        int port = kafka.port();
        kafka.close();
        ReceiverSettings settings = ReceiverSettings.of(ReceiversTest.CITY, "127.0.0.1:" + port, "secret")
                .withHost("127.0.0.1")
                .withPorts(ReceiverPorts.ANY)
                .withSpool(new SpoolSettings(folder.resolve("spool"), 1 << 20));
        long before = System.currentTimeMillis();
        long stopping;
        try (Receivers receivers = Receivers.start(settings)) {
            for (int i = 0; i < 3; i++) {
                int sent = i + 1;
                udp(receivers.port(Way.SYSLOG_UDP), line(i));
                await().atMost(60, TimeUnit.SECONDS)
                        .until(() -> receivers.counters().of(Way.SYSLOG_UDP).received() == sent);
            }
            stopping = System.nanoTime();
        }
        long after = System.currentTimeMillis();
        assertThat(System.nanoTime() - stopping)
                .as("within the time that a container is given, or nothing would be kept")
                .isLessThan(TimeUnit.SECONDS.toNanos(10));
        kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, port));
        try (TopicReader logs = new TopicReader(kafka.bootstrapServers(), Topics.LOGS_CITY_OS);
                Receivers receivers = Receivers.start(settings)) {
            List<ConsumerRecord<byte[], byte[]>> stored = logs.await(3);
            assertThat(stored)
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly(line(0), line(1), line(2));
            assertThat(stored)
                    .extracting(record -> Instant.parse(TopicReader.header(record, Topics.HEADER_RECEIVED_AT))
                            .toEpochMilli())
                    .allSatisfy(millis -> assertThat(millis).isBetween(before, after));
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> receivers.counters().spool().bytes() == 0);
        } finally {
            kafka.close();
        }
    }

    private List<String> said(String beginning) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith(beginning))
                .toList();
    }

    private static String line(int number) {
        return "<38>Apr  1 10:00:00 bastion-01 sshd[1]: line " + number + ' ' + PADDING;
    }

    private static int number(String line) {
        return Integer.parseInt(line.split(" ")[7]);
    }

    private static void sendAll(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 8192)) {
            for (int i = 0; i < LINES; i++) {
                out.write((line(i) + '\n').getBytes(UTF_8));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void udp(int port, String text) throws java.io.IOException {
        byte[] message = text.getBytes(UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer secret")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private static HttpResponse<String> post(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ingest/bastion-01"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer secret")
                .POST(HttpRequest.BodyPublishers.ofString("late"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
