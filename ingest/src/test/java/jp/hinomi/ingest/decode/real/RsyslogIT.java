package jp.hinomi.ingest.decode.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** rsyslog: what it makes of messages of sshd, in each of the templates that it comes with. */
class RsyslogIT {
    /** By the file that each is written to. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "rfc5424.log", "RSYSLOG_SyslogProtocol23Format",
            "forward.log", "RSYSLOG_ForwardFormat",
            "traditional-forward.log", "RSYSLOG_TraditionalForwardFormat",
            "file.log", "RSYSLOG_FileFormat",
            "traditional-file.log", "RSYSLOG_TraditionalFileFormat");

    @TempDir
    private Path folder;

    private RealProgram rsyslog() throws IOException {
        StringBuilder actions = new StringBuilder();
        TEMPLATES.forEach((file, template) -> actions.append("action(type=\"omfile\" file=\"")
                .append(folder.resolve(file))
                .append("\" template=\"")
                .append(template)
                .append("\")\n"));
        return RealProgram.start(
                folder,
                "rsyslogd",
                "rsyslog",
                List.of(Path.of("/usr/lib")),
                (program, port) -> List.of(
                        program.toString(),
                        "-n",
                        "-i",
                        folder.resolve("pid").toString(),
                        "-f",
                        Files.writeString(
                                        folder.resolve("rsyslog.conf"),
                                        "global(workDirectory=\"" + folder + "\")\nmodule(load=\"imtcp\")\n"
                                                + "input(type=\"imtcp\" address=\"127.0.0.1\" port=\"" + port + "\")\n"
                                                + actions)
                                .toString()));
    }

    @Test
    void whatItWritesIsDecoded() throws IOException {
        String stamp =
                DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).format(OffsetDateTime.now());
        stamp = stamp.charAt(4) == '0' ? stamp.substring(0, 4) + ' ' + stamp.substring(5) : stamp;
        try (RealProgram rsyslog = rsyslog()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rsyslog.port())) {
                socket.getOutputStream()
                        .write(("<38>" + stamp
                                        + " bastion-01 sshd[812]: Failed password for invalid user admin from 198.51.100.7 port 50212 ssh2\n")
                                .getBytes(UTF_8));
            }
            for (String file : TEMPLATES.keySet()) {
                List<SecurityEvent> events = RealProgram.decoded(
                        "openssh",
                        RealProgram.lines(folder.resolve(file), 1).stream()
                                .filter(line -> line.contains("sshd"))
                                .toList());
                assertThat(events).as(file).hasSize(1);
                SecurityEvent event = events.get(0);
                assertThat(event.text(Fields.USER_NAME)).as(file).isEqualTo("admin");
                assertThat(event.text(Fields.SOURCE_IP)).as(file).isEqualTo("198.51.100.7");
                assertThat(event.text(Fields.EVENT_OUTCOME)).as(file).isEqualTo("failure");
                assertThat(event.text(Fields.HOST_NAME)).as(file).isEqualTo("bastion-01");
            }
        }
    }
}
