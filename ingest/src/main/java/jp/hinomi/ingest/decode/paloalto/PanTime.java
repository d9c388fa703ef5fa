package jp.hinomi.ingest.decode.paloalto;

import java.time.Instant;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The times of a PAN-OS log: {@code 2026/04/01 10:00:00} in the source's zone, and from PAN-OS 10 on also with offset and
 * milliseconds. Not thread-safe: one per line.
 */
final class PanTime {
    static final long UNREADABLE = Long.MIN_VALUE;

    private static final int LENGTH = 19;

    private final TimeScan scan;

    PanTime(ZoneClock zone) {
        this.scan = new TimeScan(zone);
    }

    /** When the log was generated, as exactly as the row says. */
    long millis(CsvRow row, LogType type) {
        long exact = millis(type.get(row, "high_res_timestamp"));
        // Seen of GlobalProtect logs: 1970-01-01.
        return exact == UNREADABLE || exact < 86_400_000 ? millis(row.get(6)) : exact;
    }

    long millis(String text) {
        if (text.length() < LENGTH) {
            return UNREADABLE;
        }
        String iso = text.charAt(4) == '/' ? text.replace('/', '-') : text;
        return scan.iso(iso, 0) && scan.end == iso.length() ? scan.millis : UNREADABLE;
    }

    /** Null if it is no time. */
    String rfc3339(String text) {
        long millis = millis(text);
        return millis == UNREADABLE ? null : Instant.ofEpochMilli(millis).toString();
    }

    /** Whether there is room for a time and it has its separators there. */
    static boolean looksLikeOne(String text, int from) {
        char date = text.charAt(from + 4);
        char clock = text.charAt(from + 10);
        return (date == '/' || date == '-')
                && text.charAt(from + 7) == date
                && (clock == ' ' || clock == 'T')
                && text.charAt(from + 13) == ':'
                && text.charAt(from + 16) == ':';
    }
}
