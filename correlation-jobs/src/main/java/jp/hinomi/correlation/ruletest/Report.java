package jp.hinomi.correlation.ruletest;

import java.util.List;
import jp.hinomi.events.document.Problem;

/** @param problems of rules and test files, errors and warnings */
public record Report(List<CaseResult> results, List<Problem> problems) {
    public Report {
        results = List.copyOf(results);
        problems = List.copyOf(problems);
    }

    /** True if every case passed and every file could be read. */
    public boolean passed() {
        return results.stream().allMatch(CaseResult::passed)
                && problems.stream().noneMatch(Problem::isError);
    }
}
