package jp.hinomi.correlation.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

class RuleDocumentTextsTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<RuleRecord> split(String text) {
        return RuleDocumentTexts.of(new RuleSource("a.yml", text), problems::add);
    }

    @Test
    void documentsKeepTheirLinesAndTheirKeyIsIdThenNameThenTitle() {
        List<RuleRecord> records = split("""
                # licence
                ---
                title: One # a comment
                id: 11
                name: one
                ---   # between
                title: Two
                name: two
                ...
                --- {title: Three}
                """);
        assertThat(records).extracting(RuleRecord::key).containsExactly("11", "two", "Three");
        assertThat(records).extracting(RuleRecord::line).containsExactly(3, 7, 10);
        assertThat(records.get(0).text()).isEqualTo("title: One # a comment\nid: 11\nname: one\n");
        assertThat(problems).isEmpty();
    }

    @Test
    void aBrokenDocumentIsNamedAndTheOthersAreTaken() {
        List<RuleRecord> records = split("title: One\n---\ntitle: [\n---\ntitle: Three\n");
        assertThat(records).extracting(RuleRecord::key).containsExactly("One", "Three");
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isBetween(3, 4));
    }

    @Test
    void whatIsNoRuleIsNamed() {
        assertThat(split("- just\n- a list\n")).isEmpty();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.file()).isEqualTo("a.yml"));
    }

    /** Taken apart and put together again, the shipped rules are the same rules, version and place included. */
    @Test
    void nothingIsLostOfTheShippedRules() {
        List<Path> content = List.of(Path.of("../rules/content"));
        List<RuleRecord> records = RuleFiles.read(content, problems::add);
        assertThat(problems).isEmpty();
        assertThat(RuleCheck.of(records, 4).rules().byName().values().stream()
                        .map(rule -> rule.info().at() + " " + rule.info().version())
                        .toList())
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(RuleReader.read(content).rules().byName().values().stream()
                        .map(rule -> rule.info().at() + " " + rule.info().version())
                        .toList());
    }
}
