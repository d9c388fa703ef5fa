package jp.hinomi.rules.read;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/** Lengths of time as Sigma writes them: a number and one of {@code s m h d}, and {@code w} as pySigma has it. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhdw])");

    /** Longer than any correlation that a city can keep state for. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    static Optional<Duration> read(String key, String text, Location at, Problems problems) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            problems.error(
                    ProblemCode.INVALID_DURATION,
                    at,
                    "'" + key + "' is '" + text + "'",
                    "write a whole number and one of s, m, h, d, w: 10m");
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            problems.error(
                    ProblemCode.INVALID_DURATION,
                    at,
                    "'" + key + "' is '" + text + "'",
                    "write more than nothing and at most " + LONGEST.toDays() + "d: state is kept for that long");
            return Optional.empty();
        }
        return Optional.of(duration);
    }
}
