package jp.hinomi.alerting.incident.axis;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where an axis is marked: at round times of a zone. @param label the time of day, with the date where that begins */
public record Ticks(Instant at, String label) {
    private static final int MOST = 9;
    private static final long DAY = 86_400;
    private static final long[] STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY,
        14 * DAY, 30 * DAY, 91 * DAY, 183 * DAY, 366 * DAY, 732 * DAY
    };
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_SECOND = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_MINUTE = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

    /** At most nine. */
    public static List<Ticks> of(Window window, ZoneId zone) {
        long seconds = Math.max(1, window.length().toSeconds());
        long step = STEPS[STEPS.length - 1];
        for (long each : STEPS) {
            if (seconds / each < MOST) {
                step = each;
                break;
            }
        }
        // By the clock on the wall: days have 23 to 25 hours.
        LocalDateTime begin = LocalDateTime.ofInstant(window.from(), zone);
        LocalDateTime midnight = begin.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime at =
                midnight.plusSeconds(Duration.between(midnight, begin).toSeconds() / step * step);
        List<Ticks> ticks = new ArrayList<>();
        for (ZonedDateTime tick = at.atZone(zone); tick.toInstant().isBefore(window.to()); tick = at.atZone(zone)) {
            if (!tick.toInstant().isBefore(window.from())) {
                ticks.add(new Ticks(tick.toInstant(), label(tick, ticks.isEmpty(), step)));
            }
            at = at.plusSeconds(step);
        }
        return ticks.size() > MOST + 1 ? List.copyOf(ticks.subList(0, MOST + 1)) : List.copyOf(ticks);
    }

    private static String label(ZonedDateTime at, boolean first, long step) {
        boolean newDay = first || at.toLocalTime().toSecondOfDay() < step;
        DateTimeFormatter format =
                step >= DAY ? DATE : newDay ? (step < 60 ? DAY_SECOND : DAY_MINUTE) : step < 60 ? SECOND : MINUTE;
        return format.format(at);
    }
}
