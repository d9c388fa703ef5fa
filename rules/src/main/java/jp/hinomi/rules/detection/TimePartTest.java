package jp.hinomi.rules.detection;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.SecurityEvent;

/**
 * The value is a date or time (ISO 8601) whose minute, hour, … is that number. The part is taken as written: Sigma asks
 * for no conversion between zones, and our own events are in UTC.
 *
 * @param operator absent for equality
 */
public record TimePartTest(Part part, Optional<Comparison.Operator> operator, Number number) implements ValueTest {
    /** A part of a time; weeks are those of ISO 8601. */
    public enum Part {
        MINUTE(ChronoField.MINUTE_OF_HOUR),
        HOUR(ChronoField.HOUR_OF_DAY),
        DAY(ChronoField.DAY_OF_MONTH),
        WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
        MONTH(ChronoField.MONTH_OF_YEAR),
        YEAR(ChronoField.YEAR);

        private final TemporalField field;

        Part(TemporalField field) {
            this.field = field;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** No date is longer; anything else is not parsed. */
    private static final int LONGEST = 64;

    public TimePartTest {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(number, "number");
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        if (!(value instanceof String text) || text.length() > LONGEST) {
            return false;
        }
        try {
            TemporalAccessor time =
                    text.indexOf('T') < 0 ? LocalDate.parse(text) : DateTimeFormatter.ISO_DATE_TIME.parse(text);
            int comparison = Numbers.compare((long) time.get(part.field), number);
            return operator.map(op -> op.accepts(comparison)).orElse(comparison == Numbers.EQUAL);
        } catch (DateTimeException noDate) {
            return false;
        }
    }
}
