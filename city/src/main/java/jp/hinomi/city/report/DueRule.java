package jp.hinomi.city.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * By when a report is due, from when the city came to know.
 *
 * @param within to the second; absent if it is counted in days
 * @param days the day on which the city came to know is the first, and the report is due when the last is over. A law that
 *     lets a term end on the next working day only gives more time than this
 * @param target days that one should rather take
 * @param when other numbers of days under certain circumstances; the longest counts
 */
public record DueRule(
        Optional<Duration> within, OptionalInt days, OptionalInt target, Map<Circumstance, Integer> when) {
    public DueRule {
        when = Map.copyOf(when);
        if (within.isPresent() == days.isPresent()) {
            throw new IllegalArgumentException("a term is either in days or in hours");
        }
        if (within.isPresent() && (target.isPresent() || !when.isEmpty())) {
            throw new IllegalArgumentException("'target' and 'when' are numbers of days beside 'days'");
        }
        if (target.isPresent() && target.getAsInt() > days.orElseThrow()) {
            throw new IllegalArgumentException("the target comes after the term");
        }
    }

    /** @param target absent if there is none of its own */
    public record Due(Optional<Instant> target, Instant at) {}

    public Due due(Instant aware, Set<Circumstance> circumstances, ZoneId zone) {
        if (within.isPresent()) {
            return new Due(Optional.empty(), aware.plus(within.get()));
        }
        int longest = when.entrySet().stream()
                .filter(entry -> circumstances.contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .reduce(days.orElseThrow(), Math::max);
        return new Due(
                target.isPresent() ? Optional.of(endOf(target.getAsInt(), aware, zone)) : Optional.empty(),
                endOf(longest, aware, zone));
    }

    /** The last second of the day: people read a midnight as the day that it begins. */
    private static Instant endOf(int day, Instant aware, ZoneId zone) {
        return aware.atZone(zone)
                .toLocalDate()
                .plusDays(day)
                .atStartOfDay(zone)
                .minusSeconds(1)
                .toInstant();
    }
}
