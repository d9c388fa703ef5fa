package jp.hinomi.city.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A schedule against somebody who walks through time minute by minute, looks at the clock on the wall, and steps a counter
 * when it reaches a hand-over: days on which the clock changes and ends of months included. Broken on trial: shifts counted
 * in hours of 60 minutes, months counted from the shift before, the second 01:30 taken for the first.
 */
class ScheduleProperties {
    /** Zones and days around which their clocks change; the last has no such days. */
    private static final Map<String, List<LocalDate>> CHANGES = Map.of(
            "Europe/London", List.of(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 10, 25)),
            "America/New_York", List.of(LocalDate.of(2026, 3, 8), LocalDate.of(2026, 11, 1)),
            "Australia/Lord_Howe", List.of(LocalDate.of(2026, 4, 5), LocalDate.of(2026, 10, 4)),
            "America/Sao_Paulo", List.of(LocalDate.of(2017, 10, 15), LocalDate.of(2018, 2, 18)),
            "Pacific/Apia", List.of(LocalDate.of(2011, 12, 30), LocalDate.of(2011, 9, 24)),
            "Asia/Tokyo", List.of(LocalDate.of(2026, 2, 28), LocalDate.of(2028, 2, 29)));

    private static final int MINUTES = 2 * 24 * 60;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void isWhatAWalkThroughTheMinutesFinds(@ForAll("cases") Case example) {
        Schedule schedule = example.schedule;
        Walker walker = new Walker(schedule);
        Instant begin = example.day.atStartOfDay(ZoneOffset.UTC).toInstant().minus(Duration.ofHours(20));
        // The clock may have gone back some hours before the walk begins.
        LocalDateTime clock = LocalDateTime.MIN;
        for (Instant at = begin.minus(Duration.ofHours(30)); at.isBefore(begin); at = at.plusSeconds(60)) {
            clock = max(clock, LocalDateTime.ofInstant(at, schedule.zone()));
        }
        List<List<String>> expected = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            clock = max(clock, LocalDateTime.ofInstant(begin.plusSeconds(60L * minute), schedule.zone()));
            expected.add(walker.onDuty(clock));
        }
        List<List<String>> found = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            found.add(schedule.contacts(begin.plusSeconds(60L * minute)));
        }
        if (!found.equals(expected)) { // the long way of comparing, for what it says
            assertThat(found).isEqualTo(expected);
        }
        List<HandOver> handOvers = new ArrayList<>();
        for (int minute = 1; minute < MINUTES; minute++) {
            if (!expected.get(minute).equals(expected.get(minute - 1))) {
                handOvers.add(
                        new HandOver(begin.plusSeconds(60L * minute), expected.get(minute - 1), expected.get(minute)));
            }
        }
        assertThat(schedule.handOvers(begin, begin.plusSeconds(60L * MINUTES))).isEqualTo(handOvers);
        if (!handOvers.isEmpty()) {
            assertThat(schedule.onDuty(begin).until())
                    .isEqualTo(Optional.of(handOvers.get(0).at()));
        }
    }

    /** Says who is on duty when the clock on the wall has come to show a time, in the most obvious way. Goes forward only. */
    private static final class Walker {
        private final Schedule schedule;
        private final Map<Rotation, Integer> steps = new IdentityHashMap<>();

        Walker(Schedule schedule) {
            this.schedule = schedule;
        }

        List<String> onDuty(LocalDateTime clock) {
            List<String> turn = List.of();
            for (int i = schedule.rotations().size() - 1; i >= 0; i--) {
                List<String> own = onDuty(schedule.rotations().get(i), clock);
                turn = own.isEmpty() ? turn : own;
            }
            Set<String> result = new LinkedHashSet<>();
            for (Substitution all : schedule.substitutions()) {
                if (all.replaces().isEmpty() && !clock.isBefore(all.from()) && clock.isBefore(all.to())) {
                    return List.copyOf(all.onDuty());
                }
            }
            for (String contact : turn) {
                List<String> instead = List.of(contact);
                for (Substitution one : schedule.substitutions()) {
                    if (one.replaces().equals(Optional.of(contact))
                            && !clock.isBefore(one.from())
                            && clock.isBefore(one.to())) {
                        instead = one.onDuty();
                    }
                }
                result.addAll(instead);
            }
            return List.copyOf(result);
        }

        private List<String> onDuty(Rotation rotation, LocalDateTime clock) {
            if (rotation.until().isPresent()
                    && clock.toLocalDate().isAfter(rotation.until().get())) {
                return List.of();
            }
            int turn = 0;
            if (rotation.from().isPresent()) {
                LocalDateTime start = rotation.from().get().atTime(rotation.handOver());
                if (clock.isBefore(start)) {
                    return List.of();
                }
                if (rotation.shift().isPresent()) {
                    int taken = steps.getOrDefault(rotation, 0);
                    while (!step(start, rotation.shift().get(), taken + 1).isAfter(clock)) {
                        taken++;
                    }
                    steps.put(rotation, taken);
                    turn = taken % rotation.turns().size();
                }
            }
            return isWithinHours(rotation, clock) ? rotation.turns().get(turn) : List.of();
        }

        private static LocalDateTime step(LocalDateTime start, Shift shift, int steps) {
            int length = steps * shift.length();
            return switch (shift.unit()) {
                case HOURS -> start.plusHours(length);
                case DAYS -> start.plusDays(length);
                case WEEKS -> start.plusDays(7L * length);
                case MONTHS -> {
                    int months = start.getYear() * 12 + start.getMonthValue() - 1 + length;
                    LocalDate first = LocalDate.of(months / 12, months % 12 + 1, 1);
                    int day = Math.min(start.getDayOfMonth(), first.lengthOfMonth());
                    yield first.withDayOfMonth(day).atTime(start.toLocalTime());
                }
            };
        }

        private boolean isWithinHours(Rotation rotation, LocalDateTime clock) {
            for (LocalDate day = clock.toLocalDate().minusDays(1);
                    !day.isAfter(clock.toLocalDate());
                    day = day.plusDays(1)) {
                boolean holiday = schedule.holidays().isHoliday(day);
                DayOfWeek name = day.getDayOfWeek();
                if (holiday && rotation.onHolidays() == OnHolidays.OFF
                        || !holiday && rotation.onHolidays() == OnHolidays.ONLY) {
                    continue;
                }
                if (holiday && rotation.onHolidays() == OnHolidays.AS_SUNDAY) {
                    name = DayOfWeek.SUNDAY;
                }
                for (WeeklyHours.Span span : rotation.hours().spans()) {
                    LocalDateTime begin = day.atTime(span.begin());
                    LocalDateTime end = day.atTime(span.end());
                    if (!end.isAfter(begin)) {
                        end = end.plusDays(1);
                    }
                    if (span.days().contains(name) && !clock.isBefore(begin) && clock.isBefore(end)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static LocalDateTime max(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? other : one;
    }

    record Case(Schedule schedule, LocalDate day) {}

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.of(List.copyOf(new java.util.TreeSet<>(CHANGES.keySet())))
                .flatMap(zone -> Arbitraries.of(CHANGES.get(zone))
                        .flatMap(day -> Combinators.combine(
                                        rotations(day).list().ofMinSize(1).ofMaxSize(3),
                                        Arbitraries.integers()
                                                .between(-2, 2)
                                                .set()
                                                .ofMaxSize(3),
                                        substitutions(day).list().ofMaxSize(3))
                                .as((rotations, holidays, substitutions) -> new Case(
                                        new Schedule(
                                                "s",
                                                Map.of("en", "S"),
                                                ZoneId.of(zone),
                                                rotations,
                                                calendar(day, holidays),
                                                withoutContradictions(substitutions),
                                                Optional.empty(),
                                                Map.of()),
                                        day))));
    }

    private static HolidayCalendar calendar(LocalDate day, Set<Integer> offsets) {
        Map<LocalDate, String> days = new HashMap<>();
        offsets.forEach(offset -> days.put(day.plusDays(offset), "holiday"));
        return new HolidayCalendar("c", days);
    }

    private static List<Substitution> withoutContradictions(List<Substitution> all) {
        List<Substitution> kept = new ArrayList<>();
        for (Substitution each : all) {
            if (kept.stream().noneMatch(each::contradicts)) {
                kept.add(each);
            }
        }
        return kept;
    }

    private static Arbitrary<Rotation> rotations(LocalDate day) {
        Arbitrary<Shift> shifts = Arbitraries.of("1h", "5h", "12h", "1d", "3d", "1w", "2w", "1mo", "2mo")
                .map(Shift::parse);
        Arbitrary<LocalDate> starts = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 70).map(day::minusDays),
                Arbitraries.integers()
                        .between(0, 30)
                        .map(months -> LocalDate.of(day.getYear() - 2, 1, 31).plusMonths(months)),
                Arbitraries.of(LocalDate.of(2009, 1, 31), LocalDate.of(2011, 8, 31), day.plusDays(1)));
        Arbitrary<List<String>> turn = Arbitraries.of("a", "b", "c", "d")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(2);
        return Combinators.combine(
                        turn.list().ofMinSize(1).ofMaxSize(4),
                        shifts,
                        times(),
                        starts,
                        Arbitraries.integers().between(-3, 3).injectNull(0.7),
                        hours(),
                        Arbitraries.of(OnHolidays.values()))
                .as((turns, shift, handOver, from, until, hours, onHolidays) -> new Rotation(
                        "r" + turns + from,
                        turns,
                        Optional.of(shift),
                        handOver,
                        Optional.of(from),
                        Optional.ofNullable(until).map(day::plusDays),
                        hours,
                        onHolidays));
    }

    private static Arbitrary<WeeklyHours> hours() {
        Arbitrary<WeeklyHours.Span> span = Combinators.combine(
                        Arbitraries.of(DayOfWeek.class).set().ofMinSize(1), times(), times())
                .as((days, begin, end) -> new WeeklyHours.Span(EnumSet.copyOf(days), begin, end));
        return Arbitraries.oneOf(
                Arbitraries.just(WeeklyHours.ALWAYS),
                span.list().ofMinSize(1).ofMaxSize(3).map(WeeklyHours::new));
    }

    /** Many in the hours of the night in which clocks change. */
    private static Arbitrary<LocalTime> times() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 3 * 60),
                        Arbitraries.integers().between(0, 24 * 60 - 1),
                        Arbitraries.of(0, 60, 90, 120, 150, 180))
                .map(minute -> LocalTime.ofSecondOfDay(60L * minute));
    }

    private static Arbitrary<Substitution> substitutions(LocalDate day) {
        Arbitrary<LocalDateTime> time = Combinators.combine(
                        Arbitraries.integers().between(-1, 2), times())
                .as((offset, at) -> day.plusDays(offset).atTime(at));
        return Combinators.combine(
                        time,
                        Arbitraries.integers().between(1, 2000),
                        Arbitraries.of("x", "y").list().uniqueElements().ofMinSize(1),
                        Arbitraries.of("a", "b").injectNull(0.5))
                .as((from, minutes, onDuty, replaces) -> new Substitution(
                        from, from.plusMinutes(minutes), onDuty, Optional.ofNullable(replaces), "o", "because"));
    }
}
