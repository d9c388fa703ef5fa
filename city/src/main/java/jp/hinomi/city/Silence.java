package jp.hinomi.city;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A time in which certain notices are held back: because somebody works there (maintenance), or because it is known. What was held
 * comes when it is over, if it is still open then.
 *
 * @param owner id of the stakeholder who answers for it
 * @param from first moment, in {@code zone}
 * @param until first moment after it
 * @param repeat whether it comes again; it is shorter than that
 * @param ends last day on which it begins again; absent = it does not end by itself
 */
public record Silence(
        String id,
        Kind kind,
        Matchers match,
        String owner,
        String reason,
        ZoneId zone,
        LocalDateTime from,
        LocalDateTime until,
        Repeat repeat,
        Optional<LocalDate> ends) {
    public enum Kind {
        SILENCE,
        MAINTENANCE;

        /** The word in files: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Repeat {
        NEVER(0),
        DAILY(1),
        WEEKLY(7);

        private final int days;

        Repeat(int days) {
            this.days = days;
        }

        /** The word in files: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        int days() {
            return days;
        }
    }

    public Silence {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(ends, "ends");
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("the silence '" + id + "' ends before it begins");
        }
        if (repeat != Repeat.NEVER && from.plusDays(repeat.days()).isBefore(until)) {
            throw new IllegalArgumentException(
                    "the silence '" + id + "' is longer than the time after which it repeats");
        }
    }

    /** When the time that {@code now} is in is over; empty if it is in none. Wall clock: a window keeps its hours over a change. */
    public Optional<Instant> activeUntil(Instant now) {
        if (repeat == Repeat.NEVER) {
            return within(0, now);
        }
        long days = ChronoUnit.DAYS.between(from.toLocalDate(), now.atZone(zone).toLocalDate());
        long turn = Math.floorDiv(days, (long) repeat.days());
        for (long n = Math.max(0, turn - 1); n <= turn + 1; n++) {
            if (ends.isPresent()
                    && from.plusDays(n * repeat.days()).toLocalDate().isAfter(ends.get())) {
                return Optional.empty();
            }
            Optional<Instant> end = within(n * repeat.days(), now);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> within(long days, Instant now) {
        Instant begin = from.plusDays(days).atZone(zone).toInstant();
        Instant end = until.plusDays(days).atZone(zone).toInstant();
        return now.isBefore(begin) || !now.isBefore(end) ? Optional.empty() : Optional.of(end);
    }
}
