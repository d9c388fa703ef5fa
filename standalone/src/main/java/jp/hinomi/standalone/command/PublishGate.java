package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.City;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.correlation.ruletest.CaseResult;
import jp.hinomi.correlation.ruletest.Report;
import jp.hinomi.correlation.ruletest.RuleTests;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.RuleTestCases;
import jp.hinomi.rules.lint.Lint;
import jp.hinomi.rules.lint.LintOptions;
import jp.hinomi.rules.lint.LintReport;

/** Lets a pack pass whose rules the lint finds without error, and whose cases pass with just the rules that will be in force. */
final class PublishGate implements RulePublisher.Gate {
    /** A pack may refer to rules of others, which the publisher has read with it. */
    private static final Set<String> OF_OTHER_PACKS =
            Set.of(ProblemCode.UNKNOWN_REFERENCE.word(), ProblemCode.BROKEN_REFERENCE.word());

    private final List<Path> paths;
    private final City city;

    PublishGate(List<Path> paths, City city) {
        this.paths = paths;
        this.city = city;
    }

    @Override
    public RulePublisher.Checked check(RuleSet rules) {
        Set<String> fields = new HashSet<>();
        city.formats().values().forEach(format -> fields.addAll(format.fieldNames()));
        LintReport lint = Lint.run(
                paths, new LintOptions(Dialect.HINOMI, false, Set.of(), fields), engine -> List.of(), () -> {});
        List<Problem> problems = new ArrayList<>(lint.problems().stream()
                .filter(problem -> problem.isError() && !OF_OTHER_PACKS.contains(problem.code()))
                .toList());
        int warnings = (int) lint.problems().stream()
                .filter(problem -> problem.severity() == Problem.Level.WARNING)
                .count();
        Report tests = RuleTests.run(rules, RuleTestCases.read(Lint.testPaths(paths)), Optional.of(city));
        tests.results().stream().filter(result -> !result.passed()).forEach(result -> problems.add(failed(result)));
        return new RulePublisher.Checked(
                problems, new Publication.Tested(tests.results().size(), warnings));
    }

    private static Problem failed(CaseResult result) {
        return Problem.error(
                result.testCase().at(),
                "failed-case",
                "the case '" + result.testCase().title() + "' of '"
                        + result.testCase().rule() + "' fails: " + String.join("; ", result.differences()),
                "see 'hinomi rules test'");
    }
}
