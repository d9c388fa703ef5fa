package jp.hinomi.rules.lint;

import java.util.Collection;
import java.util.List;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.content.RuleTestCase;

/** Whether a rule has tests beside it: lines that must alert, and look-alikes that must not. */
final class TestsCheck implements Check {
    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        if (document.rule().isEmpty()) {
            return;
        }
        String name = document.rule().get().info().name();
        if (!surroundings.alerting().contains(name)) {
            return;
        }
        Collection<RuleTestCase> cases = surroundings.tests().getOrDefault(name, List.of());
        if (cases.isEmpty()) {
            findings.add(
                    ProblemCode.UNTESTED,
                    document.at(),
                    "no file *.test.yml has a case for '" + name + "'",
                    "add one with lines that must alert, and look-alikes that must not");
            return;
        }
        boolean alerts = cases.stream().anyMatch(each -> !each.alerts().isEmpty());
        if (!alerts || cases.stream().allMatch(each -> !each.alerts().isEmpty())) {
            findings.add(
                    ProblemCode.HALF_TESTED,
                    document.at(),
                    "no case of '" + name + "' shows that it " + (alerts ? "keeps silent" : "alerts"),
                    alerts ? "add look-alikes with 'alerts: []'" : "add lines that must alert");
        }
    }
}
