package jp.hinomi.rules.content;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.document.Location;

/**
 * One test of a rule: log lines in, alerts out.
 *
 * @param rule name of the rule that must or must not alert
 * @param logs groups of lines; lines arrive in the order written, group after group
 * @param alerts exactly the alerts of that rule, in order of time; empty = it must not alert
 */
public record RuleTestCase(String rule, String title, List<LogLines> logs, List<ExpectedAlert> alerts, Location at) {
    public RuleTestCase {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(at, "at");
        logs = List.copyOf(logs);
        alerts = List.copyOf(alerts);
        if (logs.isEmpty()) {
            throw new IllegalArgumentException("the test case '" + title + "' has no log lines");
        }
    }
}
