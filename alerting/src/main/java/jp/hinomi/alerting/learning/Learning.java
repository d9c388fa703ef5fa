package jp.hinomi.alerting.learning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How every rule has fared over the last {@link #DAYS} days. Counting goes over all alerts of that time: what was counted holds
 * {@value #REST} times as long as counting took, so that it never takes more than a small part of the machine, and a judgement
 * is seen at once where there are few. Thread-safe.
 */
public final class Learning {
    public static final int DAYS = 30;

    private static final int REST = 20;

    /** However slow it was. */
    private static final Duration HOLDS_AT_MOST = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final RuleBook book;
    private Counted counted;

    public Learning(JdbcClient jdbc, RuleBook book) {
        this.jdbc = jdbc;
        this.book = book;
    }

    /**
     * @param day the one that the figures end with
     * @param until by {@link System#nanoTime}
     */
    private record Counted(LocalDate day, ZoneId zone, long until, Map<String, RuleFigures> byId) {
        boolean holds(LocalDate today, ZoneId where) {
            return zone.equals(where) && day.equals(today) && System.nanoTime() - until < 0;
        }
    }

    /** Those with faults first, then by alerts. */
    public List<RuleStanding> all(ZoneId zone, Instant now) {
        RuleSet rules = book.rules();
        Map<String, RuleHealth> health = book.health();
        Map<String, Instant> since = book.since();
        Set<String> silent = new HashSet<>(book.silentSources());
        Set<String> alerting = rules.alertsOnItsOwn();
        Map<String, RuleFigures> figures = new HashMap<>(figures(zone, now));
        List<RuleStanding> all = new ArrayList<>();
        for (Rule rule : rules.byName().values()) {
            RuleInfo info = rule.info();
            RuleFigures own = figures.remove(info.id());
            all.add(standing(
                    Optional.of(info),
                    Optional.ofNullable(health.get(info.name())),
                    own == null ? RuleFigures.none(info.id(), info.name(), info.title()) : own,
                    alerting.contains(info.name()),
                    Optional.of(since.getOrDefault(info.name(), now).plus(patience(rule)))
                            .filter(now::isBefore),
                    info.notEvaluableWithout().stream().filter(silent::contains).toList()));
        }
        figures.values()
                .forEach(gone -> all.add(standing(
                        Optional.empty(),
                        Optional.ofNullable(health.get(gone.name())),
                        gone,
                        true,
                        Optional.empty(),
                        List.of())));
        all.sort(Comparator.comparing(Learning::worst, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(each -> !each.alerting())
                .thenComparing(each -> -each.figures().alerts())
                .thenComparing(each -> each.figures().name()));
        return all;
    }

    /** Null if nothing is wrong; that a rule is silent is nothing wrong yet. */
    private static Fault worst(RuleStanding standing) {
        return standing.faults().stream()
                .filter(fault -> fault != Fault.SILENT)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static RuleStanding standing(
            Optional<RuleInfo> info,
            Optional<RuleHealth> health,
            RuleFigures figures,
            boolean alerting,
            Optional<Instant> proven,
            List<String> silent) {
        boolean stopped = health.map(RuleHealth::state)
                .filter(state -> state == RuleHealth.State.REFUSED || state == RuleHealth.State.QUARANTINED)
                .isPresent();
        Set<Fault> faults = new TreeSet<>(
                Fault.of(!stopped, proven.isEmpty(), figures.alerts(), DAYS, figures.precision(), silent.size()));
        if (!alerting || info.isEmpty()) {
            faults.remove(Fault.SILENT); // a part of correlations is no less useful, and what is gone cannot speak
        }
        boolean waits = alerting && !stopped && figures.alerts() == 0;
        return new RuleStanding(info, health, figures, alerting, proven.filter(at -> waits), silent, faults);
    }

    /** What a window of a month has not found after a week says nothing. */
    private static Duration patience(Rule rule) {
        Duration window = rule instanceof CorrelationRule correlation ? correlation.timespan() : Duration.ZERO;
        return window.compareTo(Fault.PATIENCE) > 0 ? window : Fault.PATIENCE;
    }

    private synchronized Map<String, RuleFigures> figures(ZoneId zone, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        if (counted == null || !counted.holds(today, zone)) {
            long start = System.nanoTime();
            Map<String, RuleFigures> figures = count(zone, today);
            long end = System.nanoTime();
            long hold = Math.min(REST * (end - start), HOLDS_AT_MOST.toNanos());
            counted = new Counted(today, zone, end + hold, figures);
        }
        return counted.byId();
    }

    private record Part(String name, String ja, String en, LocalDate day, String verdict, long n, Instant last) {}

    private record Answered(long n, Duration median) {}

    private Map<String, RuleFigures> count(ZoneId zone, LocalDate today) {
        LocalDate first = today.minusDays(DAYS - 1L);
        Instant from = first.atStartOfDay(zone).toInstant();
        Map<String, List<Part>> parts = new HashMap<>();
        jdbc.sql("""
                select rule_id, max(rule_name) as name, max(title_ja) as ja, max(title_en) as en,
                    (raised_at at time zone :zone)::date as day, coalesce(verdict, '') as verdict, count(*) as n,
                    max(last_seen) as last
                from alert where not drill and last_seen >= :from and raised_at >= :from
                group by rule_id, day, coalesce(verdict, '')""")
                .param("zone", zone.getId())
                .param("from", Columns.time(from))
                .query(row -> {
                    parts.computeIfAbsent(row.getString("rule_id"), none -> new ArrayList<>())
                            .add(new Part(
                                    row.getString("name"),
                                    row.getString("ja"),
                                    row.getString("en"),
                                    row.getDate("day").toLocalDate(),
                                    row.getString("verdict"),
                                    row.getLong("n"),
                                    Columns.instant(row, "last")));
                });
        Map<String, Answered> answered = answered(from);
        Map<String, RuleFigures> figures = new HashMap<>();
        parts.forEach((id, of) -> figures.put(id, figures(id, of, Optional.ofNullable(answered.get(id)))));
        return figures;
    }

    /** The first acknowledgement counts, also one that came late. */
    private Map<String, Answered> answered(Instant from) {
        Map<String, Answered> answered = new HashMap<>();
        jdbc.sql("""
                select a.rule_id, count(*) as n,
                    percentile_cont(0.5) within group (order by extract(epoch from first.at - a.received_at)) as median
                from alert a join lateral (
                    select min(k.at) as at from acknowledgement k where k.alert_id = a.id and k.kind in ('ack', 'take-over')
                ) first on first.at is not null
                where not a.drill and a.last_seen >= :from and a.raised_at >= :from group by a.rule_id""").param("from", Columns.time(from)).query(row -> {
            answered.put(
                    row.getString("rule_id"),
                    new Answered(
                            row.getLong("n"),
                            Duration.ofMillis(Math.max(0, Math.round(row.getDouble("median") * 1000)))));
        });
        return answered;
    }

    private static RuleFigures figures(String id, List<Part> parts, Optional<Answered> answered) {
        Map<LocalDate, Long> byDay = new HashMap<>();
        Map<Verdict, Long> verdicts = new HashMap<>();
        Part newest = parts.get(0);
        for (Part part : parts) {
            byDay.merge(part.day(), part.n(), Long::sum);
            Verdict.ofWord(part.verdict()).ifPresent(verdict -> verdicts.merge(verdict, part.n(), Long::sum));
            newest = part.last().isAfter(newest.last()) ? part : newest;
        }
        return new RuleFigures(
                id,
                newest.name(),
                Map.of("ja", newest.ja(), "en", newest.en()),
                byDay,
                verdicts,
                answered.map(Answered::n).orElse(0L),
                answered.map(Answered::median),
                Optional.of(newest.last()));
    }
}
