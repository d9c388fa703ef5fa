package jp.hinomi.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.content.RuleTestCases;
import jp.hinomi.rules.coverage.Coverage;
import jp.hinomi.rules.coverage.RiskFile;
import jp.hinomi.rules.coverage.RiskFileReader;
import jp.hinomi.rules.lint.Catalogue;
import jp.hinomi.rules.lint.Lint;
import jp.hinomi.rules.lint.LintOptions;
import jp.hinomi.rules.lint.Phrases;
import jp.hinomi.rules.taxonomy.SigmaImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The catalogue is complete: every problem has an entry, every entry an example that is reported with it. */
class ProblemCodeTest {
    private static final String HEAD =
            "title: t\nid: 00000000-0000-4000-8000-000000000001\nlogsource: {category: webserver}";

    /** Problems of files rather than of what stands in them. */
    private static final Set<String> OF_FILES = Set.of("unreadable", "not-utf8", "no-rules", "path-taken");

    private static final Set<String> OF_WHOLE_FILES =
            Set.of("yaml-too-large", "uncovered-risk", "test-of-nothing", "duplicate-pack");

    /** Shown by the tests of the module that runs rules, as is all of EPL. */
    private static final Set<String> OF_THE_ENGINE =
            Set.of("correlation-unsupported", "correlation-too-deep", "unknown-source", "unwatched-source");

    @TempDir
    Path folder;

    static Stream<Arguments> examples() throws IOException {
        try (InputStream in = ProblemCodeTest.class.getResourceAsStream("problem-examples.yaml")) {
            Map<String, String> examples = new Yaml().load(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return examples.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void example(String code, String documents) throws IOException {
        List<Problem> problems;
        if (documents.startsWith("test:")) {
            Path file = folder.resolve("x.test.yml");
            Files.writeString(file, documents.substring("test:\n".length()));
            problems = RuleTestCases.read(List.of(file)).problems();
        } else if (documents.startsWith("coverage:")) {
            Path file = folder.resolve("x.coverage.yml");
            Files.writeString(file, documents.substring("coverage:\n".length()));
            Path rule = folder.resolve("x.yml");
            Files.writeString(rule, HEAD + "\nname: x\ndetection: {s: {f: 1}, condition: s}\ntags: [attack.t9999]\n");
            jp.hinomi.rules.read.Problems found = new jp.hinomi.rules.read.Problems();
            RiskFile risks = RiskFileReader.read(List.of(folder), found);
            problems = new ArrayList<>(found.found());
            problems.addAll(
                    Coverage.of(RuleReader.read(List.of(rule)).rules(), risks).problems());
        } else if (documents.startsWith("lint:")) {
            problems = lint(documents.substring("lint:\n".length()).replace("HEAD", HEAD));
        } else if (documents.startsWith("import:")) {
            Path file = folder.resolve("x.yml");
            Files.writeString(file, documents.substring("import:\n".length()).replace("HEAD", HEAD));
            problems = SigmaImport.run(List.of(file), folder.resolve("imported"), rules -> List.of()).files().stream()
                    .flatMap(imported -> imported.problems().stream())
                    .toList();
        } else {
            Dialect dialect = documents.startsWith("STRICT") ? Dialect.STRICT_SIGMA : Dialect.HINOMI;
            String text = documents
                    .replace("STRICT\n", "")
                    .replace("HEAD", HEAD)
                    .replace("BOMB", bomb())
                    .replace("LONG", "x".repeat(300));
            List<String> many = IntStream.range(0, 200).mapToObj(i -> "v" + i).toList();
            RuleReader.Result read = RuleReader.readTexts(
                    code.equals("unowned-filter") ? apart(text) : List.of(new RuleSource("x.yml", text)),
                    new Placeholders(Map.of("many", many)),
                    dialect);
            problems = new ArrayList<>(read.problems());
            problems.addAll(ExceptionCheck.check(
                    read.rules(), Instant.parse("2026-04-01T00:00:00Z").toEpochMilli(), ZoneOffset.UTC));
        }
        assertThat(problems).extracting(Problem::code).contains(code);
        assertThat(problems).allSatisfy(problem -> {
            assertThat(ProblemCode.ofWord(problem.code()))
                    .as(problem.toString())
                    .isPresent();
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.remedy()).as(problem.toString()).isNotBlank();
        });
        if (documents.startsWith("lint:")) {
            assertThat(problems).allSatisfy(problem -> {
                assertThat(Phrases.in("ja", problem.message())).containsPattern("[\\u3040-\\u9fff]");
                assertThat(Phrases.in("ja", problem.remedy())).containsPattern("[\\u3040-\\u9fff]");
            });
        }
        assertThat(problems.stream().filter(problem -> problem.code().equals(code)))
                .allSatisfy(problem -> assertThat(problem.line())
                        .as(problem.toString())
                        .isGreaterThanOrEqualTo(OF_WHOLE_FILES.contains(code) ? 0 : 1));
    }

    /** Each line {@code === path} begins another file; folders in the paths are the ones to look at. */
    private List<Problem> lint(String text) throws IOException {
        Set<Path> roots = new TreeSet<>();
        for (String part : ("=== x.yml\n" + text).split("(?m)^=== ")) {
            if (!part.isEmpty()) {
                Path file = folder.resolve(part.substring(0, part.indexOf('\n')));
                Files.createDirectories(file.getParent());
                Files.writeString(file, part.substring(part.indexOf('\n') + 1));
                Path below = folder.relativize(file);
                roots.add(below.getNameCount() > 1 ? folder.resolve(below.getName(0)) : folder);
            }
        }
        if (roots.size() > 1) {
            roots.remove(folder);
        }
        return Lint.run(List.copyOf(roots), LintOptions.USUAL, rules -> List.of(), () -> {})
                .problems();
    }

    /** The documents in a folder each. */
    private static List<RuleSource> apart(String text) {
        String[] documents = text.split("---\n");
        return IntStream.range(0, documents.length)
                .mapToObj(i -> new RuleSource(i + "/x.yml", documents[i]))
                .toList();
    }

    /** Sixteen lists, each of three aliases of the one before: 43 million parts from a few lines. */
    private static String bomb() {
        StringBuilder text = new StringBuilder("l0: &l0 [x]\n");
        for (int i = 1; i <= 16; i++) {
            String before = "*l" + (i - 1);
            text.append("l%d: &l%d [%s, %s, %s]%n".formatted(i, i, before, before, before));
        }
        return text.toString();
    }

    @Test
    void every_entry_has_an_example_and_a_meaning_in_both_languages() throws IOException {
        List<Object> covered = new ArrayList<>(OF_FILES);
        covered.addAll(OF_THE_ENGINE);
        examples().forEach(example -> covered.add(example.get()[0]));
        Set<String> ids = new HashSet<>();
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(ids.add(code.id())).as(code.id()).isTrue();
            if (!code.word().startsWith("epl-")) {
                assertThat(covered).contains(code.word());
            }
            Catalogue.Entry entry = Catalogue.standard().of(code);
            for (String english : List.of(entry.why().get("en"), entry.remedy().get("en"))) {
                assertThat(english).isASCII().endsWith(".").doesNotContainPattern("[\u3040-\u9fff]");
            }
            for (String japanese : List.of(entry.why().get("ja"), entry.remedy().get("ja"))) {
                assertThat(japanese).containsPattern("[\u3040-\u9fff]").endsWith("。");
            }
            if (Catalogue.isStyle(code)) {
                assertThat(code.usual()).isNotEqualTo(Problem.Level.ERROR);
            }
            assertThat(code.meaning("en")).isNotBlank().isASCII();
            assertThat(code.meaning("ja")).containsPattern("[\\u3040-\\u9fff]");
        }
    }

    @Test
    void problems_of_files() throws IOException {
        Path latin = folder.resolve("latin.yml");
        Files.write(latin, "title: Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        List<Problem> problems = new ArrayList<>(RuleReader.read(List.of(folder.resolve("nowhere.yml"), latin, empty))
                .problems());
        Path one =
                Files.writeString(Files.createDirectory(folder.resolve("one")).resolve("x.yml"), HEAD);
        Path two =
                Files.writeString(Files.createDirectory(folder.resolve("two")).resolve("x.yml"), HEAD);
        problems.addAll(SigmaImport.run(List.of(one, two), folder.resolve("imported"), rules -> List.of())
                .problems());
        assertThat(problems).extracting(Problem::code).containsExactlyInAnyOrderElementsOf(OF_FILES);
    }
}
