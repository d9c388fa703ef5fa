package jp.hinomi.ingest.decode.text;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Local date and time of one zone to milliseconds since the epoch. Remembers the offset of the day it was asked last,
 * because logs come day by day. Thread-safe.
 */
public final class ZoneClock {
    private static final long SECONDS_PER_DAY = 86_400;

    private final ZoneRules rules;
    private volatile Day last;

    private record Day(long epochDay, int offsetSeconds) {}

    public ZoneClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** The time there and then; for a local time that occurs twice or never, what {@link ZoneRules} decides. */
    long toMillis(long epochDay, int secondOfDay, int milli) {
        Day day = last;
        int offset;
        if (day != null && day.epochDay == epochDay) {
            offset = day.offsetSeconds;
        } else {
            offset = offset(epochDay, secondOfDay);
        }
        return (epochDay * SECONDS_PER_DAY + secondOfDay - offset) * 1000 + milli;
    }

    private int offset(long epochDay, int secondOfDay) {
        LocalDateTime midnight = LocalDate.ofEpochDay(epochDay).atStartOfDay();
        int first = rules.getOffset(midnight).getTotalSeconds();
        if (first == rules.getOffset(midnight.plusDays(1)).getTotalSeconds()) {
            last = new Day(epochDay, first);
            return first;
        }
        return rules.getOffset(midnight.plusSeconds(secondOfDay)).getTotalSeconds();
    }

    /** Days since 1970-01-01 of a date of the proleptic Gregorian calendar, or {@link Long#MIN_VALUE} if there is none. */
    static long epochDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31 || (day > 28 && day > daysOf(year, month))) {
            return Long.MIN_VALUE;
        }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so leap days come last.
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }
}
