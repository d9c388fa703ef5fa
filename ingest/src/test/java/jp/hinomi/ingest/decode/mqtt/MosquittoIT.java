package jp.hinomi.ingest.decode.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real broker, its real log: clients that it accepts, refuses and forbids a topic. Broken on trial: the decoder's words
 * for a refused client changed.
 */
class MosquittoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SOCKET_MILLIS = 30_000;
    private static final byte ACCEPTED = 0;
    private static final byte NOT_AUTHORISED = 5;

    @TempDir
    private Path folder;

    private Process broker;
    private int port;
    private Path log;

    @BeforeEach
    void startTheBroker() throws Exception {
        Optional<Path> program = program("mosquitto");
        Optional<Path> passwords = program("mosquitto_passwd");
        assumeThat(program.isPresent() && passwords.isPresent())
                .as("mosquitto is not installed: on Debian, apt-get install mosquitto")
                .isTrue();
        Path passwordFile = folder.resolve("passwords");
        run(passwords.get().toString(), "-b", "-c", passwordFile.toString(), "sensor", "correct");
        Path accessList = Files.writeString(folder.resolve("acl"), "user sensor\ntopic write city/temperature\n");
        log = folder.resolve("mosquitto.log");
        for (int attempt = 0; attempt < 5 && port == 0; attempt++) {
            start(program.get(), passwordFile, accessList);
        }
        assertThat(port).as("the broker listens; it says: %s", logText()).isPositive();
    }

    /** Between finding a free port and using it another process may take it: then the broker ends and we try the next. */
    private void start(Path program, Path passwordFile, Path accessList) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Path settings = Files.writeString(
                folder.resolve("mosquitto.conf"),
                String.join(
                        "\n",
                        "listener " + free + " 127.0.0.1",
                        "user " + System.getProperty("user.name"),
                        "allow_anonymous false",
                        "password_file " + passwordFile,
                        "acl_file " + accessList,
                        "log_dest stderr",
                        "log_type all",
                        ""));
        broker = new ProcessBuilder(program.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> !broker.isAlive() || logText().contains(" running"));
        port = broker.isAlive() ? free : 0;
    }

    @AfterEach
    void stopTheBroker() throws InterruptedException {
        if (broker != null) {
            broker.destroy();
            if (!broker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                broker.destroyForcibly();
            }
        }
    }

    @Test
    void itsOwnLogIsDecoded() throws IOException {
        assertThat(connect("thermo-17", "sensor", "correct", null)).isEqualTo(ACCEPTED);
        assertThat(connect("intruder", "sensor", "wrong", null)).isEqualTo(NOT_AUTHORISED);
        assertThat(connect("thermo-18", "sensor", "correct", "city/door")).isEqualTo(ACCEPTED);
        await().atMost(PATIENCE).until(() -> logText().contains("Denied PUBLISH"));

        List<SecurityEvent> events = decodeLog();
        SecurityEvent accepted = one(events, "client-connected", "thermo-17");
        assertThat(accepted.text(Fields.USER_NAME)).isEqualTo("sensor");
        assertThat(accepted.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
        assertThat(accepted.text(Fields.EVENT_OUTCOME)).isEqualTo("success");
        assertThat(accepted.get(MqttFields.KEEP_ALIVE)).isEqualTo(60L);

        SecurityEvent refused = one(events, "connection-refused", null);
        assertThat(refused.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
        assertThat(refused.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
        assertThat(refused.text(Fields.EVENT_CATEGORY)).isEqualTo("authentication");
        assertThat(one(events, "client-refused", null).text(Fields.EVENT_REASON))
                .isEqualTo("not authorised");

        SecurityEvent denied = one(events, "publish-denied", "thermo-18");
        assertThat(denied.text(MqttFields.TOPIC)).isEqualTo("city/door");
        assertThat(denied.text(Fields.EVENT_TYPE)).isEqualTo("denied");
        assertThat(events)
                .allSatisfy(event -> assertThat(Duration.between(
                                        java.time.Instant.ofEpochMilli(event.timestampMillis()),
                                        java.time.Instant.now())
                                .abs())
                        .isLessThan(Duration.ofHours(1)));
    }

    /** Every line becomes an event; none is refused. */
    private List<SecurityEvent> decodeLog() throws IOException {
        Decoder decoder = Decoders.of("mosquitto", ZoneId.of("Asia/Tokyo"), UTF_8);
        List<SecurityEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Decoding decoding = decoder.decode(new LogRecord(line.getBytes(UTF_8), "iot", null, "log:1", 0));
            assertThat(decoding).as(line).isInstanceOf(Decoding.Decoded.class);
            events.add(((Decoding.Decoded) decoding).event());
        }
        return events;
    }

    private static SecurityEvent one(List<SecurityEvent> events, String action, String client) {
        Field id = MqttFields.CLIENT_ID;
        List<SecurityEvent> found = events.stream()
                .filter(event -> action.equals(event.text(Fields.EVENT_ACTION)))
                .filter(event -> client == null ? event.text(id) == null : client.equals(event.text(id)))
                .toList();
        assertThat(found).as(action + " of " + client).hasSize(1);
        return found.get(0);
    }

    /**
     * Speaks MQTT 3.1.1: connects, publishes with quality of service 1 if there is a topic, and leaves.
     *
     * @return the code of the broker's answer to CONNECT
     */
    private byte connect(String client, String user, String password, String topic) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SOCKET_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            packet(0x10, out, body -> {
                body.writeUTF("MQTT");
                body.writeByte(4);
                body.writeByte(0xC2); // user name, password, clean session
                body.writeShort(60);
                body.writeUTF(client);
                body.writeUTF(user);
                body.writeUTF(password);
            });
            byte[] answer = in.readNBytes(4);
            assertThat(answer).as("CONNACK").hasSize(4);
            if (topic != null) {
                packet(0x32, out, body -> {
                    body.writeUTF(topic);
                    body.writeShort(1);
                    body.writeByte('1');
                });
                assertThat(in.readNBytes(4)).as("PUBACK").hasSize(4);
            }
            if (answer[3] == ACCEPTED) {
                out.write(new byte[] {(byte) 0xE0, 0});
            }
            return answer[3];
        }
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /** A packet of less than 128 bytes. */
    private static void packet(int type, DataOutputStream out, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        out.writeByte(type);
        out.writeByte(bytes.size());
        out.write(bytes.toByteArray());
        out.flush();
    }

    private String logText() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }

    /** Servers may stand where only the administrator's path looks. */
    private static Optional<Path> program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
