package jp.hinomi.alerting.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

class ExceptionTextTest {
    private static final String RULE = """
            title: Refused
            name: refused
            logsource: {category: webserver}
            detection: {page: {http.response.status_code: 403}, condition: page}
            """;

    private static String except(String value) {
        return ExceptionText.of(
                new Proposal.Except("user_agent.original", value),
                "refused",
                List.of("refused"),
                "{category: \"webserver\"}",
                LocalDate.of(2027, 3, 31));
    }

    private static RuleReader.Result read(String filter) {
        return RuleReader.readTexts(
                List.of(new RuleSource("rule.yml", RULE), new RuleSource("filter.yml", filter)), Placeholders.NONE);
    }

    @Test
    void filledInItIsAnExceptionThatTheRulesTake() {
        String text = except("*\"]}\nrules: [\u202Eall] # 🙂 \\")
                .replace("owner: \"\"", "owner: city-soc")
                .replace("en: \"\", ja: \"\"", "en: Our own.");

        RuleReader.Result read = read(text);

        assertThat(read.problems()).isEmpty();
        assertThat(read.rules().filters().keySet()).singleElement().satisfies(filter -> {
            assertThat(filter.terms().orElseThrow().owner()).isEqualTo("city-soc");
            assertThat(filter.exception().toString()).contains("rules: [\u202Eall] # 🙂");
        });
    }

    @Test
    void asItIsNobodyAnswersForItAndItIsRefused() {
        assertThat(read(except("curl/8.5")).hasErrors()).isTrue();
    }
}
