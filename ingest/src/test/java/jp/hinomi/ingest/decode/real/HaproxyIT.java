package jp.hinomi.ingest.decode.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HAProxy, which logs to a syslog server only: what it answers itself, what it denies, and a server that is down. */
class HaproxyIT {
    private static final Field STATUS = Fields.of("http.response.status_code");
    private static final Field PATH = Fields.of("url.path");

    @TempDir
    private Path folder;

    private RealProgram haproxy(int logs, String format) throws IOException {
        return RealProgram.start(
                folder,
                "haproxy",
                "haproxy",
                List.of(),
                (program, port) -> List.of(
                        program.toString(),
                        "-db",
                        "-f",
                        Files.writeString(
                                        folder.resolve("haproxy.cfg"),
                                        String.join(
                                                "\n",
                                                "global",
                                                "  log 127.0.0.1:" + logs + " format " + format + " local0",
                                                "defaults",
                                                "  mode http",
                                                "  log global",
                                                "  option httplog",
                                                "  timeout connect 2s",
                                                "  timeout client 10s",
                                                "  timeout server 10s",
                                                "frontend web",
                                                "  bind 127.0.0.1:" + port,
                                                "  http-request deny if { path_beg /admin }",
                                                "  http-request return status 200 if { path /ok }",
                                                "  default_backend app",
                                                "backend app",
                                                "  server app-1 127.0.0.1:9",
                                                ""))
                                .toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc3164", "rfc5424"})
    void itsLogIsDecoded(String format) throws IOException {
        try (DatagramSocket logs = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            logs.setSoTimeout((int) RealProgram.PATIENCE.toMillis());
            List<String> lines = new ArrayList<>();
            try (RealProgram haproxy = haproxy(logs.getLocalPort(), format)) {
                assertThat(haproxy.get("/ok")).contains(" 200 ");
                assertThat(haproxy.get("/admin/users")).contains(" 403 ");
                assertThat(haproxy.get("/app?id=1")).contains(" 503 ");
                while (lines.stream()
                                .filter(line -> line.contains("HTTP/1.1\""))
                                .count()
                        < 3) {
                    lines.add(next(logs));
                }
            }
            List<SecurityEvent> events = RealProgram.decoded("haproxy", lines);
            assertThat(one(events, "/ok").get(STATUS)).isEqualTo(200L);
            assertThat(one(events, "/ok").text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
            assertThat(one(events, "/admin/users").get(STATUS)).isEqualTo(403L);
            assertThat(one(events, "/admin/users").text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
            SecurityEvent down = one(events, "/app");
            assertThat(down.get(STATUS)).isEqualTo(503L);
            assertThat(down.text(Fields.of("haproxy.backend_name"))).isEqualTo("app");
            assertThat(down.text(Fields.of("haproxy.server_name"))).isEqualTo("app-1");
        }
    }

    private static String next(DatagramSocket logs) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[8_192], 8_192);
        logs.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static SecurityEvent one(List<SecurityEvent> events, String path) {
        List<SecurityEvent> found =
                events.stream().filter(event -> path.equals(event.text(PATH))).toList();
        assertThat(found).as(path).hasSize(1);
        return found.get(0);
    }
}
