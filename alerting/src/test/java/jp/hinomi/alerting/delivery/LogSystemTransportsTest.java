package jp.hinomi.alerting.delivery;

import static jp.hinomi.alerting.delivery.OneContact.channels;
import static jp.hinomi.alerting.delivery.OneContact.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.hinomi.alerting.notice.SyslogMessage;
import jp.hinomi.city.Channel;
import jp.hinomi.testing.TestCertificate;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log systems of a stakeholder's own, as they should be and as they should not, each a real server. */
class LogSystemTransportsTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final SyslogMessage LINE =
            new SyslogMessage(107, "2026-07-01T00:00:00Z", "hinomi.minato", "alert", "CEF:0|Hinomi|火|…");

    @TempDir
    Path folder;

    private static Channel.Syslog syslog(int port, boolean tls, Optional<String> ca) {
        return new Channel.Syslog(
                "127.0.0.1",
                port,
                tls,
                Channel.Syslog.Format.CEF,
                ca,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SendResult toSyslog(Channel.Syslog channel) {
        return new SyslogTransport(
                        new EgressGuard(List.of("127.0.0.0/8")), new Secrets(Map.of()), channels(channel), SHORT)
                .send(message(channel, LINE));
    }

    private static CompletableFuture<byte[]> receive(ServerSocket receiver) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket client = receiver.accept()) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                InputStream in = client.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    all.write(b);
                }
                return all.toByteArray();
            } catch (IOException e) {
                return e.toString().getBytes(StandardCharsets.UTF_8);
            }
        });
    }

    @Test
    void aLogSystemGetsItsLineOverTls() throws Exception {
        TestCertificate certificate = TestCertificate.shared();
        try (ServerSocket receiver = certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Channel.Syslog channel = syslog(receiver.getLocalPort(), true, Optional.of("file:" + certificate.pem()));
            CompletableFuture<byte[]> got = receive(receiver);
            assertThat(toSyslog(channel)).isInstanceOf(SendResult.Sent.class);
            String frame = new String(got.get(30, TimeUnit.SECONDS), StandardCharsets.UTF_8);
            String line = LINE.line(Idempotency.key(message(channel, LINE)));
            assertThat(frame).isEqualTo(line.getBytes(StandardCharsets.UTF_8).length + " " + line);
            assertThat(line)
                    .startsWith("<107>1 2026-07-01T00:00:00Z hinomi.minato hinomi - alert [hinomi@32473 delivery=\"");

            // Whoever has another certificate is not the one we mean.
            Path other = Files.writeString(
                    folder.resolve("other.pem"),
                    Files.readString(certificate.pem()).substring(0, 60));
            SendResult unusable = toSyslog(syslog(receiver.getLocalPort(), true, Optional.of("file:" + other)));
            assertThat(unusable).isInstanceOf(SendResult.Refused.class);
            assertThat(unusable.detail()).contains("check 'ca'");
        }
    }

    @Test
    void aLogSystemThatResetsTheConnectionHasNotTakenTheLine() throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> {
                try (Socket client = receiver.accept()) {
                    client.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            SendResult result = toSyslog(syslog(receiver.getLocalPort(), false, Optional.empty()));
            reset.get(30, TimeUnit.SECONDS);
            assertThat(result).isInstanceOf(SendResult.Failed.class);
        }
    }

    @Test
    void aTopicOfTheStakeholderGetsTheMessageWithItsName() throws Exception {
        String servers = TestKafka.shared().bootstrapServers();
        String topic = "their-alerts";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
        Path file = Files.writeString(folder.resolve("client.properties"), "compression.type=gzip\n");
        Channel.Kafka channel = new Channel.Kafka(servers, topic, Optional.of("file:" + file), Optional.empty());
        try (KafkaTransport transport = new KafkaTransport(
                new EgressGuard(List.of("127.0.0.0/8", "localhost")), channels(channel), Duration.ofSeconds(15))) {
            SendResult result = transport.send(message(channel, Map.of("type", "alert.notice")));
            assertThat(result).as(result.detail()).isInstanceOf(SendResult.Sent.class);
        }
        Properties properties = new Properties();
        properties.put("bootstrap.servers", servers);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<String, String>> got = new ArrayList<>();
            for (int i = 0; i < 60 && got.isEmpty(); i++) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(500));
                records.forEach(got::add);
            }
            assertThat(got).hasSize(1);
            assertThat(got.get(0).key()).isEqualTo("the-alert");
            assertThat(new String(
                            got.get(0).headers().lastHeader("hinomi-delivery").value(), StandardCharsets.UTF_8))
                    .isEqualTo(Idempotency.key(message(channel, Map.of())));
        }

        // A broker on an address that nobody allowed is not spoken to.
        try (KafkaTransport strict =
                new KafkaTransport(new EgressGuard(List.of()), channels(channel), Duration.ofSeconds(15))) {
            SendResult refused = strict.send(message(channel, Map.of()));
            assertThat(refused).isInstanceOf(SendResult.Refused.class);
            assertThat(refused.detail()).contains("is not a public address");
        }
    }
}
