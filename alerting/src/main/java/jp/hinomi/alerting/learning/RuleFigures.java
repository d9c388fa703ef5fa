package jp.hinomi.alerting.learning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.triage.Verdict;

/**
 * What became of a rule's alerts.
 *
 * @param titles by language, as its newest alert has them
 * @param byDay how many alerts it raised on which day of the city, days without left out
 * @param verdicts how many of them were judged how
 * @param acknowledged how many somebody has acknowledged
 * @param toAcknowledge how long that took, at the median
 */
public record RuleFigures(
        String id,
        String name,
        Map<String, String> titles,
        Map<LocalDate, Long> byDay,
        Map<Verdict, Long> verdicts,
        long acknowledged,
        Optional<Duration> toAcknowledge,
        Optional<Instant> last) {
    public RuleFigures {
        titles = Map.copyOf(titles);
        byDay = Map.copyOf(byDay);
        verdicts = Map.copyOf(verdicts);
    }

    static RuleFigures none(String id, String name, Map<String, String> titles) {
        return new RuleFigures(id, name, titles, Map.of(), Map.of(), 0, Optional.empty(), Optional.empty());
    }

    public long alerts() {
        return byDay.values().stream().mapToLong(Long::longValue).sum();
    }

    public Precision precision() {
        return new Precision(count(Weight.WORTHWHILE), count(Weight.WORTHWHILE) + count(Weight.WASTED));
    }

    private long count(Weight weight) {
        return verdicts.entrySet().stream()
                .filter(each -> Weight.of(each.getKey()) == weight)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Alerts of each of the days up to {@code today}, oldest first. */
    public List<Long> lastDays(LocalDate today, int days) {
        return today.minusDays(days - 1L)
                .datesUntil(today.plusDays(1))
                .map(day -> byDay.getOrDefault(day, 0L))
                .toList();
    }
}
