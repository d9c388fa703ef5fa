package jp.hinomi.city;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.city.schedule.WeeklyHours;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.signing.VerifyingKey;

/** How single values of a city's files are written. Every method takes the text and throws {@link Mistake}. */
final class Formats {
    static final List<String> LANGUAGES = List.of("ja", "en");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern DATE_TIME =
            Pattern.compile("(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}");

    /** Abbreviations that people write and that name no zone in the tz database. */
    private static final Map<String, String> ABBREVIATIONS =
            Map.of("JST", "Asia/Tokyo", "KST", "Asia/Seoul", "IST", "Asia/Kolkata", "PST", "America/Los_Angeles");

    private Formats() {}

    static String text(String text) {
        if (text.isBlank()) {
            throw new Mistake("empty", "it is empty", "write something");
        }
        return text.strip();
    }

    /** Ids end up in file names, topics, headers and addresses: no spaces, no other characters than these. */
    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new Mistake(
                    "bad-id",
                    "'" + text + "' cannot be an id",
                    "use letters, digits, '.', '_' and '-', at most 100, starting with a letter or digit");
        }
        return text;
    }

    /** {@code 60s}, {@code 15m}, {@code 2h}, {@code 1d}: above zero, at most 366 days. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (!duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw new Mistake(
                "bad-duration",
                "'" + text + "' is not a duration",
                "write a number above 0 and one of s, m, h, d, such as 60s, 15m, 2h");
    }

    /** How often the steps of an escalation begin anew: 0 to 99. */
    static int loops(String text) {
        if (!text.matches("[0-9]{1,2}")) {
            throw new Mistake("bad-number", "'" + text + "' is not a number of rounds", "write a number from 0 to 99");
        }
        return Integer.parseInt(text);
    }

    static ZoneId zone(String text) {
        if (ABBREVIATIONS.containsKey(text)) {
            throw new Mistake("unknown-zone", "'" + text + "' is ambiguous", "write '" + ABBREVIATIONS.get(text) + "'");
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Mistake(
                    "unknown-zone",
                    "there is no time zone '" + text + "'",
                    Suggestion.nearest(text, ZoneId.getAvailableZoneIds())
                            .map(zone -> "did you mean '" + zone + "'?")
                            .orElse("use a name of the tz database such as Asia/Tokyo, or UTC"));
        }
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Mistake("bad-date", "'" + text + "' is not a date", "write year-month-day, such as 2026-04-01");
        }
    }

    static Charset charset(String text) {
        try {
            return Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new Mistake(
                    "unknown-charset",
                    "there is no charset '" + text + "'",
                    Suggestion.nearest(text, Charset.availableCharsets().keySet())
                            .map(charset -> "did you mean '" + charset + "'?")
                            .orElse("use UTF-8, windows-31j, Shift_JIS, EUC-JP or another IANA name"));
        }
    }

    static VerifyingKey verifyingKey(String text) {
        try {
            return VerifyingKey.of(text);
        } catch (IllegalArgumentException e) {
            throw new Mistake(
                    "bad-key", e.getMessage(), "write what 'hinomi rules key new' or 'rules key show' prints");
        }
    }

    /** {@code 24x7}, or days and hours: {@code Mon-Fri 09:00-17:00, Sat 10:00-12:00}. */
    static String onCall(String text) {
        hours(text);
        return text;
    }

    /** The same, as hours. */
    static WeeklyHours hours(String text) {
        try {
            return WeeklyHours.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Mistake(
                    "bad-hours", e.getMessage(), "write 24x7, or days and hours such as \"Mon-Fri 09:00-17:00\"");
        }
    }

    /** {@code 12h}, {@code 1d}, {@code 1w}, {@code 1mo}. */
    static Shift shift(String text) {
        try {
            return Shift.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Mistake(
                    "bad-shift",
                    e.getMessage(),
                    "write a number up to 999 and one of h, d, w, mo, such as 12h, 1w, 1mo");
        }
    }

    /** A local date and time, to the minute: {@code 2026-12-29T09:00}. */
    static LocalDateTime dateTime(String text) {
        if (DATE_TIME.matcher(text).matches()) {
            try {
                return LocalDateTime.parse(text.replace(' ', 'T'));
            } catch (DateTimeException e) {
                // said below, with what is right
            }
        }
        throw new Mistake(
                "bad-date-time",
                "'" + text + "' is not a date and time",
                "write year-month-day and the time, such as 2026-12-29T09:00; it is meant in the schedule's zone");
    }

    /** One of a few words, exactly as they are written. */
    static <T> Function<String, T> word(String what, T[] values, Function<T, String> word) {
        return text -> {
            for (T value : values) {
                if (word.apply(value).equals(text)) {
                    return value;
                }
            }
            throw unknown(what, text, Arrays.stream(values).map(word).toList());
        };
    }

    /** One of a few texts. */
    static Function<String, String> oneOf(String what, Collection<String> known) {
        return text -> {
            if (!known.contains(text)) {
                throw unknown(what, text, known);
            }
            return text;
        };
    }

    private static Mistake unknown(String what, String text, Collection<String> known) {
        return new Mistake(
                "unknown-" + what.split(" ")[0].toLowerCase(Locale.ROOT),
                "there is no " + what + " '" + text + "'",
                Suggestion.remedy(text, known));
    }

    static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Mistake("bad-flag", "'" + text + "' is neither true nor false", "write true or false");
        };
    }
}
