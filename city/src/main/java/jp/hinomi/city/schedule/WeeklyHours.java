package jp.hinomi.city.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the week, as files have them: {@code 24x7}, or {@code Mon-Fri 09:00-17:00, Sat 10:00-12:00}. Hours that end
 * before they begin go on into the next day ({@code Fri 22:00-06:00}) and belong to the day on which they begin.
 */
public record WeeklyHours(List<Span> spans) {
    /** At any hour. */
    public static final WeeklyHours ALWAYS =
            new WeeklyHours(List.of(new Span(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));

    private static final String DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final Pattern SPAN = Pattern.compile(
            DAY + "(?:-" + DAY + ")? ([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)");
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /**
     * @param days on which it begins
     * @param end at or before {@code begin}: on the next day
     */
    public record Span(Set<DayOfWeek> days, LocalTime begin, LocalTime end) {
        public Span {
            days = Set.copyOf(days);
        }

        LocalDateTime begin(LocalDate day) {
            return day.atTime(begin);
        }

        LocalDateTime end(LocalDate day) {
            return (end.isAfter(begin) ? day : day.plusDays(1)).atTime(end);
        }
    }

    public WeeklyHours {
        spans = List.copyOf(spans);
    }

    /** @throws IllegalArgumentException if the text is no hours of a week; the message says why */
    public static WeeklyHours parse(String text) {
        if (text.equals("24x7")) {
            return ALWAYS;
        }
        List<Span> spans = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            spans.add(span(part.strip()));
        }
        return new WeeklyHours(spans);
    }

    private static Span span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' are not hours");
        }
        LocalTime begin = time(matcher.group(3), matcher.group(4));
        boolean midnight = matcher.group(5) == null;
        LocalTime end = midnight ? LocalTime.MIDNIGHT : time(matcher.group(5), matcher.group(6));
        if (!midnight && begin.equals(end)) {
            throw new IllegalArgumentException("'" + text + "' end when they begin");
        }
        int first = DAYS.indexOf(matcher.group(1));
        int last = matcher.group(2) == null ? first : DAYS.indexOf(matcher.group(2));
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        // Sat-Mon goes over the end of the week.
        for (int day = first; ; day = (day + 1) % 7) {
            days.add(DayOfWeek.of(day + 1));
            if (day == last) {
                return new Span(days, begin, end);
            }
        }
    }

    private static LocalTime time(String hours, String minutes) {
        return LocalTime.of(Integer.parseInt(hours), Integer.parseInt(minutes));
    }

    public boolean isAlways() {
        return equals(ALWAYS);
    }

    /** Whether the time is within the hours, in that zone. */
    public boolean covers(ZoneId zone, Instant at) {
        LocalDateTime clock = LocalClock.at(zone, at);
        LocalDate day = clock.toLocalDate();
        return holds(day.minusDays(1), day.minusDays(1).getDayOfWeek(), clock) || holds(day, day.getDayOfWeek(), clock);
    }

    /** Whether hours that begin on {@code day}, taken for a day of that name, hold at the clock's time. */
    boolean holds(LocalDate day, DayOfWeek name, LocalDateTime clock) {
        for (Span span : spans) {
            if (span.days().contains(name) && !clock.isBefore(span.begin(day)) && clock.isBefore(span.end(day))) {
                return true;
            }
        }
        return false;
    }
}
