package jp.hinomi.rules.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.read.Controls;
import jp.hinomi.rules.read.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** What rules watch for, by layer and by risk; layers in negated parts of a condition do not count. */
class CoverageTest {
    private static final String RULE = """
            title: Rule
            name: %s
            logsource: {category: webserver}
            detection: {s: {city.layer: asset, url.path: /x}, o: {city.layer: service}, condition: s and not o}
            tags: [%s]
            """;

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    private Coverage coverage() {
        return Coverage.of(RuleReader.read(List.of(folder)).rules(), RiskFileReader.read(List.of(folder), problems));
    }

    private List<String> codes(Coverage coverage) {
        List<Problem> all = new ArrayList<>(problems.found());
        all.addAll(coverage.problems());
        return all.stream().map(Problem::code).distinct().toList();
    }

    private void rule(String path, String name, String tags) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, RULE.formatted(name, tags));
    }

    private void risks(String text) throws IOException {
        Files.writeString(folder.resolve("risks.coverage.yml"), text);
    }

    private static String incidents() {
        StringBuilder text = new StringBuilder("incidents:\n");
        for (int i = 1; i <= Guideline.standard().incidents(); i++) {
            text.append("  ").append(i).append(": {ja: 事象, en: incident}\n");
        }
        return text.toString();
    }

    @Test
    void the_tables_are_whole() {
        Guideline guideline = Guideline.standard();
        assertThat(guideline.controls()).hasSize(108);
        assertThat(guideline.controls().keySet()).containsExactlyInAnyOrderElementsOf(Controls.ids());
        assertThat(guideline.risks()).hasSize(160);
        assertThat(guideline.incidents()).isEqualTo(29);
        assertThat(guideline.risks())
                .allSatisfy(
                        risk -> assertThat(risk.controls()).isNotEmpty().allMatch(guideline.controls()::containsKey));
        AttackCatalogue attack = AttackCatalogue.standard();
        assertThat(attack.technique("t1110.001")).isPresent();
        attack.matrices()
                .forEach((matrix, tactics) -> assertThat(tactics)
                        .as(matrix)
                        .allSatisfy(tactic ->
                                assertThat(attack.techniques(matrix, tactic)).isNotEmpty()));
    }

    @Test
    void counts_rules_by_control_and_layer_and_by_technique() throws IOException {
        rule("web/a.yml", "a", "cps.ac-4, attack.t1110.001");
        Files.writeString(
                Files.createDirectories(folder.resolve("city-os")).resolve("b.yml"),
                "title: B\nname: b\nlogsource: {category: webserver}\n"
                        + "detection: {s: {url.path: /y}, condition: s}\ntags: [cps.ac-4, attack.t1110]\n");
        Files.writeString(
                folder.resolve("c.yml"),
                "title: C\nname: c\ncorrelation: {type: temporal, rules: [a, b], timespan: 1m}\ntags: [cps.ac-4]\n");
        Coverage coverage = coverage();
        assertThat(coverage.controls().get("cps.ac-4"))
                .containsEntry("asset", List.of("a", "c"))
                .containsEntry("city-os", List.of("b"))
                .containsEntry("service", List.of())
                .doesNotContainKey("governance");
        assertThat(coverage.techniques())
                .containsEntry("t1110", List.of("a", "b"))
                .containsEntry("t1110.001", List.of("a"));
        assertThat(coverage.covered("enterprise", "credential-access")).containsExactly("t1110");
        assertThat(coverage.controlsWithoutRules()).hasSize(107).doesNotContain("cps.ac-4");
        assertThat(coverage.problems()).isEmpty();
    }

    @Test
    void every_risk_is_told_once_and_agrees_with_its_rules() throws IOException {
        rule("a.yml", "a", "cps.ac-4, attack.t1110");
        risks(incidents() + """
                risks:
                  - {risk: 5, title: {ja: 甲, en: a}, rules: [a]}
                  - {risk: ["1-4", "6-160"], title: {ja: 乙, en: b}, not_in_logs: {ja: 契約の問題, en: a matter of contracts}}
                """);
        Coverage coverage = coverage();
        assertThat(codes(coverage)).isEmpty();
        assertThat(coverage.risk(5).orElseThrow().rules())
                .extracting(RiskEntry.Named::name)
                .containsExactly("a");
        assertThat(coverage.isNotInLogs("cps.at-2")).isTrue();
        assertThat(coverage.isNotInLogs("cps.ac-4")).isFalse();
    }

    @Test
    void what_is_missing_doubled_or_disagrees_is_named() throws IOException {
        rule("a.yml", "a", "cps.ae-2, attack.t9999");
        risks("""
                incidents: {1: {ja: 事象}, 30: {ja: 事象, en: x}}
                risks:
                  - {risk: 5, title: {ja: 甲, en: a}, rules: [a, aa]}
                  - {risk: [5, 161], title: {ja: 乙, en: b}, not_in_logs: {ja: 丙, en: c}}
                  - {risk: 7, title: {ja: 乙, en: b}}
                """);
        Coverage coverage = coverage();
        assertThat(codes(coverage))
                .containsExactlyInAnyOrder(
                        "missing-key",
                        "unknown-risk",
                        "duplicate-key",
                        "risk-tags",
                        "unknown-reference",
                        "uncovered-risk",
                        "unknown-technique");
        assertThat(coverage.problems())
                .filteredOn(problem -> problem.code().equals("uncovered-risk"))
                .anySatisfy(problem -> assertThat(problem.message()).contains("risk 7 "))
                .noneSatisfy(problem -> assertThat(problem.message()).contains("risk 5 "));
    }

    @Test
    void draws_both_matrices_as_xml_that_needs_nothing_from_elsewhere() throws Exception {
        rule("a.yml", "a", "cps.ac-4, attack.t1110");
        Coverage coverage = coverage();
        for (boolean japanese : new boolean[] {true, false}) {
            String svg = CoverageDrawing.svg(coverage, japanese);
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            assertThat(svg).contains("T1110", "CPS.AC-4", japanese ? "アセット" : "asset");
            String page = CoverageDrawing.html(coverage, japanese);
            assertThat(page)
                    .contains(
                            "T1110",
                            "CPS.AC-4",
                            "Brute Force",
                            "prefers-color-scheme:dark",
                            japanese ? "アセット" : "asset")
                    .doesNotContain("<script", "src=", "href=");
        }
    }
}
