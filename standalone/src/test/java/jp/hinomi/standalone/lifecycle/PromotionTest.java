package jp.hinomi.standalone.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.correlation.ruletest.CaseResult;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.content.ExpectedAlert;
import jp.hinomi.rules.content.LogLines;
import jp.hinomi.rules.content.RuleTestCase;
import jp.hinomi.rules.content.TestSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {
    private static final String RULES = """
            title: Page
            name: page
            status: STATUS
            logsource: {category: webserver}
            detection: {s: {url.path: /admin}, condition: s}
            ---
            title: Burst
            name: burst
            status: STATUS
            correlation:
              type: event_count
              rules: [page]
              timespan: 10m
              condition: {gte: 2}
            """;

    private static final List<CaseResult> PASSED = List.of(result(true, true), result(false, true));

    @TempDir
    Path folder;

    private static RuleSet rules(String status) {
        return RuleReader.readTexts(
                        List.of(new RuleSource(
                                "a.yml",
                                RULES.replace("status: STATUS\n", status.isEmpty() ? "" : "status: " + status + "\n"))),
                        Placeholders.NONE)
                .rules();
    }

    private static CaseResult result(boolean alerting, boolean passes) {
        TestSource source = new TestSource.Described("web", "apache", ZoneOffset.UTC, StandardCharsets.UTF_8);
        RuleTestCase testCase = new RuleTestCase(
                "page",
                "a case",
                List.of(new LogLines(source, List.of("line"))),
                alerting ? List.of(new ExpectedAlert(Instant.EPOCH, Map.of(), OptionalLong.empty())) : List.of(),
                Location.ofFile("a.test.yml"));
        return new CaseResult(testCase, passes ? List.of() : List.of("otherwise"), Duration.ZERO);
    }

    private static List<String> missing(
            RuleSet rules, String rule, String to, List<CaseResult> results, Optional<BacktestProof> proof) {
        return Promotion.missing(rules.byName().get(rule), rules, to, List.of(), results, proof).stream()
                .map(each -> each.key() + each.values())
                .toList();
    }

    /** A report as the backtest writes it, of these rules. */
    private Optional<BacktestProof> report(RuleSet of, String... noise) throws IOException {
        StringBuilder json = new StringBuilder("{\"format\": \"hinomi-backtest/1\", \"rules\": [");
        String between = "";
        for (String name : of.byName().keySet()) {
            json.append(between)
                    .append("{\"name\": \"%s\", \"version\": \"%s\", \"clean\": %s, \"not_clean\": [%s]}"
                            .formatted(
                                    name,
                                    of.byName().get(name).info().version(),
                                    noise.length == 0,
                                    String.join(",", noise)));
            between = ",";
        }
        return Optional.of(BacktestProof.read(Files.writeString(folder.resolve("r.json"), json + "]}")));
    }

    @Test
    void casesAreEnoughForTest() {
        assertThat(missing(rules("experimental"), "page", "test", PASSED, Optional.empty()))
                .isEmpty();
        assertThat(missing(rules(""), "page", "test", PASSED, Optional.empty())).isEmpty();
        assertThat(missing(rules("experimental"), "page", "test", List.of(), Optional.empty()))
                .containsExactly("promote.no-cases[]");
        assertThat(missing(rules("experimental"), "page", "test", List.of(result(true, false)), Optional.empty()))
                .containsExactly("promote.failed-cases[1, 1]", "promote.no-silent-case[]");
        assertThat(missing(rules("experimental"), "page", "test", List.of(result(false, true)), Optional.empty()))
                .containsExactly("promote.no-alerting-case[]");
    }

    @Test
    void eachStatusFollowsTheOneBefore() throws IOException {
        RuleSet experimental = rules("experimental");
        assertThat(missing(experimental, "page", "stable", PASSED, report(experimental)))
                .containsExactly("promote.test-first[]");
        assertThat(missing(rules("test"), "page", "test", PASSED, Optional.empty()))
                .containsExactly("promote.already[test]");
        assertThat(missing(rules("deprecated"), "page", "test", PASSED, Optional.empty()))
                .containsExactly("promote.not-from[deprecated]");
        assertThat(missing(rules("stable"), "page", "test", PASSED, Optional.empty()))
                .containsExactly("promote.not-from[stable]");
    }

    @Test
    void stableNeedsACleanBacktestOfThisVeryVersionAndOfWhatItRefersTo() throws IOException {
        RuleSet rules = rules("test");
        assertThat(missing(rules, "page", "stable", PASSED, report(rules))).isEmpty();
        assertThat(missing(rules, "burst", "stable", PASSED, report(rules))).isEmpty();
        assertThat(missing(rules, "page", "stable", PASSED, Optional.empty())).containsExactly("promote.no-backtest[]");
        assertThat(missing(rules, "page", "stable", PASSED, report(RuleSet.EMPTY)))
                .containsExactly("promote.not-in-backtest[]");
        assertThat(missing(rules, "page", "stable", PASSED, report(rules, "\"noisy\"", "\"lost\"")))
                .containsExactly("promote.not-clean[noisy, lost]");
        String now = rules.byName().get("page").info().version();
        RuleSet older = new RuleSet(Map.of(
                "page", rules("experimental").byName().get("page"),
                "burst", rules.byName().get("burst")));
        String then = older.byName().get("page").info().version();
        assertThat(missing(rules, "page", "stable", PASSED, report(older)))
                .containsExactly("promote.other-version[" + then + ", " + now + "]");
        assertThat(missing(rules, "burst", "stable", PASSED, report(older)))
                .containsExactly("promote.other-inner[page, " + then + ", " + now + "]");
    }

    @Test
    void namesOfRulesLeadToNoOtherFolder() {
        Path rule = Path.of("/rules/web/a.yml");
        assertThat(HistoryFile.of(rule, "admin_page")).isEqualTo(Path.of("/rules/web/history/admin_page.jsonl"));
        assertThat(HistoryFile.of(rule, "../../a/b")).isEqualTo(Path.of("/rules/web/history/__.._a_b.jsonl"));
        assertThat(HistoryFile.of(rule, "管理者のページ")).isEqualTo(Path.of("/rules/web/history/管理者のページ.jsonl"));
        assertThat(HistoryFile.of(rule, "あ".repeat(200))
                        .getFileName()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(255);
    }
}
