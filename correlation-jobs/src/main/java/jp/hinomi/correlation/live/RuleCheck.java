package jp.hinomi.correlation.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;

/** Reads documents together, as the job does: the rules that can run, and why the others cannot. */
public record RuleCheck(RuleSet rules, Correlations correlations, List<Problem> problems) {
    public RuleCheck {
        problems = List.copyOf(problems);
    }

    /** @param levels how many levels of chained correlations can run */
    public static RuleCheck of(Collection<RuleRecord> records, int levels) {
        RuleReader.Result read = RuleReader.readTexts(
                records.stream()
                        .sorted(Comparator.comparing(RuleRecord::file).thenComparingInt(RuleRecord::line))
                        .map(RuleRecord::source)
                        .toList(),
                Placeholders.NONE);
        Correlations correlations = new Correlations(read.rules(), levels);
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(correlations.problems());
        return new RuleCheck(read.rules(), correlations, problems);
    }

    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }
}
