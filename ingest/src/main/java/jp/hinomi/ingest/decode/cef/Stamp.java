package jp.hinomi.ingest.decode.cef;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Times as CEF and LEEF know them: milliseconds since 1970, {@code Apr 01 2026 10:00:00.123 UTC}, {@code Apr 01 10:00:00},
 * ISO 8601, and a form of the sender's own that it describes. Thread-safe.
 */
final class Stamp {
    static final long NONE = Long.MIN_VALUE;

    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    /** Forms are few; forged ones must not fill memory. */
    private static final int MAX_FORMS = 64;

    private static final int MAX_LENGTH = 64;
    private static final Map<String, DateTimeFormatter> FORMS = new ConcurrentHashMap<>();

    private final ZoneId zone;
    private final ZoneClock clock;

    Stamp(ZoneId zone) {
        this.zone = zone;
        this.clock = new ZoneClock(zone);
    }

    long millis(String text, long nearMillis) {
        if (text == null || text.length() < 10 || text.length() > MAX_LENGTH) {
            return NONE;
        }
        long epoch = Epoch.millis(text);
        if (epoch != Epoch.NONE) {
            return epoch;
        }
        TimeScan scan = new TimeScan(clock);
        if (scan.iso(text, 0)) {
            return scan.end == text.length() || text.charAt(scan.end) == ' ' ? scan.millis : NONE;
        }
        if (!scan.bsd(text, 0, nearMillis)) {
            return NONE;
        }
        String rest = text.substring(scan.end).strip();
        return rest.isEmpty() ? scan.millis : zoned(text, rest, scan.millis, nearMillis);
    }

    /** {@code UTC}, {@code GMT}, {@code +09:00}, {@code GMT+09:00}; another name is that of the source's zone. */
    private static long zoned(String text, String rest, long local, long nearMillis) {
        boolean utc = rest.equals("UTC") || rest.equals("GMT") || rest.equals("Z");
        String offset = rest.startsWith("GMT") || rest.startsWith("UTC") ? rest.substring(3) : rest;
        boolean numbered = offset.length() >= 3 && (offset.charAt(0) == '+' || offset.charAt(0) == '-');
        if (!utc && !numbered) {
            return local;
        }
        TimeScan scan = new TimeScan(UTC);
        if (!scan.bsd(text, 0, nearMillis)) {
            return NONE;
        }
        if (utc) {
            return scan.millis;
        }
        TimeScan shifted = new TimeScan(UTC);
        String iso = "2000-01-01T00:00:00" + offset;
        return shifted.iso(iso, 0) && shifted.end == iso.length()
                ? scan.millis + (shifted.millis - 946_684_800_000L)
                : NONE;
    }

    /** @param form letters as {@link DateTimeFormatter} has them */
    long millis(String text, String form, long nearMillis) {
        long known = millis(text, nearMillis);
        if (known != NONE || text == null || form == null || form.length() > MAX_LENGTH || text.length() > MAX_LENGTH) {
            return known;
        }
        DateTimeFormatter formatter = FORMS.get(form);
        try {
            if (formatter == null) {
                formatter = DateTimeFormatter.ofPattern(form, Locale.ENGLISH);
                if (FORMS.size() < MAX_FORMS) {
                    FORMS.put(form, formatter);
                }
            }
            TemporalAccessor time = formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return time instanceof ZonedDateTime zoned
                    ? zoned.toInstant().toEpochMilli()
                    : ((LocalDateTime) time).atZone(zone).toInstant().toEpochMilli();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException | ClassCastException e) {
            // The sender's form is none (for some, as "ypes", the JDK fails with a cast), or has no date, or is not
            // kept.
            return NONE;
        }
    }

    /** Null if it is no time. */
    String rfc3339(String text, long nearMillis) {
        long millis = millis(text, nearMillis);
        return millis == NONE ? null : Instant.ofEpochMilli(millis).toString();
    }
}
