package jp.hinomi.correlation.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;

/**
 * Checks {@code not_evaluable_without} of rules against a city. A rule that names a source nobody watches works like any
 * other; only its alerts could never say that it was blind, so this is worth a warning.
 */
public final class NeededSources {
    private NeededSources() {}

    /** In order of the rules' places. */
    public static List<Problem> check(RuleSet rules, City city) {
        List<Problem> problems = new ArrayList<>();
        rules.byName().values().stream()
                .map(Rule::info)
                .sorted(Comparator.comparing((RuleInfo info) -> info.at().file())
                        .thenComparingInt(info -> info.at().line()))
                .forEach(info ->
                        info.notEvaluableWithout().stream().distinct().forEach(id -> check(info, id, city, problems)));
        return problems;
    }

    private static void check(RuleInfo info, String id, City city, List<Problem> problems) {
        Source source = city.sources().get(id);
        if (source == null) {
            problems.add(ProblemCode.UNKNOWN_SOURCE.warning(
                    info.at(),
                    "the rule '" + info.name() + "' is not evaluable without '" + id
                            + "', but the city has no such source",
                    Suggestion.nearest(id, city.sources().keySet())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("name an id of sources.yaml, or remove it")));
        } else if (source.expectEvery().isEmpty()) {
            problems.add(ProblemCode.UNWATCHED_SOURCE.warning(
                    info.at(),
                    "the rule '" + info.name() + "' is not evaluable without '" + id
                            + "', but nobody knows how often that writes, so it is never silent",
                    "give the source an `expect-every` in sources.yaml"));
        }
    }
}
