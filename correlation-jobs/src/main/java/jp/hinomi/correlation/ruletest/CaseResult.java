package jp.hinomi.correlation.ruletest;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jp.hinomi.rules.content.RuleTestCase;

/**
 * @param differences what is not as expected, one line each; empty if the case passed
 * @param took how long it ran
 */
public record CaseResult(RuleTestCase testCase, List<String> differences, Duration took) {
    public CaseResult {
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(testCase, "test case");
        differences = List.copyOf(differences);
    }

    /** A case that could not run. */
    static CaseResult failed(RuleTestCase testCase, String reason) {
        return new CaseResult(testCase, List.of(reason), Duration.ZERO);
    }

    public boolean passed() {
        return differences.isEmpty();
    }

    /** The case, and below it each difference; the first line leads to the case in editors and terminals. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(testCase.at().file())
                .append(':')
                .append(testCase.at().line())
                .append(": ");
        text.append(passed() ? "passed: " : "FAILED: ");
        text.append(testCase.rule()).append(": ").append(testCase.title());
        differences.forEach(difference -> text.append("\n    ").append(difference));
        return text.toString();
    }
}
