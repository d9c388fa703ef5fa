package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.ingest.Cities.source;
import static jp.hinomi.ingest.kafka.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.hinomi.city.City;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.RecordDecoder;
import jp.hinomi.ingest.kafka.KafkaLogRecords;
import jp.hinomi.ingest.kafka.TopicReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiversTest {
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");

    static final City CITY = Cities.of(
            source("bastion-01", Topics.LOGS_CITY_OS, "openssh", "UTF-8", "bastion-01.city.example"),
            source("legacy-01", Topics.LOGS_SERVICE, "openssh", "Shift_JIS"),
            source("fw-01", Topics.LOGS_FIREWALL, "fortigate", "UTF-8", "FGT-EDGE"),
            source("web-ssh", Topics.LOGS_SERVICE, "openssh", "UTF-8", "web-01"),
            source("web-access", Topics.LOGS_GATEWAY, "nginx", "UTF-8", "web-01"));

    private static String kafka;
    private static Receivers receivers;
    private TopicReader logs;
    private TopicReader rejects;

    @BeforeAll
    static void start() throws IOException {
        kafka = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(kafka, 2);
        TopicSetup.ensure(kafka, 2);
        receivers = Receivers.start(
                ReceiverSettings.of(CITY, kafka, "secret").withHost("127.0.0.1").withPorts(ReceiverPorts.ANY));
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
    void datagramsKeepTheirBytesAndSayWhereTheyCameFrom() throws IOException {
        byte[] line =
                "<38>Apr  1 10:00:00 Bastion-01 sshd[1]: Invalid user x from 203.0.113.7 port 1\n".getBytes(UTF_8);
        udp(line);
        ConsumerRecord<byte[], byte[]> record = logs.await(1).get(0);
        assertThat(record.topic()).isEqualTo(Topics.LOGS_CITY_OS);
        assertThat(record.value()).isEqualTo(line);
        assertThat(record.key()).isEqualTo("bastion-01".getBytes(UTF_8));
        assertThat(header(record, Topics.HEADER_SOURCE)).isEqualTo("bastion-01");
        assertThat(header(record, Topics.HEADER_TRANSPORT)).isEqualTo("syslog-udp");
        assertThat(header(record, Topics.HEADER_PEER)).isEqualTo("127.0.0.1");
        assertThat(Instant.parse(header(record, Topics.HEADER_RECEIVED_AT)))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(record.timestampType().toString()).isEqualTo("LogAppendTime");
        assertThat(event(record).text(Fields.USER_NAME)).isEqualTo("x");
    }

    @Test
    void oneConnectionMayMixFramesAndPacketsMaySplitThemAnywhere() throws IOException {
        String[] messages = {
            "<38>Apr  1 10:00:00 bastion-01 sshd[1]: one",
            "<38>1 2026-04-01T10:00:00+09:00 bastion-01.city.example sshd 1 - - two\nwith a second line",
            "<38>Apr  1 10:00:00 bastion-01 sshd[1]: three",
            "<38>Apr  1 10:00:00 bastion-01 sshd[1]: 都市"
        };
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes((messages[0] + "\n").getBytes(UTF_8));
        stream.writeBytes(counted(messages[1]));
        stream.writeBytes((messages[2] + "\r\n\n").getBytes(UTF_8));
        stream.writeBytes(counted(messages[3]));
        byte[] bytes = stream.toByteArray();
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (byte b : bytes) {
                socket.getOutputStream().write(b);
            }
        }
        assertThat(texts(logs.await(4))).containsExactlyInAnyOrder(messages);
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void aMegabyteIsOneLine() throws IOException {
        byte[] line = new byte[1 << 20];
        Arrays.fill(line, (byte) 'x');
        byte[] header = "<38>Apr  1 10:00:00 bastion-01 sshd[1]: ".getBytes(US_ASCII);
        System.arraycopy(header, 0, line, 0, header.length);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(line);
            socket.getOutputStream().write('\n');
            socket.getOutputStream().write(counted(new String(line, US_ASCII)));
        }
        List<ConsumerRecord<byte[], byte[]>> records = logs.await(2);
        assertThat(records).allSatisfy(record -> assertThat(record.value()).isEqualTo(line));
        assertThat(event(records.get(0)).text(Fields.PROCESS_NAME)).isEqualTo("sshd");
    }

    @Test
    void whatIsLongerIsCutIntoRejectsAndTheConnectionGoesOn() throws IOException {
        byte[] line = new byte[3 << 20];
        Arrays.fill(line, (byte) 'x');
        byte[] header = "<38>Apr  1 10:00:00 bastion-01 sshd[1]: ".getBytes(US_ASCII);
        System.arraycopy(header, 0, line, 0, header.length);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(line);
            socket.getOutputStream().write("\n<38>Apr  1 10:00:00 bastion-01 sshd[1]: after\n".getBytes(UTF_8));
        }
        assertThat(texts(logs.await(1))).containsExactly("<38>Apr  1 10:00:00 bastion-01 sshd[1]: after");
        ConsumerRecord<byte[], byte[]> cut = rejects.await(1).get(0);
        assertThat(cut.value()).isEqualTo(Arrays.copyOf(line, 2 << 20));
        assertThat(header(cut, Topics.HEADER_REASON)).startsWith("truncated: a message of 3145728 bytes");
        assertThat(header(cut, Topics.HEADER_DECODER)).isEqualTo("receiver");
        assertThat(header(cut, Topics.HEADER_SOURCE)).isEqualTo("bastion-01");
    }

    @Test
    void shiftJisArrivesAsItWasSent() throws IOException {
        String line = "<38>Apr  1 10:00:00 legacy-01 sshd[1]: Invalid user 表示ソース from 203.0.113.7 port 1";
        try (Socket socket = connect()) {
            socket.getOutputStream().write((line + "\n").getBytes(SHIFT_JIS));
        }
        ConsumerRecord<byte[], byte[]> record = logs.await(1).get(0);
        assertThat(record.value()).isEqualTo(line.getBytes(SHIFT_JIS));
        assertThat(event(record).text(Fields.USER_NAME)).isEqualTo("表示ソース");
        assertThat(event(record).text(Fields.EVENT_ORIGINAL)).isEqualTo(line);
    }

    @Test
    void aMessageWhoseConnectionEndsBeforeItDoesIsKeptWithTheReason() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("90 <38>Apr  1 10:00:00 bastion-01 sshd[1]: half".getBytes(US_ASCII));
        }
        ConsumerRecord<byte[], byte[]> torn = rejects.await(1).get(0);
        assertThat(new String(torn.value(), US_ASCII)).isEqualTo("<38>Apr  1 10:00:00 bastion-01 sshd[1]: half");
        assertThat(header(torn, Topics.HEADER_REASON))
                .startsWith("truncated: the connection ended after 44 bytes of a longer message");
        assertThat(header(torn, Topics.HEADER_SOURCE)).isEqualTo("bastion-01");
    }

    /** As rsyslog does: it looks whether the other side has ended the connection, and sends if it has not. */
    @Test
    void whatWasUnderWayWhenTheReceiversStopIsStillRead() throws Exception {
        Receivers stopping = Receivers.start(
                ReceiverSettings.of(CITY, kafka, "secret").withHost("127.0.0.1").withPorts(ReceiverPorts.ANY));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stopping.port(Way.SYSLOG_TCP))) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("<38>Apr  1 10:00:00 bastion-01 sshd[1]: before\n".getBytes(UTF_8));
            logs.await(1);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping::close);
            assertThat(socket.getInputStream().read()).isNegative();
            socket.getOutputStream().write("<38>Apr  1 10:00:00 bastion-01 sshd[1]: under way\n".getBytes(UTF_8));
            socket.close();
            stop.get(60, TimeUnit.SECONDS);
        }
        assertThat(texts(logs.await(2))).last().asString().endsWith("under way");
    }

    @Test
    void unknownSendersAreKeptWithAReason() throws IOException {
        udp("<38>Apr  1 10:00:00 stranger sshd[1]: hello".getBytes(UTF_8));
        ConsumerRecord<byte[], byte[]> record = rejects.await(1).get(0);
        assertThat(record.value()).isEqualTo("<38>Apr  1 10:00:00 stranger sshd[1]: hello".getBytes(UTF_8));
        assertThat(header(record, Topics.HEADER_REASON))
                .contains("unknown sender", "'stranger'", "127.0.0.1", "senders", "sources.yaml");
        assertThat(header(record, Topics.HEADER_DECODER)).isEqualTo("receiver");
        assertThat(header(record, Topics.HEADER_PEER)).isEqualTo("127.0.0.1");
    }

    @Test
    void aFortigateWithoutHeaderIsKnownByItsDeviceNameAndSharedHostsByProgram() throws IOException {
        udp("<189>date=2026-04-01 time=10:00:00 devname=\"FGT-EDGE\" devid=\"F\" type=\"traffic\" subtype=\"forward\""
                .getBytes(UTF_8));
        udp("<190>Apr  1 10:00:00 web-01 nginx: 203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 200 1"
                .getBytes(UTF_8));
        udp("<38>Apr  1 10:00:00 web-01 sshd[1]: Server listening on 0.0.0.0 port 22.".getBytes(UTF_8));
        assertThat(logs.await(3))
                .extracting(record -> header(record, Topics.HEADER_SOURCE))
                .containsExactlyInAnyOrder("fw-01", "web-access", "web-ssh");
    }

    @Test
    void aTakenPortSaysWhatToDo() {
        ReceiverSettings taken = ReceiverSettings.of(CITY, kafka, "secret")
                .withHost("127.0.0.1")
                .withPorts(new ReceiverPorts(0, receivers.port(Way.SYSLOG_TCP), -1, -1, -1, -1));
        assertThatThrownBy(() -> Receivers.start(taken).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("syslog TCP")
                .hasMessageContaining(Integer.toString(receivers.port(Way.SYSLOG_TCP)))
                .hasMessageContaining("choose another port");
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), receivers.port(Way.SYSLOG_TCP));
    }

    private static void udp(byte[] message) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(
                    message, message.length, InetAddress.getLoopbackAddress(), receivers.port(Way.SYSLOG_UDP)));
        }
    }

    private static byte[] counted(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((bytes.length + " ").getBytes(US_ASCII));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    private static SecurityEvent event(ConsumerRecord<byte[], byte[]> record) {
        Decoding decoding = new RecordDecoder(CITY)
                .decode(KafkaLogRecords.toLogRecord(record).orElseThrow());
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).event();
    }
}
