package jp.hinomi.ingest.decode.fortigate;

import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * When a FortiGate says it happened: {@code eventtime} (epoch in seconds, milli-, micro- or nanoseconds, by FortiOS
 * version), else {@code date} and {@code time} with {@code tz} or in the source's zone, else the syslog header, else when
 * it arrived.
 */
final class FortigateTime {
    static final long UNREADABLE = Long.MIN_VALUE;

    private FortigateTime() {}

    static long millis(KeyValues values, ZoneClock zone, SyslogHeader header, long appendMillis) {
        String epoch = values.get(Key.EVENTTIME);
        if (epoch != null) {
            long number = epoch.length() <= 18 ? Numbers.parse(epoch) : Numbers.parse(epoch, 0, 18);
            return number < 0 || epoch.length() > 19 ? UNREADABLE : toMillis(number, epoch.length());
        }
        String date = values.get(Key.DATE);
        String time = values.get(Key.TIME);
        if (date != null && time != null) {
            String offset = values.get(Key.TZ);
            String stamp = date + ' ' + time + (offset == null ? "" : offset);
            TimeScan scan = new TimeScan(zone);
            return scan.iso(stamp, 0) && scan.end == stamp.length() ? scan.millis : UNREADABLE;
        }
        return header != null && header.hasTime() ? header.millis() : appendMillis;
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
