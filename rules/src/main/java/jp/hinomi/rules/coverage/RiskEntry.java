package jp.hinomi.rules.coverage;

import java.util.List;
import java.util.Map;
import jp.hinomi.events.document.Location;

/**
 * What a city's rules do about some risks of the guideline.
 *
 * @param risks their numbers
 * @param title the weakness in words of our own, by language
 * @param rules names of the rules that show when it is used; empty if logs cannot
 * @param notInLogs why logs cannot show it, by language; empty if they can
 */
public record RiskEntry(
        List<Integer> risks, Map<String, String> title, List<Named> rules, Map<String, String> notInLogs, Location at) {
    public RiskEntry {
        risks = List.copyOf(risks);
        title = Map.copyOf(title);
        rules = List.copyOf(rules);
        notInLogs = Map.copyOf(notInLogs);
        if (rules.isEmpty() == notInLogs.isEmpty()) {
            throw new IllegalArgumentException("a risk has rules or a reason for having none");
        }
    }

    /** A name where it stands. */
    public record Named(String name, Location at) {}
}
