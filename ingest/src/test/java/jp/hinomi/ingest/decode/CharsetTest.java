package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

class CharsetTest {
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    private static final Charset EUC_JP = Charset.forName("EUC-JP");
    private static final Charset ISO_2022_JP = Charset.forName("ISO-2022-JP");
    private static final String LINE = "Apr  1 10:00:00 b app[1]: 利用者「髙橋ソ表」のログインに失敗しました";
    private static final String PLAIN = "Apr  1 10:00:00 b app[1]: 利用者のログインに失敗しました";

    private final DecoderTable utf8 = new DecoderTable("openssh");

    @Test
    void japaneseCharsetsAreReadExactly() {
        new DecoderTable("openssh", SHIFT_JIS).line(LINE, "message=利用者「髙橋ソ表」のログインに失敗しました");
        new DecoderTable("openssh", Charset.forName("Shift_JIS")).line(PLAIN, "message=利用者のログインに失敗しました");
        new DecoderTable("openssh", EUC_JP).line(PLAIN, "message=利用者のログインに失敗しました");
        new DecoderTable("openssh", ISO_2022_JP).line(PLAIN, "message=利用者のログインに失敗しました");
        // The bytes of windows-31j's extensions under the name that people configure.
        Decoding decoding = new DecoderTable("openssh", Charset.forName("Shift_JIS")).decode(LINE.getBytes(SHIFT_JIS));
        assertThat(message(decoding)).contains("髙橋");
        Charset extended = Charset.forName("x-eucJP-Open");
        assertThat(message(new DecoderTable("openssh", EUC_JP).decode((PLAIN + "①").getBytes(extended))))
                .endsWith("①");
    }

    /** The same record in whatever charset is the same event: samples of every format, and Japanese text in several. */
    @Test
    void everyFormatInEveryCharset() {
        Map<String, List<String>> japanese = Map.of(
                "openssh", List.of("<38>Apr  1 10:00:00 b sudo: 太郎 : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/表"),
                "nginx", List.of("203.0.113.7 - 太郎 [01/Apr/2026:10:00:00 +0900] \"GET /防災?表=1 HTTP/1.1\" 200 1"),
                "suricata-eve",
                        List.of(
                                "{\"timestamp\":\"2026-04-01T10:00:00+0900\",\"flow_id\":1,\"event_type\":\"alert\",\"alert\":{\"signature\":\"予兆\"}}"),
                "fortigate",
                        List.of(
                                "<189>date=2026-04-01 time=10:00:00 type=\"event\" subtype=\"user\" user=\"太郎\" msg=\"表示 \\\"能\\\"\""),
                "json", List.of("{\"ts\":1775005200,\"msg\":\"水位が上がった\"}", "<13>Apr  1 10:00:00 h a: {\"msg\":\"表\"}"),
                "ecs-json", List.of("{\"@timestamp\":\"2026-04-01T10:00:00Z\",\"user.name\":\"太郎\",\"message\":\"ソ\"}"),
                "syslog", List.of("<38>1 2026-04-01T10:00:00Z h a - - [x@1 名=\"v\" k=\"表\"] 本文"),
                "text", List.of("ポンプ4: 圧力低下"),
                "auto", List.of("Apr  1 10:00:00 h sshd[1]: Invalid user 太郎 from 203.0.113.7 port 1"));
        int compared = 0;
        for (String format : Decoders.formats()) {
            List<String> lines = new ArrayList<>(SampleLines.BY_FORMAT.getOrDefault(format, List.of()));
            lines.addAll(japanese.getOrDefault(format, List.of()));
            for (Charset charset : List.of(Charset.forName("Shift_JIS"), SHIFT_JIS, EUC_JP, ISO_2022_JP)) {
                DecoderTable table = new DecoderTable(format, charset);
                for (String line : lines) {
                    if (new String(line.getBytes(charset), charset).equals(line)) {
                        Decoding expected = new DecoderTable(format).decode(line.getBytes(UTF_8));
                        assertThat(expected).as(line).isInstanceOf(Decoding.Decoded.class);
                        assertThat(table.decode(line.getBytes(charset)))
                                .as(charset + ": " + line)
                                .isEqualTo(expected);
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(4 * 20);
    }

    @Test
    void theWrongCharsetIsNamed() {
        int start = "Apr  1 10:00:00 b app[1]: ".length();
        assertThat(utf8.rejected(
                                PLAIN.getBytes(SHIFT_JIS),
                                "not UTF-8",
                                "looks like Shift_JIS",
                                "charset: Shift_JIS",
                                "sources.yaml")
                        .byteOffset())
                .isEqualTo(start);
        utf8.rejected(PLAIN.getBytes(EUC_JP), "looks like EUC-JP");
        utf8.rejected(PLAIN.getBytes(UTF_16LE), "not UTF-8");
        new DecoderTable("openssh", EUC_JP).rejected(PLAIN.getBytes(UTF_8), "looks like UTF-8");
        new DecoderTable("openssh", ISO_2022_JP).rejected(PLAIN.getBytes(SHIFT_JIS), "looks like Shift_JIS");
        utf8.rejected(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0}, "UTF-16");
        utf8.rejected(new byte[] {'a', (byte) 0xFF, (byte) 0x80, 'b'}, "no Japanese charset");
    }

    @Test
    void illFormedUtf8IsNeverAccepted() {
        byte[][] illFormed = {
            {(byte) 0xC0, (byte) 0xAF},
            {(byte) 0xE0, (byte) 0x80, (byte) 0xAF},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0x80},
            {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80}
        };
        for (byte[] bytes : illFormed) {
            byte[] line = Arrays.copyOf("Apr  1 10:00:00 b app: ".getBytes(UTF_8), 23 + bytes.length + 1);
            System.arraycopy(bytes, 0, line, 23, bytes.length);
            line[line.length - 1] = 'x';
            assertThat(utf8.rejected(line, "not UTF-8").byteOffset()).isEqualTo(23);
        }
    }

    @Test
    void aLineThatWasCutInsideACharacterSaysSo() {
        byte[] whole = PLAIN.getBytes(UTF_8);
        utf8.rejected(
                Arrays.copyOf(whole, whole.length - 1),
                "cut it after " + (whole.length - 1) + " bytes",
                "maximum message size");
    }

    @Test
    void marksLineEndsAndNulBytes() {
        String plain = "Apr  1 10:00:00 b app: x";
        for (String variant :
                new String[] {"\uFEFF" + plain, plain + "\r\n", plain + "\n", plain + "\0", plain + "\0\n"}) {
            SecurityEvent event = utf8.event(variant);
            assertThat(event.text(Fields.EVENT_ORIGINAL)).isEqualTo(plain);
            assertThat(event.text(Fields.HOST_NAME)).isEqualTo("b");
        }
        assertThat(utf8.event("Apr  1 10:00:00 b app: x\0y").text(Fields.MESSAGE))
                .isEqualTo("x\0y");
    }

    @Test
    void utf16IsRefusedAsAConfiguration() {
        assertThatThrownBy(() -> Decoders.of("openssh", DecoderTable.TOKYO, UTF_16LE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("convert the log to UTF-8");
        assertThatThrownBy(() -> Decoders.of("nginxx", DecoderTable.TOKYO, UTF_8))
                .hasMessageContaining("did you mean 'nginx'");
    }

    private static String message(Decoding decoding) {
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).event().text(Fields.MESSAGE);
    }
}
