package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.ingest.kafka.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.hinomi.events.Topics;
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

class RelpReceiverTest {
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
        TestPki.Pair server = pki.issue("log.example.jp", "localhost");
        receivers = Receivers.start(ReceiverSettings.of(ReceiversTest.CITY, kafka, "secret")
                .withTls(new TlsSettings(
                        server.writeCertificate(folder.resolve("cert.pem")),
                        server.writeKey(folder.resolve("key.pem")),
                        Optional.empty(),
                        TlsSettings.Clients.NONE))
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
    void everyMessageIsAnsweredInOrderAfterItIsStored() throws IOException {
        try (RelpClient client = new RelpClient(receivers.port(Way.RELP))) {
            client.open();
            for (int i = 2; i < 300; i++) {
                client.send(i, "syslog", line(i));
            }
            for (int i = 2; i < 300; i++) {
                assertThat(client.hear()).isEqualTo(new RelpClient.Frame(i, "rsp", "200 OK"));
            }
            // Answered means stored: no waiting here.
            List<ConsumerRecord<byte[], byte[]>> stored = logs.all();
            assertThat(stored)
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactlyElementsOf(IntStream.range(2, 300)
                            .mapToObj(RelpReceiverTest::line)
                            .toList());
            assertThat(header(stored.get(0), Topics.HEADER_TRANSPORT)).isEqualTo("relp");
            client.send(300, "close", "");
            assertThat(client.hear()).isEqualTo(new RelpClient.Frame(300, "rsp", ""));
            assertThat(client.hear()).isEqualTo(new RelpClient.Frame(0, "serverclose", ""));
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void messagesThatCannotBePlacedAreAnsweredTooAndKept() throws IOException {
        try (RelpClient client = new RelpClient(receivers.port(Way.RELP))) {
            client.open();
            client.send(2, "syslog", "<38>Apr  1 10:00:00 stranger sshd[1]: hello");
            assertThat(client.hear().text()).isEqualTo("200 OK");
            client.send(3, "syslog", line(3) + "x".repeat(3 << 20));
            assertThat(client.hear().text()).isEqualTo("200 OK");
        }
        assertThat(rejects.all())
                .extracting(record -> header(record, Topics.HEADER_REASON))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("unknown sender"),
                        reason -> assertThat(reason).startsWith("truncated: a message of "));
    }

    @Test
    void overTls() throws Exception {
        Socket socket = pki.client(null)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), receivers.port(Way.RELP_TLS));
        try (RelpClient client = new RelpClient(socket)) {
            client.open();
            client.send(2, "syslog", line(2));
            assertThat(client.hear().text()).isEqualTo("200 OK");
        }
        assertThat(header(logs.all().get(0), Topics.HEADER_TRANSPORT)).isEqualTo("relp-tls");
    }

    @Test
    void whatIsNotRelpEndsTheConnectionAndStoresNothing() throws IOException {
        try (RelpClient client = new RelpClient(receivers.port(Way.RELP))) {
            client.send(1, "syslog", line(1));
            assertThatThrownBy(client::hear).hasMessageContaining("closed");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receivers.port(Way.RELP))) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((line(1) + "\n").getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isNegative();
        }
        try (RelpClient client = new RelpClient(receivers.port(Way.RELP))) {
            client.send(1, "open", "relp_version=0\ncommands=eventlog");
            assertThat(client.hear().text()).startsWith("500");
        }
        assertThat(logs.all()).isEmpty();
    }

    static String line(int number) {
        return "<38>Apr  1 10:00:00 bastion-01 sshd[1]: line " + number;
    }
}
