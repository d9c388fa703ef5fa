package jp.hinomi.city;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import jp.hinomi.city.schedule.WeeklyHours;

/**
 * Somebody or something that can be told; needs no login.
 *
 * @param kind {@code person}, {@code desk} or {@code system}
 * @param zone in which its hours are meant and times are shown to it
 * @param onCall {@code 24x7} or hours as {@link WeeklyHours} reads them: {@code Mon-Fri 09:00-17:00}
 */
public record Contact(String id, Kind kind, ZoneId zone, String onCall, List<Channel> channels) {
    /** {@link #onCall} of a contact that answers at any hour. */
    public static final String ALWAYS = "24x7";

    public enum Kind {
        PERSON,
        DESK,
        SYSTEM;

        /** The word in files: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Contact {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(onCall, "onCall");
        channels = List.copyOf(channels);
    }

    /** When it answers. */
    public WeeklyHours hours() {
        return WeeklyHours.parse(onCall);
    }

    /** Whether that time is within its hours. */
    public boolean answersAt(Instant at) {
        return onCall.equals(ALWAYS) || hours().covers(zone, at);
    }
}
