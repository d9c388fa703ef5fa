package jp.hinomi.alerting.exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionTextTest {
    private static final String RULES = """
            title: Refused
            name: refused
            logsource: {category: webserver}
            detection: {page: {http.response.status_code: 403}, condition: page}
            ---
            title: Refused at the gateway
            name: gateway_refused
            logsource: {product: kong, service: access}
            detection: {page: {http.response.status_code: 403}, condition: page}
            """;

    private static ExceptionWish wish(String owner, Condition... conditions) {
        return new ExceptionWish(
                "exception_1",
                "refused",
                List.of(conditions),
                owner,
                owner.isEmpty() ? Map.of() : Map.of("en", "Our \"own\".", "ja", "自前: #1"),
                LocalDate.of(2027, 3, 31));
    }

    private static String text(ExceptionWish wish, String... rules) {
        RuleReader.Result read = RuleReader.readTexts(List.of(new RuleSource("rule.yml", RULES)), Placeholders.NONE);
        return ExceptionText.of(
                wish,
                Stream.of(rules)
                        .map(name -> (DetectionRule) read.rules().byName().get(name))
                        .toList());
    }

    private static RuleReader.Result read(String filter) {
        return RuleReader.readTexts(
                List.of(new RuleSource("rule.yml", RULES), new RuleSource("filter.yml", filter)), Placeholders.NONE);
    }

    private static SecurityEvent event(Object agent) {
        return new SecurityEvent.Builder("e-1", 0)
                .put(Fields.USER_AGENT_ORIGINAL, agent)
                .build();
    }

    static List<String> hostile() {
        return List.of(
                "*\"]}\nrules: [\u202Eall] # 🙂 \\",
                "%s%n ? \\* \\\\? \\",
                "null",
                "403",
                " - leading: and trailing ",
                "\u0000\u001b[2J\u0085\u2028\uFEFF",
                "\ud800 half a pair",
                "a\r\n\tb",
                "A|re.*",
                "'; drop table alert; --",
                "\u202E\u2067ابج*".repeat(100_000), // some MiB of YAML
                "\n*?\\".repeat(262_144)); // 1 MiB of what has to be escaped
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aValueMeansItselfWhateverItContains(String value) {
        RuleReader.Result read = read(text(wish("city-soc", Condition.of("user_agent.original", value)), "refused"));

        assertThat(read.problems()).isEmpty();
        RuleFilter filter = read.rules().filters().keySet().iterator().next();
        assertThat(filter.covers(event(value), ZoneOffset.UTC)).isTrue();
        assertThat(filter.covers(event(value + "x"), ZoneOffset.UTC)).isFalse();
        assertThat(filter.covers(event("x" + value), ZoneOffset.UTC)).isFalse();
        assertThat(filter.covers(event(value.replace('*', 'x').replace('?', 'y')), ZoneOffset.UTC))
                .isEqualTo(!value.contains("*") && !value.contains("?"));
        assertThat(read.rules().filters()).hasSize(1);
    }

    @Test
    void filledInItIsAnExceptionThatSomebodyAnswersFor() {
        RuleReader.Result read = read(text(
                wish("city-soc", Condition.of("source.ip", "192.0.2.17"), Condition.of("user.name", "scan*")),
                "refused"));

        assertThat(read.problems()).isEmpty();
        RuleFilter filter = read.rules().filters().keySet().iterator().next();
        assertThat(filter.terms().orElseThrow().owner()).isEqualTo("city-soc");
        assertThat(filter.terms().orElseThrow().reason()).containsEntry("ja", "自前: #1");
        SecurityEvent both = new SecurityEvent.Builder("e-1", 0)
                .put(Fields.SOURCE_IP, "192.0.2.17")
                .put(Fields.USER_NAME, "SCAN*") // as the engine compares: without regard to case
                .build();
        assertThat(filter.covers(both, ZoneOffset.UTC)).isTrue();
        assertThat(filter.covers(both.with(Fields.USER_NAME, "scanner"), ZoneOffset.UTC))
                .isFalse();
    }

    @Test
    void ofAFieldWithSeveralValuesAllThatWereChosenMustBeThere() {
        RuleReader.Result read =
                read(text(wish("city-soc", new Condition("user_agent.original", List.of("a", "b*"))), "refused"));

        assertThat(read.problems()).isEmpty();
        RuleFilter filter = read.rules().filters().keySet().iterator().next();
        assertThat(filter.covers(event(List.of("b*", "c", "a")), ZoneOffset.UTC))
                .isTrue();
        assertThat(filter.covers(event(List.of("a", "bc")), ZoneOffset.UTC)).isFalse();
    }

    @Test
    void rulesThatReadDifferentLogsGetADocumentEach() {
        RuleReader.Result read =
                read(text(wish("city-soc", Condition.of("source.ip", "192.0.2.17")), "refused", "gateway_refused"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.rules().filters().entrySet().stream()
                        .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue)))
                .containsOnly(
                        Map.entry("exception_1", List.of("refused")),
                        Map.entry("exception_1_2", List.of("gateway_refused")));
    }

    @Test
    void withoutAnOwnerNobodyAnswersForItAndItIsRefused() {
        assertThat(read(text(wish("", Condition.of("user_agent.original", "curl/8.5")), "refused"))
                        .hasErrors())
                .isTrue();
    }

    @Test
    void aFieldWhoseNameWouldBeReadAsAModifierCannotBeNamed() {
        assertThatThrownBy(() -> Condition.of("user.name|re", ".*")).hasMessageContaining("user.name|re");
        assertThatThrownBy(() -> Condition.of("user.name", "")).hasMessageContaining("without a value");
    }
}
