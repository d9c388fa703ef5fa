package jp.hinomi.city;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.schedule.WeeklyHours;
import jp.hinomi.events.Tlp;

/**
 * Somebody or something that can be told; needs no login.
 *
 * @param kind {@code person}, {@code desk} or {@code system}
 * @param zone in which its hours are meant and times are shown to it
 * @param onCall {@code 24x7} or hours as {@link WeeklyHours} reads them: {@code Mon-Fri 09:00-17:00}
 * @param maxTlp the most restricted information that it may receive; absent = as its stakeholder
 */
public record Contact(String id, Kind kind, ZoneId zone, String onCall, List<Channel> channels, Optional<Tlp> maxTlp) {
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
        Objects.requireNonNull(maxTlp, "maxTlp");
        channels = List.copyOf(channels);
    }

    public Contact(String id, Kind kind, ZoneId zone, String onCall, List<Channel> channels) {
        this(id, kind, zone, onCall, channels, Optional.empty());
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
