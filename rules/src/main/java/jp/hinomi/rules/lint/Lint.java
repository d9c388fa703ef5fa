package jp.hinomi.rules.lint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.RuleTestCase;
import jp.hinomi.rules.content.RuleTestCases;

/**
 * Looks at rules as their authors' colleagues would: what cannot be read, what cannot hold, what costs, what a recipient would
 * miss. Stateless and thread-safe.
 */
public final class Lint {
    private static final List<Check> CHECKS = List.of(
            new HeaderCheck(),
            new TagCheck(),
            new TextCheck(),
            new FieldCheck(),
            new ValueCheck(),
            new LogicCheck(),
            new CostCheck(),
            new CorrelationCheck(),
            new TestsCheck());

    private Lint() {}

    /**
     * Looks at every rule below the paths, and at the tests beside them.
     *
     * @param engine what the engine that runs the rules has to say about them
     * @param progress run after each file, from several threads
     */
    public static LintReport run(
            List<Path> paths, LintOptions options, Function<RuleSet, List<Problem>> engine, Runnable progress) {
        List<Problem> problems = new ArrayList<>();
        List<Path> files = files(paths, problems);
        Map<Path, List<Node>> read = new ConcurrentHashMap<>();
        RuleReader.Result result =
                RuleReader.readFiles(files, Placeholders.NONE, options.dialect(), (file, documents) -> {
                    read.put(file, documents);
                    progress.run();
                });
        problems.addAll(result.problems());
        problems.addAll(engine.apply(result.rules()));
        RuleTestCases.Result tests = RuleTestCases.read(testPaths(paths));
        problems.addAll(tests.problems());
        Map<Path, List<Node>> documents = new LinkedHashMap<>();
        files.forEach(file -> documents.put(file, read.getOrDefault(file, List.of())));
        Findings findings = new Findings();
        Packs packs = new Packs(documents);
        packs.duplicates(distinct(paths), findings);
        testsOfNothing(tests.cases(), documents, findings);
        problems.addAll(findings.found());
        List<LintedDocument> linted = linted(documents, result.rules(), packs, options);
        Surroundings surroundings = surroundings(result.rules(), tests.cases(), options);
        linted.parallelStream().map(document -> look(document, surroundings)).forEachOrdered(problems::addAll);
        return report(result.rules(), problems, files, packs, options);
    }

    private static List<Path> distinct(List<Path> paths) {
        Map<Path, Path> distinct = new LinkedHashMap<>();
        paths.forEach(path -> distinct.putIfAbsent(path.toAbsolutePath().normalize(), path));
        return List.copyOf(distinct.values());
    }

    /** Each once, also where folders overlap. */
    private static List<Path> files(List<Path> paths, List<Problem> problems) {
        return distinct(RuleReader.files(distinct(paths), problems::add));
    }

    /** Where the test cases of the rules below the paths are: folders, and the tests beside single files. */
    public static List<Path> testPaths(List<Path> paths) {
        List<Path> tests = new ArrayList<>();
        for (Path path : distinct(paths)) {
            if (Files.isDirectory(path)) {
                tests.add(path);
            } else {
                String name = String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", "");
                List.of(".test.yml", ".test.yaml").stream()
                        .map(ending -> path.resolveSibling(name + ending))
                        .filter(Files::isRegularFile)
                        .forEach(tests::add);
            }
        }
        return tests;
    }

    private static List<LintedDocument> linted(
            Map<Path, List<Node>> documents, RuleSet rules, Packs packs, LintOptions options) {
        Map<Location, Rule> byPlace = new HashMap<>();
        rules.byName().values().forEach(rule -> byPlace.put(rule.info().at(), rule));
        Map<Path, List<LintedDocument>> byFile = new ConcurrentHashMap<>();
        documents.entrySet().parallelStream().forEach(entry -> {
            List<LintedDocument> linted = new ArrayList<>();
            for (Node node : entry.getValue()) {
                if (node instanceof Node.Mapping written) {
                    linted.add(LintedDocument.of(
                            entry.getKey(),
                            written,
                            Optional.ofNullable(byPlace.get(written.at())),
                            options.strict() || packs.isOwn(entry.getKey())));
                }
            }
            byFile.put(entry.getKey(), linted);
        });
        return documents.keySet().stream()
                .flatMap(file -> byFile.get(file).stream())
                .toList();
    }

    private static Surroundings surroundings(RuleSet rules, List<RuleTestCase> cases, LintOptions options) {
        Map<String, Collection<RuleTestCase>> byRule = new HashMap<>();
        cases.forEach(each ->
                byRule.computeIfAbsent(each.rule(), name -> new ArrayList<>()).add(each));
        return new Surroundings(rules, rules.alertsOnItsOwn(), rules.referenced(), byRule, options.declared());
    }

    private static List<Problem> look(LintedDocument document, Surroundings surroundings) {
        Findings findings = new Findings();
        CHECKS.forEach(check -> check.look(document, surroundings, findings));
        // Style is hidden, rather than not looked for, so that a comment about it is not called useless.
        return findings.found();
    }

    /** A test names a rule that stands nowhere, not even with errors. */
    private static void testsOfNothing(List<RuleTestCase> cases, Map<Path, List<Node>> documents, Findings findings) {
        Set<String> names = new HashSet<>();
        documents
                .values()
                .forEach(nodes -> nodes.forEach(node -> {
                    if (node instanceof Node.Mapping document) {
                        for (String key : List.of("name", "id", "title")) {
                            FieldCheck.scalars(document.get(key)).forEach(scalar -> names.add(scalar.text()));
                        }
                    }
                }));
        Set<String> told = new HashSet<>();
        for (RuleTestCase each : cases) {
            if (!names.contains(each.rule()) && told.add(each.rule())) {
                findings.add(
                        ProblemCode.TEST_OF_NOTHING,
                        Location.ofFile(each.at().file()),
                        "the tests are for the rule '" + each.rule() + "', which is not among those read",
                        jp.hinomi.events.document.Suggestion.nearest(each.rule(), names)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("correct 'rule', or read the folder that holds it as well"));
            }
        }
    }

    private static LintReport report(
            RuleSet rules, List<Problem> problems, List<Path> files, Packs packs, LintOptions options) {
        Map<String, Path> named = new TreeMap<>();
        files.forEach(file -> named.put(file.toString(), file));
        Map<String, Ignores> ignores = new HashMap<>();
        files.forEach(file -> ignores.put(file.toString(), Ignores.of(file)));
        List<Problem> shown = new ArrayList<>();
        List<LintReport.Ignored> ignored = new ArrayList<>();
        for (Problem problem : problems) {
            Ignores ofFile = ignores.get(problem.file());
            String reason = ofFile == null ? null : ofFile.reason(problem);
            if (reason != null) {
                ignored.add(new LintReport.Ignored(problem, reason));
            } else if (!isHidden(problem, named.get(problem.file()), packs, options)) {
                shown.add(problem);
            }
        }
        ignores.values().forEach(each -> {
            shown.addAll(each.problems());
            shown.addAll(each.unused());
        });
        shown.removeIf(problem -> !problem.isError()
                && ProblemCode.ofWord(problem.code())
                        .filter(options.disabled()::contains)
                        .isPresent());
        shown.sort(RuleReader.IN_ORDER);
        return new LintReport(rules, files.size(), shown, ignored);
    }

    private static boolean isHidden(Problem problem, Path file, Packs packs, LintOptions options) {
        return !options.strict()
                && file != null
                && ProblemCode.ofWord(problem.code()).filter(Catalogue::isStyle).isPresent()
                && !packs.isOwn(file);
    }
}
