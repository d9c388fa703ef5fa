package jp.hinomi.alerting.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source and how it fares.
 *
 * @param state a word of {@link jp.hinomi.events.SourceHealth.State}, or {@code unknown}: the job has not said anything yet
 * @param inCity false if the city's files do not know it (any more)
 * @param advice what to do, in English, as the job says it
 */
public record SourceRow(
        String id,
        boolean inCity,
        String topic,
        String format,
        Optional<String> resource,
        Optional<Duration> expectEvery,
        String state,
        Optional<Instant> since,
        Optional<Instant> lastSeen,
        double perSecond,
        double rejectRate,
        OptionalLong offsetMillis,
        OptionalLong spreadMillis,
        Optional<String> advice,
        Sparkline rate) {

    /** {@code 1,250}, {@code 3.4}, {@code 0.02}. */
    public String rateText() {
        return number(perSecond);
    }

    public String topText() {
        return number(rate.top());
    }

    static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : value >= 1 || value == 0
                        ? String.format(Locale.ROOT, "%.1f", value)
                        : String.format(Locale.ROOT, "%.2g", value);
    }

    /** {@code +540 ms}, {@code −2.5 s}, {@code +9:00 h}; empty if it is not known. */
    public String offsetText() {
        if (offsetMillis.isEmpty()) {
            return "";
        }
        long offset = offsetMillis.getAsLong();
        String sign = offset < 0 ? "−" : "+";
        long size = Math.abs(offset);
        if (size < 1_000) {
            return sign + size + " ms";
        }
        if (size < 600_000) {
            return sign + String.format(Locale.ROOT, "%.1f s", size / 1000.0);
        }
        return sign + size / 3_600_000 + ":" + String.format(Locale.ROOT, "%02d h", size / 60_000 % 60);
    }

    public boolean isClockWrong() {
        return switch (state) {
            case "drifting", "wrong-time-zone", "stale", "future" -> true;
            default -> false;
        };
    }

    public String rejectText() {
        double percent = rejectRate * 100;
        return percent == 0 ? "" : String.format(Locale.ROOT, percent < 1 ? "%.2g %%" : "%.0f %%", percent);
    }
}
