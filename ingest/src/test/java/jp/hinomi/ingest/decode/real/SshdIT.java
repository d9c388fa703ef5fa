package jp.hinomi.ingest.decode.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenSSH's server, its log and its own client: a key that it accepts, users whom it does not know, a banner that is none.
 * sshd writes no header to its error output, so a test puts before its lines what a syslog daemon would.
 */
class SshdIT {
    @TempDir
    private Path folder;

    @Test
    void itsLogIsDecoded() throws Exception {
        Path hostKey = key("host");
        Path userKey = key("user");
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
        String user = System.getProperty("user.name");
        try (RealProgram sshd = RealProgram.start(
                folder,
                "sshd",
                "openssh-server",
                List.of(Path.of("/usr/bin/ssh"), Path.of("/run/sshd")),
                (program, port) -> List.of(
                        program.toString(),
                        "-D",
                        "-e",
                        "-p",
                        Integer.toString(port),
                        "-h",
                        hostKey.toString(),
                        "-f",
                        settings().toString()))) {
            assertThat(login(user, sshd.port(), userKey)).isZero();
            assertThat(login("no-such-user", sshd.port(), userKey)).isNotZero();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sshd.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
                RealProgram.untilSaid(folder.resolve("sshd.out"), "HTTP/1.1");
            }
            List<String> lines = RealProgram.untilSaid(
                    folder.resolve("sshd.out"), "Accepted publickey", "Invalid user no-such-user", "HTTP/1.1");
            List<SecurityEvent> events = RealProgram.decoded(
                    "openssh",
                    lines.stream()
                            .map(line -> "<38>" + Instant.now() + " host-1 sshd[7]: " + line.strip())
                            .toList());
            SecurityEvent accepted = one(events, "Accepted publickey");
            assertThat(accepted.text(Fields.EVENT_ACTION)).isEqualTo("ssh_login");
            assertThat(accepted.text(Fields.EVENT_OUTCOME)).isEqualTo("success");
            assertThat(accepted.text(Fields.USER_NAME)).isEqualTo(user);
            assertThat(accepted.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
            SecurityEvent unknown = one(events, "Invalid user no-such-user");
            assertThat(unknown.text(Fields.EVENT_ACTION)).isEqualTo("ssh_invalid_user");
            assertThat(unknown.text(Fields.USER_NAME)).isEqualTo("no-such-user");
            assertThat(unknown.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
            assertThat(one(events, "HTTP/1.1").text(Fields.EVENT_CATEGORY)).isNotNull();
        }
    }

    private Path settings() throws IOException {
        return Files.writeString(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "ListenAddress 127.0.0.1",
                        "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "LogLevel VERBOSE",
                        ""));
    }

    private Path key(String name) throws IOException, InterruptedException {
        Path key = folder.resolve(name);
        RealProgram.run(folder, "ssh-keygen", "openssh-client", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        return key;
    }

    private int login(String user, int port, Path key) throws IOException, InterruptedException {
        return RealProgram.run(
                folder,
                "ssh",
                "openssh-client",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known"),
                "-o",
                "IdentitiesOnly=yes",
                "-i",
                key.toString(),
                "-p",
                Integer.toString(port),
                user + "@127.0.0.1",
                "true");
    }

    private static SecurityEvent one(List<SecurityEvent> events, String words) {
        return events.stream()
                .filter(event -> String.valueOf(event.text(Fields.MESSAGE)).contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event says " + words));
    }
}
