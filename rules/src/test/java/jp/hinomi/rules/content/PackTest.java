package jp.hinomi.rules.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.events.Severity;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.coverage.Coverage;
import jp.hinomi.rules.coverage.RiskFileReader;
import jp.hinomi.rules.read.Problems;
import org.junit.jupiter.api.Test;

/** What ships must be without blemish: the pack, its texts in both languages, its test cases. */
class PackTest {
    private static final List<Path> CONTENT = List.of(Path.of("content"));
    private static final RuleReader.Result READ = RuleReader.read(CONTENT);
    private static final RuleTestCases.Result TESTS = RuleTestCases.read(CONTENT);

    /** Rules that people hear from, as opposed to building blocks of correlations. */
    private static List<Rule> alerting() {
        RuleSet rules = READ.rules();
        return rules.alertsOnItsOwn().stream().sorted().map(rules.byName()::get).toList();
    }

    @Test
    void neither_errors_nor_warnings() {
        assertThat(READ.problems()).isEmpty();
        assertThat(TESTS.problems()).isEmpty();
        assertThat(alerting()).hasSizeGreaterThanOrEqualTo(160);
        assertThat(alerting().stream().filter(CorrelationRule.class::isInstance))
                .hasSizeGreaterThanOrEqualTo(90);
    }

    /** A rule that a correlation uses falls silent unless it says {@code always_alert}: easily forgotten. */
    @Test
    void every_rule_that_says_what_to_do_alerts_on_its_own() {
        assertThat(READ.rules().byName().values())
                .filteredOn(rule -> !rule.info().response().isEmpty())
                .extracting(rule -> rule.info().name())
                .allSatisfy(name -> assertThat(READ.rules().alertsOnItsOwn()).contains(name));
    }

    @Test
    void every_rule_has_a_uuid_and_the_tags_of_the_guideline() {
        assertThat(READ.rules().byName().values()).allSatisfy(rule -> {
            RuleInfo info = rule.info();
            assertThat(info.id()).as(info.name()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            assertThat(info.tags()).as(info.name()).contains("cps.ae-3", "cps.dp-4");
            // A clock that nobody keeps right is no technique of anybody's.
            if (!info.at().file().endsWith("clock_not_synchronised.yml")) {
                assertThat(info.tags()).as(info.name()).anyMatch(tag -> tag.startsWith("attack.t"));
            }
            assertThat(info.title()).as(info.name()).containsKeys("en", "ja");
        });
    }

    @Test
    void every_alerting_rule_speaks_both_languages() {
        assertThat(alerting()).allSatisfy(rule -> {
            RuleInfo info = rule.info();
            assertThat(info.level()).as(info.name()).isGreaterThan(Severity.INFORMATIONAL);
            assertThat(info.description()).as(info.name() + " description").containsKeys("en", "ja");
            assertThat(info.response()).as(info.name() + " response").containsKeys("en", "ja");
            assertThat(info.falsePositives())
                    .as(info.name() + " falsepositives")
                    .containsKeys("en", "ja");
        });
    }

    @Test
    void every_alerting_rule_has_a_case_that_alerts_and_one_that_does_not() {
        Map<String, List<RuleTestCase>> byRule =
                TESTS.cases().stream().collect(Collectors.groupingBy(RuleTestCase::rule));
        assertThat(READ.rules().byName()).containsKeys(byRule.keySet().toArray(new String[0]));
        assertThat(alerting()).allSatisfy(rule -> {
            List<RuleTestCase> cases = byRule.getOrDefault(rule.info().name(), List.of());
            assertThat(cases)
                    .as(rule.info().name())
                    .anyMatch(each -> !each.alerts().isEmpty());
            assertThat(cases)
                    .as(rule.info().name())
                    .anyMatch(each -> each.alerts().isEmpty());
        });
    }

    /** The risks are in a file of the pack: every one of the guideline's, with rules that exist and carry its controls. */
    @Test
    void what_is_said_of_the_risks_is_whole_and_agrees_with_the_rules() {
        Problems problems = new Problems();
        Coverage coverage = Coverage.of(READ.rules(), RiskFileReader.read(CONTENT, problems));
        assertThat(problems.found()).isEmpty();
        assertThat(coverage.problems()).isEmpty();
    }
}
