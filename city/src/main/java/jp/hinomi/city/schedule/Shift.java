package jp.hinomi.city.schedule;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long one member of a rotation is on duty, by the clock on the wall: a day is a day although it may have 23 or 25
 * hours, and a month ends where the calendar ends it.
 *
 * @param length above zero
 */
public record Shift(int length, Unit unit) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,2})(h|d|w|mo)");

    public enum Unit {
        HOURS("h", ChronoUnit.HOURS),
        DAYS("d", ChronoUnit.DAYS),
        WEEKS("w", ChronoUnit.WEEKS),
        MONTHS("mo", ChronoUnit.MONTHS);

        private final String word;
        private final ChronoUnit unit;

        Unit(String word, ChronoUnit unit) {
            this.word = word;
            this.unit = unit;
        }
    }

    public Shift {
        Objects.requireNonNull(unit, "unit");
        if (length < 1) {
            throw new IllegalArgumentException("a shift of " + length + " " + unit.word);
        }
    }

    /**
     * {@code 12h}, {@code 1d}, {@code 1w}, {@code 1mo}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Shift parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not the length of a shift");
        }
        for (Unit unit : Unit.values()) {
            if (unit.word.equals(matcher.group(2))) {
                return new Shift(Integer.parseInt(matcher.group(1)), unit);
            }
        }
        throw new IllegalStateException(text);
    }

    /** When the shift of that number begins; each is counted from the start, so that the 31st stays the last of a month. */
    LocalDateTime begin(LocalDateTime start, long number) {
        return start.plus(number * length, unit.unit);
    }

    /** The number of the shift that the time is in; {@code time} is not before {@code start}. */
    long number(LocalDateTime start, LocalDateTime time) {
        long number = unit.unit.between(start, time) / length;
        // Whole months between two days are fewer than the starts between them where a month is too short.
        while (!begin(start, number + 1).isAfter(time)) {
            number++;
        }
        return number;
    }

    /** As in files: {@code 1w}. */
    @Override
    public String toString() {
        return length + unit.word;
    }
}
