package jp.hinomi.alerting.learning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.rules.RuleInfo;

/**
 * A rule, how it fares, and what became of its alerts.
 *
 * @param info absent for a rule that is no longer there but has raised alerts
 * @param health absent if the job has not said anything of it
 * @param alerting whether it raises alerts of its own, or is only part of correlations
 * @param provenAt when it will have run for so long that having raised nothing says something; absent once it has, for rules that
 *     have raised something, and for those that the job does not run
 * @param silent ids of the sources that it needs and that are silent
 */
public record RuleStanding(
        Optional<RuleInfo> info,
        Optional<RuleHealth> health,
        RuleFigures figures,
        boolean alerting,
        Optional<Instant> provenAt,
        List<String> silent,
        Set<Fault> faults) {
    public RuleStanding {
        silent = List.copyOf(silent);
        faults = Set.copyOf(faults);
    }

    public boolean has(Fault fault) {
        return faults.contains(fault);
    }

    public String title(String language) {
        Map<String, String> titles =
                info.map(RuleInfo::title).filter(all -> !all.isEmpty()).orElse(figures.titles());
        return titles.getOrDefault(
                language, titles.values().stream().findFirst().orElse(figures.name()));
    }
}
