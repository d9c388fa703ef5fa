package jp.hinomi.rules.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestCasesTest {
    @TempDir
    Path folder;

    private RuleTestCases.Result read(String text) throws IOException {
        Files.writeString(folder.resolve("x.test.yml"), text);
        Files.writeString(folder.resolve("x.yml"), "not: a test");
        return RuleTestCases.read(List.of(folder));
    }

    @Test
    void both_forms_of_sources_and_logs() throws IOException {
        RuleTestCases.Result result = read("""
                rule: r
                cases:
                  - title: one source of the city
                    source: bastion-01
                    lines: [a, b]
                    alerts: []
                  - title: two sources
                    logs:
                      - source: {id: web, format: apache, zone: Asia/Tokyo, charset: windows-31j}
                        lines: [c]
                      - source: gw-01
                        lines: [d]
                    alerts:
                      - {time: 2026-04-01T10:00:00+09:00, group: {source.ip: 203.0.113.7}, count: 6}
                      - {time: 2026-04-01T02:00:00Z}
                """);
        assertThat(result.problems()).isEmpty();
        assertThat(result.cases()).hasSize(2);
        assertThat(result.cases().get(0).logs())
                .containsExactly(new LogLines(new TestSource.OfCity("bastion-01"), List.of("a", "b")));
        RuleTestCase second = result.cases().get(1);
        assertThat(second.logs().get(0).source())
                .isEqualTo(new TestSource.Described(
                        "web", "apache", ZoneId.of("Asia/Tokyo"), Charset.forName("windows-31j")));
        assertThat(second.alerts())
                .containsExactly(
                        new ExpectedAlert(
                                Instant.parse("2026-04-01T01:00:00Z"),
                                Map.of("source.ip", "203.0.113.7"),
                                OptionalLong.of(6)),
                        new ExpectedAlert(Instant.parse("2026-04-01T02:00:00Z"), Map.of(), OptionalLong.empty()));
        assertThat(second.at().line()).isEqualTo(7);
    }

    @Test
    void everything_wrong_is_said_at_once_and_the_file_gives_no_cases() throws IOException {
        RuleTestCases.Result result = read("""
                rule: r
                cases:
                  - title: fine
                    source: s
                    lines: [a]
                    alerts: []
                  - titel: wrong
                    source: {id: s, format: openssh, charset: utf-9}
                    lines: []
                    alerts: none
                  - title: t
                    source: s
                    lines: [a]
                    alerts: [{time: now, count: 0, groups: {}}]
                """);
        assertThat(result.cases()).isEmpty();
        assertThat(result.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "unknown-key",
                        "missing-key",
                        "unknown-zone",
                        "empty-value",
                        "wrong-type",
                        "unknown-key",
                        "bad-time",
                        "wrong-type");
        assertThat(result.problems())
                .allSatisfy(problem -> assertThat(problem.line()).isPositive());
    }
}
