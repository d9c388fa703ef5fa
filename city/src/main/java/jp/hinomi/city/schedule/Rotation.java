package jp.hinomi.city.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * People who take turns: one layer of a schedule. A turn is one contact, or several who are on duty together.
 *
 * @param turns in the order in which they take over
 * @param shift how long each turn is; absent if there is one turn, which lasts
 * @param handOver time of day at which turns change
 * @param from the first turn begins on that day, at the time of the hand-over; absent only if there is one turn
 * @param until last day, to its end
 * @param hours outside of which nobody of it is on duty
 */
public record Rotation(
        String name,
        List<List<String>> turns,
        Optional<Shift> shift,
        LocalTime handOver,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        WeeklyHours hours,
        OnHolidays onHolidays) {
    /** As far as the search for a change goes at a time. */
    private static final int DAYS_AHEAD = 8;

    public Rotation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(handOver, "handOver");
        Objects.requireNonNull(hours, "hours");
        Objects.requireNonNull(onHolidays, "onHolidays");
        turns = turns.stream().map(List::copyOf).toList();
        if (turns.isEmpty() || turns.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("the rotation " + name + " has a turn without anybody");
        }
        if (turns.size() > 1 && (shift.isEmpty() || from.isEmpty())) {
            throw new IllegalArgumentException("the rotation " + name + " does not say when turns change");
        }
    }

    /** Who of it is on duty when the clock shows that; empty outside its hours. */
    List<String> onDuty(LocalDateTime clock, HolidayCalendar holidays) {
        if (from.isPresent() && clock.isBefore(start())
                || until.isPresent() && !clock.isBefore(end())
                || !isWithinHours(clock, holidays)) {
            return List.of();
        }
        if (turns.size() == 1) {
            return turns.get(0);
        }
        long number = shift.orElseThrow().number(start(), clock);
        return turns.get((int) (number % turns.size()));
    }

    /**
     * A day on which the first turn began, at the time of the hand-over: the latest one that is not after {@code day}, so that the
     * same people with the same shift that begin then have the same turns. Absent if nobody takes turns, or they begin later.
     */
    public Optional<LocalDate> firstTurn(LocalDate day) {
        if (turns.size() == 1 || day.isBefore(from.orElseThrow())) {
            return Optional.empty();
        }
        Shift known = shift.orElseThrow();
        LocalDateTime end = day.atTime(handOver);
        long number = end.isBefore(start()) ? 0 : known.number(start(), end);
        for (long first = number - number % turns.size(); first > 0; first -= turns.size()) {
            LocalDateTime begin = known.begin(start(), first);
            if (begin.toLocalTime().equals(handOver)) {
                return Optional.of(begin.toLocalDate());
            }
        }
        return from;
    }

    private LocalDateTime start() {
        return from.orElseThrow().atTime(handOver);
    }

    private LocalDateTime end() {
        return until.orElseThrow().plusDays(1).atStartOfDay();
    }

    private boolean isWithinHours(LocalDateTime clock, HolidayCalendar holidays) {
        LocalDate day = clock.toLocalDate();
        return holds(day.minusDays(1), clock, holidays) || holds(day, clock, holidays);
    }

    private boolean holds(LocalDate day, LocalDateTime clock, HolidayCalendar holidays) {
        return isAsked(day, holidays) && hours.holds(day, weekday(day, holidays), clock);
    }

    private boolean isAsked(LocalDate day, HolidayCalendar holidays) {
        return switch (onHolidays) {
            case WORK, AS_SUNDAY -> true;
            case OFF -> !holidays.isHoliday(day);
            case ONLY -> holidays.isHoliday(day);
        };
    }

    private DayOfWeek weekday(LocalDate day, HolidayCalendar holidays) {
        return onHolidays == OnHolidays.AS_SUNDAY && holidays.isHoliday(day) ? DayOfWeek.SUNDAY : day.getDayOfWeek();
    }

    /**
     * A time after the clock's until which nothing changes here. Something may change then, or the search ended there; absent if
     * nothing ever changes.
     */
    Optional<LocalDateTime> next(LocalDateTime clock, HolidayCalendar holidays) {
        if (until.isPresent() && !clock.isBefore(end())) {
            return Optional.empty();
        }
        if (from.isPresent() && clock.isBefore(start())) {
            return Optional.of(start());
        }
        LocalDateTime next = until.isPresent() ? end() : null;
        if (turns.size() > 1) {
            Shift known = shift.orElseThrow();
            next = earlier(next, known.begin(start(), known.number(start(), clock) + 1));
        }
        if (!hours.isAlways() || onHolidays == OnHolidays.OFF || onHolidays == OnHolidays.ONLY) {
            next = earlier(next, nextOfHours(clock, holidays));
        }
        return Optional.ofNullable(next);
    }

    private LocalDateTime nextOfHours(LocalDateTime clock, HolidayCalendar holidays) {
        LocalDate today = clock.toLocalDate();
        LocalDateTime next = today.plusDays(DAYS_AHEAD).atStartOfDay();
        for (LocalDate day = today.minusDays(1); day.atStartOfDay().isBefore(next); day = day.plusDays(1)) {
            if (!isAsked(day, holidays)) {
                continue;
            }
            for (WeeklyHours.Span span : hours.spans()) {
                if (span.days().contains(weekday(day, holidays))) {
                    next = after(clock, span.begin(day), next);
                    next = after(clock, span.end(day), next);
                }
            }
        }
        return next;
    }

    private static LocalDateTime after(LocalDateTime clock, LocalDateTime candidate, LocalDateTime best) {
        return candidate.isAfter(clock) && candidate.isBefore(best) ? candidate : best;
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one == null || other.isBefore(one) ? other : one;
    }
}
