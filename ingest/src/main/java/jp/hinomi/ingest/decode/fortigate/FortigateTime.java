package jp.hinomi.ingest.decode.fortigate;

import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * When a FortiGate says it happened: {@code eventtime} (epoch in seconds, milli-, micro- or nanoseconds, by FortiOS
 * version) where it is the same second as {@code date}, {@code time} and {@code tz}, else these, else the syslog header, else
 * when it arrived. Without {@code tz}, {@code eventtime} is believed, as the source's zone may be wrong.
 */
final class FortigateTime {
    static final long UNREADABLE = Long.MIN_VALUE;
    static final long NONE = -1;

    /** Lines are written a moment after what they tell; a larger difference is one of the two being wrong. */
    private static final long SAME = 5_000;

    private FortigateTime() {}

    static long millis(KeyValues values, ZoneClock zone, SyslogHeader header, long appendMillis) {
        long event = eventMillis(values);
        if (event == UNREADABLE || event != NONE && values.get(Key.TZ) == null) {
            return event;
        }
        String date = values.get(Key.DATE);
        String time = values.get(Key.TIME);
        if (date != null && time != null) {
            String offset = values.get(Key.TZ);
            String stamp = date + ' ' + time + (offset == null ? "" : offset);
            TimeScan scan = new TimeScan(zone);
            boolean readable = scan.iso(stamp, 0) && scan.end == stamp.length();
            if (event != NONE && (!readable || Math.abs(event - scan.millis) < SAME)) {
                return event;
            }
            return readable ? scan.millis : UNREADABLE;
        }
        if (event != NONE) {
            return event;
        }
        return header != null && header.hasTime() ? header.millis() : appendMillis;
    }

    /** Of {@code eventtime}; {@link #NONE} without it. */
    static long eventMillis(KeyValues values) {
        String epoch = values.get(Key.EVENTTIME);
        if (epoch == null) {
            return NONE;
        }
        long number = epoch.length() <= 18 ? Numbers.parse(epoch) : Numbers.parse(epoch, 0, 18);
        return number < 0 || epoch.length() > 19 ? UNREADABLE : toMillis(number, epoch.length());
    }

    /** Nanoseconds have 19 digits until 2286; {@code number} is at most the first 18 of them. */
    private static long toMillis(long number, int digits) {
        if (digits <= 11) {
            return number * 1000;
        }
        long value = number;
        for (int i = Math.min(digits, 18); i > 13; i--) {
            value /= 10;
        }
        return value;
    }
}
