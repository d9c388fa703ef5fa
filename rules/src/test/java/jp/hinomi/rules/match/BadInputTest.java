package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a careless or hostile author or sender writes gives an error or has a bounded cost. */
class BadInputTest {
    private static RuleReader.Result read(String item) {
        return RuleReader.readTexts(
                List.of(new RuleSource(
                        "bad.yml",
                        "title: t\nname: t\nlogsource: {category: application}\ndetection:\n  sel:\n    " + item
                                + "\n  condition: sel\n")),
                Placeholders.NONE);
    }

    private static boolean matches(String item, SecurityEvent event) {
        RuleReader.Result result = read(item);
        assertThat(result.problems()).isEmpty();
        List<String> matched = new ArrayList<>();
        DetectionMatcher.compile(result.rules().detections())
                .match(event, rule -> matched.add(rule.info().name()));
        return !matched.isEmpty();
    }

    private static SecurityEvent.Builder event() {
        return new SecurityEvent.Builder("test-0-1", 0);
    }

    @Test
    @Timeout(300)
    void an_expression_that_backtracks_elsewhere_is_linear_here() {
        String text = "a".repeat(60_000) + "!";
        assertThat(matches(
                        "message|re: '^(a+)+$'",
                        event().put(Fields.MESSAGE, text).build()))
                .isFalse();
        assertThat(matches(
                        "message|re: '^(a|aa)+!$'",
                        event().put(Fields.MESSAGE, text).build()))
                .isTrue();
    }

    @Test
    @Timeout(300)
    void expressions_that_are_too_large_are_refused() {
        for (String regex : List.of(
                "(a{1000}){1000}",
                "((((a{1000}){1000}){1000}){1000}){1000}",
                "a{100000}",
                "(".repeat(5_000) + ")".repeat(5_000),
                "x".repeat(20_000))) {
            assertThat(read("message|re: '" + regex + "'").problems())
                    .as(regex.substring(0, Math.min(12, regex.length())))
                    .extracting(Problem::code)
                    .containsExactly("bad-regex");
        }
    }

    @Test
    @Timeout(300)
    void ten_thousand_values_cost_a_look_up() {
        String hashes = IntStream.range(0, 10_000)
                .mapToObj(i -> "'" + "%032x".formatted(i * 7_919L) + "'")
                .collect(Collectors.joining(", "));
        String last = "%032x".formatted(9_999 * 7_919L);
        SecurityEvent hit = event().put(Fields.FILE_HASH_MD5, last.toUpperCase(java.util.Locale.ROOT))
                .build();
        SecurityEvent miss =
                event().put(Fields.FILE_HASH_MD5, "f" + last.substring(1)).build();
        assertThat(matches("file.hash.md5: [" + hashes + "]", hit)).isTrue();
        assertThat(matches("file.hash.md5: [" + hashes + "]", miss)).isFalse();
        assertThat(matches("file.hash.md5|contains: [" + hashes + "]", hit)).isTrue();
        assertThat(matches("file.hash.md5|contains: [" + hashes + "]", miss)).isFalse();
    }

    @Test
    void dashes_without_end_are_refused() {
        assertThat(read("message|windash: '" + "-a ".repeat(12) + "'").problems())
                .extracting(Problem::code)
                .containsExactly("modifier-value");
    }

    @Test
    @Timeout(300)
    void a_condition_nested_without_end_is_refused() {
        String condition = "(".repeat(50_000) + "sel" + ")".repeat(50_000);
        assertThat(RuleReader.readTexts(
                                List.of(new RuleSource(
                                        "x.yml",
                                        "title: t\nname: t\nlogsource: {category: application}\n"
                                                + "detection: {sel: {f: 1}, condition: '" + condition + "'}\n")),
                                Placeholders.NONE)
                        .problems())
                .extracting(Problem::code)
                .containsExactly("condition-syntax");
    }

    @Test
    @Timeout(300)
    void an_event_of_five_thousand_fields_and_one_of_a_mebibyte() {
        SecurityEvent.Builder wide = event();
        IntStream.range(0, 5_000).forEach(i -> wide.put(Fields.of("acme.f" + i), "v" + i));
        assertThat(matches("acme.f4999: v4999", wide.build())).isTrue();
        String large = "x".repeat(1 << 20) + "needle";
        assertThat(matches(
                        "message|contains: Needle",
                        event().put(Fields.MESSAGE, large).build()))
                .isTrue();
        assertThat(matches(
                        "message|endswith: needle",
                        event().put(Fields.MESSAGE, large).build()))
                .isTrue();
        assertThat(matches(
                        "message: '*x?needle'",
                        event().put(Fields.MESSAGE, large).build()))
                .isTrue();
        long start = System.nanoTime();
        assertThat(matches(
                        "message|re: '(.){200,}y'",
                        event().put(Fields.MESSAGE, large).build()))
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(120));
    }

    @Test
    void not_a_number_is_neither_less_nor_greater_nor_equal() {
        SecurityEvent nan = event().put(Fields.EVENT_RISK_SCORE, Double.NaN).build();
        for (String item : List.of("|gt: 0", "|gte: 0", "|lt: 0", "|lte: 0", ": 0")) {
            assertThat(matches("event.risk_score" + item, nan)).as(item).isFalse();
        }
        assertThat(matches(
                        "event.risk_score|gt: 0",
                        event().put(Fields.EVENT_RISK_SCORE, Double.POSITIVE_INFINITY)
                                .build()))
                .isTrue();
    }
}
