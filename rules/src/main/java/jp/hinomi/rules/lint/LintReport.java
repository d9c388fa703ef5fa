package jp.hinomi.rules.lint;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleSet;

/**
 * What a look at rules has found.
 *
 * @param rules those that can be used
 * @param files how many were read
 * @param problems in order of file and place
 * @param ignored what comments in the files hide
 */
public record LintReport(RuleSet rules, int files, List<Problem> problems, List<Ignored> ignored) {
    /** @param reason as the comment gives it */
    public record Ignored(Problem problem, String reason) {}

    public LintReport {
        Objects.requireNonNull(rules, "rules");
        problems = List.copyOf(problems);
        ignored = List.copyOf(ignored);
    }

    /** Whether something is at least as bad as that. */
    public boolean has(Problem.Level level) {
        return problems.stream().anyMatch(problem -> problem.severity().compareTo(level) <= 0);
    }
}
