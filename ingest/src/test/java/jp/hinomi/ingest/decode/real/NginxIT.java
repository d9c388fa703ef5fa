package jp.hinomi.ingest.decode.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nginx with ModSecurity and the OWASP Core Rule Set: its access log, its error log and the audit log of an injection. */
class NginxIT {
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_http_modsecurity_module.so");
    private static final Path RULES = Path.of("/usr/share/modsecurity-crs/rules");
    private static final Path SETUP = Path.of("/etc/modsecurity/crs/crs-setup.conf");
    private static final Path UNICODE = Path.of("/etc/modsecurity/unicode.mapping");

    private static final Field STATUS = Fields.of("http.response.status_code");

    @TempDir
    private Path folder;

    private RealProgram nginx() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("modsecurity.conf"),
                String.join(
                        "\n",
                        "SecRuleEngine On",
                        "SecAuditEngine RelevantOnly",
                        "SecAuditLogParts ABFHZ",
                        "SecAuditLogType Serial",
                        "SecAuditLogFormat JSON",
                        "SecAuditLog " + folder.resolve("audit.json"),
                        "SecUnicodeMapFile " + UNICODE + " 20127",
                        "Include " + SETUP,
                        "Include " + RULES + "/*.conf",
                        ""));
        return RealProgram.start(
                folder,
                "nginx",
                "nginx libnginx-mod-http-modsecurity modsecurity-crs",
                List.of(MODULE, RULES, SETUP, UNICODE),
                (program, port) -> List.of(
                        program.toString(),
                        "-e",
                        folder.resolve("error.log").toString(),
                        "-c",
                        Files.writeString(folder.resolve("nginx.conf"), settings(rules, port))
                                .toString()));
    }

    private String settings(Path rules, int port) {
        StringBuilder temporary = new StringBuilder();
        for (String use : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append("  ")
                    .append(use)
                    .append("_temp_path ")
                    .append(folder.resolve(use))
                    .append(";\n");
        }
        return "load_module " + MODULE + ";\ndaemon off;\nmaster_process off;\npid " + folder.resolve("pid")
                + ";\nerror_log " + folder.resolve("error.log") + ";\nevents {}\nhttp {\n" + temporary
                + "  access_log " + folder.resolve("access.log") + " combined;\n  server {\n    listen 127.0.0.1:"
                + port
                + ";\n    root " + folder + ";\n    modsecurity on;\n    modsecurity_rules_file " + rules
                + ";\n  }\n}\n";
    }

    @Test
    void itsLogsAreDecoded() throws IOException {
        Files.writeString(folder.resolve("index.html"), "ok");
        try (RealProgram nginx = nginx()) {
            assertThat(nginx.get("/index.html")).contains(" 200 ");
            assertThat(nginx.get("/nothing")).contains(" 404 ");
            assertThat(nginx.get("/item?id=1%27%20OR%20%271%27=%271--")).contains(" 403 ");

            List<SecurityEvent> access =
                    RealProgram.decoded("nginx", RealProgram.lines(folder.resolve("access.log"), 3));
            SecurityEvent found = one(access, "/index.html");
            assertThat(found.get(STATUS)).isEqualTo(200L);
            assertThat(found.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
            assertThat(found.text(Fields.of("user_agent.name"))).isEqualTo("Firefox");
            assertThat(found.text(Fields.EVENT_OUTCOME)).isEqualTo("success");
            SecurityEvent refused = one(access, "/item");
            assertThat(refused.get(STATUS)).isEqualTo(403L);
            assertThat(refused.text(Fields.of("url.query"))).isEqualTo("id=1' OR '1'='1--");
            assertThat(refused.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
        }
        List<SecurityEvent> errors = RealProgram.decoded("nginx", RealProgram.lines(folder.resolve("error.log"), 3));
        assertThat(errors)
                .anySatisfy(event -> assertThat(event.text(Fields.MESSAGE)).contains("No such file"));

        List<SecurityEvent> audited =
                RealProgram.decoded("modsecurity", RealProgram.lines(folder.resolve("audit.json"), 1));
        assertThat(audited).anySatisfy(event -> {
            assertThat(event.text(Fields.of("url.path"))).isEqualTo("/item");
            assertThat(event.get(STATUS)).isEqualTo(403L);
            assertThat(event.text(Fields.SOURCE_IP)).isEqualTo("127.0.0.1");
            assertThat(event.text(Fields.EVENT_ACTION)).isEqualTo("denied");
            assertThat(String.valueOf(event.get(Fields.of("rule.id")))).contains("942100");
        });
    }

    private static SecurityEvent one(List<SecurityEvent> events, String path) {
        List<SecurityEvent> found = events.stream()
                .filter(event -> path.equals(event.text(Fields.of("url.path"))))
                .toList();
        assertThat(found).as(path).hasSize(1);
        return found.get(0);
    }
}
