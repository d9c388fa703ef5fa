package jp.hinomi.standalone.backtest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.events.Severity;
import jp.hinomi.rules.RuleSet;

/**
 * What two sets of rules say over the same logs.
 *
 * @param before empty if there is nothing to compare with: then every alert is new
 * @param total of alerts, each once
 * @param rules by name; only those that alert on either side or are no longer there
 * @param stakeholders by id, of those who are told on either side; one alert may be told to several
 * @param severities of the alerts now
 * @param gaps alerts for which the city's map has nobody
 * @param notRun names of rules of the new set that could not run
 */
public record BacktestReport(
        Optional<RuleSet> before,
        RuleSet after,
        LogSpan span,
        long events,
        long rejected,
        Tally total,
        Map<String, Tally> rules,
        Map<String, Told> stakeholders,
        Map<Severity, Long> severities,
        Tally gaps,
        Set<String> notRun,
        Examples examples) {

    /** Who is told how much. @param rules by name */
    public record Told(Tally total, Map<String, Tally> rules) {
        Told() {
            this(new Tally(), new TreeMap<>());
        }

        void count(String rule, boolean was, boolean is, List<Difference> differences) {
            total.count(was, is, differences);
            rules.computeIfAbsent(rule, any -> new Tally()).count(was, is, differences);
        }
    }

    /** Reads what is shown of alerts, while the ledgers are open. */
    public interface Examples {
        Example of(Pair pair);
    }

    static BacktestReport of(
            Optional<RuleSet> before,
            RuleSet after,
            Set<String> notRun,
            LogSpan span,
            long events,
            long rejected,
            Ledger was,
            Ledger is,
            int mostExamples) {
        RuleNames names = new RuleNames(before.orElse(RuleSet.EMPTY), after);
        Tally total = new Tally();
        Tally gaps = new Tally();
        Map<String, Tally> rules = new TreeMap<>();
        Map<String, Told> stakeholders = new TreeMap<>();
        Map<Severity, Long> severities = new EnumMap<>(Severity.class);
        for (Pair pair : Pair.of(was, is, names)) {
            boolean there = pair.before() != null;
            boolean here = pair.after() != null;
            List<Difference> differences =
                    there && here ? List.copyOf(Difference.of(pair.before(), pair.after())) : List.of();
            String rule = here
                    ? names.after(pair.after().rule())
                    : names.before(pair.before().rule());
            total.count(there, here, differences);
            Tally ofRule = rules.computeIfAbsent(rule, any -> new Tally());
            ofRule.count(there, here, differences);
            if (!there || !here || !differences.isEmpty()) {
                Tally.Fate fate = there && here ? Tally.Fate.CHANGED : here ? Tally.Fate.NEW : Tally.Fate.LOST;
                ofRule.show(new Tally.Shown(fate, pair, differences), mostExamples);
            }
            if (here) {
                severities.merge(pair.after().severity(), 1L, Long::sum);
            }
            Set<String> told = new LinkedHashSet<>();
            List<String> toldBefore = there ? pair.before().audience().stakeholders() : List.of();
            List<String> toldNow = here ? pair.after().audience().stakeholders() : List.of();
            told.addAll(toldBefore);
            told.addAll(toldNow);
            if (here && !toldNow.containsAll(toldBefore)) {
                ofRule.countUntold();
            }
            for (String stakeholder : told) {
                stakeholders
                        .computeIfAbsent(stakeholder, any -> new Told())
                        .count(rule, toldBefore.contains(stakeholder), toldNow.contains(stakeholder), differences);
            }
            boolean gapBefore = there && pair.before().audience().gap();
            boolean gapNow = here && pair.after().audience().gap();
            if (gapBefore || gapNow) {
                gaps.count(gapBefore, gapNow, differences);
            }
        }
        return new BacktestReport(
                before,
                after,
                span,
                events,
                rejected,
                total,
                rules,
                stakeholders,
                severities,
                gaps,
                notRun,
                pair -> pair.after() != null ? is.example(pair.after()) : was.example(pair.before()));
    }

    public boolean isSame() {
        return total.isSame();
    }

    /** Why the backtest of a rule of the new set is no proof that it may go into force; empty if it is one. */
    public List<Doubt> doubts(String rule, double mostPerDay) {
        List<Doubt> doubts = new ArrayList<>();
        Tally tally = rules.getOrDefault(rule, new Tally());
        if (notRun.contains(rule)) {
            doubts.add(Doubt.NOT_RUN);
        }
        if (!span.shows(after.byName().get(rule), after)) {
            doubts.add(Doubt.NO_EVENTS);
        }
        if (!span.hasRate()) {
            doubts.add(Doubt.SHORT_LOG);
        } else if (span.perDay(tally.after()) > mostPerDay) {
            doubts.add(Doubt.NOISY);
        }
        if (tally.lost() > 0) {
            doubts.add(Doubt.LOST);
        }
        if (tally.untold() > 0) {
            doubts.add(Doubt.UNTOLD);
        }
        return doubts;
    }

    /** What keeps a backtest from being clean. */
    public enum Doubt {
        /** The engine refused the rule. */
        NOT_RUN,
        /** No event of its log source. */
        NO_EVENTS,
        /** Less than a day of logs: fewer than 24 hours that have events. */
        SHORT_LOG,
        /** More alerts a day than wanted. */
        NOISY,
        /** Alerts of the old rules that are no more. */
        LOST,
        /** Alerts of which somebody is no longer told. */
        UNTOLD;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Names of the rules that are told of: those of the new set, and those that alerted before. */
    Set<String> ruleNames() {
        Set<String> names = new LinkedHashSet<>(after.byName().keySet());
        names.addAll(rules.keySet());
        return names;
    }

    /** Those with a difference first, then those that alert most. */
    static Map<String, Tally> byDifference(Map<String, Tally> tallies) {
        Map<String, Tally> sorted = new LinkedHashMap<>();
        tallies.entrySet().stream()
                .sorted((a, b) -> Long.compare(weight(b.getValue()), weight(a.getValue())))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    private static long weight(Tally tally) {
        return 1_000_000_000_000L * Math.min(1, tally.added() + tally.lost() + tally.changed())
                + 1_000L * (tally.added() + tally.lost() + tally.changed())
                + Math.min(999, tally.after());
    }
}
