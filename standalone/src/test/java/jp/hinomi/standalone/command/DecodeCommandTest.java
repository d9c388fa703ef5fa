package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    private static final String LOGIN =
            "2026-04-01T10:00:00+09:00 bastion-01 sshd[1]: Failed password for root from 203.0.113.7 port 4242 ssh2";
    private static final String VISIT =
            "203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 200 512 \"-\" \"curl/8\"";

    @TempDir
    Path folder;

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    @Test
    void prints_one_event_per_line_in_order() throws Exception {
        String file = file("auth.log", (LOGIN + "\n" + LOGIN.replace("root", "admin") + "\r\n").getBytes());
        CommandRun run = CommandRun.of("decode", "--format", "openssh", file);
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .extracting(line -> EventJson.read(line.getBytes(StandardCharsets.UTF_8), "?")
                        .text(Fields.of("user.name")))
                .containsExactly("root", "admin");
        assertThat(run.out()).contains("\"event.id\":\"" + file + ":1\"").contains("2026-04-01T01:00:00.000Z");
    }

    @Test
    void a_file_that_is_not_there_is_named_with_the_remedy() {
        String missing = folder.resolve("missing.log").toString();
        CommandRun run = CommandRun.of("decode", "--format", "openssh", missing);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("There is no file " + missing).contains("check the name");
    }

    @Test
    void knows_the_formats_of_a_city() throws Exception {
        String file =
                file("gate.log", "2026/04/01 10:00:00;北口;OUT;NG;;taro;192.0.2.31\n".getBytes(StandardCharsets.UTF_8));
        CommandRun run = CommandRun.of("decode", "--format", "parking-gate", "--city", "../examples/city", file);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"parking.gate\":\"北口\"");
    }

    /** Broken on trial: the count of what was chosen left out. */
    @Test
    void says_what_it_recognised() throws Exception {
        String file = file("mixed.log", (LOGIN + "\n" + LOGIN + "\npump 4: pressure low\n").getBytes());
        CommandRun run = CommandRun.of("decode", "--format", "auto", file);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"city.format\":\"openssh\"").contains("\"city.format\":\"text\"");
        assertThat(run.err()).contains("recognised as openssh: 2 lines").contains("recognised as text: 1 lines");
    }

    @Test
    void rejects_with_file_line_and_reason_and_goes_on() throws Exception {
        String file = file("access.log", (VISIT + "\n\u0000\u0001garbage\n" + VISIT).getBytes());
        CommandRun run = CommandRun.of("decode", "--format", "nginx", file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err()).contains(file + ":2: rejected at byte").contains("1 lines rejected");
    }

    @Test
    void reads_the_character_set_it_is_told_and_rejects_what_is_not_in_it() throws Exception {
        byte[] sjis = VISIT.replace("GET / ", "GET /防災 ").getBytes(Charset.forName("Shift_JIS"));
        String file = file("access.log", sjis);
        assertThat(CommandRun.of("decode", "--format", "nginx", "--charset", "Shift_JIS", file)
                        .out())
                .contains("/防災");
        CommandRun asUtf8 = CommandRun.of("decode", "--format", "nginx", file);
        assertThat(asUtf8.code()).isEqualTo(1);
        assertThat(asUtf8.out()).doesNotContain("\uFFFD");
    }

    @Test
    void unpacks_gzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write((VISIT + "\n").getBytes());
        }
        assertThat(CommandRun.of("decode", "--format", "nginx", file("access.log.gz", packed.toByteArray()))
                        .out()
                        .lines())
                .hasSize(1);
    }

    @Test
    void names_what_it_cannot_use() throws Exception {
        CommandRun format = CommandRun.of("decode", "--format", "ngnix", file("a", new byte[0]));
        assertThat(format.code()).isEqualTo(2);
        assertThat(format.err()).contains("ngnix").contains("nginx");
        CommandRun missing = CommandRun.of(
                "decode", "--format", "nginx", folder.resolve("none").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("none");
    }

    /** Failed while the first 4 MiB were decoded as if they were the line. */
    @Test
    void rejects_a_line_of_which_it_sees_only_the_beginning() throws Exception {
        String line = VISIT + "x".repeat(Lines.LONGEST);
        CommandRun run =
                CommandRun.of("decode", "--format", "nginx", file("long.log", (line + "\n" + VISIT).getBytes()));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).contains("long.log:1").contains("longer than 4 MiB");
    }

    @Test
    void survives_lines_of_any_length() throws Exception {
        byte[] huge = new byte[Lines.LONGEST + 100_000];
        java.util.Arrays.fill(huge, (byte) 'x');
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(huge);
        all.write(("\n" + VISIT + "\n").getBytes());
        CommandRun run = CommandRun.of("decode", "--format", "nginx", file("huge.log", all.toByteArray()));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(1);
    }
}
