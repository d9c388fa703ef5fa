package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.ingest.kafka.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jp.hinomi.city.Source;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import jp.hinomi.ingest.kafka.TopicReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReceiverTest {
    /** Whoever says to be this one must show its certificate. */
    private static final Source GUARDED = new Source(
            "guarded-01",
            Topics.LOGS_CITY_OS,
            "openssh",
            ZoneId.of("Asia/Tokyo"),
            UTF_8,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of("Guarded.example.jp"));

    @TempDir
    static Path folder;

    private static String kafka;
    private static TestPki pki;
    private static Receivers receivers;
    private TopicReader logs;
    private TopicReader rejects;

    @BeforeAll
    static void start() throws Exception {
        kafka = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(kafka, 2);
        pki = new TestPki("Minato CA");
        receivers = receivers(TlsSettings.Clients.OPTIONAL);
    }

    private static Receivers receivers(TlsSettings.Clients clients) throws Exception {
        Path own = Files.createTempDirectory(folder, "server");
        TestPki.Pair server = pki.issue("log.example.jp", "localhost");
        TlsSettings tls = new TlsSettings(
                server.writeCertificate(own.resolve("cert.pem")),
                server.writeKey(own.resolve("key.pem")),
                Optional.of(pki.authority().writeCertificate(own.resolve("ca.pem"))),
                clients,
                true);
        return Receivers.start(ReceiverSettings.of(
                        Cities.of(
                                GUARDED,
                                Cities.source("bastion-01", Topics.LOGS_CITY_OS, "openssh", "UTF-8"),
                                Cities.source("cam-01", Topics.LOGS_ASSET, "text", "UTF-8", "cam-01.example.jp")),
                        kafka,
                        "secret")
                .withTls(tls)
                .withHost("127.0.0.1")
                .withPorts(ReceiverPorts.ANY));
    }

    @AfterAll
    static void stop() {
        receivers.close();
    }

    @BeforeEach
    void read() {
        logs = new TopicReader(kafka, Topics.LOGS.toArray(String[]::new));
        rejects = new TopicReader(kafka, Topics.REJECTS);
    }

    @AfterEach
    void closeReaders() {
        logs.close();
        rejects.close();
    }

    @Test
    void octetCountedMessagesComeOverTls() throws Exception {
        String message = "<38>1 2026-04-01T10:00:00+09:00 bastion-01 sshd 1 - - two\nlines";
        send(pki.client(null), message.getBytes(UTF_8).length + " " + message);
        ConsumerRecord<byte[], byte[]> record = logs.await(1).get(0);
        assertThat(new String(record.value(), UTF_8)).isEqualTo(message);
        assertThat(header(record, Topics.HEADER_TRANSPORT)).isEqualTo("syslog-tls");
        assertThat(header(record, Topics.HEADER_SOURCE)).isEqualTo("bastion-01");
        assertThat(receivers.counters().of(Way.SYSLOG_TLS).received()).isPositive();
    }

    /** Rsyslog waits for this answer for ever before it closes a connection, and its queue with it. */
    @Test
    void whoSaysThatItHasFinishedIsAnswered() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), receivers.port(Way.SYSLOG_TLS));
                    SSLSocket socket = (SSLSocket)
                            pki.client(null).getSocketFactory().createSocket(plain, "localhost", 0, false)) {
                socket.setEnabledProtocols(new String[] {protocol});
                socket.getOutputStream().write("<38>Apr  1 10:00:00 bastion-01 sshd[1]: last words\n".getBytes(UTF_8));
                // Over another socket this ends TLS only, not the connection.
                socket.shutdownOutput();
                plain.setSoTimeout(20_000);
                while (plain.getInputStream().read() >= 0) {
                    continue; // tickets of the session, then the end
                }
            }
        }
        assertThat(logs.await(2)).hasSize(2);
    }

    @Test
    void aCertificateTellsTheSourceWhereTheHeaderDoesNot() throws Exception {
        send(pki.client(pki.issue("anything", "cam-01.example.jp")), "<14>motion detected\n");
        send(pki.client(pki.issue("guarded.example.jp", null)), "<14>no host name\n");
        assertThat(logs.await(2))
                .extracting(record -> header(record, Topics.HEADER_SOURCE))
                .containsExactlyInAnyOrder("cam-01", "guarded-01");
    }

    @Test
    void aGuardedSourceIsBelievedOnlyWithItsCertificate() throws Exception {
        String message = "<38>Apr  1 10:00:00 guarded-01 sshd[1]: Server listening on 0.0.0.0 port 22.";
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), receivers.port(Way.SYSLOG_TCP))) {
            plain.getOutputStream().write((message + " (plain)\n").getBytes(UTF_8));
        }
        send(pki.client(pki.issue("cam-01.example.jp", "cam-01.example.jp")), message + " (other)\n");
        assertThat(rejects.await(2))
                .allSatisfy(record -> assertThat(header(record, Topics.HEADER_REASON))
                        .contains("not believed", "guarded-01", "Guarded.example.jp", "sources.yaml"));
        send(pki.client(pki.issue("x", "guarded.example.jp")), message + "\n");
        ConsumerRecord<byte[], byte[]> record = logs.await(1).get(0);
        assertThat(header(record, Topics.HEADER_SOURCE)).isEqualTo("guarded-01");
        assertThat(logs.all()).hasSize(1);
    }

    @Test
    void strangersAreTurnedAwayWhereCertificatesAreRequired() throws Exception {
        TestPki other = new TestPki("Other CA");
        try (Receivers strict = receivers(TlsSettings.Clients.REQUIRED)) {
            int port = strict.port(Way.SYSLOG_TLS);
            assertThatThrownBy(() -> sendAndHear(pki.client(null), port)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sendAndHear(pki.client(other.issue("bastion-01", null)), port))
                    .isInstanceOf(IOException.class);
            send(pki.client(pki.issue("relay", null)), port, "<38>Apr  1 10:00:00 bastion-01 sshd[1]: known\n");
            assertThat(logs.await(1)).hasSize(1);
            assertThat(strict.counters().of(Way.SYSLOG_TLS).received()).isEqualTo(1);
        }
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void httpSpeaksTlsWhereItIsAskedFor() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(pki.client(null)).build();
        assertThat(client.send(post("https"), HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("\"accepted\":1");
        assertThat(header(logs.await(1).get(0), Topics.HEADER_TRANSPORT)).isEqualTo("http");
        assertThatThrownBy(() -> client.send(post("http"), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(logs.all()).hasSize(1);
    }

    private static HttpRequest post(String scheme) {
        return HttpRequest.newBuilder(
                        URI.create(scheme + "://localhost:" + receivers.port(Way.HTTP) + "/ingest/bastion-01"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer secret")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build();
    }

    @Test
    void oldProtocolsAreRefused() throws Exception {
        try (SSLSocket socket = connect(pki.client(null), receivers.port(Way.SYSLOG_TLS))) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anUnusableCertificateKeepsTheReceiversFromStarting() throws Exception {
        TlsSettings missing = new TlsSettings(
                folder.resolve("none.pem"), folder.resolve("none.key"), Optional.empty(), TlsSettings.Clients.NONE);
        assertThatThrownBy(() -> Receivers.start(ReceiverSettings.of(Cities.of(GUARDED), kafka, "secret")
                        .withTls(missing)
                        .withHost("127.0.0.1")
                        .withPorts(ReceiverPorts.ANY)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
    }

    private static void send(SSLContext context, String text) throws IOException {
        send(context, receivers.port(Way.SYSLOG_TLS), text);
    }

    private static void send(SSLContext context, int port, String text) throws IOException {
        try (SSLSocket socket = connect(context, port)) {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }
    }

    /** Under TLS 1.3 the client hears of a refused certificate when it reads. */
    private static void sendAndHear(SSLContext context, int port) throws IOException {
        try (SSLSocket socket = connect(context, port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("<38>Apr  1 10:00:00 bastion-01 sshd[1]: hello\n".getBytes(UTF_8));
            if (socket.getInputStream().read() < 0) {
                throw new IOException("closed");
            }
        }
    }

    private static SSLSocket connect(SSLContext context, int port) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }
}
