package jp.hinomi.correlation.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Cases side by side, what is said of those that fail, and the report for servers. */
class RuleTestsTest {
    @TempDir
    Path folder;

    private void write() throws IOException {
        Files.writeString(folder.resolve("rules.yml"), """
                title: Failed
                name: failed
                logsource: {category: authentication}
                detection: {f: {event.outcome: failure}, condition: f}
                ---
                title: Burst
                name: burst
                correlation: {type: event_count, rules: [failed], group-by: [user.name], timespan: 1m, condition: {gte: 2}}
                """);
        StringBuilder cases = new StringBuilder("rule: burst\ncases:\n");
        for (int i = 0; i < 6; i++) {
            cases.append("  - title: \"case ")
                    .append(i)
                    .append(i == 5 ? " \\x01<" : "")
                    .append("\"\n");
            cases.append("    source: {id: s, format: ecs-json, zone: UTC}\n    lines:\n");
            for (int second : new int[] {0, 10 + i}) {
                cases.append(
                        "      - '{\"@timestamp\":\"2026-04-01T01:00:%02dZ\",\"event.outcome\":\"failure\",\"user.name\":\"u%d\"}'\n"
                                .formatted(second, i));
            }
            cases.append("    alerts: [{time: \"2026-04-01T01:00:%02dZ\", group: {user.name: u%d}, count: %d}]\n"
                    .formatted(i == 4 ? 20 : 10 + i, i == 4 ? 9 : i, i == 4 ? 3 : 2));
        }
        cases.append("  - title: none\n    source: {id: s, format: ecs-json, zone: UTC}\n    lines: ['{\"@timestamp\":"
                + "\"2026-04-01T01:00:00Z\",\"event.outcome\":\"failure\",\"user.name\":\"u\"}']\n"
                + "    alerts: [{time: \"2026-04-01T01:00:00Z\"}]\n");
        Files.writeString(folder.resolve("rules.test.yml"), cases.toString());
    }

    @Test
    void casesRunSideBySideAndAreToldInOrderWithWhatDiffers() throws Exception {
        write();
        List<String> progress = new ArrayList<>();
        Report report = RuleTests.run(
                List.of(folder),
                Optional.empty(),
                3,
                result -> progress.add(result.testCase().title()));
        assertThat(progress)
                .containsExactly("case 0", "case 1", "case 2", "case 3", "case 4", "case 5 \u0001<", "none");
        assertThat(report.results())
                .extracting(CaseResult::passed)
                .containsExactly(true, true, true, true, false, true, false);
        assertThat(report.results().get(4).differences())
                .containsExactly(
                        "otherwise:  alert 1 at 2026-04-01T01:00:14Z {user.name=u4} count 2",
                        "    time:  expected 2026-04-01T01:00:20Z, was 2026-04-01T01:00:14Z (6000 ms earlier)",
                        "    group: expected {user.name=u9}, was {user.name=u4}",
                        "    count: expected 3, was 2");
        assertThat(report.results().get(6).differences())
                .containsExactly("missing:    alert 1 at 2026-04-01T01:00:00Z {}");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JunitXml.write(report, out);
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()));
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(7);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(xml.getElementsByTagName("testsuite")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("failures")
                        .getNodeValue())
                .isEqualTo("2");
    }
}
