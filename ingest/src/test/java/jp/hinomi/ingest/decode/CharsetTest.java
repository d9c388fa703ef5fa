package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
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
