package jp.hinomi.ingest.decode.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real broker, its real log: clients that it accepts, refuses and forbids a topic. Broken on trial: the decoder's words
 * for a refused client changed.
 */
class MosquittoIT {
    private static final Field CLIENT_ID = Fields.of("mqtt.client_id");
    private static final Field TOPIC = Fields.of("mqtt.topic");
    private static final Field KEEP_ALIVE = Fields.of("mqtt.keep_alive");
    private static final byte ACCEPTED = 0;
    private static final byte NOT_AUTHORISED = 5;

    @TempDir
    private Path folder;

    private int port;

    private RealProgram broker() throws IOException, InterruptedException {
        Path passwords = folder.resolve("passwords");
        assertThat(RealProgram.run(
                        folder, "mosquitto_passwd", "mosquitto", "-b", "-c", passwords.toString(), "sensor", "correct"))
                .isZero();
        Path accessList = Files.writeString(folder.resolve("acl"), "user sensor\ntopic write city/temperature\n");
        return RealProgram.start(
                folder,
                "mosquitto",
                "mosquitto",
                List.of(),
                (program, port) -> List.of(
                        program.toString(),
                        "-c",
                        Files.writeString(
                                        folder.resolve("mosquitto.conf"),
                                        String.join(
                                                "\n",
                                                "listener " + port + " 127.0.0.1",
                                                "user " + System.getProperty("user.name"),
                                                "allow_anonymous false",
                                                "password_file " + passwords,
                                                "acl_file " + accessList,
                                                "log_dest stderr",
                                                "log_type all",
                                                ""))
                                .toString()));
    }

    @Test
    void itsOwnLogIsDecoded() throws IOException, InterruptedException {
        List<SecurityEvent> events;
        try (RealProgram broker = broker()) {
            port = broker.port();
            assertThat(connect("thermo-17", "sensor", "correct", null)).isEqualTo(ACCEPTED);
            assertThat(connect("intruder", "sensor", "wrong", null)).isEqualTo(NOT_AUTHORISED);
            assertThat(connect("thermo-18", "sensor", "correct", "city/door")).isEqualTo(ACCEPTED);
            events = RealProgram.decoded(
                    "mosquitto", RealProgram.untilSaid(folder.resolve("mosquitto.out"), "Denied PUBLISH"));
        }
        SecurityEvent accepted = one(events, "client-connected", "thermo-17");
        assertThat(accepted.text(Fields.USER_NAME)).isEqualTo("sensor");
        assertThat(accepted.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
        assertThat(accepted.text(Fields.EVENT_OUTCOME)).isEqualTo("success");
        assertThat(accepted.get(KEEP_ALIVE)).isEqualTo(60L);

        SecurityEvent refused = one(events, "connection-refused", null);
        assertThat(refused.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
        assertThat(refused.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
        assertThat(refused.text(Fields.EVENT_CATEGORY)).isEqualTo("authentication");
        assertThat(one(events, "client-refused", null).text(Fields.EVENT_REASON))
                .isEqualTo("not authorised");

        SecurityEvent denied = one(events, "publish-denied", "thermo-18");
        assertThat(denied.text(TOPIC)).isEqualTo("city/door");
        assertThat(denied.text(Fields.EVENT_TYPE)).isEqualTo("denied");
    }

    private static SecurityEvent one(List<SecurityEvent> events, String action, String client) {
        List<SecurityEvent> found = events.stream()
                .filter(event -> action.equals(event.text(Fields.EVENT_ACTION)))
                .filter(event -> client == null ? event.text(CLIENT_ID) == null : client.equals(event.text(CLIENT_ID)))
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
            socket.setSoTimeout((int) RealProgram.PATIENCE.toMillis());
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
}
