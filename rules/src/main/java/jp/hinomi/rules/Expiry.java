package jp.hinomi.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/** When an exception ends. What happens from {@link #ends} on is no longer excepted, by the time of the events. */
public sealed interface Expiry {
    /** The first millisecond that is no longer excepted. @param zone in which a date is a day */
    long ends(ZoneId zone);

    /** A date: the whole day is still excepted, in the zone of the city (without a city: UTC). */
    record LastDay(LocalDate day) implements Expiry {
        public LastDay {
            Objects.requireNonNull(day, "day");
        }

        @Override
        public long ends(ZoneId zone) {
            return day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }

        @Override
        public String toString() {
            return day.toString();
        }
    }

    /** A moment: what happens at it is no longer excepted. */
    record Moment(Instant at) implements Expiry {
        public Moment {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public long ends(ZoneId zone) {
            return at.toEpochMilli();
        }

        @Override
        public String toString() {
            return at.toString();
        }
    }
}
