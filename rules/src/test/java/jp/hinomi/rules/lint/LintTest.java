package jp.hinomi.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lint as a whole; that each code is found where it should be is shown by ProblemCodeTest. */
class LintTest {
    private static final String HEAD =
            "title: t\nid: 00000000-0000-4000-8000-000000000001\nlogsource: {category: webserver}\n";

    @TempDir
    Path folder;

    private LintReport lint(LintOptions options) {
        return Lint.run(List.of(folder), options, rules -> List.of(), () -> {});
    }

    private List<String> codes(String rule) throws IOException {
        Files.writeString(folder.resolve("x.yml"), rule);
        return lint(LintOptions.USUAL).problems().stream().map(Problem::code).toList();
    }

    /** Hints are for their authors, who may be in the middle of something. */
    @Test
    void the_shipped_packs_are_clean() {
        LintReport report = Lint.run(List.of(Path.of("content")), LintOptions.USUAL, rules -> List.of(), () -> {});
        assertThat(report.problems()).noneMatch(problem -> problem.severity() != Problem.Level.HINT);
        assertThat(report.files()).isGreaterThan(160);
        assertThat(report.ignored())
                .allSatisfy(ignored -> assertThat(ignored.reason()).hasSizeGreaterThan(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{s: {url.path|contains|all: [a1b, b2c]}, condition: s}",
                "{s: {url.path|startswith: /admin, url.path|endswith: .php}, condition: s}",
                "{s: {event.category|all: [web, file]}, condition: s}",
                "{s: {user.name: root}, own: {source.ip|cidr: 10.0.0.0/8}, condition: s and not own}",
                "{s: {source.port|gt: 10, source.port|lt: 12}, condition: s}",
                "{a: {user.name: root}, b: {user.name: admin}, condition: a or b}",
                "{s: {user.name: [root, admin]}, own: {user.name: admin}, condition: s and not own}",
                "{s: {user.name: Root}, own: {user.name|cased: root}, condition: s and not own}",
                "{s: {user.name: Root}, own: {user.name|re: root}, condition: s and not own}",
                "{s: {url.path|re: 'x.*[a-z]{3}', user.name: root}, condition: s}",
                "{a: [alpha, beta], b: {url.path: '*'}, condition: a and b}",
                "{s: {url.path: null}, condition: s}",
                "{s: {process.name|fieldref: process.parent.name}, condition: s}",
                "{s1: {a.b: 1}, s2: {source.ip: 192.0.2.1}, condition: 1 of s*}",
            })
    void nothing_is_said_of_what_is_fine(String detection) throws IOException {
        assertThat(codes(HEAD + "detection: " + detection.replace("a.b", "json.b")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{s: {user.name|all: [root, admin]}, condition: s}",
                "{s: {source.port|gt: 12, source.port|lt: 12}, condition: s}",
                "{s: {source.ip|cidr: 10.0.0.0/8, source.ip: 192.0.2.1}, condition: s}",
                "{s: {url.path|startswith: /a}, t: {url.path|startswith: /b}, condition: s and t}",
                "{s: {user.name: root}, condition: s and not s}",
                "{s: {user.name: root}, any: {user.name: '*'}, condition: s and not any}",
                "{s: {user.name: root}, no: {user.name: null}, condition: s and no}",
                "{s: {url.path|contains: admin}, wide: {url.path|contains: min}, condition: s and not wide}",
            })
    void what_cannot_be_is_found(String detection) throws IOException {
        assertThat(codes(HEAD + "detection: " + detection))
                .isNotEmpty()
                .isSubsetOf("impossible-selection", "impossible-condition");
    }

    @Test
    void says_which_values_contradict_each_other() throws IOException {
        Files.writeString(
                folder.resolve("x.yml"),
                HEAD + "detection:\n  s:\n    source.ip|cidr: 10.0.0.0/8\n    source.ip: 192.0.2.1\n  condition: s\n");
        assertThat(lint(LintOptions.USUAL).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(5);
            assertThat(problem.message())
                    .contains("'source.ip'")
                    .contains("cidr 10.0.0.0/8")
                    .contains("192.0.2.1");
        });
    }

    @Test
    void names_the_field_that_was_meant_and_says_each_only_once() throws IOException {
        Files.writeString(
                folder.resolve("x.yml"),
                HEAD + "detection: {s: {sorce.ip: 192.0.2.1}, t: {sorce.ip: 192.0.2.2}, u: {cs-method: GET, c-uri: /x},"
                        + " condition: 1 of them}");
        assertThat(lint(LintOptions.USUAL).problems()).hasSize(2);
        assertThat(lint(LintOptions.USUAL).problems())
                .anySatisfy(problem -> assertThat(problem.remedy()).contains("'source.ip'"))
                .anySatisfy(
                        problem -> assertThat(problem.message()).contains("'cs-method' (here 'http.request.method')"));
    }

    /** Rules from elsewhere are asked for style with --strict only; one word of ours makes a folder ours. */
    @Test
    void asks_style_of_our_own_packs() throws IOException {
        String foreign = HEAD + "detection: {s: {url.path: /x}, condition: s}\n";
        assertThat(codes(foreign)).isEmpty();
        LintOptions strict = new LintOptions(Dialect.HINOMI, true, Set.of(), Set.of());
        assertThat(lint(strict).problems()).extracting(Problem::code).contains("missing-level", "untested");
        assertThat(codes(foreign + "tags: [cps.ae-3]\n")).contains("missing-level", "untested");
    }

    @Test
    void a_comment_with_a_reason_hides_a_finding_and_is_told() throws IOException {
        String rule = HEAD + "detection:\n  s:\n    # hinomi:ignore HR201, unknown-code our gateway sends it\n"
                + "    acme.x: 1\n    acme.y: 1 # hinomi:ignore unknown-field so is this\n  condition: s\n";
        assertThat(codes(rule)).containsExactly("unused-ignore");
        assertThat(lint(LintOptions.USUAL).ignored())
                .extracting(LintReport.Ignored::reason)
                .containsExactly("our gateway sends it", "so is this");
        assertThat(codes(rule.replace(" our gateway sends it", "").replace(" so is this", "")))
                .contains("unknown-field", "ignore-without-reason");
    }

    @Test
    void an_error_is_neither_ignored_nor_disabled() throws IOException {
        Files.writeString(
                folder.resolve("x.yml"),
                HEAD + "# hinomi:ignore HR105 I like it\ndetection: {s: {url.path|contians: /x}, condition: s}\n");
        Set<ProblemCode> all = Set.of(ProblemCode.values());
        assertThat(lint(new LintOptions(Dialect.HINOMI, false, all, Set.of())).problems())
                .extracting(Problem::code)
                .containsExactly("unknown-modifier");
    }

    /** A broken rule among a thousand is named, and so is a bomb; the thousand load. */
    @Test
    @Timeout(20)
    void the_others_load() throws IOException {
        for (int i = 0; i < 1000; i++) {
            Files.writeString(
                    folder.resolve("r" + i + ".yml"),
                    HEAD.replace("0001", "%04d".formatted(i + 1000)).replace("title: t", "title: t" + i)
                            + "detection: {s: {url.path: /x" + i + "}, condition: s}\n");
        }
        Files.writeString(
                folder.resolve("broken.yml"), HEAD + "detection: {s: {url.path|contians: /x}, condition: s}\n");
        StringBuilder bomb = new StringBuilder("l0: &l0 [x]\n");
        for (int i = 1; i <= 40; i++) {
            bomb.append("l%d: &l%d [*l%d, *l%d]%n".formatted(i, i, i - 1, i - 1));
        }
        Files.writeString(folder.resolve("bomb.yml"), bomb);
        LintReport report = lint(LintOptions.USUAL);
        assertThat(report.rules().detections()).hasSize(1000);
        assertThat(report.problems()).extracting(Problem::code).containsOnly("unknown-modifier", "yaml-too-large");
        assertThat(report.problems())
                .extracting(problem -> Path.of(problem.file()).getFileName().toString())
                .containsOnly("broken.yml", "bomb.yml");
    }

    /** Filters with many fields multiply; the search gives up in time, and then says nothing. */
    @Test
    @Timeout(20)
    void large_conditions_take_no_time() throws IOException {
        StringBuilder detection = new StringBuilder("detection:\n  s: {url.path|contains: /xyz}\n");
        IntStream.range(0, 30)
                .forEach(i -> detection
                        .append("  f%d:%n".formatted(i))
                        .append(
                                "    user.name|contains: ['a%d', 'b%d']%n    url.path|endswith: '/%d'%n    source.ip: 192.0.2.%d%n"
                                        .formatted(i, i, i, i)));
        assertThat(codes(HEAD + detection + "  condition: s and not 1 of f*\n")).isEmpty();
        StringBuilder values = new StringBuilder("detection:\n  s:\n    url.path|contains:\n");
        IntStream.range(0, 20_000)
                .forEach(i -> values.append("      - value-number-").append(i).append("-end\n"));
        assertThat(codes(HEAD + values + "  condition: s\n")).isEmpty();
        String chain = String.join(" and ", java.util.Collections.nCopies(9_000, "s"));
        assertThat(codes(HEAD + "detection: {s: {url.path: /x}, condition: " + chain + "}\n"))
                .isEmpty();
    }
}
