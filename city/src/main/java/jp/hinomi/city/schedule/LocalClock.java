package jp.hinomi.city.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * A zone's clock that never goes back. Hours of duty are written as local times, and twice a year many zones have times that
 * do not exist or exist twice. Here a local time comes when the clock on the wall first shows it or a later one: a hand-over
 * at 02:30 of a night that goes from 02:00 to 03:00 happens as the clock jumps, and one of a night that has 01:30 twice
 * happens the first time. So every hand-over happens exactly once, and in order.
 */
final class LocalClock {
    private LocalClock() {}

    /** What the clock shows, or in an hour that comes again the latest that it has shown. */
    static LocalDateTime at(ZoneId zone, Instant at) {
        LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
        ZoneOffsetTransition latest = zone.getRules().previousTransition(at.plusNanos(1));
        return latest != null && latest.isOverlap() && shown.isBefore(latest.getDateTimeBefore())
                ? latest.getDateTimeBefore().minusNanos(1)
                : shown;
    }

    /** When the clock first shows that time or a later one: {@code first(zone, x) <= t} exactly if {@code x <= at(zone, t)}. */
    static Instant first(ZoneId zone, LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change == null) {
            return time.toInstant(zone.getRules().getOffset(time));
        }
        return change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore());
    }
}
