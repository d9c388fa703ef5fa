package jp.hinomi.rules.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import jp.hinomi.events.document.Location;
import org.junit.jupiter.api.Test;

class StatusEditTest {
    private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

    private static String edited(String text, int line) {
        return StatusEdit.of("a.yml", text, new Location("a.yml", line, 1), "stable", DAY);
    }

    @Test
    void changesTwoWordsAndNoOtherCharacter() {
        String text = """
                # who wrote this
                title: 総当たり   # status: test
                status: "test"    # since the spring
                modified: 2026/04/01
                detection:
                    s: {status: test}

                    condition:  s
                ---
                title: Other
                status: test
                """;
        assertThat(edited(text, 2))
                .isEqualTo(
                        text.replace("status: \"test\"", "status: \"stable\"").replace("2026/04/01", "2026-05-01"));
        assertThat(edited(text.replace("\n", "\r\n"), 2))
                .isEqualTo(text.replace("status: \"test\"", "status: \"stable\"")
                        .replace("2026/04/01", "2026-05-01")
                        .replace("\n", "\r\n"));
        assertThat(edited(text, 10))
                .startsWith(text.substring(0, text.indexOf("---")))
                .endsWith("""
                title: Other
                modified: 2026-05-01
                status: stable
                """);
    }

    @Test
    void writesWhatIsMissingWhereItBelongs() {
        assertThat(edited("title: A\nname: a\nauthor: me\ndate: 2026-01-01\nlogsource: {product: linux}\n", 1))
                .isEqualTo("title: A\nname: a\nstatus: stable\nauthor: me\ndate: 2026-01-01\nmodified: 2026-05-01\n"
                        + "logsource: {product: linux}\n");
        assertThat(edited("title: A\nname: a\ncorrelation: {}\n", 1))
                .isEqualTo("title: A\nname: a\nstatus: stable\nmodified: 2026-05-01\ncorrelation: {}\n");
    }

    @Test
    void refusesWhereItCannotBeDoneWithoutHarm() {
        assertThatThrownBy(() -> edited("{title: A, detection: {}}\n", 1))
                .hasMessageContaining("a.yml:1: there is no place for 'status'")
                .hasMessageContaining("write 'status: stable' yourself");
        assertThatThrownBy(() -> edited("title: A\nstatus:\ndetection: {}\n", 1))
                .hasMessageContaining("no place for");
        assertThatThrownBy(() -> edited("title: &a test\nstatus: *a\ndate: x\ndetection: {}\n", 1))
                .hasMessageContaining("yourself");
        assertThatThrownBy(() -> edited("title: A\n", 7)).hasMessageContaining("changed meanwhile");
    }
}
