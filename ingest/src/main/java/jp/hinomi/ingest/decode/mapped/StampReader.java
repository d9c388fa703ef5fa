package jp.hinomi.ingest.decode.mapped;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Reads the time of a record in the form that its format says. Thread-safe. */
final class StampReader {
    static final long UNREADABLE = Long.MIN_VALUE;

    private final String form;
    private final ZoneId zone;
    private final ZoneClock clock;
    /** Null for the forms that have a name. */
    private final DateTimeFormatter letters;

    StampReader(String form, ZoneId zone) {
        this.form = form;
        this.zone = zone;
        this.clock = new ZoneClock(zone);
        this.letters = switch (form) {
            case "iso", "epoch", "syslog", "clf" -> null;
            default -> DateTimeFormatter.ofPattern(form, Locale.ENGLISH);
        };
    }

    /** @return milliseconds since the epoch, or {@link #UNREADABLE} */
    long millis(Object value, long nearMillis) {
        if (form.equals("epoch")) {
            return Epoch.millis(value);
        }
        String text = value.toString();
        if (letters != null) {
            return inLetters(text);
        }
        TimeScan time = new TimeScan(clock);
        boolean read = switch (form) {
            case "syslog" -> time.bsd(text, 0, nearMillis);
            case "clf" -> time.clf(text, 0);
            default -> time.iso(text, 0);
        };
        return read && time.end == text.length() ? time.millis : UNREADABLE;
    }

    private long inLetters(String text) {
        ParsePosition position = new ParsePosition(0);
        if (letters.parseUnresolved(text, position) == null || position.getIndex() != text.length()) {
            return UNREADABLE;
        }
        try {
            TemporalAccessor parsed = letters.parse(text);
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                return Instant.from(parsed).toEpochMilli();
            }
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            return date == null
                    ? UNREADABLE
                    : LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time)
                            .atZone(zone)
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeException e) {
            return UNREADABLE; // well written, and no day of the calendar
        }
    }
}
