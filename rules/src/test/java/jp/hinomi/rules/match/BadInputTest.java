package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.route.EventKind;
import jp.hinomi.rules.route.LogsourceTable;
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

    /** Without the bound on nesting, what was refused depended on the stack that was left (mutation: DEEPEST_REGEX). */
    @Test
    void groups_nested_a_little_too_deep_are_refused_wherever_they_are_read() {
        String fine = "(".repeat(200) + "a" + ")".repeat(200);
        String deep = "(" + fine + ")";
        assertThat(read("message|re: '" + fine + "'").problems()).isEmpty();
        assertThat(read("message|re: '" + deep + "'").problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("bad-regex");
                    assertThat(problem.toString()).contains("bad.yml:6").contains("nested deeper than 200");
                });
    }

    @Test
    @Timeout(300)
    void a_pattern_of_a_mebibyte_is_refused_and_says_where() {
        assertThat(read("message|re: '" + "a|".repeat(1 << 19) + "a'").problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.isError()).isTrue();
                    assertThat(problem.toString()).contains("bad.yml:6");
                });
    }

    /** Kinds of events are remembered; process names must not make kinds (mutation: LogsourceTable.kind). */
    @Test
    void a_hundred_thousand_process_names_are_one_kind_of_event() {
        LogsourceTable table = LogsourceTable.standard();
        Set<EventKind> kinds = IntStream.range(0, 100_000)
                .mapToObj(i -> table.kind(
                        event().put(Fields.PROCESS_NAME, "p" + i + ".exe").build()))
                .collect(Collectors.toSet());
        assertThat(kinds).hasSize(1);
        assertThat(table.kind(event().put(Fields.PROCESS_NAME, "SSHD").build())).isNotIn(kinds);
    }

    @Test
    @Timeout(300)
    void ten_thousand_rules_evaluate_only_those_that_something_woke() {
        List<RuleSource> sources = IntStream.range(0, 10_000)
                .mapToObj(i -> new RuleSource(
                        "r" + i + ".yml",
                        "title: t\nname: r" + i + "\nlogsource: {category: application}\ndetection:\n  sel:\n"
                                + "    message|contains: 'needle-" + i + "-'\n  condition: sel\n"))
                .toList();
        RuleReader.Result result = RuleReader.readTexts(sources, Placeholders.NONE);
        assertThat(result.problems()).isEmpty();
        Engine engine = new Engine(result.rules().detections(), ZoneOffset.UTC);
        Matching matching = new Matching(engine);
        engine.look(
                event().put(Fields.MESSAGE, "hay needle-77- hay NEEDLE-9999- needle-x-")
                        .build(),
                matching);
        int awake = 0;
        for (int word = 0; word < matching.words(); word++) {
            awake += Long.bitCount(matching.awake(word));
        }
        assertThat(awake).isEqualTo(2);
    }

    @Test
    @Timeout(300)
    void a_mebibyte_that_is_full_of_what_rules_look_for_settles_each_literal_once() {
        assertThat(matches(
                        "message|contains|all: [aaaaaaaa, aaaa, aa, a]",
                        event().put(Fields.MESSAGE, "a".repeat(1 << 20)).build()))
                .isTrue();
        assertThat(matches(
                        "message|contains|all: [aaaaaaaa, aaaab]",
                        event().put(Fields.MESSAGE, "a".repeat(1 << 20)).build()))
                .isFalse();
    }

    @Test
    void infinite_numbers_compare_as_numbers_do() {
        SecurityEvent event =
                event().put(Fields.EVENT_RISK_SCORE, Double.NEGATIVE_INFINITY).build();
        assertThat(matches("event.risk_score|lt: 0", event)).isTrue();
        assertThat(matches("event.risk_score|gte: 0", event)).isFalse();
        assertThat(matches("event.risk_score|contains: inf", event)).isTrue();
    }

    @Test
    void a_timespan_longer_than_state_is_kept_is_refused_with_line_and_remedy() {
        for (String timespan : List.of("999999999w", "367d", "0s", "99999999999999999999d")) {
            RuleReader.Result result = RuleReader.readTexts(
                    List.of(new RuleSource(
                            "long.yml",
                            "title: t\nname: a\nlogsource: {category: application}\ndetection: {sel: {f: 1}, condition: sel}\n"
                                    + "---\ntitle: u\nname: b\ncorrelation:\n  type: event_count\n  rules: [a]\n"
                                    + "  timespan: " + timespan + "\n  condition: {gte: 2}\n")),
                    Placeholders.NONE);
            assertThat(result.problems())
                    .as(timespan)
                    .filteredOn(Problem::isError)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("invalid-duration");
                        assertThat(problem.toString()).contains("long.yml:11");
                    });
        }
    }
}
