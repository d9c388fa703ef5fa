package jp.hinomi.alerting.incident.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void namesLoseWhatHarmsAndKeepWhatTheySay() {
        assertThat(FileName.of("../../etc/passwd")).isEqualTo("passwd");
        assertThat(FileName.of("C:\\Users\\alice\\証拠.pcap")).isEqualTo("証拠.pcap");
        assertThat(FileName.of("a\r\nSet-Cookie: x=1.txt")).doesNotContain("\r", "\n", ":");
        assertThat(FileName.of("invoice\u202Efdp.exe")).isEqualTo("invoice[U+202E]fdp.exe");
        assertThat(FileName.of("a\"; filename=\"b.html")).doesNotContain("\"", ";");
        assertThat(FileName.of("..")).isEqualTo("_");
        assertThat(FileName.of("/")).isEqualTo("file");
        assertThat(FileName.of(" . ")).isEqualTo("_");
        assertThat(FileName.of("con.txt")).isEqualTo("_con.txt");
        assertThat(FileName.of("report.pdf. ")).isEqualTo("report.pdf");
        assertThat(FileName.of("=cmd|'/c calc'!A1")).doesNotContain("|");
        String cut = FileName.of("𠮷".repeat(200) + ".pcap");
        assertThat(cut).endsWith(".pcap").hasSizeLessThanOrEqualTo(FileName.LONGEST);
        assertThat(Character.isHighSurrogate(cut.charAt(cut.length() - 6))).isFalse();
    }

    @Test
    void theHashIsOfAllBytesAndNothingIsKeptOfWhatIsTooLarge() throws Exception {
        try (Spool empty = Spool.of(InputStream.nullInputStream(), 0)) {
            assertThat(empty.size()).isZero();
            assertThat(empty.hash()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
        try (Spool abc = Spool.of(new ByteArrayInputStream("abc".getBytes("US-ASCII")), 3)) {
            // FIPS 180-4, the example of one block.
            assertThat(abc.hash()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            try (InputStream in = abc.openOnce()) {
                assertThat(in.readAllBytes()).asString().isEqualTo("abc");
            }
        }
        assertThatThrownBy(() -> Spool.of(new ByteArrayInputStream(new byte[200_000]), 199_999))
                .isInstanceOf(Spool.TooLargeException.class)
                .hasMessageContaining("199999");
    }
}
