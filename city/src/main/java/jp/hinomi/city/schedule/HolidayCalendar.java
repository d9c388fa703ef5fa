package jp.hinomi.city.schedule;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Days that are not like other days, by name: an entry of {@code calendars} in {@code schedules.yaml}.
 *
 * @param days what each is called, in order of date
 */
public record HolidayCalendar(String id, Map<LocalDate, String> days) {
    /** No holidays at all. */
    public static final HolidayCalendar NONE = new HolidayCalendar("none", Map.of());

    public HolidayCalendar {
        Objects.requireNonNull(id, "id");
        days = Collections.unmodifiableMap(new TreeMap<>(days));
    }

    public boolean isHoliday(LocalDate day) {
        return days.containsKey(day);
    }
}
